"""A small site for tests of lists and search: two regions, an organisation in each, and pages below."""

import datetime

from django.utils import timezone
from wagtail.models import Locale

from content.directory import search_all
from content.models import Topic
from tests.factories.pages import (
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    start_site,
)


class SmallSite:
    """``home``, ``kempten`` and ``roth`` with the organisations ``haus`` and ``netzwerk``."""

    def __init__(self):
        self.home = start_site()
        self.kempten = RegionPageFactory(
            parent=self.home,
            title="Kempten (Allgäu)",
            slug="kempten",
            name_variants=["Kempton"],
            places=["Innenstadt", "Thingers"],
            teaser="Hier mischen alle mit.",
            text="",
        )
        self.roth = RegionPageFactory(
            parent=self.home, title="Landkreis Roth", slug="roth", places=["Hilpoltstein"], text=""
        )
        self.haus = OrganisationPageFactory(
            parent=self.kempten, title="Haus International", slug="haus", places=["Innenstadt"]
        )
        self.netzwerk = OrganisationPageFactory(
            parent=self.roth, title="Netzwerk Vielfalt", slug="netzwerk", places=["Hilpoltstein"]
        )
        for slug, name, label in (("sport", "Sport", "Spor"), ("sprache", "Sprache", "Dil")):
            Topic.objects.create(slug=slug, name=name, labels={"de": name, "tr": label})

    def offer(self, title, *, parent=None, topics=(), **facts):
        """Return a live offer of ``parent`` (default: ``haus``)."""
        page = OfferPageFactory(parent=parent or self.haus, title=title, **facts)
        if topics:
            page.topics.add(*Topic.objects.filter(slug__in=topics))
            page.save()
        return page

    def event(self, title, *, days=7, parent=None, **facts):
        """Return a live event that begins in so many days and lasts three hours."""
        start = timezone.localtime(timezone.now() + datetime.timedelta(days=days)).replace(
            hour=14, minute=0, second=0, microsecond=0
        )
        return EventPageFactory(parent=parent or self.haus, title=title, start_date=start.date(), **facts)


def found(query, language="de", *, kinds=None, limit=50):
    """Return the ids of the pages that the search over everything shows, ``limit`` of each kind, best first.

    ``kinds``: slugs of the kinds that count; "" stands for plain pages.
    """
    result = search_all(query, Locale.objects.get(language_code=language), limit_per_group=limit)
    return [
        page.pk
        for group in result.groups
        if kinds is None or (group.kind.slug if group.kind else "") in kinds
        for page in group.items
    ]


def in_language(page, code, *, alias=False, **sentences):
    """Return ``page`` in another language: an alias, or a translation with these sentences; ancestors as aliases."""
    locale = Locale.objects.get(language_code=code)
    parent = page.get_parent()
    if parent.depth > 1 and not parent.has_translation(locale):
        in_language(parent.specific, code, alias=True)
    copy = page.specific.copy_for_translation(locale, alias=alias)
    if not alias:
        for name, text in sentences.items():
            setattr(copy, name, text)
        copy.live = True
        copy.save()
    return copy
