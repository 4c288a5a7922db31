"""PO files as GNU gettext writes them (gettext manual, section "The Format of PO Files"), through polib.

``msgctxt`` is the unit's id, an extracted comment says where the sentence stands, ``fuzzy`` marks what was made for
another wording, and ``#|`` has that wording.
"""

import re

import polib
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from content.transfer import FileRefused

from .documents import Document, ExchangeUnit, State, language_code

_KEY, _TITLE, _SOURCE = "X-Mitmischen-Page", "X-Mitmischen-Title", "X-Source-Language"
# polib takes them for ends of lines, as Python does; gettext does not.
_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_STAND_INS = "\U000f0000\U000f0001\U000f0002\U000f0003\U000f0004\U000f0005\U000f0006\U000f0007"
_HIDDEN, _SHOWN = str.maketrans(_LINE_ENDS, _STAND_INS), str.maketrans(_STAND_INS, _LINE_ENDS)
_CHARSET = re.compile(rb"charset=([\w.-]{1,40})", re.IGNORECASE)
_KNOWN_CHARSETS = re.compile(
    r"(?:utf-?8|us-ascii|ascii|iso-?8859-\d{1,2}|(?:windows-|cp)125\d|koi8-[ru])\Z", re.IGNORECASE
)
_HEAD = 4_000


def write_po(document):
    """Return a ``Document`` as a PO file: bytes."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": "Mitmischen",
        # Filled in by the program that somebody translates with; gettext misses them when they are not there.
        "PO-Revision-Date": "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": to_locale(document.language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _SOURCE: document.source_language,
        _KEY: document.page_key,
        _TITLE: " ".join(document.title.split()),
    }
    for unit in document.units:
        file.append(
            polib.POEntry(
                msgctxt=unit.id,
                msgid=unit.source,
                msgstr=unit.target,
                comment=" ".join(unit.note.split()),
                flags=["fuzzy"] if unit.state in (State.OUTDATED, State.UNFINISHED) else [],
                previous_msgid=unit.previous or None,
            )
        )
    return (str(file).rstrip("\n") + "\n").encode()


def read_po(data):
    """Return the ``Document`` of a PO file. Raises ``FileRefused``."""
    text = _decoded(data)
    if "msgid" not in text or "\x00" in text:
        raise FileRefused(_("This is no %(format)s file.") % {"format": "PO"})
    try:
        file = polib.pofile(text.translate(_HIDDEN))
    except (OSError, ValueError, IndexError, AttributeError) as error:
        line = re.search(r"line (\d{1,9})", str(error))
        raise FileRefused(
            _("The file is damaged in line %(line)d. Save it again in the program that it comes from.")
            % {"line": int(line[1]) if line else 1}
        ) from error
    metadata = {name.lower(): value for name, value in file.metadata.items()}
    return Document(
        page_key=metadata.get(_KEY.lower(), "").strip(),
        title=_shown(metadata.get(_TITLE.lower(), "")),
        source_language=language_code(metadata.get(_SOURCE.lower(), settings.LANGUAGE_CODE)),
        language=language_code(metadata.get("language", "")),
        units=[_unit(entry) for entry in file if not entry.obsolete],
    )


def _decoded(data):
    match = _CHARSET.search(data[:_HEAD])
    charset = match[1].decode() if match else "utf-8"
    if not _KNOWN_CHARSETS.match(charset):
        charset = "utf-8"
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise FileRefused(
            _("The letters of the file cannot be read. Save it with the encoding UTF-8.")
        ) from error


def _unit(entry):
    target = _shown(entry.msgstr)
    if not target:
        state = State.MISSING
    else:
        state = State.UNFINISHED if "fuzzy" in entry.flags else State.DRAFT
    return ExchangeUnit(
        id=entry.msgctxt or "",
        source=_shown(entry.msgid),
        target=target,
        state=state,
        note=_shown(entry.comment),
        previous=_shown(entry.previous_msgid or ""),
    )


def _shown(text):
    return text.translate(_SHOWN)
