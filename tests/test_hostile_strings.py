"""What somebody types who means harm stays text: every text field of every kind, in every place that shows it."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.utils.html import escape
from icalendar import Calendar
from wagtail.fields import RichTextField

from content.index.pending import write_pending
from content.registry import all_kinds
from content.transfer import export_sheet, read_table
from events.services import materialise_dates
from organisations.models import Contact, RegionPage
from tests.factories.pages import (
    DirectoryPageFactory,
    EventPageFactory,
    OfferPageFactory,
    publish,
)
from tests.factories.sites import SmallSite
from tests.hostile.judge import harm_in, parsed, skeleton
from tests.hostile.strings import STRINGS

HARMLESS = "Harmlos"
ATOM = "{http://www.w3.org/2005/Atom}"
#: What no person types; a rule of repetition is put together by its form, and its page refuses everything else.
NOT_TYPED = {"path", "slug", "rrule"}


def text_fields(model):
    """Return the fields of ``model`` that hold text somebody typed."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.editable
        and field.name not in NOT_TYPED
    ]


def filled(model, string, rich=str):
    """Return ``{name: value}`` for the text fields of ``model`` that take ``string``, cut to what fits.

    ``rich`` makes the content of a paragraph of it: by default it is stored as if no editor had ever cleaned it.
    """
    values = {}
    for field in text_fields(model):
        value = string[: field.max_length]
        try:
            field.clean(value, model())
        except ValidationError:
            continue
        values[field.name] = f"<p>{rich(value)}</p>" if isinstance(field, RichTextField) else value
    return values


class Grove:
    """A region, an organisation, a contact and one thing of each kind below it, in German and Arabic."""

    def __init__(self):
        site = SmallSite()
        for kind in ("events", "organisations"):
            publish(DirectoryPageFactory(parent=site.home, title=kind.title(), slug=kind, kind_slug=kind))
        contact = Contact.objects.create(
            organisation_key=site.organisation.translation_key, name="Ada", phone="+498999998017"
        )
        self.pages = {
            "region": site.region,
            "organisations": site.organisation,
            "offers": publish(OfferPageFactory(parent=site.organisation, slug="offer", contact=contact)),
            "events": publish(EventPageFactory(parent=site.organisation, slug="event", contact=contact)),
        }
        materialise_dates(page=self.pages["events"])
        for page in site.home.get_descendants().order_by("path").specific():
            site.present(page, "ar")
        write_pending()
        self.rows = [type(page).objects.filter(slug=page.slug) for page in self.pages.values()]
        self.rows.append(Contact.objects.all())

    def say(self, string, rich=str):
        """Let every text of everything here be ``string``."""
        for rows in self.rows:
            rows.update(**filled(rows.model, string, rich))
        for page in self.pages.values():
            page.title = string
        cache.clear()

    def address_of(self, name, code="de"):
        return self.pages[name].url.replace("/de/", f"/{code}/", 1)


@pytest.fixture
def grove(db):
    return Grove()


def body_of(address, client=None):
    """Return what is answered at ``address``, as bytes."""
    response = (client or Client()).get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content


def as_list(found):
    return found if isinstance(found, list) else [found]


def kind_of(slug):
    return next(kind for kind in all_kinds() if kind.slug == slug)


def as_shown(text):
    """Return the letters of ``text`` that can be seen: what a format cannot hold is dropped or becomes a space."""
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace())


def test_there_are_enough_strings_and_no_two_are_the_same():
    assert len(set(STRINGS)) == len(STRINGS) == 85
    assert all("hostile" in string or "hos\u200btile" in string for string in STRINGS)


def test_the_judge_finds_what_would_harm():
    for bad in (
        "<p onclick=x>",
        "<img src=x onerror=y>",
        "<script>hostile(1)</script>",
        "<a href='java\tscript:x'>",
        "<a href='data:text/html,x'>",
        "<form action=//hostile.example/>",
        "<iframe srcdoc=x>",
        "<base href=/x>",
        "<svg><a xlink:href='javascript:x'/></svg>",
        "<meta http-equiv=refresh content=0>",
    ):
        assert harm_in(parsed(f"<body>{bad}")) != [], bad
    good = "<body><p lang=de>&lt;script&gt;hostile(1)<a href='https://example.org/'>x</a>"
    assert harm_in(parsed(good)) == []

    def bones(body):
        return skeleton(parsed(body), without={"prose"})

    assert bones("<p title=a>x<b>y</b>") == bones("<p title=b>z<b></b>")
    assert bones("<p>x") != bones("<p>x<i></i>")
    assert bones("<p class='prose'>x<i></i>") == bones("<p class='prose'>x")


def test_every_text_field_of_every_kind_is_tried():
    models_to_fill = (RegionPage, Contact, *(kind.page_model for kind in all_kinds()))
    refused = {
        model.__name__: {field.name for field in text_fields(model)} - {*filled(model, HARMLESS)}
        for model in models_to_fill
    }
    # These take addresses and opening hours only, and refuse everything else.
    assert refused == {
        "RegionPage": set(),
        "Contact": {"email", "hours"},
        "OfferPage": {"online_url"},
        "EventPage": {"online_url"},
        "OrganisationPage": {"website", "opening_hours"},
    }


