"""Files of any format we know, out and in, and many of them in a ZIP."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.utils.text import slugify
from django.utils.translation import gettext as _

from content.transfer import FileRefused
from translation.files.xml import MAX_BYTES, too_large

from .documents import Document
from .po import read_po, write_po
from .xliff import read_xliff, write_xliff

#: Of a ZIP: files in it, bytes of all files unpacked, units of one page.
MAX_FILES, MAX_UNPACKED, MAX_UNITS = 1_000, 50 * 1024 * 1024, 5_000
#: Bytes of an upload. A packed file of a page has about 3 KB.
MAX_UPLOAD = 10 * 1024 * 1024
#: What reading a damaged ZIP raises; an unknown way of packing is a ``NotImplementedError``.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)


@dataclass(frozen=True)
class ExchangeFormat:
    """``slug``: stable key. ``name``: what people call it. ``write``: takes a ``Document``, returns bytes."""

    slug: str
    name: str
    ending: str
    media_type: str
    write: Callable[[Document], bytes]


FORMATS = {
    each.slug: each
    for each in (
        ExchangeFormat("xliff", "XLIFF 2.1", ".xlf", "application/xliff+xml", write_xliff),
        ExchangeFormat("po", "PO (gettext)", ".po", "text/x-gettext-translation", write_po),
    )
}


@dataclass
class Received:
    """What a file brought. ``refused``: pairs of the name of a file in a ZIP and why it was not read."""

    documents: list[Document] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def write(document, file_format):
    """Return ``(file name, bytes)`` of a page in an ``ExchangeFormat``."""
    return file_name(document, file_format), file_format.write(document)


def file_name(document, file_format):
    """Return a name for the file of a page: its title, language, and enough of its key to be the only one."""
    title = slugify(document.title)[:60] or "page"
    return f"{title}.{document.page_key[:8]}.{document.language}{file_format.ending}"


def write_all(documents, file_format):
    """Return a ZIP with the file of each ``Document``: bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in documents:
            name, data = write(document, file_format)
            # Without the moment it was made, so that the same pages give the same file.
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read(data):
    """Return what a PO, XLIFF or ZIP file brings, as ``Received``.

    Raises ``FileRefused``, whose message says what is wrong with the file and how to mend it. In a ZIP, a file that
    cannot be read is refused by its name, and the others are read.
    """
    if zipfile.is_zipfile(io.BytesIO(data)) and data[:2] == b"PK":
        return _read_archive(data)
    return Received(documents=_read_one(data))


def _read_one(data):
    if len(data) > MAX_BYTES:
        raise FileRefused(too_large())
    # UTF-16 has its mark in front; both ways of writing "<" then begin with one of these.
    is_xml = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not is_xml and b"msgid" not in data:
        raise FileRefused(
            _("This is no PO, XLIFF or ZIP file. Send the file you downloaded here, filled in.")
        )
    documents = read_xliff(data) if is_xml else [read_po(data)]
    for document in documents:
        if len(document.units) > MAX_UNITS:
            raise FileRefused(_("The file has too many parts. Divide it into several files."))
    return documents


def _read_archive(data):
    if len(data) > MAX_UPLOAD:
        raise FileRefused(_("The ZIP file is too large. Divide it into several files."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
    except _DAMAGE as error:
        raise FileRefused(_damaged()) from error
    if len(members) > MAX_FILES:
        raise FileRefused(_("The ZIP file has too many files. Divide it into several."))
    for member in members:
        if _is_outside(member.filename):
            raise FileRefused(
                _(
                    "The ZIP file has a path in it that leads elsewhere: “%(name)s”. Pack the files again, without it."
                )
                % {"name": member.filename[:100]}
            )
    received, unpacked = Received(), 0
    for member in members:
        content = _unpacked(archive, member)
        unpacked += len(content)
        if unpacked > MAX_UNPACKED:
            raise FileRefused(_("The ZIP file is too large. Divide it into several files."))
        try:
            received.documents += _read_one(content)
        except FileRefused as error:
            received.refused.append((member.filename, " ".join(error.messages)))
    if not received.documents and not received.refused:
        raise FileRefused(_("There is no page in this file."))
    return received


def _unpacked(archive, member):
    """Return the bytes of a file in a ZIP; never more than allowed are unpacked, whatever it says of its size."""
    if member.flag_bits & 1:
        raise FileRefused(_("The ZIP file needs a password. Pack it without one."))
    try:
        with archive.open(member) as file:
            content = file.read(MAX_BYTES + 1)
    except _DAMAGE as error:
        raise FileRefused(_damaged()) from error
    if len(content) > MAX_BYTES:
        raise FileRefused(too_large())
    return content


def _is_outside(name):
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or not path.parts or ".." in path.parts or ":" in path.parts[0]


def _damaged():
    return _("The ZIP file is damaged. Pack it again.")
