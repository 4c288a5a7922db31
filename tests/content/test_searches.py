"""Searches that found nothing are counted: without a trace of anybody, after the answer, and within bounds."""

import datetime

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from content.searches import services
from content.searches.models import EmptySearch
from content.searches.selectors import MissedWords, missed_words
from content.searches.services import countable, forget_old_searches, note_empty_search, write_waiting

pytestmark = pytest.mark.django_db


def counted():
    write_waiting()
    return {
        (row.language, row.words): row.count for row in EmptySearch.objects.filter(day=timezone.localdate())
    }


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Nähkurs", "nähkurs"),
        ("  NÄHKURS   für  Anfänger ", "nähkurs für anfänger"),
        ("Nähkurs 87439", "nähkurs 87439"),
        ("دورة خياطة", "دورة خياطة"),
        ("ШВАЧКА", "швачка"),
        ("ab", ""),
        ("", ""),
        ("a\x00b\x1bc", "a b c"),
        ("aylin@example.org", ""),
        ("Kontakt aylin@example.org", "kontakt"),
        ("Kontakt ａｙｌｉｎ＠example.org", "kontakt"),
        ("aylin(at)example.org", ""),
        ("aylin[at]example.org Verein", "verein"),
        ("https://example.org/aylin Verein", "verein"),
        ("www.example.org Verein", "verein"),
        ("089 99998 123", ""),
        ("Anruf +49 (89) 99998-123 bitte", "anruf bitte"),
        ("Anruf 0831/12345", "anruf"),
        ("Anruf ٠٨٩ ٩٩٩٩٨ ١٢٣", "anruf"),
        ("geboren 12.12.1985", "geboren"),
        ("12345", ""),
        ("Ich suche für meinen Sohn Ali Hilfe", ""),
        ("x" * 61, ""),
    ],
)
def test_what_could_be_somebodys_is_left_out(typed, words):
    assert countable(typed) == words


def test_a_search_that_finds_nothing_is_counted_by_day_and_language(site):
    client = Client()
    for _each in range(2):
        client.get("/de/search/?q=Nähmaschine")
    client.get("/tr/search/?q=Nähmaschine")
    client.get("/de/search/?q=Kempten")
    client.get("/de/search/?q=")
    client.head("/de/search/?q=Fahrrad")
    client.post("/de/search/?q=Fahrrad")

    assert counted() == {("de", "nähmaschine"): 2, ("tr", "nähmaschine"): 1}


def test_a_list_is_counted_where_the_words_alone_found_nothing(site):
    client = Client()
    client.get("/de/offers/?q=Nähmaschine")
    client.get("/de/offers/?q=Fahrrad&free=yes&offer_kind=information")
    client.get("/de/offers/?offer_kind=information")

    assert counted() == {("de", "nähmaschine"): 1}


def test_the_reader_waits_for_no_write(site, rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        note_empty_search(rf.get("/"), "Nähmaschine", language="de")


def test_what_waits_is_written_after_an_answer_and_not_at_each(site, monkeypatch):
    client = Client()
    client.get("/de/search/?q=Nähmaschine")
    assert EmptySearch.objects.count() == 0

    monkeypatch.setattr(services, "_written_at", -services.PAUSE)
    client.get("/de/impressum/")
    assert EmptySearch.objects.get().count == 1

    client.get("/de/search/?q=Fahrrad")
    assert EmptySearch.objects.count() == 1


def test_a_flood_of_words_is_cut_off(rf, monkeypatch):
    monkeypatch.setattr(services, "MOST_WAITING", 3)
    monkeypatch.setattr(services, "MOST_ROWS_PER_DAY_AND_LANGUAGE", 4)
    for word in ("eins", "zwei", "drei", "vier", "eins"):
        note_empty_search(rf.get("/"), word, language="de")
    assert counted() == {("de", "eins"): 2, ("de", "zwei"): 1, ("de", "drei"): 1}

    for word in ("fünf", "sechs", "eins"):
        note_empty_search(rf.get("/"), word, language="de")
    assert sum(counted().values()) == 6
    assert EmptySearch.objects.count() == 4


def test_what_several_processes_counted_is_added_up(rf):
    for _process in range(2):
        note_empty_search(rf.get("/"), "Nähmaschine", language="de")
        write_waiting()

    assert counted() == {("de", "nähmaschine"): 2}


def test_a_database_that_refuses_breaks_nothing(rf, monkeypatch, caplog):
    def refuse(counts):
        raise DatabaseError("locked, and somebody searched for Nähmaschine")

    monkeypatch.setattr(services, "_add", refuse)
    note_empty_search(rf.get("/"), "Nähmaschine", language="de")
    write_waiting()

    assert "Nähmaschine" not in caplog.text
    assert "DatabaseError" in caplog.text


def _kept(words, count, *, days_ago=0, language="de"):
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    EmptySearch.objects.create(day=day, language=language, words=words, count=count)
    return day


def test_what_is_missed_most_comes_first_and_what_was_missed_once_not_at_all(django_assert_num_queries):
    today = _kept("nähmaschine", 2)
    _kept("nähmaschine", 3, days_ago=29)
    _kept("fahrrad", 4, language="tr")
    _kept("maria huber", 1)
    _kept("alt", 9, days_ago=30)

    with django_assert_num_queries(1):
        found = missed_words()
    assert found == [MissedWords("nähmaschine", "de", 5, today), MissedWords("fahrrad", "tr", 4, today)]
    assert [row.words for row in missed_words(languages=["tr"])] == ["fahrrad"]
    assert [row.words for row in missed_words(limit=1)] == ["nähmaschine"]


def test_counts_are_forgotten_after_half_a_year():
    _kept("neu", 1, days_ago=180)
    _kept("alt", 1, days_ago=181)
    forget_old_searches()

    assert [row.words for row in EmptySearch.objects.all()] == ["neu"]
