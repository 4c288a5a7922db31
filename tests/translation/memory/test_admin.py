"""The translation memory of a language in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Locale

from content.audit import AuditEntry
from translation.memory import services
from translation.memory.models import MemoryUnit
from translation.services import ensure_translator_group

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def turkish(site):
    return Locale.objects.get(language_code="tr")


@pytest.fixture
def translator(turkish):
    user = get_user_model().objects.create_user("ayla")
    user.groups.set([ensure_translator_group(locale=turkish)])
    client = Client()
    client.force_login(user)
    return client


def known(language, source, target):
    locale = Locale.objects.get(language_code=language)
    unit = services.unit_of(locale=locale, source=source, target=target)
    unit.save()
    return unit


def at(rest="", language="tr"):
    return f"/admin/translation/memory/{language}/{rest}"


def text_of(response):
    return response.content.decode()


def test_what_is_remembered_is_listed_and_searched(translator):
    known("tr", "Das Fest beginnt", "Şenlik başlıyor")
    known("tr", "Der Kurs beginnt", "Kurs başlıyor")
    known("ar", "Das Fest beginnt", "zzkanarie")
    page = text_of(translator.get(at()))
    assert [word in page for word in ("Şenlik başlıyor", "Kurs başlıyor", "zzkanarie")] == [True, True, False]
    page = text_of(translator.get(at("?q=fest+beg")))
    assert [word in page for word in ("Şenlik başlıyor", "Kurs başlıyor")] == [True, False]
    assert "Nichts Gemerktes enthält alle diese Wörter." in text_of(translator.get(at("?q=nichts")))


def test_another_language_is_refused(translator):
    unit = known("ar", "Fest", "zzkanarie")
    for address in (
        at(language="ar"),
        at("export/", "ar"),
        at(f"{unit.pk}/delete/"),
        at(f"{unit.pk}/delete/", "ar"),
    ):
        response = translator.post(address) if "delete" in address else translator.get(address)
        assert response.headers["Location"] == "/admin/"
    assert MemoryUnit.objects.filter(pk=unit.pk).exists()


def test_a_wrong_translation_is_forgotten_after_a_question(translator):
    unit = known("tr", "Fest", "Zzkanarie")
    assert "Zzkanarie" in text_of(translator.get(at(f"{unit.pk}/delete/")))
    assert MemoryUnit.objects.count() == 1
    translator.post(at(f"{unit.pk}/delete/"))
    assert "Zzkanarie" not in text_of(translator.get(at()))
    assert MemoryUnit.objects.remembered(unit.locale).count() == 0
    entry = AuditEntry.objects.get(action=services.FORGOTTEN)
    assert (entry.actor_label, entry.action_label) == (
        "ayla",
        "Übersetzung aus dem Übersetzungsspeicher gelöscht",
    )


def test_what_is_remembered_is_text(translator):
    unit = known("tr", HOSTILE, HOSTILE)
    for rest in ("", f"{unit.pk}/delete/"):
        page = text_of(translator.get(at(rest)))
        assert HOSTILE not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(translator, number, django_assert_num_queries):
    author = get_user_model().objects.create_user("murat")
    for each in range(number):
        unit = known("tr", f"Satz {each}", "x")
        unit.author = author
        unit.save()
    translator.get(at())
    with django_assert_num_queries(LISTING):
        translator.get(at())


LISTING = 14
