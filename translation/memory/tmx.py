"""The memory of one language as TMX 1.4b, the format in which translation programs exchange theirs.

Tags of marked text are ``bpt``, ``ept`` and ``ph``; other programs' tags come in as the same. Whoever approved a
translation is not written out. Format: LISA OSCAR, "TMX 1.4b Specification", 2005.
"""

import datetime
from collections import Counter
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from content.transfer import FileRefused
from translation.files.plans import Plan
from translation.files.services import FileFormat
from translation.files.xml import children, language_of, local_name, parse, text_of
from translation.placeholders import MARK

from .models import MOST_CHARACTERS, MemoryUnit, UnitOrigin
from .services import add_units, identity, known_identities, unit_of

#: Translations of one file. A file of the largest size that is read holds about as many.
MOST_RECORDS = 20_000
_MOMENT = "%Y%m%dT%H%M%SZ"
_CONTEXT = "x-context"
_HEADER = {
    "creationtool": "Mitmischen",
    "creationtoolversion": "1",
    "segtype": "sentence",
    "o-tmf": "Mitmischen",
    "adminlang": "en",
    "datatype": "plaintext",
}


# --- Out ----------------------------------------------------------------------------------------------------


def write(locale):
    """Return the memory of ``locale`` as a TMX file: bytes."""
    units = MemoryUnit.objects.remembered(locale).order_by("source", "-approved_at", "pk")
    out = BytesIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.ignorableWhitespace('<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n')
    xml.startElement("tmx", {"version": "1.4"})
    xml.addQuickElement("header", attrs={**_HEADER, "srclang": settings.LANGUAGE_CODE})
    xml.startElement("body", {})
    for unit in units.iterator(chunk_size=2000):
        _write_unit(xml, unit, locale)
    xml.endElement("body")
    xml.endElement("tmx")
    xml.endDocument()
    return out.getvalue()


def _write_unit(xml, unit, locale):
    moment = unit.approved_at.astimezone(datetime.UTC).strftime(_MOMENT)
    xml.startElement("tu", {"changedate": moment})
    if unit.context:
        xml.addQuickElement("prop", unit.context, {"type": _CONTEXT})
    for code, marked in ((unit.source_language, unit.source), (locale.language_code, unit.target)):
        xml.startElement("tuv", {"xml:lang": code})
        xml.startElement("seg", {})
        _write_text(xml, marked)
        xml.endElement("seg")
        xml.endElement("tuv")
    xml.endElement("tu")
    xml.ignorableWhitespace("\n")


def _write_text(xml, marked):
    tags, position = _whole_tags(marked), 0
    for match in MARK.finditer(marked):
        number = match["number"]
        if number not in tags:
            continue
        xml.characters(marked[position : match.start()])
        position = match.end()
        if match["empty"]:
            xml.addQuickElement("ph", match.group(), {"x": number})
        elif match["close"]:
            xml.addQuickElement("ept", match.group(), {"i": number})
        else:
            xml.addQuickElement("bpt", match.group(), {"i": number, "x": number})
    xml.characters(marked[position:])


def _whole_tags(marked):
    """Return the numbers that open and close once, or stand alone once; all others are words of the text."""
    forms = {}
    for match in MARK.finditer(marked):
        form = "close" if match["close"] else ("empty" if match["empty"] else "open")
        if match["close"] and match["empty"]:
            form = "no tag"
        forms.setdefault(match["number"], []).append(form)
    return {number for number, found in forms.items() if found in (["open", "close"], ["empty"])}


# --- In -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Record:
    """One translation of a file; marked texts."""

    source: str
    target: str
    context: str
    approved_at: datetime.datetime


def plan(data, locale):
    """Return the ``Plan`` of a TMX file for the memory of ``locale``. Raises ``FileRefused``."""
    body = children(parse(data, roots={"tmx"}, name="TMX"), "body")
    elements = children(body[0], "tu") if body else []
    if not elements:
        raise FileRefused(_("The file holds no translations."))
    if len(elements) > MOST_RECORDS:
        raise FileRefused(
            _("The file holds more than %(most)d translations. Divide it into several files.")
            % {"most": MOST_RECORDS}
        )
    found = Plan()
    records = {}
    for number, element in enumerate(elements, start=1):
        record = _record(element, number, locale, found)
        if record is not None:
            unit = _unit(record, locale)
            if identity(unit) in records:
                found.same += 1
            else:
                records[identity(unit)] = record
    known = known_identities([_unit(record, locale) for record in records.values()])
    found.same += len(known)
    found.new = [record for key, record in records.items() if key not in known]
    return found


