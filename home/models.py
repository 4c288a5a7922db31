"""The start page, directories, and plain pages."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.search import index

from content import localisable, registry
from content.serving import ServedPage
from content.streams import BodyField
from content.untranslated import UntranslatedMixin
from content.vocabularies import Door

from .blocks import BodyBlock
from .short_lists import open_doors, regions_of, short_lists


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
    teaser = models.CharField(_("teaser"), max_length=250, blank=True)

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
        from .navigation import surroundings  # it names the page models

        around = surroundings(request, self)
        return super().get_context(request, *args, **kwargs) | {
            "doors": open_doors(around),
            "lists": short_lists(self, around),
            "regions": regions_of(self),
        }


class DirectoryPage(UntranslatedMixin, ServedPage, RoutablePageMixin, Page):
    """A list of one kind over the whole locale, with facets. It contains nothing; it asks."""

    kind_slug = models.CharField(_("what it lists"), max_length=40)
    intro = models.CharField(_("introduction"), max_length=250, blank=True)

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

    teaser = models.CharField(_("teaser"), max_length=250, blank=True)
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
    template = "home/plain_page.html"
    content_panels = [*Page.content_panels, FieldPanel("teaser"), FieldPanel("body")]
    promote_panels = [
        FieldPanel("slug"),
        FieldPanel("show_in_menus"),
        FieldPanel("in_footer"),
        FieldPanel("door"),
    ]
    settings_panels = [PublishingPanel()]
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
