"""The memory as TMX, out and in."""

import datetime
import re

import pytest
from django.contrib.auth import get_user_model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from translate.storage import tmx as judge
from wagtail.models import Locale

from content.transfer import FileRefused
from translation.memory import services, tmx
from translation.memory.models import MemoryUnit, UnitOrigin

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC)


@pytest.fixture
def turkish(db):
    return Locale.objects.get_or_create(language_code="tr")[0]


def known(locale, source, target, context=""):
    unit = services.unit_of(locale=locale, source=source, target=target, context=context, approved_at=NOON)
    unit.save()
    return unit


def take(data, locale, user=None):
    plan = tmx.plan(data, locale)
    tmx.apply(plan, locale, user)
    return plan


def kept(locale):
    rows = MemoryUnit.objects.filter(locale=locale).order_by("source", "pk")
    return list(rows.values_list("source", "target", "context", "approved_at"))


PAIRS = [
    ("Kaffee & <1>Kuchen</1> <2>hier</2><3/>", "<2>Burada</2> kahve ve <1>kek</1><3/>", "text"),
    ("Einmal", "Bir kez", "title"),
    ("Einmal", "Bir defa", "teaser"),
    ('Ein < Zeichen > und "so" & \' weiter', 'Bir <işaret> & "böyle"', ""),
    ("Der Text sagt <1> selbst", "Metin <1> diyor", "text"),
    ("</1/> kein <2></2> Tag <4>", "x", ""),
    ("Zeile\nund\tTabulator  zwei", "Satır\nve\tsekme  iki", "body.1.text"),
    ("مرحبا", "مرحبًا ‏بكم‏", ""),
    ("Gekreuzt <1>a<2>b</1>c</2>", "x", ""),
]


def test_what_goes_out_comes_in_as_it_was(turkish):
    for source, target, context in PAIRS:
        known(turkish, source, target, context)
    before = kept(turkish)
    data = tmx.write(turkish)
    MemoryUnit.objects.all().delete()
    plan = take(data, turkish)
    assert (len(plan.new), plan.changed, plan.same, plan.refused) == (len(PAIRS), [], 0, [])
    assert kept(turkish) == before
    assert set(MemoryUnit.objects.values_list("origin", flat=True)) == {UnitOrigin.FILE}


def test_what_is_there_already_stays_as_it_is(turkish):
    unit = known(turkish, *PAIRS[0])
    plan = take(tmx.write(turkish), turkish)
    assert (plan.new, plan.same) == ([], 1)
    assert not plan.changes_anything
    assert MemoryUnit.objects.get().origin == unit.origin == UnitOrigin.APPROVED


