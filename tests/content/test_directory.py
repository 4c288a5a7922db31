"""Lists: what the query string asks for is what the page answers."""

import datetime

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Locale

from content.directory import DirectoryQuery, search_all
from content.registry import kind
from content.signals import page_changed
from events.models import EventPage, Occurrence
from tests.content.index_site import SmallSite, in_language
from tests.services.rebuilding import built

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def site():
    return built(SmallSite)


def ask(query="", *, kind_slug="offers", language="de", **options):
    locale = Locale.objects.get(language_code=language)
    return DirectoryQuery(kind(kind_slug), locale, QueryDict(query), **options)


def answer(query="", **options):
    request = RequestFactory().get("/de/angebote/?" + query)
    return ask(query, **options).result(request)


def titles(result):
    return [page.title for page in result.items]


def count_of(result, facet_slug, key):
    (facet,) = [facet for facet in result.facets if facet.slug == facet_slug]
    return {option.key: option.count for option in facet.options}[key]


def option(result, facet_slug, key):
    (facet,) = [facet for facet in result.facets if facet.slug == facet_slug]
    return next(option for option in facet.options if option.key == key)


def test_one_value_of_a_facet_widens_and_another_facet_narrows(site):
    site.offer("Beratung", offer_kind="service", german_level="a1")
    site.offer("Kurs", offer_kind="qualification", german_level="a1")
    site.offer("Mappe", offer_kind="information", german_level="b1")

    assert set(titles(answer("kind=service&kind=qualification"))) == {"Beratung", "Kurs"}
    assert titles(answer("kind=service&kind=qualification&german=b1")) == []
    assert titles(answer("kind=information&german=b1")) == ["Mappe"]


def test_counts_of_a_facet_ignore_its_own_choice_and_obey_the_others(site):
    site.offer("Beratung", offer_kind="service", german_level="a1")
    site.offer("Kurs", offer_kind="qualification", german_level="a1")
    site.offer("Mappe", offer_kind="information", german_level="b1")

    result = answer("kind=service&german=a1")

    assert count_of(result, "kind", "service") == 1
    assert count_of(result, "kind", "qualification") == 1
    assert count_of(result, "kind", "information") == 0
    assert count_of(result, "german", "a1") == 1
    assert count_of(result, "german", "b1") == 0


def test_every_count_is_what_the_option_alone_would_show(site):
    for number in range(6):
        site.offer(
            f"Angebot {number}",
            offer_kind=("service", "qualification", "networking")[number % 3],
            german_level=("a1", "b1")[number % 2],
            topics=("sport",) if number % 2 else ("sprache", "sport"),
            step_free="yes" if number == 4 else "unknown",
            parent=site.netzwerk if number > 3 else site.haus,
        )

    result = answer()

    options = [option for facet in result.facets for option in facet.shown_options]
    assert len(options) >= 10
    for one in options:
        assert answer(one.url.split("?")[1]).total == one.count, one


def test_region_and_place_are_chosen_by_stable_keys(site):
    site.offer("In Kempten")
    site.offer("In Roth", parent=site.netzwerk)

    assert titles(answer("region=roth")) == ["In Roth"]
    assert titles(answer("place=innenstadt")) == ["In Kempten"]
    assert option(answer(), "place", "hilpoltstein").label == "Hilpoltstein"


def test_the_same_filter_gives_the_same_set_in_every_language(site):
    page = site.offer("Kurs", offer_kind="qualification", parent=site.netzwerk)
    in_language(page, "tr", title="Kurs (tr)")
    other = site.offer("Seminar", offer_kind="qualification", parent=site.netzwerk)
    in_language(other, "tr", alias=True)

    german = answer("kind=qualification&region=roth")
    turkish = answer("kind=qualification&region=roth", language="tr")

    assert german.total == turkish.total == 2
    assert {page.translation_key for page in german.items} == {page.translation_key for page in turkish.items}
    assert set(titles(turkish)) == {"Kurs (tr)", "Seminar"}


