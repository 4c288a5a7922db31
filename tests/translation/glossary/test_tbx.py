"""Glossaries as TBX, out and in."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from translate.storage import tbx as judge
from wagtail.models import Locale

from content.transfer import FileRefused
from tests.factories.pages import RegionPageFactory, publish, start_site
from translation.glossary import services, tbx
from translation.glossary.models import Rule, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def turkish(db):
    return Locale.objects.get_or_create(language_code="tr")[0]


def save(locale, source, target, rule=Rule.REQUIRED, **values):
    return services.save_term(locale=locale, source=source, target=target, rule=rule, **values)


def take(data, locale):
    plan = tbx.plan(data, locale)
    tbx.apply(plan, locale, None)
    return plan


def kept(locale):
    rows = Term.objects.filter(locale=locale)
    return sorted(rows.values_list("source", "target", "rule", "note", "region_key"))


def fill(locale, region_key=""):
    save(locale, "Verein & Co.", "dernek", note='Mit "Satzung" <e. V.>')
    save(locale, "Verein & Co.", "kulüp", Rule.FORBIDDEN)
    save(locale, "Ehrenamt", "gönüllülük", Rule.SUGGESTED)
    save(locale, "MitMischen", "", Rule.KEEP)
    save(locale, "Engagement", "Engagement", Rule.FORBIDDEN)
    save(locale, "Kreis", "ilçe", region_key=region_key)


def test_what_goes_out_comes_in_as_it_was(turkish):
    home = publish(start_site("tr"))
    region = publish(RegionPageFactory(parent=home, title="Landkreis Roth"))
    fill(turkish, region_key=str(region.translation_key))
    before = kept(turkish)
    data = tbx.write(turkish)
    assert b"Landkreis Roth" in data
    Term.objects.all().delete()
    plan = take(data, turkish)
    assert (len(plan.new), plan.changed, plan.same, plan.refused) == (6, [], 0, [])
    assert kept(turkish) == before
    again = take(data, turkish)
    assert (again.new, again.changed, again.same, again.refused) == ([], [], 6, [])


LINE = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30)
ROWS = st.lists(st.tuples(LINE, LINE, st.sampled_from(Rule.values), LINE), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(rows=ROWS)
def test_any_glossary_goes_out_and_comes_in_unchanged(turkish, rows):
    Term.objects.all().delete()
    for source, target, rule, note in rows:
        try:
            save(turkish, source, target, rule, note=note)
        except services.ValidationError:
            continue
    before = kept(turkish)
    data = tbx.write(turkish)
    Term.objects.all().delete()
    if before:
        assert take(data, turkish).refused == []
    assert kept(turkish) == before


def test_other_programs_read_what_we_write(turkish):
    save(turkish, "Verein & Co.", "dernek", note="Mit Satzung")
    save(turkish, "Ehrenamt", "hayır işi", Rule.FORBIDDEN)
    store = judge.tbxfile.parsestring(tbx.write(turkish))
    terms = {
        unit.source: [(term.text, term.deprecated) for term in unit.get_target_terms("tr")]
        for unit in store.units
    }
    assert terms == {"Ehrenamt": [("hayır işi", True)], "Verein & Co.": [("dernek", False)]}


def test_we_read_what_other_programs_write(turkish):
    store = judge.tbxfile(sourcelanguage="de", targetlanguage="tr")
    unit = store.addsourceunit("Verein")
    unit.settarget("dernek", "tr")
    assert take(bytes(store), turkish).refused == []
    assert kept(turkish) == [("Verein", "dernek", Rule.SUGGESTED, "", "")]


NEW_FORM = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="STYLE" xml:lang="de" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c1">
<langSec xml:lang="de-DE"><termSec><term>Verein</term></termSec><termSec><term>Klub</term></termSec></langSec>
<langSec xml:lang="tr"><termSec><term>dernek</term>PREFERRED</termSec></langSec></conceptEntry>
<conceptEntry><langSec xml:lang="de"><termSec><term>Fest</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>fête</term></termSec></langSec></conceptEntry>
<conceptEntry><langSec xml:lang="tr"><termSec><term>şenlik</term></termSec></langSec></conceptEntry>
<conceptEntry><descrip type="Translation needed">No</descrip>
<langSec xml:lang="de"><termSec><term>Mitmischen</term></termSec></langSec></conceptEntry>
<conceptEntry><langSec xml:lang="de"><termSec><term>Kreis</term></termSec></langSec><langSec xml:lang="tr"><termSec>
<term>ilçe</term><admin type="projectSubset">Atlantis</admin></termSec></langSec></conceptEntry>
<conceptEntry><langSec xml:lang="de"><termSec><term>VEREIN</term></termSec></langSec><langSec xml:lang="tr"><termSec>
<term>Dernek</term></termSec></langSec></conceptEntry>
</body></text></tbx>"""


