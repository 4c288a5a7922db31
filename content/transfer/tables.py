"""Reads and writes the two file formats of sheets, CSV and XLSX, as tables of text.

Files come from people and may be hostile: sizes are checked before anything is unpacked, rows and columns are
counted while reading, and every refusal says what to do instead.
"""

import csv
import datetime
import io
import zipfile
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from content.sanitise import writable

from .cells import guard, unguard

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 500
#: XLSX files are compressed; more than this is not read, however small the file is.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ZIP_MEMBERS = 1_000
# Empty rows do not count, but a file must not keep us busy with millions of them.
MAX_SCANNED_ROWS = 200_000
MAX_CELL_LENGTH = 32_767

CSV = "csv"
XLSX = "xlsx"
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class FileRefused(ValidationError):
    """A file that cannot be read as a table; the message says why and what to do."""


@dataclass
class TableRow:
    """One line of a sheet: its number in the file, the heading being 1, and its cells by heading."""

    number: int
    cells: dict[str, str]


@dataclass
class Table:
    """A sheet as text: headings in order, rows without the empty ones, and what the reader should know."""

    headings: list[str]
    rows: list[TableRow]
    notices: list[str] = field(default_factory=list)


def read_table(*, data):
    """Return the ``Table`` in a file given as ``bytes``. Raises ``FileRefused``."""
    if len(data) > MAX_BYTES:
        raise FileRefused(
            _("The file is larger than %(megabytes)d MB. Split it into several files.")
            % {"megabytes": MAX_BYTES // 1024**2}
        )
    if not data.strip():
        raise FileRefused(_("The file is empty. Export a sheet and fill it in."))
    notices = []
    if data.startswith(b"PK\x03\x04"):
        lines = _xlsx_lines(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            _("This is a file of an old Excel, or one with a password. Save it as XLSX or CSV.")
        )
    else:
        text, notices = _decoded(data)
        lines = _csv_lines(text)
    return _table(lines, notices)


def _table(lines, notices):
    headings, rows = None, []
    for number, cells in lines:
        if number > MAX_SCANNED_ROWS:
            raise FileRefused(_too_many_rows())
        cells = [unguard(writable(cell)) for cell in cells]
        if not any(cell.strip() for cell in cells):
            continue
        if headings is None:
            headings = _headings(cells)
            continue
        if len(rows) == MAX_ROWS:
            raise FileRefused(_too_many_rows())
        if any(cell.strip() for cell in cells[len(headings) :]):
            raise FileRefused(
                _("Row %(number)d has more cells than there are headings. Check its quotation marks.")
                % {"number": number}
            )
        cells += [""] * (len(headings) - len(cells))
        rows.append(
            TableRow(number, {name: cell for name, cell in zip(headings, cells, strict=False) if name})
        )
    if headings is None:
        raise FileRefused(_("The file is empty. Export a sheet and fill it in."))
    return Table([name for name in headings if name], rows, notices)


def _too_many_rows():
    return _("The file has more than %(rows)d rows. Split it into several files.") % {"rows": MAX_ROWS}


def _headings(cells):
    headings = [cell.strip() for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        raise FileRefused(
            _("The file has more than %(columns)d columns. Export a sheet to see which there are.")
            % {"columns": MAX_COLUMNS}
        )
    doubles = sorted({name for name in headings if name and headings.count(name) > 1})
    if doubles:
        raise FileRefused(
            _("The heading “%(name)s” stands over two columns. Take one of them out.") % {"name": doubles[0]}
        )
    return headings


# --- CSV --------------------------------------------------------------------------------------------------


def _decoded(data):
    """Return the text of ``data`` and notices about how it was read."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError as error:
            raise FileRefused(_not_text()) from error
    if b"\x00" in data:
        raise FileRefused(_not_text())
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise FileRefused(
            _("The letters of this file cannot be read. Save it as “CSV UTF-8” or as XLSX.")
        ) from error
    notice = _(
        "This file is not in UTF-8; it was read as Windows text. Look at ä, ö, ü and ß below. If they are wrong, "
        "save it as “CSV UTF-8” or as XLSX."
    )
    return text, [notice]


def _not_text():
    return _("This is neither a CSV nor an XLSX file. Save your sheet as one of the two.")


def _delimiter(line):
    """Return what separates the headings in the first line: comma, semicolon or tab."""
    return max(",;\t", key=line.count)


def _csv_lines(text):
    stream = io.StringIO(text, newline="")
    first = stream.readline()
    declared = first.strip()
    if declared.lower().startswith("sep=") and len(declared) == 5:
        delimiter = declared[4]
    else:
        delimiter = _delimiter(first)
        stream.seek(0)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        raise FileRefused(
            _(
                "Line %(number)d cannot be read (%(error)s). Check its quotation marks, or save the file as XLSX."
            )
            % {"number": reader.line_num, "error": error}
        ) from error


# --- XLSX -------------------------------------------------------------------------------------------------


def _check_archive(data):
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise FileRefused(_broken_workbook()) from error
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_ZIP_MEMBERS or unpacked > MAX_UNPACKED_BYTES:
        raise FileRefused(
            _("Unpacked, the file is larger than %(megabytes)d MB. Save only this sheet, without pictures.")
            % {"megabytes": MAX_UNPACKED_BYTES // 1024**2}
        )


def _broken_workbook():
    return _("This XLSX file is broken, or no spreadsheet. Open it in your program and save it again.")


def _xlsx_lines(data):
    _check_archive(data)
    # Whatever a damaged or hostile workbook makes the reader raise means the same to the person who sent it.
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), start=1):
            yield number, [_text(cell) for cell in cells]
    except Exception as error:
        raise FileRefused(_broken_workbook()) from error


def _text(value):
    """Return a workbook's value as somebody would have typed it into a text cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# --- Writing ----------------------------------------------------------------------------------------------


def write_table(*, headings, rows, file_format):
    """Return the bytes of a CSV (UTF-8 with byte order mark) or XLSX file.

    ``rows``: lists of text in the order of ``headings``. Cells that could be taken for formulas are guarded.
    """
    lines = ([guard(writable(cell)) for cell in row] for row in [headings, *rows])
    return (_write_xlsx if file_format == XLSX else _write_csv)(lines)


def _write_csv(lines):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(lines)
    return stream.getvalue().encode("utf-8-sig")


def _write_xlsx(lines):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)
    for number, line in enumerate(lines):
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, value=text[:MAX_CELL_LENGTH])
            # A text stays text, whatever it looks like: a postcode keeps its zeros, "=1+1" is no formula.
            cell.data_type = "s"
            if number == 0:
                cell.font = bold
            cells.append(cell)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
