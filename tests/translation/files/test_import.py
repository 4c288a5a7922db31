"""A file comes in by two steps: what it would change is shown, and done whole or not at all."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Locale

from content.models import UploadedSheet
from translation.glossary import tbx
from translation.glossary.models import Rule, Term
from translation.glossary.services import save_term
from translation.memory import services as memory
from translation.memory import tmx
from translation.memory.models import MemoryUnit
from translation.services import ensure_translator_group

pytestmark = pytest.mark.django_db

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def turkish(site):
    return Locale.objects.get(language_code="tr")


def translator_into(locale, name):
    user = get_user_model().objects.create_user(name)
    user.groups.set([ensure_translator_group(locale=locale)])
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ayla(turkish):
    return translator_into(turkish, "ayla")


def at(slug, rest="", language="tr"):
    return f"/admin/translation/{slug}/{language}/{rest}"


def send(client, slug, data, language="tr"):
    return client.post(at(slug, "import/", language), {"file": SimpleUploadedFile("datei.xml", data)})


def glossary_file(locale, *pairs):
    """Return a TBX file with these pairs, and leave the glossary empty."""
    for source, target in pairs:
        save_term(locale=locale, source=source, target=target, rule=Rule.REQUIRED)
    data = tbx.write(locale)
    Term.objects.filter(locale=locale).delete()
    return data


def memory_file(locale, *pairs):
    for source, target in pairs:
        memory.unit_of(locale=locale, source=source, target=target).save()
    data = tmx.write(locale)
    MemoryUnit.objects.filter(locale=locale).delete()
    return data


def digest_in(response):
    return re.search(r'name="digest" value="(\w+)"', response.content.decode()).group(1)


@pytest.mark.parametrize(
    ("slug", "file_of", "model"),
    [("glossary", glossary_file, Term), ("memory", memory_file, MemoryUnit)],
)
@pytest.mark.both_databases
def test_what_a_file_would_change_is_shown_and_done_when_that_is_confirmed(
    ayla, turkish, slug, file_of, model
):
    data = file_of(turkish, ("Verein", "dernek"), (f"Fest {HOSTILE}", f"şenlik {HOSTILE}"))
    preview = send(ayla, slug, data)["Location"]
    shown = ayla.get(preview)
    page = shown.content.decode()
    assert "<strong>2</strong> neu" in page
    assert HOSTILE not in page
    assert model.objects.count() == 0
    response = ayla.post(preview, {"digest": digest_in(shown)}, follow=True)
    assert "2 Einträge übernommen: 2 neu, 0 geändert." in response.content.decode()
    assert HOSTILE not in response.content.decode()
    assert sorted(model.objects.values_list("source", "target")) == [
        (f"Fest {HOSTILE}", f"şenlik {HOSTILE}"),
        ("Verein", "dernek"),
    ]
    assert UploadedSheet.objects.count() == 0
    # A second click on the same button.
    again = ayla.post(preview, {"digest": digest_in(shown)})
    assert again["Location"] == at(slug, "import/")
    assert model.objects.count() == 2


def test_when_something_changed_since_it_was_shown_nothing_is_done(ayla, turkish):
    data = glossary_file(turkish, ("Verein", "dernek"), ("Fest", "şenlik"))
    preview = send(ayla, "glossary", data)["Location"]
    digest = digest_in(ayla.get(preview))
    save_term(locale=turkish, source="Fest", target="bayram", rule=Rule.REQUIRED)
    response = ayla.post(preview, {"digest": digest})
    assert response.status_code == 409
    assert list(Term.objects.values_list("target", flat=True)) == ["bayram"]
    page = response.content.decode()
    assert "nichts wurde" in page.lower() or "es wurde nichts" in page.lower()
    assert "gibt es schon eine Regel: Immer so übersetzen („bayram“)" in page
    ayla.post(preview, {"digest": digest_in(response)})
    assert sorted(Term.objects.values_list("target", flat=True)) == ["bayram", "dernek"]


def test_when_writing_fails_nothing_of_the_file_is_there_and_the_file_is_kept(ayla, turkish, monkeypatch):
    data = glossary_file(turkish, ("Verein", "dernek"), ("Fest", "şenlik"))
    preview = send(ayla, "glossary", data)["Location"]
    digest = digest_in(ayla.get(preview))
    written = Term.objects.bulk_update

    def broken(*args, **kwargs):
        raise ZeroDivisionError

    # The new terms are written by then.
    monkeypatch.setattr(type(Term.objects), "bulk_update", broken)
    with pytest.raises(ZeroDivisionError):
        ayla.post(preview, {"digest": digest})
    monkeypatch.undo()
    assert written is not None
    assert (Term.objects.count(), UploadedSheet.objects.count()) == (0, 1)
    ayla.post(preview, {"digest": digest})
    assert Term.objects.count() == 2


def test_what_is_not_taken_is_named_with_its_reason(ayla, turkish):
    arabic = Locale.objects.get(language_code="ar")
    data = glossary_file(arabic, ("Verein", "جمعية"))
    page = ayla.get(send(ayla, "glossary", data)["Location"]).content.decode()
    assert "Es gibt kein Wort in dieser Sprache: Türkçe." in page
    assert "Verein" in page
    assert 'name="digest"' not in page


def test_a_file_of_somebody_else_and_of_another_language_is_not_there(ayla, turkish):
    murat = translator_into(turkish, "murat")
    preview = send(ayla, "glossary", glossary_file(turkish, ("Verein", "zzkanarie")))["Location"]
    upload = preview.rstrip("/").rpartition("/")[2]
    assert murat.get(preview)["Location"] == at("glossary", "import/")
    assert murat.get(at("glossary", f"import/{upload}/", "ar"))["Location"] == "/admin/"
    assert ayla.get(at("memory", f"import/{upload}/"))["Location"] == at("memory", "import/")


def test_a_translator_of_another_language_can_send_no_file(ayla, turkish):
    response = send(ayla, "glossary", glossary_file(turkish, ("Verein", "dernek")), "ar")
    assert response["Location"] == "/admin/"
    assert UploadedSheet.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Die Datei ist leer."),
        (b"kein XML", "Das ist keine TBX-Datei."),
        (b"<martif/>", "Die Datei enthält keine Begriffe."),
        (b"x" * (5 * 1024**2 + 1), "Die Datei ist größer als 5"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><martif>&b;</martif>', "Die Datei definiert Entitäten"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(ayla, data, message):
    response = send(ayla, "glossary", data)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert UploadedSheet.objects.count() == 0


def test_without_a_file_one_is_told_to_choose_it(ayla):
    response = ayla.post(at("memory", "import/"))
    assert response.status_code == 422
    assert "Es ist keine Datei ausgewählt." in response.content.decode()


@pytest.mark.parametrize(("slug", "ending"), [("glossary", "tbx"), ("memory", "tmx")])
def test_a_language_is_downloaded(ayla, turkish, slug, ending):
    glossary_file(turkish)
    save_term(locale=turkish, source="Verein", target="dernek", rule=Rule.REQUIRED)
    memory.unit_of(locale=turkish, source="Verein", target="dernek").save()
    response = ayla.get(at(slug, "export/"))
    assert response["Content-Disposition"] == f'attachment; filename="{slug}-tr.{ending}"'
    assert "dernek" in response.content.decode()
