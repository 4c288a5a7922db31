"""The start page, directories, and plain pages."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from content import localisable, registry
from content.directory import DirectoryQuery
from content.feeds import atom_feed, calendar_feed, feed_links
from content.forms import OwnChoicesPageForm
from content.panels import schedule_panel
from content.searches.services import note_empty_search
from content.serving import ServedPage
from content.streams import BodyField
from content.untranslated import UntranslatedMixin
from content.vocabularies import Door

from .blocks import BodyBlock
from .directory_view import facet_groups, tabs
from .short_lists import open_doors, regions_of, short_lists


def surroundings_of(request, page):
    """Return the ``Surroundings`` of ``page``."""
    from .navigation import surroundings  # it names the page models

    return surroundings(request, page)


def kind_choices():
    """Return the kinds that a directory can list."""
    return [(kind.slug, kind.label) for kind in registry.all_kinds()]


class KindSelect(forms.Select):
    """Lists the registered kinds; asked late, when all apps are ready."""

    def __init__(self, attrs=None):
        super().__init__(attrs, choices=kind_choices)


class HomePage(UntranslatedMixin, ServedPage, Page):
    """The start page of one locale, with the three doors."""

    headline = models.CharField(
        _("headline"), max_length=120, blank=True, help_text=_("Say in one sentence what people find here.")
    )
    teaser = models.CharField(
        _("teaser"),
        max_length=250,
        blank=True,
        help_text=_("Say who can join in and where, in one or two short sentences."),
    )

    translatable_fields = [
        *localisable.sentences("title", "headline", "teaser"),
        *localisable.facts("slug"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("teaser")]

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")

    def get_context(self, request, *args, **kwargs):
        around = surroundings_of(request, self)
        return super().get_context(request, *args, **kwargs) | {
            "doors": open_doors(around),
            "lists": short_lists(self, around),
            "regions": regions_of(self),
        }


class DirectoryPage(UntranslatedMixin, ServedPage, RoutablePageMixin, Page):
    """A list of one kind over the whole locale, with facets. It contains nothing; it asks."""

    kind_slug = models.CharField(_("what it lists"), max_length=40)
    intro = models.CharField(
        _("introduction"),
        max_length=250,
        blank=True,
        help_text=_("Say in one sentence what people find in this list."),
    )

    translatable_fields = [
        *localisable.sentences("title", "intro"),
        *localisable.facts("slug", "kind_slug", "show_in_menus"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    template = "home/directory_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("kind_slug", widget=KindSelect),
        FieldPanel("intro"),
    ]

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")

    @property
    def listed_kind(self):
        """Return the ``ContentKind`` that this list is about, or None where it is not installed any more."""
        return next((kind for kind in registry.all_kinds() if kind.slug == self.kind_slug), None)

    def query(self, request):
        """Return the ``DirectoryQuery`` of a request to this list. Raises ``Http404`` for a kind that is gone."""
        if self.listed_kind is None:
            raise Http404
        return DirectoryQuery(self.listed_kind, self.locale, request.GET)

    def get_context(self, request, *args, **kwargs):
        kind, around = self.listed_kind, surroundings_of(request, self)
        result = self.query(request).result(request)
        own_words = self.is_translated
        return super().get_context(request, *args, **kwargs) | {
            "kind": kind,
            "result": result,
            "groups": facet_groups(result),
            "tabs": tabs(self, around),
            "feeds": feed_links(
                kind=kind, url=self.get_url(request), query_string=result.query_string, request=request
            ),
            "heading": self.title if own_words else kind.label,
            "heading_is_title": own_words,
            "intro": self.intro if own_words and self.intro else kind.intro,
            "intro_is_own": own_words and bool(self.intro),
            "idea_url": around.door_url(Door.IDEAS, plain_only=True),
        }

    @path("")
    def index_route(self, request):
        """Answer with the whole page, or for htmx with what changed on it."""
        context = self.get_context(request)
        result = context["result"]
        # Where something else was chosen as well, nobody knows whether the words found nothing or the choice.
        if not result.total and len(result.chips) == 1:
            note_empty_search(request, result.q, language=self.locale.language_code)
        is_part = request.htmx and not request.htmx.history_restore_request
        template = "home/_directory_swap.html" if is_part else self.template
        if is_part:
            context["around"] = surroundings_of(request, self)
        response = TemplateResponse(request, template, context)
        patch_vary_headers(response, ["HX-Request"])
        if is_part:
            query_string = result.query_string
            response["HX-Push-Url"] = f"{request.path}?{query_string}" if query_string else request.path
        return response

    @path("feed.atom/")
    def atom(self, request):
        """Answer with the list, as it is filtered, as a feed."""
        query = self.query(request)
        return atom_feed(kind=self.listed_kind, query=query, request=request, url=self.get_url(request))

    @path("calendar.ics/")
    def calendar(self, request):
        """Answer with the list, as it is filtered, as a calendar."""
        return calendar_feed(kind=self.listed_kind, query=self.query(request), request=request)

    def clean(self):
        super().clean()
        known = [slug for slug, _label in kind_choices()]
        if self.kind_slug not in known:
            raise ValidationError(
                {
                    "kind_slug": _("“%(slug)s” is nothing that can be listed. Possible are: %(known)s.")
                    % {"slug": self.kind_slug, "known": ", ".join(known)}
                }
            )


class PlainPage(UntranslatedMixin, ServedPage, Page):
    """A page of text: about us, legal pages, background of a region."""

    teaser = models.CharField(
        _("teaser"),
        max_length=250,
        blank=True,
        help_text=_("Say in one sentence what this page is about."),
    )
    body = BodyField(BodyBlock(), verbose_name=_("content"), blank=True)
    in_footer = models.BooleanField(
        _("link in the footer"),
        default=False,
        help_text=_("Tick this for legal pages; they must be one tap away."),
    )
    door = models.CharField(
        _("door on the start page"),
        max_length=15,
        choices=Door.choices,
        blank=True,
        help_text=_(
            "Choose a door if it shall lead to this page instead of a list, as it does to an idea box."
        ),
    )
    translatable_fields = [
        *localisable.sentences("title", "teaser", "body"),
        *localisable.facts("slug", "show_in_menus", "in_footer", "door"),
    ]
    parent_page_types = ["home.HomePage", "organisations.RegionPage", "home.PlainPage"]
    base_form_class = OwnChoicesPageForm
    template = "home/plain_page.html"
    content_panels = [*Page.content_panels, FieldPanel("teaser"), FieldPanel("body")]
    promote_panels = [
        FieldPanel("slug"),
        FieldPanel("show_in_menus"),
        FieldPanel("in_footer"),
        FieldPanel("door"),
    ]
    settings_panels = [schedule_panel()]
    search_fields = [*Page.search_fields, index.SearchField("teaser"), index.SearchField("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def search_words(self):
        """Return what there is to read, as words this page is found under."""
        return " ".join(self.body.stream_block.get_searchable_content(self.body))

    def get_context(self, request, *args, **kwargs):
        self._fetch_renditions()
        below = (
            PlainPage.objects.child_of(self).live().filter(view_restrictions=None).select_related("locale")
        )
        return super().get_context(request, *args, **kwargs) | {"below": below}

    def _fetch_renditions(self):
        """Fetch the sizes of all pictures at once instead of one by one."""
        pictures = [block.value["image"] for block in self.body if block.block_type == "picture"]
        prefetch_related_objects([picture for picture in pictures if picture is not None], "renditions")
