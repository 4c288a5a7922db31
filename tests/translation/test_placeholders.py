"""Marked text and back: nothing is lost, and no mark can be broken without being told."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.strings import StringValue

from translation.placeholders import Broken, marks_in, plain, to_html, to_marked

SOURCE = 'Kaffee &amp; <b>Kuchen</b> <a id="a1">hier</a><br/>ab 15 Uhr'
MARKED = "Kaffee & <1>Kuchen</1> <2>hier</2><3/>ab 15 Uhr"

words = st.text(st.sampled_from("abc <>&1/\"'\u00a0ü؟"), max_size=8)
inline = st.recursive(
    words.map(lambda text: StringValue.from_plaintext(text).data),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["b", "i"]), inner).map(lambda pair: "<{0}>{1}</{0}>".format(*pair)),
        inner.map(lambda html: f'<a id="a1">{html}</a>'),
        st.lists(inner, max_size=3).map("".join),
        st.just("<br/>"),
    ),
    max_leaves=6,
)


def test_tags_become_numbers_and_escapes_become_characters():
    assert to_marked(SOURCE) == MARKED
    assert to_html(MARKED, SOURCE) == SOURCE
    assert plain(MARKED) == "Kaffee & Kuchen hierab 15 Uhr"
    assert marks_in(MARKED) == [1, 2, 3]


@given(inline)
def test_any_sentence_survives_the_way_there_and_back(html):
    assert to_html(to_marked(html), html) == html


def test_a_translation_may_have_the_marks_in_another_order_and_within_each_other():
    assert to_html("<2><1>Pasta</1> burada</2><3/> & 15'te", SOURCE) == (
        '<a id="a1"><b>Pasta</b> burada</a><br/> &amp; 15\'te'
    )


def test_a_translation_has_the_numbers_of_its_source_whatever_the_order():
    turkish = '<a id="a1">Burada</a> kahve ve <b>pasta</b><br/>'
    assert to_marked(turkish, SOURCE) == "<2>Burada</2> kahve ve <1>pasta</1><3/>"
    assert to_html(to_marked(turkish, SOURCE), SOURCE) == turkish
    assert to_marked("<i>Kahve</i>", SOURCE) == "<4>Kahve</4>"


def test_a_number_that_the_author_typed_is_text():
    source = "Nummer &lt;1&gt; <b>ist</b> da"
    assert to_marked(source) == "Nummer <1> <2>ist</2> da"
    assert to_html("<1> numara <2>burada</2>", source) == "&lt;1&gt; numara <b>burada</b>"


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("Kahve <1>pasta</1> burada<3/>", ["The mark <2> is missing."]),
        ("<1>a</1><1>b</1> <2>c</2><3/>", ["The mark <1> stands there twice."]),
        ("<1>a <2>b</1></2><3/>", ["The mark </1> stands in the wrong place."]),
        ("<1>a</1> <2>b<3/>", ["The mark <2> is not closed."]),
        ("<1>a</1> <2>b</2> <3>c", ["The mark </3> stands in the wrong place."]),
        (
            "<1/>a</1> c",
            ["The mark <1> is not closed.", "The mark <2> is missing.", "The mark <3> is missing."],
        ),
    ],
)
def test_what_is_missing_doubled_open_or_crossed_is_named(marked, said):
    with override("en"), pytest.raises(Broken) as raised:
        to_html(marked, SOURCE)
    with override("en"):
        found = [str(message) for message in raised.value.messages]
    assert len(found) == len(said)
    assert [
        message for message, start in zip(found, said, strict=True) if not message.startswith(start)
    ] == []
