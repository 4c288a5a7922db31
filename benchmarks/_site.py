"""A site of any size, the same on every run: three regions, organisations, and as many entries as are asked for.

Rows are written in bulk, with their places in the tree worked out here, because saving twenty thousand pages one by
one would take longer than all measurements. What lists and search read, the index, is written by its own services.
"""

import copy
import datetime
import io
import random
import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page, Site

from content.index.services import index_keys
from content.models import Picture, TaggedPage, Topic
from content.registry import all_kinds
from content.vocabularies import TargetGroup
from events.models import EventPage, Occurrence
from events.schedules import closing, dates_between, next_date
from events.services import last_materialised_day
from events.vocabularies import EventType
from home.models import DirectoryPage, HomePage, PlainPage
from offers.models import OfferPage
from offers.vocabularies import OfferKind
from organisations.models import Contact, OrganisationPage, RegionPage
from organisations.vocabularies import OrganisationType

#: Every page stands there in German, and as it is, untranslated, in this language.
OTHER_LANGUAGE = "tr"
REGIONS = {
    "Kempten": ["Innenstadt", "Thingers", "Sankt Mang", "Lotterberg"],
    "Landkreis Roth": ["Hilpoltstein", "Allersberg", "Thalmässing", "Greding"],
    "Augsburg": ["Lechhausen", "Oberhausen", "Göggingen", "Haunstetten"],
}
TOPICS = ["Sprache", "Arbeit", "Sport", "Kultur", "Familie", "Gesundheit", "Wohnen", "Garten"]
ENTRIES_PER_ORGANISATION = 20
#: In the title of every fourth entry, and in the text of another fourth: 25 of 100 each, 2,500 of 10,000.
IN_TITLES, IN_TEXTS = "Beratung", "Nähmaschine"
#: In the titles of the entries with these numbers, however large the site is.
RARE, RARE_NUMBERS = "Marionettentheater", (1, 5, 7)
ROWS_PER_STATEMENT = 100

_SYLLABLES = ["ba", "der", "fen", "gro", "hal", "kin", "len", "mur", "nis", "rat", "sol", "tam", "wei", "zu"]
_chance = random.Random(0)  # noqa: S311  (the same site on every run)
WORDS = ["".join(_chance.choices(_SYLLABLES, k=_chance.randint(2, 4))) for _ in range(3000)]


def prose(chance, count):
    """Return ``count`` words: a few of them often and most of them rarely, as in any language."""
    return " ".join(WORDS[int(len(WORDS) * chance.random() ** 3)] for _ in range(count))


