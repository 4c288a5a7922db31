"""An event as readers see it."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import override

from content.dates import full_date
from content.models import Topic
from events.models import EventOrganiser
from events.presentation import catering_line, reply_line
from events.services import materialise_dates
from events.vocabularies import ReplyChannel
from organisations.models import Contact
from tests.factories.pages import EventPageFactory, OrganisationPageFactory, publish
from tests.factories.sites import index_as_committed, picture
from tests.services.rebuilding import built_once


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def soon(days=20):
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.fixture
@built_once
def world_cafe(site):
    return publish(
        EventPageFactory(
            parent=site.organisation,
            title="World Café: Neuauflage",
            slug="world-cafe",
            start_date=soon(),
            how_to_find="Eingang im Hof",
            childcare="yes",
            step_free="yes",
            lift="no",
            public_transport="ZUM",
            transport_minutes=3,
            catering="food",
            diets=["vegetarian", "halal"],
            confirmed_on=datetime.date(2026, 11, 18),
            confirmed_by="Haus International",
        )
    )


ADDRESS = "kempten/haus/world-cafe/"


def test_the_facts_stand_before_any_prose(client, world_cafe):
    soup = read(client, f"/de/{ADDRESS}")

    facts, prose = soup.select_one("dl.facts"), soup.select_one(".prose")
    assert facts.sourceline < prose.sourceline
    assert "Poststr. 22, 87439 Kempten" in facts.text
    assert "Eingang im Hof" in facts.text
    assert facts.select_one("time")["datetime"].startswith(f"{soon().isoformat()}T14:00")


def test_the_words_that_decide_stand_in_the_head(client, world_cafe):
    head = read(client, f"/de/{ADDRESS}").select_one(".page-head .highlights")

    assert [item.find("use")["href"].rpartition("#")[2] for item in head.find_all("li")] == [
        "speech",
        "euro",
        "family",
        "people",
        "accessible",
        "bus",
    ]


def test_who_confirmed_it_and_when_is_said(client, world_cafe):
    assert "18. November 2026" in read(client, f"/de/{ADDRESS}").select_one(".confirmed").text


def test_what_is_unknown_is_said_to_be_unknown_and_never_no(client, world_cafe):
    states = [item["class"] for item in read(client, f"/de/{ADDRESS}").select(".tristate li")]

    assert states == [["yes"], ["no"], *[["unknown"]] * 6]


def test_facts_are_in_the_readers_language_and_names_keep_theirs(client, site, world_cafe):
    site.present(world_cafe, "ar")

    soup = read(client, f"/ar/{ADDRESS}")

    place = soup.find("strong", string="Haus International")
    assert (place["lang"], place["dir"]) == ("de", "ltr")
    heading = soup.find("h1")
    assert (heading["lang"], heading["dir"]) == ("de", "ltr")
    moment = soup.select_one("dl.facts time")
    assert "ديسمبر" in moment.text or moment.text[0] >= "\u0600"
    assert not moment.parent.has_attr("lang")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {"reply_channels": ["email", "phone"], "reply_preferred": "email", "reply_fallback": "phone"},
            "until December 10, best by e-mail, if need be by phone",
        ),
        ({"reply_channels": ["email", "phone"]}, "until December 10 by e-mail or by phone"),
        (
            {"reply_channels": ["email", "phone", "in_person"], "reply_preferred": "email"},
            "until December 10, best by e-mail, also by phone or in person",
        ),
        ({"reply_channels": [], "reply_by": datetime.date(2026, 12, 10)}, "until December 10"),
        ({"reply_channels": ["phone"], "reply_by": None}, "by phone"),
        ({"reply_mode": "none", "reply_channels": ["phone"]}, ""),
    ],
)
def test_how_to_reply_is_one_sentence(site, facts, sentence):
    defaults = {"reply_mode": "please", "reply_by": datetime.date(2026, 12, 10)}
    page = EventPageFactory.build(**{**defaults, **facts}, start_date=datetime.date(2026, 12, 12))

    with override("en"):
        assert reply_line(page) == sentence


def test_the_invitations_own_sentence_in_german(site):
    page = EventPageFactory.build(
        start_date=datetime.date(2015, 12, 12),
        reply_mode="please",
        reply_by=datetime.date(2015, 12, 10),
        reply_channels=["email", "phone"],
        reply_preferred="email",
        reply_fallback="phone",
    )
    with override("de"):
        assert reply_line(page) == "bis 10. Dezember, am besten per E-Mail, notfalls telefonisch"


def test_every_way_to_reply_makes_a_sentence(site):
    ways = ["", *ReplyChannel.values]
    for best in ways:
        for fallback in ways:
            for day in (None, datetime.date(2026, 12, 10)):
                page = EventPageFactory.build(
                    reply_mode="please",
                    reply_by=day,
                    reply_preferred=best,
                    reply_fallback=fallback,
                    reply_channels=ReplyChannel.values,
                )
                assert "%(" not in reply_line(page)
                assert reply_line(page)


def test_the_year_to_reply_by_is_said_where_it_is_another(site):
    page = EventPageFactory.build(
        reply_mode="please",
        reply_by=datetime.date(2026, 12, 20),
        reply_channels=["phone"],
        start_date=datetime.date(2027, 1, 16),
    )
    with override("en"):
        assert reply_line(page) == "until December 20, 2026 by phone"


def test_food_is_named_with_what_it_is(site):
    page = EventPageFactory.build(catering="food", diets=["vegetarian", "halal"])
    with override("en"):
        assert catering_line(page) == "There is food: vegetarian, halal"
    page.catering = "none"
    assert catering_line(page) == ""


@pytest.mark.parametrize("status", ["cancelled", "moved", "full"])
def test_what_changed_is_seen_in_the_head_and_in_a_note(client, site, world_cafe, status):
    world_cafe.status = status
    publish(world_cafe)

    soup = read(client, f"/de/{ADDRESS}")

    assert status in soup.select_one(".page-head .status")["class"]
    note, facts = soup.select_one(".note strong"), soup.select_one("dl.facts")
    assert note.text
    assert note.sourceline < facts.sourceline


def test_nobody_is_asked_to_reply_to_a_cancelled_event_or_to_note_it_down(client, site):
    page = EventPageFactory(
        parent=site.organisation,
        slug="fest",
        start_date=soon(),
        reply_mode="please",
        reply_by=soon(10),
        reply_channels=["phone"],
    )
    page = with_dates(page)

    def asked(soup):
        icons = {use["href"].rpartition("#")[2] for use in soup.select("dl.facts dt use")}
        return "message" in icons, [link["href"] for link in soup.select(".facts-foot > a")]

    assert asked(read(client, "/de/kempten/haus/fest/")) == (True, ["/de/kempten/haus/fest/event.ics"])
    page.status = "cancelled"
    with_dates(page)
    assert asked(read(client, "/de/kempten/haus/fest/")) == (False, [])


def test_a_date_left_out_is_named_among_the_next_ones(client, site):
    page = EventPageFactory(
        parent=site.organisation,
        slug="cafe",
        start_date=soon(1),
        rrule="FREQ=WEEKLY;COUNT=4",
        excluded_dates=[soon(8).isoformat()],
    )
    with_dates(page)

    rows = read(client, "/de/kempten/haus/cafe/").select(".dates li")

    assert [(row.time["datetime"][:10], row.get("class"), len(row.select("a"))) for row in rows] == [
        (soon(1).isoformat(), None, 1),
        (soon(8).isoformat(), ["is-cancelled"], 0),
        (soon(15).isoformat(), None, 1),
        (soon(22).isoformat(), None, 1),
    ]


def test_a_message_about_an_event_says_when_and_where_in_the_readers_language(client, site, world_cafe):
    materialise_dates(page=world_cafe)
    site.present(world_cafe, "tr")

    ways = read(client, f"/tr/{ADDRESS}").select(".share a")

    addresses = [urlsplit(way["href"]) for way in ways]
    assert [(one.scheme, one.netloc) for one in addresses] == [
        ("https", "wa.me"),
        ("https", "t.me"),
        ("sms", ""),
        ("mailto", ""),
    ]
    title, when, where, url = parse_qs(addresses[0].query)["text"][0].split("\n")
    with override("tr"):
        assert when.startswith(f"Ne zaman: {full_date(soon())}")
    assert (title, url) == ("World Café: Neuauflage", f"http://testserver/tr/{ADDRESS}")
    assert where == "Nerede: Haus International, Poststr. 22, 87439 Kempten, Eingang im Hof"
    assert parse_qs(addresses[2].query)["body"] == parse_qs(addresses[0].query)["text"]


def test_one_calendar_file_holds_all_dates_and_another_one_of_them(client, site):
    start = soon(-7)
    with_dates(EventPageFactory(parent=site.organisation, slug="cafe", start_date=start, rrule="FREQ=WEEKLY"))

    soup = read(client, "/de/kempten/haus/cafe/")
    files = [link["href"] for link in soup.select(".dates a")]
    whole = soup.select_one(".facts-foot > a")["href"]

    assert len(files) == 6
    everything = client.get(whole)
    assert everything["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"RRULE:FREQ=WEEKLY" in everything.content
    one = client.get(files[0])
    assert one.content.count(b"BEGIN:VEVENT") == 1
    assert b"RRULE:FREQ=WEEKLY" not in one.content
    assert client.get("/de/kempten/haus/cafe/2001-01-01.ics").status_code == 404
    assert client.get("/de/kempten/haus/cafe/2026-13-45.ics").status_code == 404


def test_an_event_that_is_over_stays_readable_with_what_came_out_of_it(client, site):
    publish(
        EventPageFactory(
            parent=site.organisation,
            slug="2015",
            start_date=datetime.date(2015, 12, 12),
            results="<p>80 Menschen.</p>",
            press_text="Sehr geehrte Damen und Herren",
        )
    )

    soup = read(client, "/de/kempten/haus/2015/")

    assert "12. Dezember 2015" in soup.select_one("dl.facts").text
    assert "80 Menschen." in soup.text
    assert "Sehr geehrte Damen und Herren" in soup.select_one("details .prose").text
    assert soup.select(".facts-foot > a") == []


def with_dates(page):
    """Write the event's dates down, as happens when the publication is committed."""
    page = publish(page)
    materialise_dates(page=page)
    return page


