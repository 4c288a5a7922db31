"""What every kind of content has in common: pictures, topics, and the abstract page."""

from functools import cached_property

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to
from wagtail.models import Page
from wagtail.utils.decorators import cached_classmethod

from . import localisable, registry
from .audit import AuditEntry
from .facts import AccessibilityFacts
from .forms import ContentPageForm
from .gate import Tally
from .index.models import IndexedText, IndexedWord, IndexEntry, IndexState, Spelling
from .languages import language
from .mail.models import Mail
from .picture_files import PictureFileField
from .presentation import isolated
from .presets import open_questions
from .reads import ReadCount
from .scopes import ScopeMixin, owner_of, scope_of
from .searches.models import EmptySearch
from .serving import ServedPage
from .signed_links import SignedLink
from .untranslated import UntranslatedMixin
from .uploads import UploadedSheet
from .vocabularies import PeopleShown, ReviewInterval

__all__ = [
    "AccessibilityFacts",
    "AuditEntry",
    "ContentPage",
    "EmptySearch",
    "IndexEntry",
    "IndexState",
    "IndexedText",
    "IndexedWord",
    "Mail",
    "Picture",
    "PictureRendition",
    "ReadCount",
    "ScopeMixin",
    "SignedLink",
    "Spelling",
    "TaggedPage",
    "Tally",
    "Topic",
    "UploadedSheet",
]


class Picture(AbstractImage):
    """An image with what the law and good manners ask for."""

    file = PictureFileField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    photographer = models.CharField(
        _("photographer"), max_length=120, blank=True, help_text=_("Name who took or drew the picture.")
    )
    licence = models.CharField(
        _("licence"), max_length=120, blank=True, help_text=_("For example: CC BY 4.0, or “own picture”.")
    )
    people_shown = models.CharField(
        _("people in the picture"),
        max_length=7,
        choices=PeopleShown.choices,
        default=PeopleShown.UNKNOWN,
        help_text=_("As long as you do not know, no page with this picture can be published."),
    )

    admin_form_fields = (*Image.admin_form_fields, "photographer", "licence", "people_shown")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class PictureRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_picture_rendition"
            )
        ]


class Topic(TagBase):
    """A subject that pages are tagged with. The slug is the same everywhere; the label is per language."""

    free_tagging = False

    labels = models.JSONField(
        _("labels"),
        default=dict,
        blank=True,
        help_text=_("The topic's name by language code; the German name is used where one is missing."),
    )
    icon = models.CharField(
        _("icon"), max_length=40, blank=True, help_text=_("Name of a symbol of the icon set.")
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def label(self, code=None):
        """Return the topic's name in language ``code`` (default: the active one), or in German."""
        code = code or get_language() or settings.LANGUAGE_CODE
        if code in self.labels:
            return self.labels[code]
        return self.labels.get(language(code).base) or self.name


class TaggedPage(ItemBase):
    """That a page is about a topic."""

    tag = models.ForeignKey(Topic, related_name="tagged_pages", on_delete=models.CASCADE)
    content_object = ParentalKey("wagtailcore.Page", related_name="tagged_topics", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("tag", "content_object"), name="one_topic_once_per_page")
        ]


class ContentPage(UntranslatedMixin, ServedPage, Page):
    """A page with facts that belongs to an owner and a region.

    Subclasses state ``parent_page_types``, ``translatable_fields`` (built with ``content.localisable``) and
    ``required_to_publish``, and are declared by a ``ContentKind``. Place in the tree is ownership: the owner
    is the nearest ancestor with ``owns_content``, the region the nearest one that is a ``ScopeMixin``.
    """

    #: Names of fields that a draft may leave empty and a published page may not.
    required_to_publish = ("teaser",)
    #: Names of fields that hold only where the page is; who takes it over into another region fills them in anew.
    local_fields = ("image", "confirmed_on", "confirmed_by")
    #: Whether pages below this one belong to it, as an organisation's pages do.
    owns_content = False

    teaser = models.CharField(
        _("teaser"),
        max_length=160,
        blank=True,
        help_text=_("Say in one sentence what it is and why somebody would come. At most 160 characters."),
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Choose a picture that shows what happens, if there is one."),
    )
    confirmed_on = models.DateField(
        _("confirmed on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last said that all this is right."),
    )
    confirmed_by = models.CharField(
        _("confirmed by"), max_length=120, blank=True, help_text=_("Who said so: a name or an organisation.")
    )
    review_interval = models.PositiveSmallIntegerField(
        _("to be confirmed"), choices=ReviewInterval.choices, default=ReviewInterval.SIX
    )

    # Whose idea it was: names as they were then, and the page, as long as there is one. Nobody edits it.
    credit = models.CharField(max_length=250, blank=True, editable=False)
    credit_page = models.ForeignKey(
        Page, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    # What lists show and filter by, kept in the row so that a list needs no walk up the tree.
    owner_page = models.ForeignKey(
        Page, null=True, editable=False, on_delete=models.SET_NULL, related_name="+", verbose_name=_("owner")
    )
    region_page = models.ForeignKey(
        Page, null=True, editable=False, on_delete=models.SET_NULL, related_name="+", verbose_name=_("region")
    )
    base_form_class = ContentPageForm

    #: What no kind's form can do without; most kinds put it into tabs of their own.
    content_panels = [*Page.content_panels, "teaser"]

    #: Facts of every content page, for subclasses' ``translatable_fields``.
    shared_translatable_fields = [
        *localisable.sentences("title", "teaser"),
        *localisable.facts("slug", "image", "confirmed_on", "confirmed_by", "review_interval"),
        *localisable.facts("credit", "credit_page"),
    ]

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls):
        """Return the edit form's panels as Wagtail makes them, with hints below every text that is translated."""
        from .text_checks.panels import with_hints  # Wagtail's panels are a module of models

        return with_hints(super().get_edit_handler(), localisable.names_of_sentences(cls))

    def clean(self):
        super().clean()
        if self.live and not getattr(self, "is_draft_being_saved", False):
            missing = self.missing_for_publication()
            if missing:
                raise ValidationError(missing)

    def missing_for_publication(self):
        """Return what this page still needs before readers may see it.

        A dict of field name to a message that says how to mend it; empty when nothing is missing. Subclasses
        that know more rules extend it.
        """
        missing = {}
        for name in self.required_to_publish:
            field = self._meta.get_field(name)
            if getattr(self, name) in (None, "", [], {}):
                missing[name] = _("“%(name)s” is missing. Without it the page cannot be published.") % {
                    "name": capfirst(field.verbose_name)
                }
        for name, questions in open_questions(self).items():
            missing[name] = _(
                "Answer the questions in square brackets, or delete them with their brackets: %(questions)s"
            ) % {"questions": " ".join(isolated(question) for question in questions)}
        if self.image_id and self.image.people_shown == PeopleShown.UNKNOWN:
            missing["image"] = _(
                "Nobody has said yet whether the people in this picture agreed to be shown. Open the picture and "
                "say so, or choose another one."
            )
        return missing

    def save(self, *args, **kwargs):
        if kwargs.get("update_fields") is None:
            self.place_in_tree()
        super().save(*args, **kwargs)

    def place_in_tree(self):
        """Write down owner and region, found from the tree."""
        if not self.path:
            return
        ancestors = list(self.get_ancestors().filter(depth__gt=1))
        self.owner_page_id = getattr(owner_of(ancestors), "pk", None)
        self.region_page_id = getattr(scope_of(ancestors), "pk", None)

    @cached_property
    def kind(self):
        """Return the ``ContentKind`` that declares this page's model, or None."""
        return registry.kind_of(type(self))