class BenchmarkSite:
    """The site in the database; ``grow`` adds to it.

    ``organisations``, ``offers``, ``events``: the German pages, in the order they were made.
    """

    def __init__(self):
        self.organisations, self.offers, self.events = [], [], []
        #: German page's id → the row that shows it in the other language.
        self._shown_as = {}
        with transaction.atomic():
            self._begin()

    def _begin(self):
        self.german, self.other = (
            Locale.objects.get_or_create(language_code=code)[0]
            for code in (settings.LANGUAGE_CODE, OTHER_LANGUAGE)
        )
        self.topics = [Topic.objects.create(slug=name.lower(), name=name) for name in TOPICS]
        self.pictures = [_picture(number) for number in range(3)]
        self.home = Page.get_first_root_node().add_child(
            instance=HomePage(
                title="Mitmischen",
                slug="mitmischen",
                headline="Ideen, Möglichkeiten, Menschen",
                teaser="Wo Sie mitmachen können.",
                locale=self.german,
            )
        )
        self._shown_as[self.home.pk] = self.home.copy_for_translation(self.other, alias=True)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": self.home}
        )
        lists = [
            DirectoryPage(title=str(kind.label), slug=kind.slug, kind_slug=kind.slug, show_in_menus=True)
            for kind in all_kinds()
        ]
        legal = [
            PlainPage(title=title, slug=title.lower(), teaser="Was hier steht.", in_footer=True)
            for title in ("Impressum", "Datenschutz")
        ]
        self.regions = [
            RegionPage(
                title=title,
                slug=title.lower().replace(" ", "-"),
                teaser="Wer hier mitmischt.",
                text=f"<p>{prose(random.Random(title), 80)}</p>",  # noqa: S311
                places=places,
            )
            for title, places in REGIONS.items()
        ]
        for pages in (lists, legal, self.regions):
            self._write([(page, self.home) for page in pages])

    def grow(self, entries):
        """Add organisations, offers and events until there are ``entries`` offers and as many events."""
        with transaction.atomic():
            first = len(self.organisations)
            added = [
                self._organisation(number) for number in range(first, -(-entries // ENTRIES_PER_ORGANISATION))
            ]
            self._write(added)
            self.organisations += [page for page, _parent in added]
            for pages, make in ((self.offers, self._offer), (self.events, self._event)):
                added = [make(number) for number in range(len(pages), entries)]
                self._write(added)
                pages += [page for page, _parent in added]
                if make == self._event:
                    _write_dates([page for page, _parent in added])
        known = set(self._shown_as)
        keys = Page.objects.filter(depth__gt=1, locale=self.german, pk__in=known)
        index_keys(set(keys.values_list("translation_key", flat=True)))
        _gather_statistics()

    # --- pages -------------------------------------------------------------------------------------------

    def _organisation(self, number):
        region = self.regions[number % len(self.regions)]
        key = uuid.uuid4()
        contact = Contact.objects.create(
            organisation_key=key, name=f"Ansprechperson {number}", phone="+4983112345", languages=["de", "tr"]
        )
        page = OrganisationPage(
            translation_key=key,
            title=f"Verein {WORDS[number % len(WORDS)].title()} {number}",
            slug=f"verein-{number}",
            teaser="Ein Haus für alle.",
            text=f"<p>{prose(random.Random(number), 60)}</p>",  # noqa: S311
            types=[OrganisationType.values[number % len(OrganisationType.values)]],
            languages_spoken=["de", "tr"],
            places=[_one_of(region.places, number // len(self.regions))],
            contact=contact,
            logo=_one_of([*self.pictures, None], number),
            street="Poststr. 22",
            postcode="87439",
            city=region.title,
        )
        return page, region

    def _entry(self, number):
        """Return what an offer and an event with that number have in common."""
        chance = random.Random(number)  # noqa: S311
        title = prose(chance, 3).capitalize()
        text = prose(chance, 60)
        if number % 4 == 0:
            title += f" {IN_TITLES}"
        if number % 4 == 2:
            text += f" {IN_TEXTS}"
        if number in RARE_NUMBERS:
            title += f" {RARE}"
        return {
            "title": title[:80],
            "slug": f"{'-'.join(title.lower().split())[:40]}-{number}",
            "teaser": prose(chance, 12).capitalize()[:150],
            "text": f"<p>{text}</p>",
            "target_groups": [chance.choice(TargetGroup.values)],
            "languages_spoken": chance.sample(("de", "tr", "uk", "ar"), 2),
            "german_level": chance.choice(("none", "a1", "a2", "b1")),
            "step_free": chance.choice(("yes", "no", "unknown")),
            "image": _one_of([*self.pictures, None], number),
        }

    def _offer(self, number):
        page = OfferPage(offer_kind=_one_of(OfferKind.values, number), **self._entry(number))
        return page, self._owner(number)

    def _event(self, number):
        # The days of a year, evenly, in an order that is not that of the pages.
        day = timezone.localdate() + datetime.timedelta(days=1 + number * 73 % 365)
        page = EventPage(
            event_type=_one_of(EventType.values, number),
            start_date=day,
            start_time=datetime.time(9 + number % 10),
            end_time=datetime.time(12 + number % 10),
            rrule="FREQ=WEEKLY;COUNT=10" if number % 20 == 7 else "",
            place_name="Haus International",
            street="Poststr. 22",
            postcode="87439",
            city="Kempten",
            **self._entry(number),
        )
        page.slug = f"termin-{page.slug}"
        page.next_start, page.next_end = next_date(page)
        return page, self._owner(number)

    def _owner(self, number):
        return self.organisations[number // ENTRIES_PER_ORGANISATION]

    # --- rows --------------------------------------------------------------------------------------------

    def _write(self, pairs):
        """Write new German pages, ``(page, parent)``, all of one model, and their rows in the other language."""
        if not pairs:
            return
        now = timezone.now()
        for number, (page, parent) in enumerate(pairs):
            parent.numchild += 1
            page.path = Page._get_path(parent.path, parent.depth + 1, parent.numchild)
            page.depth = parent.depth + 1
            page.url_path = f"{parent.url_path}{page.slug}/"
            page.draft_title = page.title
            page.content_type = ContentType.objects.get_for_model(type(page))
            page.locale = self.german
            page.first_published_at = page.last_published_at = now - datetime.timedelta(minutes=number)
            if hasattr(page, "owner_page_id"):
                page.owner_page = parent if getattr(parent, "owns_content", False) else None
                page.region_page = page.owner_page.region_page if page.owner_page else parent
                if isinstance(page, RegionPage):
                    page.region_page = None
        pages = [page for page, _parent in pairs]
        _insert(pages)
        shown = [self._in_other_language(page, parent) for page, parent in pairs]
        _insert(shown)
        self._shown_as.update(zip((page.pk for page in pages), shown, strict=True))
        parents = {parent.pk: parent for _page, parent in pairs}.values()
        parents = [*parents, *(self._shown_as[parent.pk] for parent in parents)]
        Page.objects.bulk_update([_plain(parent) for parent in parents], ["numchild"], ROWS_PER_STATEMENT)
        if hasattr(type(pages[0]), "topics"):
            TaggedPage.objects.bulk_create(
                TaggedPage(tag=_one_of(self.topics, number), content_object_id=row.pk)
                for number, versions in enumerate(zip(pages, shown, strict=True))
                for row in versions
            )

    def _in_other_language(self, page, parent):
        row = copy.copy(page)
        row._state = copy.copy(page._state)
        row._state.fields_cache = dict(page._state.fields_cache)
        row.pk = row.id = None
        parent = self._shown_as[parent.pk]
        parent.numchild = int(page.path[-Page.steplen :], 36)
        row.path = parent.path + page.path[-Page.steplen :]
        row.url_path = f"{parent.url_path}{page.slug}/"
        row.locale, row.alias_of_id = self.other, page.pk
        for name in ("owner_page", "region_page"):
            if getattr(page, f"{name}_id", None):
                setattr(row, name, self._shown_as[getattr(page, f"{name}_id")])
        return row


def _one_of(values, number):
    return values[number % len(values)]


def _plain(page):
    return Page(pk=page.pk, numchild=page.numchild)


def _picture(number):
    file = io.BytesIO()
    Image.new("RGB", (900, 600), (40 * number, 90, 120)).save(file, "PNG")
    file.seek(0)
    return Picture.objects.create(title=f"Bild {number}", file=ImageFile(file, name=f"bild-{number}.png"))


def _insert(pages):
    """Insert pages of one model, into Wagtail's table and into their own; Django does so only one by one."""
    rows = [
        Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields})
        for page in pages
    ]
    Page.objects.bulk_create(rows, ROWS_PER_STATEMENT)
    model = type(pages[0])
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
        page._state.adding = False
    fields = model._meta.local_concrete_fields
    for start in range(0, len(pages), ROWS_PER_STATEMENT):
        model._base_manager._insert(
            pages[start : start + ROWS_PER_STATEMENT], fields=fields, using=connection.alias
        )


def _write_dates(pages):
    rows = []
    for page in pages:
        for date in dates_between(page, page.start_date, max(last_materialised_day(), page.start_date)):
            rows.append(
                Occurrence(
                    event_key=page.translation_key,
                    original_date=date.original_date,
                    start=date.start,
                    end=closing(date),
                )
            )
    Occurrence.objects.bulk_create(rows, ROWS_PER_STATEMENT)


def _gather_statistics():
    """Tell PostgreSQL how large its tables became, as its own housekeeping does within a minute."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