def test_a_fact_changed_in_the_source_moves_the_translation_in_lists_at_once(site):
    page = site.offer("Kurs", offer_kind="qualification")
    in_language(page, "tr", title="Kurs (tr)")

    page.offer_kind = "service"
    page.save()

    assert answer("kind=qualification", language="tr").total == 0
    assert titles(answer("kind=service", language="tr")) == ["Kurs (tr)"]


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=-1",
        "page=99999999999999999999",
        "kind=nonsense&kind=",
        "q=%00%00",
        "q=" + "x" * 5000,
        "q=%22%20OR%20*%20NEAR(%27--",
        "q=title:%20AND%20NOT%20-",
        "q=%25%5F%5C",
        "q='; DROP TABLE content_indexentry; --",
        "q=:*%26!|<->()",
        "from=2026-13-45&to=gestern",
        "from=9999-12-31&to=0001-01-01",
        "when=never",
        "sort=random()",
        "&&&===",
    ],
)
@pytest.mark.parametrize("kind_slug", ["offers", "events"])
def test_garbage_in_the_address_is_answered(site, query, kind_slug):
    site.offer("Angebot")
    site.event("Treffen")
    assert answer(query, kind_slug=kind_slug).total >= 0


def test_a_page_beyond_the_end_shows_the_last(site):
    for number in range(3):
        site.offer(f"Angebot {number}")

    result = ask("page=50").result(per_page=2)

    assert result.pagination.number == result.pagination.page_count == 2
    assert (result.pagination.first_item, result.pagination.last_item) == (3, 3)
    assert result.pagination.next_url == ""
    assert result.pagination.previous_url == "?"


def test_pages_follow_each_other_without_gap_or_repetition(site):
    for number in range(7):
        site.offer(f"Angebot {number}")

    seen = [page.pk for number in (1, 2, 3) for page in ask(f"page={number}").result(per_page=3).items]

    assert seen == ask().page_ids()
    assert len(set(seen)) == 7


def test_the_whole_state_is_in_every_address(site):
    site.offer("Kurs", offer_kind="qualification", german_level="a1")

    result = answer("german=a1&q=kurs&page=1&unknown=1")

    assert result.query_string == "q=kurs&german=a1"
    assert option(result, "kind", "qualification").url == "/de/angebote/?q=kurs&kind=qualification&german=a1"
    assert option(result, "german", "a1").url == "/de/angebote/?q=kurs"
    assert [chip.remove_url for chip in result.chips] == ["/de/angebote/?german=a1", "/de/angebote/?q=kurs"]
    assert result.clear_url == "/de/angebote/"


def test_zero_hits_say_what_would_bring_some(site):
    site.offer("Kurs", offer_kind="qualification")
    site.offer("Seminar", offer_kind="qualification")
    site.offer("Rampe", offer_kind="service", step_free="yes")

    result = answer("kind=qualification&accessible=yes")

    assert result.total == 0
    assert [(suggestion.count, suggestion.url) for suggestion in result.suggestions] == [
        (2, "/de/angebote/?kind=qualification"),
        (1, "/de/angebote/?accessible=yes"),
    ]


def test_zero_hits_may_be_the_words_fault(site):
    site.offer("Kurs", offer_kind="qualification")

    result = answer("kind=qualification&q=hubschrauber")

    assert result.total == 0
    assert [(suggestion.count, suggestion.url) for suggestion in result.suggestions] == [
        (1, "/de/angebote/?kind=qualification")
    ]


def test_with_hits_nothing_is_suggested(site):
    site.offer("Kurs")
    assert answer().suggestions == []


def test_a_fixed_facet_holds_and_does_not_show(site):
    site.offer("In Kempten")
    site.offer("In Roth", parent=site.netzwerk)

    result = answer("region=kempten", fixed={"region": ["roth"]})

    assert titles(result) == ["In Roth"]
    assert "region" not in [facet.slug for facet in result.facets]
    assert result.chips == []
    assert result.query_string == ""


def test_the_newest_offer_stands_first_or_the_list_goes_by_title(site):
    for day, title in enumerate(("Zebra", "Äpfel", "Ballspiel"), start=1):
        site.offer(title, first_published_at=timezone.now() - datetime.timedelta(days=9 - day))

    assert titles(answer()) == ["Ballspiel", "Äpfel", "Zebra"]
    assert titles(answer("sort=title")) == ["Äpfel", "Ballspiel", "Zebra"]
    assert [one.key for one in answer().sorts] == ["", "title"]


def test_events_stand_by_their_next_date_and_leave_when_it_is_over(site):
    site.event("Später", days=9)
    site.event("Bald", days=1)
    now = timezone.now()
    site.event("Vorbei", days=-30)
    just_over = site.event("Gerade vorbei", days=3)
    EventPage.objects.filter(pk=just_over.pk).update(
        next_start=now - datetime.timedelta(hours=3), next_end=now
    )
    page_changed.send(sender=EventPage, page=just_over)

    result = answer(kind_slug="events")

    assert titles(result) == ["Bald", "Später"]
    assert count_of(result, "free", "yes") == 2