def apply(found, locale, user):
    """Put what is new in the ``Plan`` ``found`` into the memory; it never stands before what was approved later."""
    add_units([_unit(record, locale, user) for record in found.new])


def _unit(record, locale, user=None):
    return unit_of(
        locale=locale,
        source=record.source,
        target=record.target,
        context=record.context,
        approved_at=record.approved_at,
        origin=UnitOrigin.FILE,
        user=user,
    )


def _record(element, number, locale, found):
    """Return the ``Record`` in a ``tu``, or None after noting in ``found`` why there is none."""
    texts = {}
    for variant in children(element, "tuv"):
        code, segments = language_of(variant), children(variant, "seg")
        if code is not None and segments:
            texts.setdefault(code, _marked(segments[0]))
    source, target = (
        texts.get(settings.LANGUAGE_CODE, "").strip(),
        texts.get(locale.language_code, "").strip(),
    )
    shown = source or next((text.strip() for text in texts.values() if text.strip()), "")
    if not source:
        found.refuse(number, shown, _("There is no text in the language of the originals."))
    elif not target:
        found.refuse(
            number,
            shown,
            _("There is no text in this language: %(language)s.") % {"language": locale.get_display_name()},
        )
    elif max(len(source), len(target)) > MOST_CHARACTERS:
        found.refuse(
            number, shown, _("The text is longer than %(most)d characters.") % {"most": MOST_CHARACTERS}
        )
    elif _unit(Record(source, target, "", timezone.now()), locale) is None:
        found.refuse(number, shown, _("There is nothing in the text that could be shown."))
    else:
        return Record(source, target, _context(element), _moment(element))
    return None


def _context(element):
    return next(
        (text_of(prop).strip() for prop in children(element, "prop") if prop.get("type") == _CONTEXT), ""
    )


def _moment(element):
    """Return when the translation was made; the epoch where nothing is told, or a time to come.

    What says nothing of itself stands behind all others.
    """
    for name in ("changedate", "creationdate"):
        try:
            told = datetime.datetime.strptime(element.get(name, ""), _MOMENT).replace(tzinfo=datetime.UTC)
        except ValueError:
            continue
        if told < timezone.now():
            return told
    return datetime.datetime.fromtimestamp(0, tz=datetime.UTC)


def _marked(segment):
    """Return the text of a ``seg`` with its tags as numbers."""
    taken = _numbers_in(segment)
    numbers, parts = {}, []

    def number_of(key, wanted):
        if key in numbers:
            return numbers[key]
        if wanted is None or wanted in numbers.values():
            wanted = next(free for free in range(1, len(taken) + len(numbers) + 2) if free not in taken)
        taken[wanted] += 1
        numbers[key] = wanted
        return wanted

    def walk(element):
        parts.append(element.text or "")
        for child in element:
            name = local_name(child)
            if name == "hi":
                walk(child)
            elif name in ("bpt", "ept"):
                number = number_of(("i", child.get("i")), _own_number(child))
                parts.append(f"</{number}>" if name == "ept" else f"<{number}>")
            elif name in ("ph", "it", "ut"):
                parts.append(f"<{number_of(('alone', len(numbers)), _own_number(child))}/>")
            parts.append(child.tail or "")

    walk(segment)
    return "".join(parts)


def _own_number(element):
    """Return the number that ``x`` gives to a tag, the same in all languages, or None."""
    told = element.get("x", "")
    return int(told) if told.isascii() and told.isdigit() and 0 < int(told) < 1000 else None


def _numbers_in(segment):
    """Return the numbers that other tags must not get: those given by ``x``, and those the text says itself."""
    said = "".join(
        [segment.text or "", *(f"\n{child.tail or ''}" for child in segment.iter() if child is not segment)]
    )
    taken = Counter(int(match["number"]) for match in MARK.finditer(said))
    taken.update(number for child in segment.iter() if (number := _own_number(child)) is not None)
    return taken


TMX = FileFormat(
    slug="tmx", name="TMX", media_type="application/x-tmx+xml", write=write, plan=plan, apply=apply
)
