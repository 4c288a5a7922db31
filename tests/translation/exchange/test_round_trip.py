"""What goes out comes back the same, whatever stands in it."""

import io
import subprocess
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage import pypo, xliff2

from translation.exchange import Document, ExchangeUnit, State, read, unit_id, write, write_all
from translation.exchange.files import FORMATS
from translation.exchange.inline import to_xml
from translation.placeholders import plain

from .documents import KEY, document, unit, world_cafe

XLIFF, PO = FORMATS["xliff"], FORMATS["po"]

characters = st.one_of(
    st.sampled_from(
        [
            "<1>",
            "</1>",
            "<2/>",
            "<2>",
            "</2>",
            "<",
            ">",
            "&",
            "&amp;",
            '"',
            "'",
            "\\",
            "\\n",
            "#",
            "%s",
            "]]>",
            "<!--",
        ]
    ),
    st.sampled_from(
        ["\n", "\r", "\t", " ", "\u00a0", "\u2028", "\x85", "\x0b", "\x1f", "\ufffe", "\u200f", "؟", "🙂"]
    ),
    # No database holds the character 0.
    st.characters(exclude_categories=("Cs", "Co", "Cn"), exclude_characters="\x00"),
)
texts = st.lists(characters, max_size=8).map("".join)
sources = texts.filter(str.strip)


@st.composite
def units(draw):
    source, target = draw(sources), draw(texts)
    state = draw(st.sampled_from([State.DRAFT, State.APPROVED, State.OUTDATED])) if target else State.MISSING
    path = draw(st.sampled_from(["title", "text", "body.6f1d2c3b-0000-4000-8000-000000000001.text"]))
    return ExchangeUnit(unit_id(path, source), source, target, state)


documents = st.builds(
    Document,
    st.just(KEY),
    st.just("Titel"),
    st.just("de"),
    st.sampled_from(["tr", "uk", "ar", "en", "de-simple"]),
    st.lists(units(), max_size=4, unique_by=lambda unit: unit.id),
)


def as_po_knows(unit):
    """PO has no words for approved and outdated."""
    states = {State.APPROVED: State.DRAFT, State.OUTDATED: State.UNFINISHED}
    return replace(unit, state=states.get(unit.state, unit.state))


@settings(max_examples=200, deadline=None)
@given(documents)
def test_xliff_brings_back_what_it_took(sent):
    (received,) = read(XLIFF.write(sent)).documents
    assert received == sent


@settings(max_examples=200, deadline=None)
@given(documents)
def test_po_brings_back_what_it_took(sent):
    (received,) = read(PO.write(sent)).documents
    assert received == replace(sent, units=[as_po_knows(unit) for unit in sent.units])


@pytest.mark.parametrize("file_format", FORMATS.values(), ids=FORMATS.keys())
def test_notes_and_earlier_wordings_travel_along(file_format):
    (received,) = read(file_format.write(world_cafe())).documents
    assert [(unit.note, unit.previous) for unit in received.units] == [
        (unit.note, unit.previous) for unit in world_cafe().units
    ]
    assert received.title == "World Café"


@pytest.mark.parametrize("file_format", FORMATS.values(), ids=FORMATS.keys())
def test_many_pages_travel_in_one_zip(file_format):
    sent = [
        world_cafe(),
        replace(document(unit("title", "Fest", "Şenlik"), title="Fest"), page_key="other-key"),
    ]
    data = write_all(sent, file_format)
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == [
        f"world-cafe.6f1d2c3b.tr{file_format.ending}",
        f"fest.other-ke.tr{file_format.ending}",
    ]
    received = read(data)
    assert [each.page_key for each in received.documents] == [KEY, "other-key"]
    assert received.refused == []
    assert write_all(sent, file_format) == data


def test_an_id_names_the_place_and_the_wording():
    assert unit_id("body.3c1f.text", "Kaffee").partition(":")[0] == "body.3c1f.text"
    assert unit_id("text", "Kaffee") != unit_id("text", "Kaffee!")
    assert unit_id("a'b/c", "x").startswith("a_b_c:")


@pytest.mark.parametrize(
    ("marked", "xml"),
    [
        ("<1>a</1> <2/>", '<pc id="1">a</pc> <ph id="2"/>'),
        ("<1><2>a</2></1>", '<pc id="1"><pc id="2">a</pc></pc>'),
        ("<1>a</1> <1>b</1>", '<pc id="1">a</pc> &lt;1&gt;b&lt;/1&gt;'),
        ("<1>a<2>b</1>c</2>", '<pc id="1">a&lt;2&gt;b</pc>c&lt;/2&gt;'),
        ("a</1> <1>b", "a&lt;/1&gt; &lt;1&gt;b"),
        ("Tom & \x1f<Jerry>\r", 'Tom &amp; <cp hex="001F"/>&lt;Jerry&gt;&#13;'),
    ],
)
def test_tags_are_elements_where_they_lie_in_each_other_and_text_where_they_do_not(marked, xml):
    assert to_xml(marked) == xml


# --- Other programs as judges ---------------------------------------------------------------------------------


def test_gettext_takes_the_po_file(tmp_path):
    (tmp_path / "page.po").write_bytes(PO.write(world_cafe()))
    judged = subprocess.run(
        ["msgfmt", "-c", "--statistics", "-o", "/dev/null", str(tmp_path / "page.po")],
        capture_output=True,
        text=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin"},
    )
    assert (judged.returncode, judged.stderr) == (
        0,
        "2 translated messages, 1 fuzzy translation, 1 untranslated message.\n",
    )


def test_translate_toolkit_reads_the_po_file():
    store = pypo.pofile.parsestring(PO.write(world_cafe()))
    header, *entries = store.units
    assert store.gettargetlanguage() == "tr"
    assert [(str(entry.source), str(entry.target), entry.isfuzzy()) for entry in entries] == [
        (unit.source, unit.target, unit.state is State.OUTDATED) for unit in world_cafe().units
    ]
    assert [entry.getcontext() for entry in entries] == [unit.id for unit in world_cafe().units]


def test_translate_toolkit_reads_the_xliff_file():
    store = xliff2.Xliff2File.parsestring(XLIFF.write(world_cafe()))
    assert (store.sourcelanguage, store.targetlanguage) == ("de", "tr")
    assert [(entry.getid(), entry.source, entry.target or "") for entry in store.units] == [
        (unit.id, plain(unit.source), unit.target) for unit in world_cafe().units
    ]


def test_a_file_is_named_by_what_is_in_it():
    assert write(world_cafe(), XLIFF)[0] == "world-cafe.6f1d2c3b.tr.xlf"
    assert write(replace(world_cafe(), title="مقهى"), PO)[0] == "page.6f1d2c3b.tr.po"