@pytest.mark.parametrize(
    ("style", "preferred"),
    [
        ("dca", '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>'),
        ("dct", "<basic:administrativeStatus>preferredTerm-admn-sts</basic:administrativeStatus>"),
    ],
)
def test_the_newer_form_is_read_and_what_is_not_taken_is_named_with_its_reason(turkish, style, preferred):
    data = NEW_FORM.replace("STYLE", style).replace("PREFERRED", preferred)
    plan = take(data.encode(), turkish)
    assert kept(turkish) == [
        ("Klub", "dernek", Rule.REQUIRED, "", ""),
        ("Mitmischen", "Mitmischen", Rule.KEEP, "", ""),
        ("Verein", "dernek", Rule.REQUIRED, "", ""),
    ]
    assert [(one.number, one.text, one.message) for one in plan.refused] == [
        (2, "Fest", "Es gibt kein Wort in dieser Sprache: Türkçe."),
        (3, "şenlik", "Es gibt kein Wort in der Sprache der Originale."),
        (5, "Kreis", "Die Region „Atlantis“ gibt es hier nicht."),
        (6, "VEREIN", "Es steht zweimal in der Datei."),
    ]


def test_what_a_file_says_otherwise_is_changed_and_what_it_does_not_say_stays(turkish):
    save(turkish, "Verein", "dernek", note="Hinweis")
    fill(Locale.objects.get_or_create(language_code="ar")[0])
    data = tbx.write(turkish).replace(b"preferredTerm", b"deprecatedTerm").replace(b"Hinweis", b"")
    plan = take(data, turkish)
    assert ([row.rule for row in plan.changed], plan.new, plan.same) == ([Rule.FORBIDDEN], [], 0)
    assert kept(turkish) == [("Verein", "dernek", Rule.FORBIDDEN, "Hinweis", "")]


def test_a_second_binding_rule_for_a_word_is_refused(turkish):
    save(turkish, "Verein", "dernek")
    data = tbx.write(turkish).replace(b"dernek", b"cemiyet")
    (refused,) = take(data, turkish).refused
    assert refused.text == "Verein"
    assert "dernek" in refused.message
    assert kept(turkish) == [("Verein", "dernek", Rule.REQUIRED, "", "")]


def test_a_glossary_does_not_grow_beyond_its_end(turkish, monkeypatch):
    fill(turkish)
    data = tbx.write(turkish)
    Term.objects.all().delete()
    monkeypatch.setattr(tbx, "MOST_TERMS", 4)
    plan = take(data, turkish)
    assert (len(plan.new), len(plan.refused)) == (4, 2)


@pytest.mark.parametrize("data", [b"<tbx/>", b"<martif><text><body/></text></martif>"])
def test_a_file_without_terms_is_refused(turkish, data):
    with pytest.raises(FileRefused) as refused:
        tbx.plan(data, turkish)
    assert refused.value.messages == ["Die Datei enthält keine Begriffe."]
