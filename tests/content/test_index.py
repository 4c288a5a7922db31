"""The index follows every change, costs little, and is never behind what was committed."""

import datetime
import threading
import uuid

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from content.directory import DirectoryQuery
from content.index import services
from content.index.facets import FacetIndex, bits, facet_index, forget, positions_in
from content.index.models import IndexedText, IndexEntry, IndexState, Spelling
from content.models import Topic
from content.registry import kind
from events.models import EventPage
from offers.models import OfferPage
from tests.content.index_site import SmallSite, found, in_language
from tests.factories.pages import publish
from tests.services.celery_worker import sending_to
from tests.services.rebuilding import built
from tests.services.redis_server import RedisServer


@pytest.fixture
def site(db):
    return built(SmallSite)


@pytest.fixture
def committed_site(transactional_db):
    forget()
    return SmallSite()


def listed(query="", *, kind_slug="offers", language="de"):
    """Return the titles a list shows."""
    locale = Locale.objects.get(language_code=language)
    return {page.title for page in DirectoryQuery(kind(kind_slug), locale, QueryDict(query)).pages()}


pytestmark = pytest.mark.both_databases


# --- every way a page can change ----------------------------------------------------------------------------------


def test_a_draft_is_not_listed_until_it_is_published(site):
    page = site.offer("Kurs", live=False)
    assert listed() == set()
    publish(page)
    assert listed() == {"Kurs"}


def test_a_draft_of_a_published_page_changes_nothing_in_the_index(site):
    page = site.offer("Kurs")
    assert listed() == {"Kurs"}
    number = IndexState.objects.get().seq

    page.title = "Entwurf"
    page.save_revision()

    assert listed() == {"Kurs"}
    assert IndexState.objects.get().seq == number


def test_unpublishing_takes_a_page_and_its_words_out(site):
    page = site.offer("Kurs")
    assert found("kurs") == [page.pk]

    page.unpublish()

    assert listed() == set()
    assert found("kurs") == []
    assert not IndexedText.objects.filter(pk=page.pk).exists()


def test_deleting_a_page_leaves_a_note_that_it_is_gone(site):
    page = site.offer("Kurs")
    assert listed() == {"Kurs"}

    page.delete()

    assert listed() == set()
    assert found("kurs") == []
    assert IndexEntry.objects.get(pk=page.pk).is_listed is False


def test_deleting_an_organisation_takes_all_of_its_pages_out(site):
    site.offer("Eins")
    site.offer("Zwei")
    site.offer("Bleibt", parent=site.netzwerk)
    assert len(listed()) == 3

    Page.objects.get(pk=site.haus.pk).delete()

    assert listed() == {"Bleibt"}


def test_moving_an_organisation_moves_its_pages_to_the_other_region(site):
    page = site.offer("Kurs")
    assert listed("region=kempten") == {"Kurs"}

    Page.objects.get(pk=site.haus.pk).move(Page.objects.get(pk=site.roth.pk), pos="last-child")

    assert listed("region=kempten") == set()
    assert listed("region=roth") == {"Kurs"}
    assert page.pk not in found("kempten")


def test_an_alias_follows_its_source_without_a_signal_of_its_own(site):
    page = site.offer("Kurs")
    in_language(page, "ar", alias=True)
    assert listed(language="ar") == {"Kurs"}

    page.title = "Seminar"
    page.offer_kind = "qualification"
    publish(page)

    assert listed("kind=qualification", language="ar") == {"Seminar"}
    assert len(found("seminar", "ar")) == 1


def test_a_topic_of_another_name_is_found_under_it(site):
    page = site.offer("Kurs", topics=["sport"])
    assert found("bewegung") == []

    topic = Topic.objects.get(slug="sport")
    topic.labels["de"] = "Bewegung"
    topic.save()

    assert found("bewegung") == [page.pk]


def test_a_deleted_topic_is_no_value_any_more(site):
    site.offer("Kurs", topics=["sport"])
    assert listed("topic=sport") == {"Kurs"}
    Topic.objects.get(slug="sport").delete()
    assert listed() == {"Kurs"}
    assert "topic" not in IndexEntry.objects.get(kind="offers").facets


