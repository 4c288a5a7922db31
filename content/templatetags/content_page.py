"""Tags that every template of a content page uses."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import RichText, expand_db_html
from wagtail.rich_text import features as feature_registry

from content import registry
from content.credits import credit_of
from content.languages import direction, language, source_language
from content.presentation import accessibility_facts
from content.presentation import confirmation as confirmation_of
from content.sanitise import clean_rich_text

register = template.Library()


@register.simple_tag
def icon(name, extra=""):
    """Show the symbol ``name``; ``extra`` classes: "flip" mirrors an arrow where text runs from right to left.

    Its size stands in the markup too, so that it stays small where the style sheet did not arrive.
    """
    return format_html(
        '<svg class="icon{}" width="22" height="22" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static("home/icons.svg"),
        name,
    )


@register.filter
def prose(text):
    """Return rich text as HTML, cleaned once more: not everything that is stored came through an editor.

    What an editor embeds stays out: a page of ours asks nobody else, and pictures have a place with a description.
    """
    source = text.source if isinstance(text, RichText) else text or ""
    features = set(feature_registry.get_default_features()) - {"embed", "image"}
    return mark_safe(expand_db_html(clean_rich_text(source, features)))  # noqa: S308 – cleaned on this line


@register.simple_tag
def illustration(name):
    """Show the drawing ``name``: ideas, opportunities, people or nothing."""
    return format_html(
        '<svg class="illustration" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("home/illustrations.svg"),
        name,
    )


@register.simple_tag
def lang_attrs(page, field_name):
    """Return `` lang="de" dir="ltr"`` where a sentence of ``page`` is in another language than its surroundings."""
    if hasattr(page, "language_of"):
        return language_attrs(page.language_of(field_name))
    return language_attrs(source_language()) if getattr(page, "alias_of_id", None) else ""


@register.simple_tag
def language_attrs(code):
    """Return `` lang="…" dir="…"`` for text in language ``code``, nothing where that is the page's language."""
    if not code or code == get_language():
        return ""
    return format_html(' lang="{}" dir="{}"', code, direction(code))


register.simple_tag(source_language)


@register.simple_tag
def name_attrs():
    """Return the language of proper names, which nobody translates: places, streets, organisations."""
    return language_attrs(source_language())


@register.simple_tag(takes_context=True)
def url_of(context, page):
    """Return the address of ``page``; the request keeps what all addresses of one answer share."""
    return page.get_url(context.get("request")) or ""


@register.filter
def initials(name):
    """Return one to four letters that stand for a name where there is no logo.

    An abbreviation at its beginning stands alone ("SV Illertal": SV); small words do not count.
    """
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum() and not word[0].islower()]
    if words and 2 <= len(words[0]) <= 4 and words[0].isupper():
        return words[0]
    return "".join(word[0] for word in words[:3])


@register.inclusion_tag("content/translation_note.html", takes_context=True)
def translation_note(context):
    """Say how far a page's translation can be relied on, and how to wish for one.

    What is still in the source language is named; so is what came with the demo, and plain language that
    nobody of its readers has checked.
    """
    page = context["page"]
    foreign = source_language() != page.locale.language_code
    is_untranslated = foreign and not page.is_translated
    try:
        wish_url = reverse("translation_wish", args=[page.pk])
    except NoReverseMatch:
        wish_url = ""
    row = language(page.locale.language_code)
    localiser = registry.localiser()
    return {
        "language": row,
        "is_demo": (
            settings.DEMO
            and foreign
            and not is_untranslated
            and localiser is not None
            and localiser.is_demo_translation(page=page)
        ),
        # A plain-language variant: readers of the target group have not looked at it (DIN SPEC 33429).
        "is_unchecked_plain": bool(row.base) and not row.hreflang and not is_untranslated,
        "is_untranslated": is_untranslated,
        "is_partial": foreign and not is_untranslated and bool(page.untranslated_fields),
        "wish_url": wish_url,
    }


@register.simple_tag
def confirmation(page):
    """Return who said when that the page is right, as a sentence, or ""."""
    return confirmation_of(page)


@register.inclusion_tag("content/credit.html", takes_context=True)
def credit(context):
    """Say whose idea the page was, where another region had it."""
    return {"credit": credit_of(context["page"]), "request": context.get("request")}


@register.inclusion_tag("content/accessibility.html")
def accessibility(page):
    """Show what people need to know before they come, where somebody has looked."""
    return {"facts": accessibility_facts(page)}


@register.inclusion_tag("content/page_actions.html", takes_context=True)
def page_actions(context):
    """Link what a reader can do about this page, as apps and plugins offer it."""
    return {"actions": registry.page_actions(context["page"], context["request"])}


@register.simple_tag(takes_context=True)
def sections(context):
    """Show the blocks that other apps and plugins add to pages of this kind."""
    page, request = context["page"], context["request"]
    shown = []
    for section in registry.sections_for(page.kind.slug) if page.kind else []:
        values = section.context(page, request)
        if values is not None:
            html = render_to_string(section.template, {**values, "page": page}, request=request)
            shown.append((html,))
    return format_html_join("\n", "{}", shown)
