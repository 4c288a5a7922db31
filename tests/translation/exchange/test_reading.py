"""Files as other programs write them, and files that mean harm."""

import io
import tracemalloc
import zipfile

import pytest
from django.utils.translation import override

from content.transfer import FileRefused
from translation.exchange import State, read
from translation.exchange.files import FORMATS, MAX_FILES, MAX_UNITS
from translation.files.xml import MAX_BYTES

from .documents import KEY, document, unit, world_cafe

XLIFF, PO = FORMATS["xliff"], FORMATS["po"]


def old(units, attributes=f'source-language="de" target-language="tr" original="{KEY}"'):
    return f"""<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file {attributes} datatype="html"><header/><body><group>{units}</group></body></file></xliff>""".encode()


def new(units, version="2.0", attributes='srcLang="de" trgLang="tr"'):
    return f"""<xliff version="{version}" xmlns="urn:oasis:names:tc:xliff:document:2.0" {attributes}>
<file id="{KEY}"><group id="g">{units}</group></file></xliff>""".encode()


def only(data):
    (received,) = read(data).documents
    (entry,) = received.units
    return entry


def refusal(data):
    with override("en"), pytest.raises(FileRefused) as raised:
        read(data)
    return " ".join(raised.value.messages)


# --- XLIFF 1.2 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "marked"),
    [
        ("Kahve &amp; <g id='1'>pasta</g><x id='2'/>", "Kahve & <1>pasta</1><2/>"),
        ("<bx id='1'/>pasta<ex id='1'/>", "<1>pasta</1>"),
        ("<bx id='b' rid='1'/>pasta<ex id='e' rid='1'/>", "<1>pasta</1>"),
        ("<bpt id='1'>&lt;b&gt;</bpt>pasta<ept id='1'>&lt;/b&gt;</ept>", "<1>pasta</1>"),
        ("pasta<ph id='2'>&lt;br/&gt;</ph>burada", "pasta<2/>burada"),
        (
            "<mrk mtype='seg' mid='0'>Gelin.</mrk> <mrk mtype='seg' mid='1'><g id='1'>Siz</g></mrk>",
            "Gelin. <1>Siz</1>",
        ),
        ("<g id='1'><g id='2'>iç</g> içe</g>", "<1><2>iç</2> içe</1>"),
        ("<g id='foreign'>pasta</g>", "<999>pasta</999>"),
    ],
)
def test_inline_codes_of_version_1_2_become_our_tags(target, marked):
    entry = only(old(f"<trans-unit id='text:1'><source>x</source><target>{target}</target></trans-unit>"))
    assert (entry.id, entry.target, entry.state) == ("text:1", marked, State.DRAFT)


@pytest.mark.parametrize(
    ("target", "state"),
    [
        ("<target state='final'>Kek</target>", State.APPROVED),
        ("<target state='translated'>Kek</target>", State.DRAFT),
        ("<target state='new'>Kek</target>", State.OUTDATED),
        ("<target state='needs-translation'>Kek</target>", State.UNFINISHED),
        ("<target/>", State.MISSING),
        ("", State.MISSING),
    ],
)
def test_states_of_version_1_2_are_understood(target, state):
    assert only(old(f"<trans-unit id='t:1'><source>x</source>{target}</trans-unit>")).state is state


def test_a_program_that_gives_ids_of_its_own_keeps_ours_as_the_name():
    entry = only(
        old("<trans-unit id='1' resname='title:ab'><source>x</source><target>y</target></trans-unit>")
    )
    assert entry.id == "title:ab"


# --- XLIFF 2.x ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["2.0", "2.1", "2.2"])
@pytest.mark.parametrize(
    ("target", "marked"),
    [
        ("Kahve &amp; <pc id='1'>pasta</pc><ph id='2'/>", "Kahve & <1>pasta</1><2/>"),
        ("<sc id='1'/>pasta<ec startRef='1'/>", "<1>pasta</1>"),
        ("<mrk id='m1' type='term'>pasta</mrk>", "pasta"),
        ("<cp hex='001F'/>pasta<cp hex='zz'/>", "\x1fpasta"),
        ("<![CDATA[a < b]]><!-- aside -->!", "a < b!"),
    ],
)
def test_inline_codes_of_version_2_become_our_tags(version, target, marked):
    data = new(
        f"<unit id='t:1'><segment><source>x</source><target>{target}</target></segment></unit>", version
    )
    assert only(data).target == marked


