"""Sheets as files: read from whatever people send, written so that nothing in them is run."""

import csv
import datetime
import io
import zipfile

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from content.sanitise import writable
from content.transfer import FileRefused, read_table, tables
from content.transfer.cells import guard, join_list, split_list, unguard
from content.transfer.tables import write_table

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def cells(table):
    return [list(row.cells.values()) for row in table.rows]


def workbook(*lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@given(texts)
def test_a_guarded_text_comes_back_and_never_starts_like_a_formula(text):
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in set("=+-@\t\r\n＝＋－＠") - {""}


@pytest.mark.parametrize("text", ["=1+1", "+49 831", "-5", "@SUM(A1)", "\tx", "'=1", "''+1", "＝cmd"])
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["'tis", "a=b", "", "Müller", "1-2"])
def test_what_is_harmless_stays_as_it_is(text):
    assert guard(text) == text


@given(st.lists(texts.map(str.strip).filter(bool).filter(lambda text: "\n" not in text and "\r" not in text)))
def test_lists_in_a_cell_come_back(entries):
    assert split_list(join_list(entries)) == [entry for entry in entries if entry.strip()]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.lists(texts, min_size=3, max_size=3), max_size=4))
def test_every_text_survives_both_formats(file_format, rows):
    data = write_table(headings=["a", "b", "c"], rows=rows, file_format=file_format)
    kept = [[writable(text) for text in row] for row in rows]
    assert cells(read_table(data=data)) == [row for row in kept if any(text.strip() for text in row)]


def test_csv_files_carry_the_mark_by_which_excel_knows_utf_8():
    assert write_table(headings=["ä"], rows=[], file_format="csv") == b"\xef\xbb\xbf\xc3\xa4\r\n"


def test_no_cell_of_a_workbook_is_a_formula():
    data = write_table(headings=["title"], rows=[["=HYPERLINK(1)"], ["007"]], file_format="xlsx")
    (sheet,) = load_workbook(io.BytesIO(data)).worksheets
    assert [[cell.value, cell.data_type] for (cell,) in sheet.iter_rows(min_row=2)] == [
        ["'=HYPERLINK(1)", "s"],
        ["007", "s"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_whatever_separates_the_cells_is_found(delimiter, encoding):
    text = f'slug{delimiter}title\nä{delimiter}"a{delimiter}b"\n'
    table = read_table(data=text.encode(encoding))
    assert table.headings == ["slug", "title"]
    assert cells(table) == [["ä", f"a{delimiter}b"]]
    assert table.notices == []


def test_the_line_that_tells_excel_the_separator_is_understood():
    assert cells(read_table(data=b"sep=;\nslug;title\na;b,c\n")) == [["a", "b,c"]]


def test_windows_text_is_read_with_a_notice():
    table = read_table(data="title\nGrüße – schön\n".encode("cp1252"))
    assert cells(table) == [["Grüße – schön"]]
    assert "Windows" in table.notices[0]


def test_dates_times_numbers_and_ticks_of_a_workbook_become_what_people_would_type():
    line = [datetime.datetime(2026, 12, 12), datetime.time(14, 30), 5, 5.0, 1.5, True, None, "x"]
    table = read_table(data=workbook(list("abcdefgh"), line))
    assert cells(table) == [["2026-12-12", "14:30", "5", "5", "1.5", "yes", "", "x"]]


def test_empty_rows_and_empty_columns_at_the_edge_do_not_count():
    table = read_table(data=b"slug,title,,\n\na,b,,\n,,,\n")
    assert table.headings == ["slug", "title"]
    assert [(row.number, row.cells) for row in table.rows] == [(3, {"slug": "a", "title": "b"})]


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
    return stream.getvalue()


def many_members():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(1001):
            archive.writestr(f"{number}", b"")
    return stream.getvalue()


def workbook_with_entity():
    """A workbook whose texts are entities that grow a thousandfold with each level."""
    declaration = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 1000}">' for n in range(4)
    )
    hostile = (
        f'<?xml version="1.0"?>{declaration}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    )
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["title"], ["a"]))) as sound,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sound.namelist():
            archive.writestr(name, hostile if name.endswith("sheet1.xml") else sound.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"title\n\x00\x01", "neither a CSV nor an XLSX"),
        (b"\xff\xfe\x00", "neither a CSV nor an XLSX"),
        (b"title\n\x81\x8d\n", "CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Excel"),
        (b"PK\x03\x04 and nothing else", "broken"),
        (b'title\n"open', "quotation marks"),
        (b'title\n"a"b\n', "quotation marks"),
        (b"title\na,b\n", "more cells"),
        (b"title,title\na,b\n", "stands over two"),
        (b"title\n" + b"a\n" * 10_001, "more than 10000 rows"),
        ((",".join(f"c{n}" for n in range(501)) + "\n").encode(), "more than 500 columns"),
        (b'title\n"' + b"x" * 200_000 + b'"\n', "quotation marks"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else value,
)
def test_a_file_that_cannot_be_read_is_refused_with_a_way_out(data, words):
    with pytest.raises(FileRefused, match=words):
        read_table(data=data)


def test_ten_thousand_rows_are_not_too_many():
    assert len(read_table(data=b"title\n" + b"a\n" * 10_000).rows) == 10_000


@pytest.mark.parametrize("make", [bomb, many_members])
def test_an_archive_that_unpacks_to_more_than_we_read_is_refused_unread(make, monkeypatch):
    monkeypatch.setattr(tables, "MAX_UNPACKED_BYTES", 4 * 1024**2)
    monkeypatch.setattr(tables, "load_workbook", lambda *args, **kwargs: pytest.fail("was unpacked"))
    with pytest.raises(FileRefused, match="Unpacked"):
        read_table(data=make())


def test_a_workbook_with_growing_entities_is_refused():
    with pytest.raises(FileRefused, match="broken"):
        read_table(data=workbook_with_entity())


def test_a_workbook_that_claims_a_million_rows_is_read_as_far_as_it_goes(monkeypatch):
    monkeypatch.setattr(tables, "MAX_SCANNED_ROWS", 2_000)
    book = Workbook()
    book.active["A1"] = "title"
    book.active["A1500"] = "last"
    stream = io.BytesIO()
    book.save(stream)
    assert [row.number for row in read_table(data=stream.getvalue()).rows] == [1_500]
    book.active["A1000000"] = "too far"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(FileRefused, match="more than 10000 rows"):
        read_table(data=stream.getvalue())


def test_a_file_of_more_than_fifty_megabytes_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    with pytest.raises(FileRefused, match="larger than"):
        read_table(data=b"title\nabcdefgh")


def test_what_python_reads_as_csv_is_what_we_wrote():
    rows = [["a,b", 'say "hi"', "two\nlines"], ["'=1", "ü", ""]]
    data = write_table(headings=["x", "y", "z"], rows=rows, file_format="csv")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:] == [
        ["a,b", 'say "hi"', "two\nlines"],
        ["''=1", "ü", ""],
    ]
