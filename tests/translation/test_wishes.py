"""Readers wish for a page in their language."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from content.gate import Tally, forget_old_tallies
from translation import services, wishes
from translation.models import TranslationWish


@pytest.fixture
def turkish(tree):
    return tree.event.get_translation(tree.tr)


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def token(page):
    return wishes.WishForm(subject=page.pk).token


def count():
    return sum(TranslationWish.objects.values_list("count", flat=True))


def test_looking_counts_nothing_and_sets_no_cookie(turkish, reader):
    response = reader.get(f"/tr/wish/{turkish.pk}/")
    assert response.status_code == 200
    assert not response.cookies
    assert count() == 0


def test_a_wish_counts_once_without_cookies(tree, turkish, reader):
    for _each in range(2):
        response = reader.post(f"/tr/wish/{turkish.pk}/", {"gate": token(turkish)})
        assert response.status_code == 200
        assert not response.cookies
    wish = TranslationWish.objects.get()
    assert (wish.translation_key, wish.locale, wish.day, wish.count) == (
        tree.event.translation_key,
        tree.tr,
        timezone.localdate(),
        1,
    )


def test_every_reader_counts(turkish, reader):
    for address in ("192.0.2.1", "192.0.2.2"):
        reader.post(f"/tr/wish/{turkish.pk}/", {"gate": token(turkish)}, REMOTE_ADDR=address)
    assert count() == 2


@pytest.mark.parametrize(
    "data", [{}, {"gate": "forged"}, {"gate": "old"}, {"gate": "other"}, {"website": "x"}]
)
def test_the_answer_is_the_same_when_a_wish_does_not_count(turkish, tree, reader, data, monkeypatch):
    if data.get("gate") == "other":
        data = {"gate": token(tree.event)}
    elif data.get("gate") == "old":
        with monkeypatch.context() as past:
            past.setattr("time.time", lambda: datetime.datetime(2020, 1, 1).timestamp())
            data = {"gate": token(turkish)}
    elif "website" in data:
        data = {"gate": token(turkish), "website": "https://example.org"}
    response = reader.post(f"/tr/wish/{turkish.pk}/", data)
    assert count() == 0
    good = reader.post(f"/tr/wish/{turkish.pk}/", {"gate": token(turkish)})
    assert response.status_code == good.status_code
    assert count() == 1


def test_one_sender_cannot_wish_for_everything(turkish, reader, monkeypatch):
    monkeypatch.setattr(wishes.WishForm, "per_day", 1)
    for _each in range(2):
        response = reader.post(f"/tr/wish/{turkish.pk}/", {"gate": token(turkish)})
    assert count() == 1
    assert response.status_code == 200
    assert "internet bağlantınızdan" in response.content.decode()


def test_who_wished_is_forgotten_the_next_day(turkish):
    wishes.count_wish(page=turkish, sender="192.0.2.1")
    assert Tally.objects.count() == 1
    Tally.objects.update(until=timezone.now() - datetime.timedelta(seconds=1))
    forget_old_tallies()
    assert Tally.objects.count() == 0


def test_there_is_nothing_to_wish_for_at_the_source_or_at_a_hidden_page(tree, turkish, reader):
    assert reader.get(f"/de/wish/{tree.event.pk}/").status_code == 404
    assert reader.get(f"/ar/wish/{turkish.pk}/").status_code == 404
    services.hide_translations(page=tree.event)
    assert reader.get(f"/tr/wish/{turkish.pk}/").status_code == 404