def full(site, number):
    """Publish an event with everything on it, pictures among it, ``number`` of each."""
    topics = [Topic.objects.get_or_create(name=f"Thema {i}", slug=f"thema-{i}")[0] for i in range(number)]
    page = EventPageFactory(
        parent=site.organisation,
        slug=f"voll-{number}",
        start_date=soon(),
        rrule=f"FREQ=WEEKLY;COUNT={number}",
        image=picture(),
        contact=Contact.objects.create(
            organisation_key=site.organisation.translation_key,
            name="Ada",
            phone="+498999998017",
            photo=picture(),
            photo_consent=True,
        ),
    )
    page.topics.add(*topics)
    guests = [publish(OrganisationPageFactory(parent=site.region, logo=picture())) for _ in range(number)]
    page.organisers = [EventOrganiser(organisation=guest, role="co_host") for guest in guests]
    page = with_dates(page)
    for one in (*guests, page):
        site.present(one, "tr")
    return page


@pytest.mark.both_databases
def test_a_full_page_costs_the_same_with_one_of_everything_and_with_three(
    client, site, django_assert_num_queries
):
    publish(EventPageFactory(parent=site.organisation, start_date=soon()))
    for number in (1, 3):
        full(site, number)

    with index_as_committed():
        for number in (1, 3):
            for code in ("de", "tr"):
                client.get(f"/{code}/kempten/haus/voll-{number}/")
                with django_assert_num_queries(12):
                    soup = read(client, f"/{code}/kempten/haus/voll-{number}/")
                assert len(soup.select(".roles dd img")) == number
                assert len(soup.select(".cards .card")) >= 1
                assert len(soup.select("main img")) == 2 + number


def test_organisers_are_linked_in_the_readers_language(client, site):
    guest = publish(OrganisationPageFactory(parent=site.region, title="Mosaik", slug="mosaik"))
    page = EventPageFactory(parent=site.organisation, slug="fest", start_date=soon())
    page.organisers = [EventOrganiser(organisation=guest, role="co_host")]
    page = publish(page)
    site.present(guest, "tr")
    site.present(page, "tr")

    links = read(client, "/tr/kempten/haus/fest/").select(".roles a")

    assert [link["href"] for link in links] == ["/tr/kempten/haus/", "/tr/kempten/mosaik/"]


def test_the_date_shown_is_the_next_one(client, site):
    with_dates(
        EventPageFactory(parent=site.organisation, slug="cafe", start_date=soon(-27), rrule="FREQ=WEEKLY")
    )

    moment = read(client, "/de/kempten/haus/cafe/").select_one("dl.facts time")

    assert moment["datetime"].startswith(f"{soon(1).isoformat()}T14:00")