def test_an_organisation_of_another_name_is_found_by_it_with_all_of_its_pages(site):
    page = site.offer("Kurs")
    site.haus.title = "Haus der Kulturen"
    publish(site.haus)
    assert set(found("kulturen")) == {site.haus.pk, page.pk}
    assert found("international") == []


def test_a_region_gets_another_spelling(site):
    page = site.offer("Kurs", parent=site.netzwerk)
    site.roth.name_variants = ["Rothland"]
    publish(site.roth)
    assert page.pk in found("rothland")
    assert set(Spelling.objects.filter(group=site.roth.translation_key).values_list("words", flat=True)) == {
        "landkreis roth",
        "rothland",
    }


def test_pages_inherit_the_place_of_their_organisation_as_it_is_now(site):
    site.offer("Kurs")
    assert listed("place=innenstadt") == {"Kurs"}
    site.haus.places = ["Thingers"]
    publish(site.haus)
    assert listed("place=innenstadt") == set()
    assert listed("place=thingers") == {"Kurs"}


def test_a_restriction_holds_below_it_in_all_languages_and_can_be_lifted(site):
    page = site.offer("Kurs")
    in_language(page, "tr", title="Kurs tr")
    assert listed(language="tr") == {"Kurs tr"}

    restriction = PageViewRestriction.objects.create(page=site.haus, restriction_type="login")

    assert listed() == set()
    assert listed(language="tr") == set()
    assert found("kurs", "tr") == []

    restriction.delete()

    assert listed() == {"Kurs"}
    assert listed(language="tr") == {"Kurs tr"}


def test_a_region_switches_a_kind_and_a_language_off_and_on(site):
    page = site.offer("Kurs")
    in_language(page, "tr", title="Kurs tr")
    site.event("Fest")

    site.kempten.inactive_kinds = ["offers"]
    publish(site.kempten)
    assert listed() == set()
    assert listed(kind_slug="events") == {"Fest"}

    site.kempten.inactive_kinds = []
    site.kempten.languages = ["de", "ar"]
    publish(site.kempten)
    turkish = site.kempten.get_translation(Locale.objects.get(language_code="tr"))
    type(turkish).objects.filter(pk=turkish.pk).update(languages=["de", "ar"])
    services.index_below(turkish.pk)
    assert listed() == {"Kurs"}
    assert listed(language="tr") == set()


def test_an_ended_region_stays_readable(site):
    site.offer("Kurs")
    site.kempten.runs_until = timezone.localdate() - datetime.timedelta(days=1)
    publish(site.kempten)
    assert listed() == {"Kurs"}


def test_dates_moved_on_in_bulk_are_taken_over(site):
    page = site.event("Fest", days=3)
    site.event("Treffen", days=5)
    listed(kind_slug="events")
    later = timezone.now() + datetime.timedelta(days=30)
    EventPage.objects.filter(pk=page.pk).update(next_start=later, next_end=later)

    assert services.refresh_dates(kind("events")) == 1

    assert IndexEntry.objects.get(pk=page.pk).starts_at == later
    assert services.refresh_dates(kind("events")) == 0


def test_indexing_later_writes_once_for_many_pages(site):
    listed()
    number = IndexState.objects.get().seq
    with services.indexing_later():
        for title in ("Eins", "Zwei", "Drei"):
            site.offer(title)
    assert listed() == {"Eins", "Zwei", "Drei"}
    assert IndexState.objects.get().seq == number + 1


def test_a_large_subtree_is_hidden_first_and_written_by_a_task(site, monkeypatch):
    monkeypatch.setattr(services, "MOST_AT_ONCE", 1)
    keys = [site.offer("Eins").translation_key, site.offer("Zwei").translation_key]
    assert len(listed()) == 2

    restriction = PageViewRestriction.objects.create(page=site.haus, restriction_type="login")
    services.take_out_hidden(keys)
    assert not IndexEntry.objects.filter(translation_key__in=keys, is_listed=True).exists()
    assert listed() == set()

    restriction.delete()
    assert listed() == {"Eins", "Zwei"}


