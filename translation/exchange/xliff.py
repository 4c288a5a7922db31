"""XLIFF: version 2.1 out (OASIS Standard, 13 February 2018), versions 1.2 and 2.0 to 2.2 in.

One page is one ``file`` element. Its ``id`` and ``original`` are the key of the page; the title is a note.
"""

from django.utils.translation import gettext as _

from content.transfer import FileRefused
from translation.files.xml import children, local_name, parse, text_of

from .documents import Document, ExchangeUnit, State, language_code
from .inline import from_xml, plain_xml, to_xml

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
#: Of a unit in XLIFF 2.1: what is outdated is "initial", so that programs show it as work to do.
_STATES = {
    State.MISSING: "initial",
    State.OUTDATED: "initial",
    State.UNFINISHED: "initial",
    State.DRAFT: "translated",
    State.APPROVED: "final",
}
#: States in which a translation was never looked at. Many programs leave them as they are while people write.
_INITIAL = frozenset({"initial", "new"})
#: States of XLIFF 1.2 that somebody sets when a translation is not ready.
_UNFINISHED = frozenset({"needs-translation", "needs-adaptation", "needs-l10n"})
_APPROVED = frozenset({"final", "signed-off"})
_PREVIOUS, _PLACE, _TITLE = "previous-source", "place", "title"


def write_xliff(document):
    """Return a ``Document`` as XLIFF 2.1: bytes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{NAMESPACE}" version="2.1" srcLang="{plain_xml(document.source_language)}"'
        f' trgLang="{plain_xml(document.language)}">',
        f'<file id="{plain_xml(document.page_key)}" original="{plain_xml(document.page_key)}" xml:space="preserve">',
        f'<notes><note category="{_TITLE}">{plain_xml(document.title)}</note></notes>',
        *(_unit(unit) for unit in document.units),
        "</file>",
        "</xliff>",
        "",
    ]
    return "\n".join(lines).encode()


def _unit(unit):
    notes = "".join(
        f'<note category="{category}">{plain_xml(text)}</note>'
        for category, text in ((_PLACE, unit.note), (_PREVIOUS, unit.previous))
        if text
    )
    target = f"<target>{to_xml(unit.target)}</target>" if unit.target else ""
    return (
        f'<unit id="{plain_xml(unit.id)}">{f"<notes>{notes}</notes>" if notes else ""}'
        f'<segment state="{_STATES[unit.state]}"><source>{to_xml(unit.source)}</source>{target}</segment></unit>'
    )


def read_xliff(data):
    """Return the ``Document`` objects of an XLIFF file, one for each page. Raises ``FileRefused``."""
    root = parse(data, roots=("xliff",), name="XLIFF")
    version = root.get("version", "")
    if version.startswith("2."):
        documents = [_document_of_two(root, file) for file in children(root, "file")]
    elif version in ("1.2", "1.1", "1.0"):
        documents = [_document_of_one(file) for file in children(root, "file")]
    else:
        raise FileRefused(
            _("XLIFF in version “%(version)s” cannot be read. Save it in version 1.2 or 2.1.")
            % {"version": version[:20]}
        )
    if not documents:
        raise FileRefused(_("There is no page in this file."))
    return documents


def _document_of_two(root, file):
    notes = _notes(file)
    return Document(
        page_key=_key(file),
        title=notes.get(_TITLE, ""),
        source_language=language_code(root.get("srcLang", "")),
        language=language_code(root.get("trgLang", "")),
        units=[_unit_of_two(unit) for unit in _units(file, "unit")],
    )


def _key(file):
    return (file.get("original") or file.get("id") or "").strip()


def _units(file, name):
    """Return the units of a file in their order, those in groups as well."""
    found, waiting = [], [file]
    while waiting:
        element = waiting.pop()
        if local_name(element) == name:
            found.append(element)
        elif local_name(element) in ("file", "body", "group"):
            waiting += reversed(list(element))
    return found


def _notes(element):
    """Return ``{category: text}`` of the notes of a file or unit; those without a category are places."""
    return {
        note.get("category") or _PLACE: text_of(note)
        for holder in children(element, "notes")
        for note in children(holder, "note")
    }


def _unit_of_two(unit):
    notes = _notes(unit)
    sources, targets, states = [], [], []
    for part in children(unit, "segment", "ignorable"):
        source, target = _first(part, "source"), _first(part, "target")
        sources.append(source)
        # What lies between segments need not be repeated.
        targets.append(source if target is None and local_name(part) == "ignorable" else target)
        if local_name(part) == "segment":
            states.append(part.get("state", ""))
    is_whole = bool(targets) and None not in targets
    target = "".join(map(from_xml, targets)) if is_whole else ""
    return ExchangeUnit(
        id=unit.get("id", ""),
        source="".join(from_xml(source) for source in sources if source is not None),
        target=target,
        state=_state(target, states),
        note=notes.get(_PLACE, ""),
        previous=notes.get(_PREVIOUS, ""),
    )


def _document_of_one(file):
    return Document(
        page_key=_key(file),
        title="",
        source_language=language_code(file.get("source-language", "")),
        language=language_code(file.get("target-language", "")),
        units=[_unit_of_one(unit) for unit in _units(file, "trans-unit")],
    )


def _unit_of_one(unit):
    source, target = _first(unit, "source"), _first(unit, "target")
    text = from_xml(target) if target is not None else ""
    states = [target.get("state", "")] if target is not None else []
    notes = [text_of(note) for note in children(unit, "note")]
    return ExchangeUnit(
        id=unit.get("resname") if ":" in unit.get("resname", "") else unit.get("id", ""),
        source=from_xml(source) if source is not None else "",
        target=text,
        state=_state(text, states),
        note=notes[0] if notes else "",
    )


def _first(element, name):
    return next(iter(children(element, name)), None)


def _state(target, states):
    if not target:
        return State.MISSING
    if any(state in _UNFINISHED for state in states):
        return State.UNFINISHED
    if any(state in _INITIAL for state in states):
        return State.OUTDATED
    return State.APPROVED if states and all(state in _APPROVED for state in states) else State.DRAFT
