"""Terms: which there may be, where they hold, and who keeps them."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from partners import services as partners
from tests.factories.pages import OrganisationPageFactory, RegionPageFactory, publish, start_site
from translation.glossary import services
from translation.glossary.models import Rule, Term
from translation.glossary.selectors import kept_languages, may_keep, terms_in, terms_of
from translation.selectors import languages_of, may_translate
from translation.services import ensure_translator_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def turkish(db):
    return Locale.objects.get_or_create(language_code="tr")[0]


def save(locale, source="Verein", target="dernek", rule=Rule.REQUIRED, **values):
    return services.save_term(locale=locale, source=source, target=target, rule=rule, **values)


def refusal(*args, **values):
    with pytest.raises(ValidationError) as refused:
        save(*args, **values)
    return refused.value.message_dict


def test_a_term_is_kept_in_one_line_without_what_no_file_could_hold(turkish):
    term = save(turkish, " Verein\n(e.\u00a0V.)\x00 ", "der\tnek", note="so\r\nist es")
    assert (term.source, term.target, term.note) == ("Verein (e. V.)", "der nek", "so ist es")


def test_what_is_not_translated_is_its_own_translation(turkish):
    term = save(turkish, "MitMischen", "etwas anderes", Rule.KEEP)
    assert term.target == "MitMischen"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"source": ""}, "source"),
        ({"source": " … "}, "source"),
        ({"target": " "}, "target"),
        ({"target": "", "rule": Rule.FORBIDDEN}, "target"),
        ({"source": "V" * 151}, "source"),
        ({"target": "V" * 151}, "target"),
        ({"note": "V" * 501}, "note"),
        ({"rule": "sometimes"}, "rule"),
    ],
)
def test_what_is_missing_or_too_long_is_refused(turkish, values, field):
    assert list(refusal(turkish, **values)) == [field]
    assert Term.objects.count() == 0


def test_a_pair_of_words_has_one_rule(turkish):
    save(turkish)
    assert refusal(turkish, "VEREIN", "Dernek", Rule.FORBIDDEN) == {
        "source": ["„Verein“ – „dernek“ steht schon im Glossar."]
    }


@pytest.mark.parametrize("rule", [Rule.REQUIRED, Rule.KEEP])
def test_a_word_has_one_translation_that_is_always_used(turkish, rule):
    save(turkish)
    assert list(refusal(turkish, "Verein", "kulüp", rule)) == ["source"]


def test_words_to_avoid_and_to_choose_from_can_stand_beside_it(turkish):
    for target, rule in (("dernek", Rule.REQUIRED), ("kulüp", Rule.FORBIDDEN), ("cemiyet", Rule.SUGGESTED)):
        save(turkish, target=target, rule=rule)
    assert Term.objects.count() == 3


def test_a_term_can_be_changed(turkish):
    term = save(turkish)
    save(turkish, target="Dernek", rule=Rule.SUGGESTED, term=term)
    assert list(Term.objects.values_list("target", "rule")) == [("Dernek", "suggested")]


def test_the_glossary_has_an_end(turkish, monkeypatch):
    monkeypatch.setattr(services, "MOST_TERMS", 1)
    term = save(turkish)
    assert list(refusal(turkish, "Fest", "şenlik")) == ["source"]
    save(turkish, target="Dernek", term=term)


def test_terms_are_searched_in_both_languages_and_in_notes(turkish):
    save(turkish)
    save(turkish, "Fest", "şenlik", note="mit Musik")
    assert [term.source for term in terms_of(turkish, text="dern")] == ["Verein"]
    assert [term.source for term in terms_of(turkish, text="musik")] == ["Fest"]
    assert [term.source for term in terms_of(turkish)] == ["Fest", "Verein"]


# --- In texts -----------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_terms_in_a_page_full_of_sentences_take_one_query(turkish, django_assert_num_queries):
    save(turkish)
    save(Locale.objects.get_or_create(language_code="ar")[0], "Fest", "حفل")
    texts = [f"Fest des Vereins {number}" for number in range(60)]
    with django_assert_num_queries(1):
        found = terms_in(texts, turkish)
    assert list(found) == texts
    assert {(hit.term.target, hit.start, hit.end) for hits in found.values() for hit in hits} == {
        ("dernek", 9, 16)
    }


def test_a_region_may_say_it_in_its_own_way(turkish):
    save(turkish, "Kreis", "daire")
    save(turkish, "Kreis", "ilçe", region_key="roth")
    save(turkish, "Ort", "yer", region_key="kempten")

    def said(region_key):
        return [
            (hit.term.source, hit.term.target)
            for hits in terms_in(["Kreis und Ort"], turkish, region_key=region_key).values()
            for hit in hits
        ]

    assert said("") == [("Kreis", "daire")]
    assert said("roth") == [("Kreis", "ilçe")]
    assert said("kempten") == [("Kreis", "daire"), ("Ort", "yer")]


# --- Rights -------------------------------------------------------------------------------------------------


def test_translators_keep_their_language_and_those_who_coordinate_all(db):
    home = publish(start_site("tr", "ar"))
    region = publish(RegionPageFactory(parent=home))
    organisation = publish(OrganisationPageFactory(parent=region))
    turkish, arabic = (Locale.objects.get(language_code=code) for code in ("tr", "ar"))
    groups = {
        "translator": ensure_translator_group(locale=turkish),
        "partner": partners.ensure_partner_group(organisation=organisation),
        "coordinator": partners.ensure_coordinator_group(region=region),
        "office": partners.ensure_network_group(home=home),
    }
    people = {"nobody": get_user_model().objects.create_user("nobody")}
    for role, group in groups.items():
        people[role] = get_user_model().objects.create_user(role)
        people[role].groups.add(group)
    people["gone"] = get_user_model().objects.create_user("gone", is_active=False, is_superuser=True)
    people["administrator"] = get_user_model().objects.create_superuser("administrator")

    def codes(locales):
        return [locale.language_code for locale in locales]

    everything = codes(languages_of(people["administrator"]))
    assert {"tr", "ar"} <= set(everything)
    assert "de" not in everything
    assert {role: codes(kept_languages(person)) for role, person in people.items()} == {
        "nobody": [],
        "translator": ["tr"],
        "partner": [],
        "coordinator": everything,
        "office": everything,
        "gone": [],
        "administrator": everything,
    }
    assert {role: codes(languages_of(person)) for role, person in people.items()} == {
        "nobody": [],
        "translator": ["tr"],
        "partner": [],
        "coordinator": [],
        "office": [],
        "gone": [],
        "administrator": everything,
    }
    assert may_keep(people["translator"], turkish)
    assert not may_keep(people["translator"], arabic)
    assert may_translate(people["translator"], turkish)
    assert not may_translate(people["coordinator"], turkish)
