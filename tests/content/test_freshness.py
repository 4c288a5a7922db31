"""What nobody confirms sinks in lists and leaves them; its address stays and says so."""

import datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from content import freshness
from content.directory import DirectoryQuery
from content.index.models import IndexEntry
from content.registry import kind
from content.visibility import visible_pages
from tests.content.index_site import SmallSite, in_language
from tests.factories.sites import index_as_committed
from tests.services.rebuilding import built

pytestmark = pytest.mark.both_databases

FRESH = {"confirmed_on": datetime.date(2026, 3, 1), "review_interval": 6}


@pytest.fixture
def site(db):
    return built(SmallSite)


def days_ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


def overdue_by(days):
    """Return the facts of a page that was to be confirmed so many days ago."""
    wanted = days_ago(days)
    day = freshness.months_later(wanted, -12)
    assert freshness.months_later(day, 12) == wanted
    return {"confirmed_on": day, "review_interval": 12}


def query(text="", kind_slug="offers", language="de"):
    locale = Locale.objects.get(language_code=language)
    return DirectoryQuery(kind(kind_slug), locale, QueryDict(text))


def titles(*args, **kwargs):
    return [page.title for page in query(*args, **kwargs).pages()]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-01", 3, "2027-03-01"),
        ("2026-11-25", 12, "2027-11-25"),
        ("2027-02-28", -6, "2026-08-28"),
    ],
)
def test_months_are_counted_as_people_count_them(day, months, expected):
    found = freshness.months_later(datetime.date.fromisoformat(day), months)
    assert found == datetime.date.fromisoformat(expected)


def test_an_entry_is_due_after_its_interval_counted_from_confirmation_or_publication(site):
    offer = site.offer("Kurs", **FRESH)
    assert freshness.due_on(offer) == datetime.date(2026, 9, 1)
    offer.review_interval = 12
    assert freshness.due_on(offer) == datetime.date(2027, 3, 1)
    offer.confirmed_on = None
    offer.first_published_at = datetime.datetime(2026, 5, 9, 23, 30, tzinfo=datetime.UTC)
    assert freshness.due_on(offer) == datetime.date(2027, 5, 10)


def test_nobody_is_asked_about_what_is_over_or_will_be_before(site):
    offer = site.offer("Kurs", **FRESH, valid_until=datetime.date(2026, 8, 31))
    assert freshness.due_on(offer) is None
    offer.valid_until = datetime.date(2026, 9, 1)
    assert freshness.due_on(offer) == datetime.date(2026, 9, 1)
    assert freshness.due_on(site.event("Fest", days=-3, **FRESH)) is None
    assert freshness.due_on(site.event("Lesung", days=3, **FRESH)) == datetime.date(2026, 9, 1)
    assert freshness.due_on(site.kempten) is None


def test_an_ended_region_keeps_its_entries_as_they_were(site):
    offer = site.offer("Kurs", **FRESH)
    due = datetime.date(2026, 9, 1)
    site.kempten.runs_until = datetime.date(2026, 8, 31)
    assert freshness.due_on(offer, scope=site.kempten) is None
    site.kempten.runs_until = datetime.date(2026, 10, 30)
    assert freshness.due_on(offer, scope=site.kempten) == due
    assert freshness.leaves_lists_on(due, scope=site.kempten) is None
    site.kempten.runs_until = datetime.date(2026, 10, 31)
    assert freshness.leaves_lists_on(due, scope=site.kempten) == datetime.date(2026, 10, 31)


def test_what_nobody_confirmed_sinks_to_the_end_of_the_list(site):
    for number, late in enumerate((-1, 1, 0, 20, -30)):
        page = site.offer(f"{number}: {late}", **overdue_by(late))
        type(page).objects.filter(pk=page.pk).update(
            first_published_at=timezone.now() - datetime.timedelta(days=number)
        )
        page.refresh_from_db()
        page.save()
    assert titles() == ["0: -1", "2: 0", "4: -30", "1: 1", "3: 20"]
    assert [page.title for page in query("page=1").result(per_page=2).items] == ["0: -1", "2: 0"]
    assert [page.title for page in query("page=2").result(per_page=2).items] == ["4: -30", "1: 1"]
    assert [page.title for page in query("page=3").result(per_page=2).items] == ["3: 20"]
    # Who looks for a name finds it in its place.
    assert titles("sort=title") == ["0: -1", "1: 1", "2: 0", "3: 20", "4: -30"]