def occurs(page, start, hours=2):
    Occurrence.objects.create(
        event_key=page.translation_key,
        original_date=timezone.localtime(start).date(),
        start=start,
        end=start + datetime.timedelta(hours=hours),
    )


def local(day, hour):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def test_today_and_from_to_look_at_all_dates_of_an_event(site):
    today = timezone.localdate()
    weekly = site.event("Sprachcafé", days=2)
    occurs(weekly, local(today + datetime.timedelta(days=2), 14))
    occurs(weekly, local(today + datetime.timedelta(days=9), 14))
    other = site.event("Fest", days=5)
    occurs(other, local(today + datetime.timedelta(days=5), 14))

    day = (today + datetime.timedelta(days=9)).isoformat()
    result = answer(f"from={day}&to={day}", kind_slug="events")

    assert titles(result) == ["Sprachcafé"]
    assert result.dates.start == result.dates.end == today + datetime.timedelta(days=9)
    assert len(result.chips) == 1
    assert answer("when=today", kind_slug="events").total == 0
    assert {one.count for one in answer("when=today", kind_slug="events").suggestions} == {2}
    assert answer(f"to={day}", kind_slug="events").total == 2


def test_what_was_earlier_today_is_not_offered(site):
    now = timezone.now()
    event = site.event("Frühstück", days=7)
    occurs(event, now - datetime.timedelta(minutes=40), hours=0.5)
    assert answer("when=today", kind_slug="events").total == 0
    occurs_later = now + datetime.timedelta(minutes=1)
    if timezone.localtime(occurs_later).date() == timezone.localdate():
        Occurrence.objects.filter(event_key=event.translation_key).update(end=occurs_later)
        assert answer("when=today", kind_slug="events").total == 1


def test_an_expired_offer_leaves_the_list(site):
    site.offer("Bis heute", valid_until=timezone.localdate())
    site.offer("Bis gestern", valid_until=timezone.localdate() - datetime.timedelta(days=1))

    assert titles(answer()) == ["Bis heute"]


def test_an_internal_meeting_is_in_no_list(site):
    site.event("Trägerkreis", is_listed=False)
    assert answer(kind_slug="events").total == 0
    assert search_all("Trägerkreis", Locale.get_default()).total == 0


def test_words_narrow_a_list_and_titles_come_first(site):
    site.offer("Raum leihen", text="<p>Auch Werkzeug</p>")
    site.offer("Werkzeug leihen", first_published_at=timezone.now() - datetime.timedelta(days=40))
    site.offer("Sprachkurs")

    result = answer("q=werkzeug")

    assert titles(result) == ["Werkzeug leihen", "Raum leihen"]
    assert count_of(result, "free", "yes") == 2
    assert result.q == "werkzeug"


def test_cards_ask_for_nothing_more(site, django_assert_num_queries):
    for number in range(3):
        site.offer(f"Angebot {number}")
    result = answer()

    with django_assert_num_queries(0):
        for page in result.items:
            assert page.owner_page.title
            assert page.region_page.title
            assert page.locale.language_code == "de"
            assert page.image is None


@pytest.mark.parametrize("pages", [1, 3])
@pytest.mark.parametrize(
    ("query", "expected"),
    [("", 6), ("kind=information&region=kempten", 6), ("q=angebot", 8), ("kind=service&accessible=yes", 5)],
)
def test_a_list_takes_as_many_queries_for_one_page_as_for_three(
    site, pages, query, expected, django_assert_num_queries
):
    for number in range(pages):
        site.offer(f"Angebot {number}")
    answer()
    offers, locale, request = kind("offers"), Locale.get_default(), RequestFactory().get("/de/angebote/")

    with django_assert_num_queries(expected):
        result = DirectoryQuery(offers, locale, QueryDict(query)).result(request)

    assert len(result.items) == result.total


def test_a_search_over_everything_groups_by_kind(site):
    site.offer("Sprachkurs")
    site.event("Sprachcafé")

    result = search_all("sprach", Locale.get_default())

    assert result.total == 2
    assert {group.kind.slug: [page.title for page in group.items] for group in result.groups} == {
        "offers": ["Sprachkurs"],
        "events": ["Sprachcafé"],
    }
    assert result.groups[0].query_string == "q=sprach"


def test_an_empty_search_finds_nothing(site):
    site.offer("Sprachkurs")
    assert search_all("", Locale.get_default()).groups == []
    assert search_all("  \x00 ?!", Locale.get_default()).groups == []
