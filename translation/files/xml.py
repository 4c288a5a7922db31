"""Reads XML that may come from anybody.

Entities and references to other files are refused, and so is what is too large, too deep or has too many parts. A
document type as such is taken, because many programs write one; it is never fetched.
"""

from xml.etree.ElementTree import TreeBuilder  # noqa: S405  (only builds; defusedxml reads)
from xml.parsers.expat import errors as expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from django.conf import settings
from django.utils.translation import gettext as _

from content.transfer import FileRefused

MAX_BYTES = 5 * 1024 * 1024
#: Parts of a file, and how deep they lie in each other. Ours have fewer than 20 per translation and 8 levels.
MAX_ELEMENTS, MAX_DEPTH = 400_000, 40

LANGUAGE_ATTRIBUTES = ("{http://www.w3.org/XML/1998/namespace}lang", "lang")
_ENCODING_ERRORS = {
    expat.codes[text]
    for text in (
        expat.XML_ERROR_UNKNOWN_ENCODING,
        expat.XML_ERROR_INCORRECT_ENCODING,
        expat.XML_ERROR_PARTIAL_CHAR,
    )
}


class _Bounded(TreeBuilder):
    """Builds a tree of bounded size."""

    def __init__(self):
        super().__init__()
        self.elements = self.depth = 0

    def start(self, tag, attrs):
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise FileRefused(_("The file has too many parts. Divide it into several files."))
        return super().start(tag, attrs)

    def end(self, tag):
        self.depth -= 1
        return super().end(tag)


def too_large():
    """Return what to do about a file that is too large."""
    return _("The file is larger than %(megabytes)d MB. Divide it into several files.") % {
        "megabytes": MAX_BYTES // 1024**2
    }


def parse(data, *, roots, name):
    """Return the root element of the XML in ``data`` (bytes).

    ``roots``: local names that it may have; ``name``: what people call the format. Raises ``FileRefused``, whose
    message says what is wrong and how to mend it.
    """
    if len(data) > MAX_BYTES:
        raise FileRefused(too_large())
    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        root = parser.close()
    except DefusedXmlException as error:
        raise FileRefused(
            _("The file defines entities, or refers to other files. Save it without a document type.")
        ) from error
    except ParseError as error:
        raise FileRefused(_fault(error, data, name)) from error
    except (LookupError, ValueError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(_unreadable_letters()) from error
    if root is None or local_name(root) not in roots:
        raise FileRefused(_("This is no %(format)s file.") % {"format": name})
    return root


def _fault(error, data, name):
    line = error.position[0]
    if error.code in _ENCODING_ERRORS or (
        error.code == expat.codes[expat.XML_ERROR_INVALID_TOKEN] and not _is_utf8(data)
    ):
        return _unreadable_letters()
    if b"<" not in data:
        return _("This is no %(format)s file.") % {"format": name}
    return _("The file is damaged in line %(line)d. Save it again in the program that it comes from.") % {
        "line": line
    }


def _unreadable_letters():
    return _("The letters of the file cannot be read. Save it with the encoding UTF-8.")


def _is_utf8(data):
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def local_name(element):
    """Return the name of ``element`` without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element, *names):
    """Return the children of ``element`` with these local names."""
    return [child for child in element if local_name(child) in names]


def text_of(element):
    """Return all text in ``element``, in one piece."""
    return "".join(element.itertext())


def language_of(element):
    """Return the code from the language table that the ``xml:lang`` of ``element`` means, or None.

    "de-DE" and "DE_de" are "de"; "de-simple" is itself.
    """
    tag = next((element.get(name) for name in LANGUAGE_ATTRIBUTES if element.get(name)), "")
    tag = tag.strip().replace("_", "-").lower()
    codes = {row.code.lower(): row.code for row in settings.LANGUAGE_TABLE}
    return codes.get(tag) or codes.get(tag.split("-")[0])