def test_what_nobody_confirmed_for_sixty_days_leaves_lists_and_counts_in_every_language(site):
    stays = site.offer("Bleibt", **overdue_by(59))
    leaves = site.offer("Geht", **overdue_by(60))
    in_language(leaves, "tr", alias=True)
    in_language(stays, "tr", alias=True)

    for language in ("de", "tr"):
        result = query(language=language).result()
        assert [page.title for page in result.items] == ["Bleibt"]
        (region,) = [view for view in result.facets if view.slug == "region"]
        assert {option.key: option.count for option in region.options}["kempten"] == 1
    assert titles("q=geht") == []
    assert set(visible_pages(model=type(leaves)).values_list("title", flat=True)) == {"Bleibt"}


def test_a_page_comes_back_when_it_is_confirmed(site):
    page = site.offer("Kurs", **overdue_by(61))
    assert titles() == []
    page.confirmed_on = timezone.localdate()
    page.save()
    assert titles() == ["Kurs"]
    assert IndexEntry.objects.get(pk=page.pk).unconfirmed_at > timezone.now()


def test_it_happens_by_the_clock_without_anything_being_written(site):
    site.offer("Kurs", **overdue_by(0))
    titles()
    index = query()._index
    bit = index.listed
    now = timezone.now()
    for days, unconfirmed, listed in ((0, False, True), (1, True, True), (59, True, True), (60, True, False)):
        then = now + datetime.timedelta(days=days)
        assert bool(index.unconfirmed(then) & bit) == unconfirmed, days
        assert bool(index.current(then) & bit) == listed, days


def test_sinking_costs_no_query(site):
    for number in range(3):
        site.offer(f"Frisch {number}", **overdue_by(-9))
    with index_as_committed():
        titles()
        with CaptureQueriesContext(connection) as before:
            titles()
    for number in range(3):
        site.offer(f"Alt {number}", **overdue_by(9))
    with index_as_committed():
        titles()
        with CaptureQueriesContext(connection) as after:
            assert titles()[3:] == ["Alt 0", "Alt 1", "Alt 2"]
    assert len(after) == len(before)


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (0, None),
        (1, "Etwas kann sich geändert haben."),
        (59, "Etwas kann sich geändert haben."),
        (60, "in keiner Liste mehr"),
    ],
)
def test_readers_are_told_in_their_language_and_the_address_stays(site, client, late, words):
    page = site.offer("Kurs", **overdue_by(late))
    turkish = in_language(page, "tr", alias=True)
    german = client.get(page.url)
    assert german.status_code == 200
    text = german.content.decode()
    if words:
        assert words in text
    assert ("Nicht bestätigt seit" in text) == bool(words)
    answer = client.get(turkish.url)
    assert answer.status_code == 200
    assert ("tarihinden beri onaylanmadı" in answer.content.decode()) == bool(words)


def test_a_page_that_was_never_confirmed_is_as_old_in_every_language(site, client):
    page = site.offer("Kurs", review_interval=3)
    long_ago = timezone.now() - datetime.timedelta(days=120)
    type(page).objects.filter(pk=page.pk).update(first_published_at=long_ago)
    turkish = in_language(page, "tr", title="Kurs")
    assert turkish.first_published_at != long_ago
    assert "onaylanmadı" in client.get(turkish.url).content.decode()
    assert 'class="confirmed' not in client.get(page.url).content.decode()


def test_every_kind_says_who_confirmed_it_and_that_it_was_too_long_ago(site, client):
    late = {**overdue_by(3), "confirmed_by": "Nesrin Neu"}
    pages = [site.offer("Kurs", **late), site.event("Fest", **late), site.haus]
    for name, value in late.items():
        setattr(site.haus, name, value)
    site.haus.save()
    for page in pages:
        text = client.get(page.url).content.decode()
        assert "Bestätigt von Nesrin Neu am" in text, page
        assert "Nicht bestätigt seit" in text, page
