"""Every hook of the registry once."""

from django.http import HttpResponse
from django.urls import path, reverse
from wagtail import hooks

from content.registry import Column, ContentKind, PageAction, Preset, Section, TextCheck
from content.text_checks.hints import hint

from .models import NotePage


@hooks.register("register_content_kind")
def notes_kind():
    """What must be said of a kind, and a usual way to begin one."""
    return ContentKind(
        slug="notes",
        model="dummy_plugin.NotePage",
        label="Notes",
        label_singular="Note",
        card_template="dummy_plugin/card.html",
        presets=(
            Preset(
                slug="thanks",
                label="A thank-you",
                description="Somebody did something good.",
                values={"title": "Danke", "teaser": "Danke an alle! [Wofür?]"},
                icon="star",
            ),
        ),
    )


@hooks.register("register_content_columns")
def offer_columns():
    """A field that offers have and do not show, and a value that is computed."""
    return (
        "offers",
        [
            Column("search_description", in_list=True),
            Column("dummy_length", label="Length", read=lambda page: str(len(page.title)), in_list=True),
        ],
    )


@hooks.register("register_content_section")
def length_section():
    """A block on offers with a title of more than five characters."""
    return Section(
        slug="dummy_length",
        template="dummy_plugin/length.html",
        context=lambda page, request: {"length": len(page.title)} if len(page.title) > 5 else None,
        kinds=("offers",),
    )


@hooks.register("register_content_page_actions")
def thank_action():
    """A link at the foot of notes."""
    return PageAction(
        slug="dummy_thank",
        label="Say thank you",
        url=lambda page, request: reverse("dummy_plugin_hello") if isinstance(page, NotePage) else "",
        icon="star",
    )


def find_placeholders(text, language):
    """Find what somebody meant to replace."""
    if "Lorem ipsum" not in text.plain:
        return []
    return hint("This text is a placeholder.", "Say what it is about.", ["Lorem ipsum"])


@hooks.register("register_content_text_checks")
def placeholder_check():
    """A hint on every text of every kind."""
    return TextCheck(slug="dummy_placeholder", find=find_placeholders)


def hello(request):
    """Say hello in the language of the address."""
    return HttpResponse(f"hello {request.LANGUAGE_CODE}", content_type="text/plain")


@hooks.register("register_content_urls")
def urls():
    """One address below the language prefix."""
    return [path("dummy-plugin/", hello, name="dummy_plugin_hello")]
