"""Readers wish for a page in their language."""

import datetime

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from translation import services, wishes
from translation.models import TranslationWish, WishMark


@pytest.fixture
def turkish(tree):
    return tree.event.get_translation(tree.tr)


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def token(page):
    return signing.TimestampSigner(salt=wishes.SALT).sign(str(page.pk))


def count():
    return sum(TranslationWish.objects.values_list("count", flat=True))


def test_looking_counts_nothing_and_sets_no_cookie(turkish, reader):
    response = reader.get(f"/tr/wish/{turkish.pk}/")
    assert response.status_code == 200
    assert not response.cookies
    assert count() == 0


def test_a_wish_counts_once_without_cookies(tree, turkish, reader):
    for _each in range(2):
        response = reader.post(f"/tr/wish/{turkish.pk}/", {"token": token(turkish)})
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
        reader.post(f"/tr/wish/{turkish.pk}/", {"token": token(turkish)}, REMOTE_ADDR=address)
    assert count() == 2


@pytest.mark.parametrize(
    "data", [{}, {"token": "forged"}, {"token": "old"}, {"token": "other"}, {"website": "x"}]
)
def test_the_answer_is_the_same_when_a_wish_does_not_count(turkish, tree, reader, data, monkeypatch):
    if data.get("token") == "other":
        data = {"token": token(tree.event)}
    elif data.get("token") == "old":
        with monkeypatch.context() as past:
            past.setattr("time.time", lambda: datetime.datetime(2020, 1, 1).timestamp())
            data = {"token": token(turkish)}
    elif "website" in data:
        data = {"token": token(turkish), "website": "https://example.org"}
    response = reader.post(f"/tr/wish/{turkish.pk}/", data)
    assert count() == 0
    good = reader.post(f"/tr/wish/{turkish.pk}/", {"token": token(turkish)})
    assert response.status_code == good.status_code
    assert count() == 1


def test_one_sender_cannot_wish_for_everything(turkish, settings, monkeypatch):
    monkeypatch.setattr(wishes, "WISHES_PER_DAY", 1)
    assert wishes.count_wish(page=turkish, sender="192.0.2.1")
    WishMark.objects.update(subject="another page")
    assert not wishes.count_wish(page=turkish, sender="192.0.2.1")


def test_who_wished_is_forgotten_the_next_day(turkish):
    wishes.count_wish(page=turkish, sender="192.0.2.1")
    WishMark.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    wishes.count_wish(page=turkish, sender="192.0.2.2")
    assert WishMark.objects.count() == 1


def test_there_is_nothing_to_wish_for_at_the_source_or_at_a_hidden_page(tree, turkish, reader):
    assert reader.get(f"/de/wish/{tree.event.pk}/").status_code == 404
    assert reader.get(f"/ar/wish/{turkish.pk}/").status_code == 404
    services.hide_translations(page=tree.event)
    assert reader.get(f"/tr/wish/{turkish.pk}/").status_code == 404