PIECES = st.one_of(
    st.sampled_from(["<1>", "</1>", "<2/>", "<12>", "</12>", "<0>", "</1/>", "<", ">", "&", " ", "\n"]),
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
)
MARKED = st.lists(PIECES, min_size=1, max_size=30).map("".join).filter(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(pairs=st.lists(st.tuples(MARKED, MARKED, st.text(alphabet="abc.", max_size=9)), max_size=5))
def test_any_memory_goes_out_and_comes_in_unchanged(turkish, pairs):
    MemoryUnit.objects.all().delete()
    services.add_units(
        [
            services.unit_of(locale=turkish, source=source, target=target, context=context, approved_at=NOON)
            for source, target, context in pairs
        ]
    )
    before = kept(turkish)
    data = tmx.write(turkish)
    MemoryUnit.objects.all().delete()
    if before:
        assert take(data, turkish).refused == []
    assert sorted(kept(turkish)) == sorted(before)


def test_other_programs_read_what_we_write(turkish):
    for source, target, context in PAIRS:
        known(turkish, source, target, context)
    store = judge.tmxfile.parsestring(tmx.write(turkish), sourcelanguage="de", targetlanguage="tr")
    read = sorted((unit.source, unit.gettarget("tr"), unit.getcontext()) for unit in store.units)
    assert read == sorted(PAIRS)


def test_we_read_what_other_programs_write(turkish):
    store = judge.tmxfile(sourcelanguage="de", targetlanguage="tr")
    for source, target, context in PAIRS[:5]:
        store.addtranslation(source, "de", target, "tr", context=context)
    plan = take(bytes(store), turkish)
    assert plan.refused == []
    assert sorted(row[:3] for row in kept(turkish)) == sorted(PAIRS[:5])


def test_nothing_is_written_of_who_approved(turkish):
    author = get_user_model().objects.create_user("ayla", email="ayla@example.org")
    unit = known(turkish, *PAIRS[0])
    unit.author = author
    unit.save()
    assert b"ayla" not in tmx.write(turkish)


def test_what_was_forgotten_neither_goes_out_nor_comes_in(turkish):
    unit = known(turkish, "Fest", "zzkanarie")
    data = tmx.write(turkish)
    services.forget(unit=unit, by=None)
    assert b"zzkanarie" not in tmx.write(turkish)
    assert take(data, turkish).same == 1
    assert not MemoryUnit.objects.remembered(turkish).exists()


def test_nothing_of_another_language_goes_out(turkish):
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    known(arabic, "Fest", "zzkanarie")
    assert b"zzkanarie" not in tmx.write(turkish)


FOREIGN = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="de-DE"/><body>
<tu creationdate="20240102T030405Z">
<tuv xml:lang="DE-DE"><seg>Klicken Sie <bpt i="7">&lt;a href="x"&gt;</bpt><hi>hier</hi><ept i="7">&lt;/a&gt;</ept
><ph>&lt;br&gt;</ph></seg></tuv>
<tuv xml:lang="tr-TR"><seg><bpt i="1">{</bpt>Buraya<ept i="1">}</ept> tıklayın<ph>&lt;br&gt;</ph></seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>English only</seg></tuv><tuv xml:lang="tr"><seg>Türkçe</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Nur deutsch</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Leer</seg></tuv><tuv xml:lang="tr"><seg> </seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>LANG</seg></tuv><tuv xml:lang="tr"><seg>x</seg></tuv></tu>
<tu changedate="99990102T030405Z">
<tuv xml:lang="de"><seg>Künftig</seg></tuv><tuv xml:lang="tr"><seg>Yarın</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Künftig</seg></tuv><tuv xml:lang="tr"><seg>Yarın</seg></tuv></tu>
</body></tmx>""".replace("LANG", "L" * 5_001)


def test_a_foreign_file_is_read_and_what_is_not_taken_is_named_with_its_reason(turkish):
    plan = take(FOREIGN.encode(), turkish)
    epoch = datetime.datetime.fromtimestamp(0, tz=datetime.UTC)
    assert [(source, re.sub(r"\s+", " ", target), *rest) for source, target, *rest in kept(turkish)] == [
        (
            "Klicken Sie <1>hier</1><2/>",
            "<1>Buraya</1> tıklayın<2/>",
            "",
            datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC),
        ),
        ("Künftig", "Yarın", "", epoch),
    ]
    assert plan.same == 1
    assert [(one.number, one.text[:20], one.message) for one in plan.refused] == [
        (2, "English only", "Es gibt keinen Text in der Sprache der Originale."),
        (3, "Nur deutsch", "Es gibt keinen Text in dieser Sprache: Türkçe."),
        (4, "Leer", "Es gibt keinen Text in dieser Sprache: Türkçe."),
        (5, "L" * 20, "Der Text ist länger als 5000 Zeichen."),
    ]


def test_numbers_that_a_text_says_itself_are_given_to_no_tag(turkish):
    data = (
        '<tmx><body><tu><tuv xml:lang="de"><seg>&lt;1&gt; <bpt i="1"/>a<ept i="1"/></seg></tuv>'
        '<tuv xml:lang="tr"><seg>x</seg></tuv></tu></body></tmx>'
    )
    take(data.encode(), turkish)
    assert kept(turkish)[0][0] == "<1> <2>a</2>"


def test_the_plan_is_the_same_when_it_is_made_again(turkish):
    assert tmx.plan(FOREIGN.encode(), turkish).digest() == tmx.plan(FOREIGN.encode(), turkish).digest()


@pytest.mark.parametrize("data", [b"<tmx/>", b"<tmx><body/></tmx>", b"<tmx><header/><body>x</body></tmx>"])
def test_a_file_without_translations_is_refused(turkish, data):
    with pytest.raises(FileRefused) as refused:
        tmx.plan(data, turkish)
    assert refused.value.messages == ["Die Datei enthält keine Übersetzungen."]


def test_a_file_with_too_many_translations_is_refused(turkish, monkeypatch):
    monkeypatch.setattr(tmx, "MOST_RECORDS", 6)
    with pytest.raises(FileRefused):
        tmx.plan(FOREIGN.encode(), turkish)