def test_a_unit_that_a_program_divided_is_joined_again():
    parts = (
        "<unit id='t:1'><segment id='s1' state='final'><source>Eins.</source><target>Bir.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment id='s2' state='final'><source>Zwei.</source>{}</segment></unit>"
    )
    entry = only(new(parts.format("<target>İki.</target>")))
    assert (entry.source, entry.target, entry.state) == ("Eins. Zwei.", "Bir. İki.", State.APPROVED)
    assert only(new(parts.format(""))).state is State.MISSING


def test_a_file_of_several_pages_gives_each_of_them():
    two = XLIFF.write(world_cafe()).decode()
    begin, end = two.index("<file"), two.index("</xliff>")
    both = two[:end] + two[begin:end].replace(KEY, "other") + two[end:]
    assert [each.page_key for each in read(both.encode()).documents] == [KEY, "other"]


@pytest.mark.parametrize(
    ("tag", "code"), [("tr-TR", "tr"), ("UK", "uk"), ("de-simple", "de-simple"), ("fr", "fr"), ("", "")]
)
def test_languages_are_those_of_the_table_whatever_their_spelling(tag, code):
    data = new(
        "<unit id='t:1'><segment><source>x</source></segment></unit>",
        attributes=f'srcLang="de" trgLang="{tag}"',
    )
    assert read(data).documents[0].language == code


# --- PO -------------------------------------------------------------------------------------------------------


def test_a_po_file_with_comments_of_people_and_old_entries_is_read():
    text = PO.write(world_cafe()).decode()
    text = text.replace("#. Titel", "# Bitte prüfen\n#. Titel") + '\n#~ msgid "Alt"\n#~ msgstr "Eski"\n'
    assert [entry.id for entry in read(text.encode()).documents[0].units] == [
        each.id for each in world_cafe().units
    ]


def test_a_po_file_in_another_encoding_is_read_as_it_says():
    text = PO.write(document(unit("title", "Cafe", "Kahve şöleni"))).decode().replace("UTF-8", "ISO-8859-9")
    assert read(text.encode("iso-8859-9")).documents[0].units[0].target == "Kahve şöleni"


def test_an_encoding_that_would_turn_words_into_others_is_not_used():
    text = PO.write(document(unit("title", "Cafe", "A+AGE-"))).decode().replace("UTF-8", "UTF-7")
    assert read(text.encode()).documents[0].units[0].target == "A+AGE-"


def test_a_byte_order_mark_is_no_letter():
    assert read(b"\xef\xbb\xbf" + PO.write(world_cafe())) == read(PO.write(world_cafe()))
    assert read(b"\xef\xbb\xbf" + XLIFF.write(world_cafe())) == read(XLIFF.write(world_cafe()))


# --- Harm -----------------------------------------------------------------------------------------------------

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<xliff version="2.1" srcLang="de" trgLang="tr"><file id="x">&b;</file></xliff>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<xliff version="2.1" srcLang="de" trgLang="tr"><file id="x">&a;</file></xliff>'
)
DEFINES = "The file defines entities, or refers to other files. Save it without a document type."
DAMAGED = "The file is damaged in line %d. Save it again in the program that it comes from."
LETTERS = "The letters of the file cannot be read. Save it with the encoding UTF-8."
NO_FILE = "This is no PO, XLIFF or ZIP file. Send the file you downloaded here, filled in."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB, DEFINES),
        (OUTSIDE, DEFINES),
        (b"", NO_FILE),
        (b"\x00" * 100, NO_FILE),
        (b"%PDF-1.7", NO_FILE),
        (b"PK\x03\x04 but no archive", NO_FILE),
        (b"<html><body/></html>", "This is no XLIFF file."),
        (b"<xliff version='2.1'><file>", DAMAGED % 1),
        (b"<xliff version='2.1'/>", "There is no page in this file."),
        (b"<xliff version='9'/>", "XLIFF in version “9” cannot be read. Save it in version 1.2 or 2.1."),
        (b"<xliff version='2.1'>\xe4</xliff>", LETTERS),
        (b'msgid "a"\nmsgstr "\xe4"\n', LETTERS),
        (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=zlib_codec\\n"\n\nmsgid "\xff"', LETTERS),
        (b'msgid "a"\nmsgstr "b\nx', DAMAGED % 3),
        (b'msgid "a"\x00', "This is no PO file."),
        (b"<" + b"x" * MAX_BYTES, "The file is larger than 5 MB. Divide it into several files."),
        (b"msgid" + b"x" * 50 * 1024 * 1024, "The file is larger than 5 MB. Divide it into several files."),
        (b"<a>" * 100 + b"</a>" * 100, "The file has too many parts. Divide it into several files."),
    ],
    ids=range(18),
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_with_a_reason(data, message):
    assert refusal(data) == message


