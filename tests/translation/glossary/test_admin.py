"""The glossary of a language in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Locale

from partners import services as partners
from translation.glossary.models import Rule, Term
from translation.glossary.services import save_term
from translation.services import ensure_translator_group

pytestmark = pytest.mark.django_db

TERM = {"source": "Verein", "target": "dernek", "rule": "required", "note": "", "region_key": ""}
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def turkish(site):
    return Locale.objects.get(language_code="tr")


def client_of(name, *groups):
    user = get_user_model().objects.create_user(name)
    user.groups.set(groups)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def translator(turkish):
    return client_of("ayla", ensure_translator_group(locale=turkish))


@pytest.fixture
def coordinator(site, turkish):
    return client_of("karim", partners.ensure_coordinator_group(region=site.region))


def at(language="tr", rest=""):
    return f"/admin/translation/glossary/{language}/{rest}"


def text_of(response):
    return response.content.decode()


def test_a_translator_comes_at_once_to_the_own_language(translator):
    response = translator.get("/admin/translation/glossary/")
    assert (response.status_code, response["Location"]) == (302, at())


def test_who_coordinates_chooses_a_language(coordinator):
    page = text_of(coordinator.get("/admin/translation/glossary/"))
    assert [f'href="{at(code)}"' in page for code in ("tr", "ar", "de")] == [True, True, False]


@pytest.mark.parametrize("rest", ["", "add/", "export/", "import/"])
def test_another_language_is_refused(translator, rest):
    assert translator.get(at("ar", rest)).headers["Location"] == "/admin/"
    assert translator.get(at("xx", rest)).headers["Location"] == "/admin/"


@pytest.mark.parametrize("rest", ["", "delete/"])
def test_a_term_of_another_language_is_refused_under_the_own_as_well(translator, rest):
    arabic = Locale.objects.get(language_code="ar")
    term = save_term(locale=arabic, source="Fest", target="zzkanarie", rule=Rule.REQUIRED)
    for language in ("tr", "ar"):
        response = translator.post(at(language, f"{term.pk}/{rest}"), TERM, follow=True)
        assert "zzkanarie" not in text_of(response)
    assert Term.objects.get(pk=term.pk).target == "zzkanarie"


def test_a_term_is_added_changed_and_deleted(translator, turkish):
    response = translator.post(at(rest="add/"), TERM, follow=True)
    assert "„Verein“ steht im Glossar." in text_of(response)
    term = Term.objects.get()
    response = translator.post(at(rest=f"{term.pk}/"), {**TERM, "target": "Dernek", "rule": "suggested"})
    assert response["Location"] == at()
    assert Term.objects.values_list("target", "rule", "locale").get() == ("Dernek", "suggested", turkish.pk)
    assert translator.get(at(rest=f"{term.pk}/delete/")).status_code == 200
    assert Term.objects.count() == 1
    translator.post(at(rest=f"{term.pk}/delete/"))
    assert Term.objects.count() == 0


def test_one_can_go_on_with_another_term(translator):
    response = translator.post(at(rest="add/"), {**TERM, "add_another": "1"})
    assert response["Location"] == at(rest="add/")


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(translator, turkish):
    save_term(locale=turkish, source="Verein", target="dernek", rule=Rule.REQUIRED)
    response = translator.post(at(rest="add/"), {**TERM, "target": "kulüp", "note": "Mein Hinweis"})
    page = text_of(response)
    assert response.status_code == 422
    assert "gibt es schon eine Regel: Immer so übersetzen („dernek“)" in page
    assert 'value="kulüp"' in page
    assert "Mein Hinweis" in page


def test_a_term_can_hold_for_one_region(translator, site):
    key = str(site.region.translation_key)
    translator.post(at(rest="add/"), {**TERM, "region_key": key})
    assert Term.objects.get().region_key == key
    assert "<bdi>Kempten</bdi>" in text_of(translator.get(at()))
    response = translator.post(
        at(rest="add/"), {**TERM, "region_key": "11111111-1111-4111-8111-111111111111"}
    )
    assert response.status_code == 422


def test_what_somebody_typed_is_text(translator, turkish):
    term = save_term(locale=turkish, source=HOSTILE, target=HOSTILE, rule=Rule.FORBIDDEN, note=HOSTILE)
    for rest in ("", f"{term.pk}/", f"{term.pk}/delete/", "?q=<script>alert(1)"):
        page = text_of(translator.get(at(rest=rest)))
        assert HOSTILE not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_list_is_searched_and_turned(translator, turkish, django_assert_num_queries):
    for number in range(60):
        save_term(locale=turkish, source=f"Wort {number:02}", target="x", rule=Rule.SUGGESTED)
    first = text_of(translator.get(at()))
    assert (first.count('class="words-term"'), "Wort 49" in first, "Wort 50" in first) == (50, True, False)
    assert text_of(translator.get(at(rest="?p=2"))).count('class="words-term"') == 10
    assert text_of(translator.get(at(rest="?q=wort+07"))).count('class="words-term"') == 1
    assert "Kein Begriff enthält das." in text_of(translator.get(at(rest="?q=nichts")))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_three_terms_as_for_one(
    translator, site, turkish, number, django_assert_num_queries
):
    for each in range(number):
        save_term(
            locale=turkish,
            source=f"Wort {each}",
            target="x",
            rule=Rule.SUGGESTED,
            region_key=str(site.region.translation_key),
        )
    translator.get(at())
    with django_assert_num_queries(LISTING):
        translator.get(at())


LISTING = 15


def test_menus_show_it_to_those_who_keep_a_language_only(translator, coordinator, site):
    partner = client_of("nesrin", partners.ensure_partner_group(organisation=site.organisation))
    addresses = ("/admin/translation/glossary/", "/admin/translation/memory/")
    for client, shown in ((translator, True), (coordinator, True), (partner, False)):
        page = text_of(client.get("/admin/", follow=True))
        assert [address in page for address in addresses] == [shown, shown]