def test_without_a_broker_a_large_subtree_is_written_here_and_now(site, monkeypatch):
    monkeypatch.setattr(services, "MOST_AT_ONCE", 1)
    site.offer("Eins")
    site.offer("Zwei")
    listed()
    with sending_to(RedisServer()):  # nobody started it
        site.haus.places = ["Thingers"]
        publish(site.haus)
        assert listed("place=thingers") == {"Eins", "Zwei"}


# --- rebuilding ---------------------------------------------------------------------------------------------------


def rows():
    entries = IndexEntry.objects.filter(is_listed=True).order_by("pk")
    texts = IndexedText.objects.order_by("pk")
    return [
        *entries.values_list("pk", "kind", "language", "facets", "title"),
        *texts.values_list("pk", *IndexedText.columns),
    ]


def test_rebuilding_gives_what_following_gave_and_twice_changes_nothing(site):
    page = site.offer("Kurs", topics=["sport"])
    in_language(page, "tr", title="Kurs tr")
    site.event("Fest")
    listed()
    followed = rows()
    IndexEntry.objects.all().delete()
    IndexedText.objects.all().delete()
    IndexState.objects.all().delete()

    call_command("rebuild_index", verbosity=0)

    assert rows() == followed
    assert listed(language="tr") == {"Kurs tr"}
    assert services.rebuild() == 0


def test_rebuilding_mends_what_was_written_past_every_signal(site):
    page = site.offer("Kurs")
    gone = site.offer("Weg")
    listed()
    OfferPage.objects.filter(pk=page.pk).update(offer_kind="service")
    Page.objects.filter(pk=gone.pk).update(live=False)
    IndexEntry.objects.create(
        page_id=10**9, translation_key=uuid.uuid4(), kind="offers", language="de", seq=0, is_listed=True
    )

    services.rebuild()

    assert listed("kind=service") == {"Kurs"}
    assert listed() == {"Kurs"}
    assert DirectoryQuery(kind("offers"), Locale.get_default(), QueryDict()).total() == 1


def test_rebuilding_can_go_on_behind_a_page(site, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 1)
    pages = [site.offer(f"Angebot {number}") for number in range(3)]
    listed()
    IndexEntry.objects.filter(kind="offers").delete()
    seen = []

    services.rebuild(after=pages[1].pk, progress=lambda last_id, _changed: seen.append(last_id))

    assert seen == [pages[2].pk]
    assert set(IndexEntry.objects.filter(kind="offers").values_list("pk", flat=True)) == {pages[2].pk}


# --- in memory ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("positions", [[], [0], [7, 8], [3, 64, 1000]])
def test_bitmaps_keep_positions(positions):
    assert positions_in(bits(positions)) == positions


def test_an_unknown_order_is_refused_with_those_that_are_known():
    with pytest.raises(ValueError, match="use title, first_published_at, pk or next_start"):
        FacetIndex(kind("events"), "de").page_ids(0, ["colour"])


def test_nothing_that_was_taken_back_stays_in_memory(committed_site):
    committed_site.offer("Bleibt")
    assert listed() == {"Bleibt"}

    with transaction.atomic():
        committed_site.offer("Doch nicht")
        assert listed() == {"Bleibt", "Doch nicht"}
        transaction.set_rollback(True)

    assert listed() == {"Bleibt"}


def test_a_process_that_looked_before_sees_what_was_published_since(
    committed_site, django_assert_num_queries
):
    page = committed_site.offer("Kurs", offer_kind="service")
    offers = kind("offers")
    before = facet_index(offers, "de")
    assert listed("kind=service") == {"Kurs"}

    page.offer_kind = "qualification"
    publish(page)

    with django_assert_num_queries(2):
        index = facet_index(offers, "de")
    assert index is before
    assert index.bitmaps["kind"]["service"] == 0
    with django_assert_num_queries(1):
        facet_index(offers, "de")
    assert listed("kind=qualification") == {"Kurs"}
    assert listed("kind=service") == set()