@pytest.mark.long
def test_pages_are_built_the_same_whatever_their_texts_say(grove):
    client = Client()
    lists = [f"/de/{kind}/" for kind in ("offers", "events", "organisations")]
    expected, wrong = {}, []
    for number, string in enumerate((HARMLESS, HARMLESS, *STRINGS)):
        grove.say(string)
        # In Arabic one of the four in turn; all four while it is learned how they are built.
        names = [*grove.pages] if number < 2 else [[*grove.pages][number % len(grove.pages)]]
        pages = [
            *(grove.address_of(name) for name in grove.pages),
            *(grove.address_of(name, "ar") for name in names),
        ]
        for address in (*pages, *lists):
            document = parsed(body_of(address, client))
            if harm := harm_in(document):
                wrong.append((string, address, harm))
            bones = skeleton(document, without={"prose"})
            if bones != expected.setdefault(address, bones):
                wrong.append((string, address, "is built differently"))
    assert wrong == [], "\n".join(map(str, wrong))


def test_what_somebody_searches_for_and_filters_by_is_shown_as_text(grove):
    client = Client()
    grove.say(HARMLESS)
    expected, wrong = {}, []
    for string in (HARMLESS, *STRINGS):
        for address in ("/de/search/", "/de/offers/", "/de/gibt-es-nicht/"):
            response = client.get(address, {"q": string, "topic": string, "sort": string, "from": string})
            document = parsed(response.content)
            bones = skeleton(document)
            if harm_in(document) or bones != expected.setdefault(address, bones):
                wrong.append((string, address, harm_in(document)))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.long
def test_machines_read_the_texts_and_nothing_else(grove):
    client = Client()
    wrong, expected = [], {}

    def read(string, address, found):
        if as_shown(found) != as_shown(string):
            wrong.append((string, address, found))

    for string in (HARMLESS, *STRINGS):
        grove.say(string)
        for kind in ("offers", "events"):
            page = body_of(grove.address_of(kind), client)
            blocks = parsed(page).css('script[type="application/ld+json"]')
            data = [entry for block in blocks for entry in as_list(json.loads(block.text()))]
            named = [entry for entry in data if entry["@type"] in {"Event", "JobPosting", "Service"}]
            read(string, "structured data", named[0].get("title") or named[0]["name"])
            feed = ET.fromstring(body_of(f"/de/{kind}/feed.atom", client))  # noqa: S314 – our own
            read(string, "feed", feed.find(f"{ATOM}entry/{ATOM}title").text)
            entry = json.loads(body_of(f"/api/v1/de/{kind}/", client))["items"][0]
            read(string, "API", entry["texts"]["title"]["text"])
            for file_format in ("csv", "xlsx"):
                data = export_sheet(kind=kind_of(kind), languages=[], file_format=file_format)
                read(string, file_format, read_table(data=data).rows[0].cells["title"])
        for address in (f"{grove.address_of('events')}event.ics", "/de/events/calendar.ics"):
            calendar = Calendar.from_ical(body_of(address, client))
            (event,) = calendar.walk("VEVENT")
            read(string, address, str(event["SUMMARY"]))
            assert set(event) == expected.setdefault(address, set(event))
    assert wrong == [], "\n".join(map(str, wrong))


def test_no_cell_of_a_sheet_is_a_formula(grove):
    for string in STRINGS:
        grove.say(string)
        for kind in all_kinds():
            rows = csv.reader(io.StringIO(export_sheet(kind=kind).decode("utf-8-sig")), delimiter=";")
            cells = [cell for row in rows for cell in row]
            assert [cell for cell in cells if cell[:1] in {*"=+-@\t\r"}] == [], string


@pytest.mark.long
def test_the_admin_shows_text(grove, admin_client):
    wrong, expected = [], {}
    names = [*grove.pages]
    for number, string in enumerate((*(HARMLESS for _name in names), *STRINGS)):
        # The editor reads only what an editor could have written.
        grove.say(string, rich=escape)
        page = grove.pages[names[number % len(names)]]
        lists = ("kinds/offers/", "contacts/", f"pages/{grove.pages['organisations'].pk}/", "kinds/events/")
        for address in (f"/admin/{lists[number % 4]}", f"/admin/pages/{page.pk}/edit/"):
            document = parsed(body_of(address, admin_client))
            if harm := harm_in(document):
                wrong.append((string, address, harm))
            # Hints on a text are about what it says.
            bones = skeleton(document, without=("text-hints",))
            if bones != expected.setdefault(address, bones):
                wrong.append((string, address, "is built differently"))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.browser
def test_a_browser_runs_none_of_it(grove, chromium):
    """The pages come without the policy that would stop what got in: that is a second wall, not the first."""
    client = Client()
    ran, bodies = [], {}

    def answer(route):
        path = route.request.url.removeprefix("http://site.example")
        body = bodies.get(path)
        if body is None:
            route.abort()
        else:
            route.fulfill(body=body, content_type="text/html; charset=utf-8")

    with chromium.new_context(service_workers="block") as context:
        context.expose_function("hostile", lambda *args: ran.append(args))
        context.on("request", lambda request: "hostile.example" in request.url and ran.append(request.url))
        context.route("**/*", answer)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.dismiss())
        bodies["/proof/"] = "<body><img src=x onerror=hostile(0)>"
        page.goto("http://site.example/proof/")
        page.wait_for_timeout(200)
        assert len(ran) == 1
        for number, string in enumerate(STRINGS):
            grove.say(string)
            path = grove.address_of([*grove.pages][number % len(grove.pages)])
            bodies[path] = body_of(path, client).decode()
            page.goto(f"http://site.example{path}")
        page.wait_for_timeout(200)
    assert len(ran) == 1