def test_a_page_has_a_most_of_units():
    many = "".join(f"<unit id='t:{number}'/>" for number in range(MAX_UNITS + 1))
    assert refusal(new(many)) == "The file has too many parts. Divide it into several files."


def packed(*members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["/etc/page.po", "../page.po", "a/../../page.po", "C:\\page.po", "..\\page.po"]
)
def test_a_zip_with_a_path_that_leads_elsewhere_is_refused(name):
    assert refusal(packed((name, b"msgid"))) == (
        f"The ZIP file has a path in it that leads elsewhere: “{name}”. Pack the files again, without it."
    )


def test_a_zip_that_unpacks_to_too_much_is_refused_before_it_does():
    assert refusal(packed(("page.po", b"\x00" * (MAX_BYTES + 1)))) == (
        "The file is larger than 5 MB. Divide it into several files."
    )
    many = packed(*((f"{number}.po", b"\x00" * MAX_BYTES) for number in range(11)))
    assert len(many) < 100_000
    assert refusal(many) == "The ZIP file is too large. Divide it into several files."


def test_a_zip_that_lies_about_a_size_is_not_believed():
    data = packed(("page.po", b"\x00" * (MAX_BYTES + 1)))
    size = (MAX_BYTES + 1).to_bytes(4, "little")
    assert (
        refusal(data.replace(size, (10).to_bytes(4, "little"))) == "The ZIP file is damaged. Pack it again."
    )


def test_of_a_file_that_unpacks_to_too_much_no_more_is_held_than_is_needed_to_know_it():
    data = packed(("page.po", b"\x00" * 60 * 1024 * 1024))
    tracemalloc.start()
    try:
        assert refusal(data) == "The file is larger than 5 MB. Divide it into several files."
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * MAX_BYTES


def test_a_zip_that_is_large_itself_is_refused():
    large = packed(*((f"{number}.po", bytes(4_000_000)) for number in range(3)), method=zipfile.ZIP_STORED)
    assert refusal(large) == "The ZIP file is too large. Divide it into several files."


def test_a_zip_with_too_many_files_is_refused():
    many = packed(*((f"{number}.po", b"") for number in range(MAX_FILES + 1)))
    assert refusal(many) == "The ZIP file has too many files. Divide it into several."


def test_a_damaged_zip_is_refused():
    data = bytearray(packed(("page.po", PO.write(world_cafe()))))
    data[60] ^= 0xFF
    assert refusal(bytes(data)) == "The ZIP file is damaged. Pack it again."


def test_an_empty_zip_is_refused():
    assert refusal(packed()) == "There is no page in this file."


def test_a_zip_with_a_password_is_refused():
    data = bytearray(packed(("page.po", b"msgid"), method=zipfile.ZIP_STORED))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "The ZIP file needs a password. Pack it without one."


def test_in_a_zip_a_file_that_cannot_be_read_is_named_and_the_others_are_read():
    with override("en"):
        received = read(packed(("a.po", PO.write(world_cafe())), ("notes.txt", b"Hello"), ("b.xlf", BOMB)))
    assert [each.page_key for each in received.documents] == [KEY]
    assert received.refused == [("notes.txt", NO_FILE), ("b.xlf", DEFINES)]