def test_what_follows_in_memory_equals_what_a_fresh_process_loads(committed_site):
    offers = kind("offers")
    facet_index(offers, "de")
    pages = [
        committed_site.offer(
            f"Angebot {number}", german_level=("none", "a1", "b1")[number % 3], step_free="yes"
        )
        for number in range(9)
    ]
    facet_index(offers, "de")
    pages[0].delete()
    pages[1].unpublish()
    pages[2].german_level = "b2"
    publish(pages[2])
    pages[3].valid_until = timezone.localdate() - datetime.timedelta(days=1)
    publish(pages[3])
    publish(pages[1])
    followed = facet_index(offers, "de")
    forget()
    loaded = facet_index(offers, "de")

    def answers(index):
        current = index.current()
        counts = index.counts({"german": ["a1", "b2"]}, current)
        return (
            index.page_ids(current, ("-first_published_at", "pk")),
            index.page_ids(current, ("title", "pk")),
            {slug: {key: count for key, count in values.items() if count} for slug, values in counts.items()},
        )

    assert followed is not loaded
    assert answers(followed) == answers(loaded)
    assert len(answers(loaded)[0]) == 7


def test_another_database_under_the_same_process_is_loaded_anew(committed_site):
    committed_site.offer("Kurs")
    assert listed() == {"Kurs"}
    IndexEntry.objects.all().delete()
    IndexState.objects.all().delete()
    assert listed() == set()


def test_threads_that_read_while_others_publish_see_whole_states(committed_site):
    """Each page is either a course or a service; a half-written state would show one twice or not at all."""
    pages = [committed_site.offer(f"Angebot {number}", offer_kind="service") for number in range(5)]
    offers = kind("offers")
    index = facet_index(offers, "de")
    wrong, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            with index.lock:
                counts = index.counts({}, index.current())["kind"]
            if counts.get("service", 0) + counts.get("qualification", 0) != 5:
                wrong.append(counts)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for page in pages:
        page.offer_kind = "qualification"
        page.save()
        facet_index(offers, "de")
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert index.counts({}, index.current())["kind"]["qualification"] == 5


@pytest.mark.postgres
def test_numbers_can_be_seen_in_their_order_only(committed_site):
    """A writer that is slow to commit holds up the next one, so that no reader can miss it."""
    slow, quick = committed_site.offer("Langsam"), committed_site.offer("Schnell")
    listed()
    OfferPage.objects.filter(pk__in=[slow.pk, quick.pk]).update(offer_kind="funding")
    wrote, release, done = threading.Event(), threading.Event(), threading.Event()

    def write_slowly():
        with transaction.atomic():
            services.index_page(slow)
            wrote.set()
            release.wait(10)
        connection.close()

    def write_quickly():
        services.index_page(quick)
        done.set()
        connection.close()

    first, second = threading.Thread(target=write_slowly), threading.Thread(target=write_quickly)
    first.start()
    assert wrote.wait(10)
    second.start()
    assert not done.wait(0.5)
    assert listed("kind=funding") == set()
    release.set()
    first.join(10)
    second.join(10)
    assert listed("kind=funding") == {"Langsam", "Schnell"}


@pytest.mark.postgres
def test_of_two_writers_of_one_page_the_index_keeps_what_the_page_says_last(committed_site):
    page = committed_site.offer("Kurs", offer_kind="service")
    listed()

    def rewrite(offer_kind):
        for _ in range(5):
            OfferPage.objects.filter(pk=page.pk).update(offer_kind=offer_kind)
            services.index_page(page)
        connection.close()

    writers = [threading.Thread(target=rewrite, args=[key]) for key in ("funding", "networking")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    offer_kind = OfferPage.objects.get(pk=page.pk).offer_kind
    assert IndexEntry.objects.get(pk=page.pk).facets["kind"] == [offer_kind]


# --- cost ---------------------------------------------------------------------------------------------------------


def test_indexing_takes_as_many_queries_for_one_page_as_for_three(site):
    with services.indexing_later():
        pages = [site.offer(f"Angebot {number}", topics=["sport"]) for number in range(4)]
    services.rebuild()
    counts = []
    for chosen in (pages[:1], pages[1:]):
        OfferPage.objects.filter(pk__in=[page.pk for page in chosen]).update(offer_kind="funding")
        with CaptureQueriesContext(connection) as captured:
            services.index_keys([page.translation_key for page in chosen])
        counts.append(len(captured))
    assert counts[0] == counts[1]
