"""The glossary of one language as TBX-Basic, the format in which programs exchange terms.

Written as ISO 30042:2008 ("martif"), which most programs read; read in that form and in that of ISO 30042:2019
("tbx"), where data categories may be elements of their own. A rule is the ``administrativeStatus`` of the term in the
translation: preferred is required, admitted suggested, deprecated or superseded forbidden. A preferred term that is
what it is in the original is not translated.
"""

from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from content.transfer import FileRefused
from translation.files.plans import Plan
from translation.files.services import FileFormat
from translation.files.xml import children, language_of, local_name, parse, text_of

from .models import Rule, Term
from .selectors import regions
from .services import MOST_TERMS, check, fill, folded_key

#: Entries of one file: as many as a glossary holds, and as many again that are there already or are refused.
MOST_ENTRIES = 2 * MOST_TERMS
_STATUS = {
    Rule.REQUIRED: "preferredTerm-admn-sts",
    Rule.KEEP: "preferredTerm-admn-sts",
    Rule.SUGGESTED: "admittedTerm-admn-sts",
    Rule.FORBIDDEN: "deprecatedTerm-admn-sts",
}
#: How the words of a status begin, in the standard and in other programs.
_RULES = (
    ("preferred", Rule.REQUIRED),
    ("admitted", Rule.SUGGESTED),
    ("deprecated", Rule.FORBIDDEN),
    ("superseded", Rule.FORBIDDEN),
    ("forbidden", Rule.FORBIDDEN),
    ("obsolete", Rule.FORBIDDEN),
)
_ENTRY, _LANGUAGE, _TERM = ("termEntry", "conceptEntry"), ("langSet", "langSec"), ("tig", "ntig", "termSec")


# --- Out ----------------------------------------------------------------------------------------------------


def write(locale):
    """Return the glossary of ``locale`` as a TBX file: bytes."""
    titles = dict(regions())
    out = BytesIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("martif", {"type": "TBX-Basic", "xml:lang": settings.LANGUAGE_CODE})
    _nested(xml, ("martifHeader", "fileDesc", "sourceDesc", "p"), "Mitmischen")
    xml.startElement("text", {})
    xml.startElement("body", {})
    for term in Term.objects.filter(locale=locale):
        # What holds for a region that is gone holds nowhere.
        if not term.region_key or term.region_key in titles:
            _write_term(xml, term, locale, titles)
    xml.endElement("body")
    xml.endElement("text")
    xml.endElement("martif")
    xml.endDocument()
    return out.getvalue()


def _nested(xml, names, text):
    for name in names:
        xml.startElement(name, {})
    xml.characters(text)
    for name in reversed(names):
        xml.endElement(name)


def _write_term(xml, term, locale, titles):
    xml.startElement("termEntry", {"id": f"t{term.pk}"})
    xml.startElement("langSet", {"xml:lang": settings.LANGUAGE_CODE})
    _nested(xml, ("tig", "term"), term.source)
    xml.endElement("langSet")
    xml.startElement("langSet", {"xml:lang": locale.language_code})
    xml.startElement("tig", {})
    xml.addQuickElement("term", term.target)
    xml.addQuickElement("termNote", _STATUS[term.rule], {"type": "administrativeStatus"})
    if term.region_key in titles:
        xml.addQuickElement("admin", titles[term.region_key], {"type": "projectSubset"})
    if term.note:
        xml.addQuickElement("note", term.note)
    xml.endElement("tig")
    xml.endElement("langSet")
    xml.endElement("termEntry")
    xml.ignorableWhitespace("\n")


# --- In -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A term as it is to be. ``term_id``: the term that becomes it, None for a new one."""

    source: str
    target: str
    rule: str
    note: str
    region_key: str
    term_id: int | None = None

    def get_rule_display(self):
        """Return the rule in words, as a ``Term`` does."""
        return Rule(self.rule).label


@dataclass(frozen=True)
class _Said:
    """What an entry says of one term. ``rule`` is empty where it says nothing."""

    source: str
    target: str
    rule: str
    note: str
    region: str


def plan(data, locale):
    """Return the ``Plan`` of a TBX file for the glossary of ``locale``. Raises ``FileRefused``."""
    root = parse(data, roots={"martif", "tbx"}, name="TBX")
    entries = [element for element in root.iter() if local_name(element) in _ENTRY]
    if not entries:
        raise FileRefused(_("The file holds no terms."))
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(
            _("The file holds more than %(most)d terms. Divide it into several files.")
            % {"most": MOST_ENTRIES}
        )
    return _Planner(locale).plan(entries)


class _Planner:
    """Compares what a file says with a glossary."""

    def __init__(self, locale):
        self.locale = locale
        self.found = Plan()
        self.keys = {title: key for key, title in regions()}
        terms = list(Term.objects.filter(locale=locale))
        self.room = MOST_TERMS - len(terms)
        self.by_source = {}
        for term in terms:
            self.by_source.setdefault((term.region_key, term.source_key), []).append(term)
        self.seen = set()

    def plan(self, entries):
        for number, entry in enumerate(entries, start=1):
            said = _said_in(entry, self.locale)
            if not said:
                self.found.refuse(number, _words_of(entry), self._why_nothing(entry))
            for each in said:
                try:
                    self._take(each)
                except ValidationError as error:
                    self.found.refuse(number, each.source, " ".join(error.messages))
        return self.found

    def _why_nothing(self, entry):
        if not _terms_in(entry, settings.LANGUAGE_CODE):
            return _("There is no word in the language of the originals.")
        return _("There is no word in this language: %(language)s.") % {
            "language": self.locale.get_display_name()
        }

    def _take(self, said):
        if said.region and said.region not in self.keys:
            raise ValidationError(_("There is no region “%(region)s” here.") % {"region": said.region})
        region_key = self.keys.get(said.region, "")
        beside = self.by_source.setdefault((region_key, folded_key(said.source)), [])
        there = next((term for term in beside if term.target_key == folded_key(said.target)), None)
        term = fill(
            Term(),
            locale=self.locale,
            source=said.source,
            target=said.target,
            # What the file does not say stays as it is.
            rule=said.rule or (there.rule if there else Rule.SUGGESTED),
            note=said.note or (there.note if there else ""),
            region_key=region_key,
        )
        key = (region_key, term.source_key, term.target_key)
        if key in self.seen:
            raise ValidationError(_("It stands in the file twice."))
        check(term, others=[other for other in beside if other is not there])
        if there is None and self.room <= 0:
            raise ValidationError(
                _("The glossary is full: it holds %(most)d terms. Delete what nobody needs.")
                % {"most": MOST_TERMS}
            )
        self.seen.add(key)
        row = Row(term.source, term.target, term.rule, term.note, region_key, there.pk if there else None)
        if there is None:
            self.room -= 1
            beside.append(term)
            self.found.new.append(row)
        elif row == Row(there.source, there.target, there.rule, there.note, region_key, there.pk):
            self.found.same += 1
        else:
            beside[beside.index(there)] = term
            self.found.changed.append(row)


def apply(found, locale, user):
    """Write the ``Plan`` ``found`` into the glossary of ``locale``."""

    def term_of(row):
        return fill(
            Term(pk=row.term_id),
            locale=locale,
            source=row.source,
            target=row.target,
            rule=row.rule,
            note=row.note,
            region_key=row.region_key,
        )

    Term.objects.bulk_create([term_of(row) for row in found.new], batch_size=500)
    Term.objects.bulk_update(
        [term_of(row) for row in found.changed],
        ["source", "source_key", "target", "target_key", "rule", "note"],
        batch_size=500,
    )


def _terms_in(entry, code):
    """Return the elements that hold one term each, of all sections of ``entry`` in the language ``code``."""
    return [
        section
        for language in children(entry, *_LANGUAGE)
        if language_of(language) == code
        for section in children(language, *_TERM)
        if _word_of(section)
    ]


def _word_of(section):
    term = next((element for element in section.iter() if local_name(element) == "term"), None)
    return " ".join(text_of(term).split()) if term is not None else ""


def _words_of(entry):
    return next((text_of(each) for each in entry.iter() if local_name(each) == "term"), "")


def _said_in(entry, locale):
    sources = [_word_of(section) for section in _terms_in(entry, settings.LANGUAGE_CODE)]
    targets = _terms_in(entry, locale.language_code)
    common = _note_of(entry)
    said = [
        _Said(source, _word_of(section), _rule_of(section), _note_of(section) or common, _region_of(section))
        for source in sources
        for section in targets
    ]
    if not targets and _is_not_translated(entry):
        said = [_Said(source, source, Rule.KEEP, common, _region_of(entry)) for source in sources]
    return said


def _facts(section):
    """Return ``[(data category, text)]`` of a section, apart from those of other languages and terms in it."""
    found = []
    for child in section:
        name = local_name(child)
        if name in (*_LANGUAGE, *_TERM, "term"):
            continue
        if len(child) and name in ("termGrp", "descripGrp", "adminGrp", "termNoteGrp"):
            found += _facts(child)
        else:
            found.append((child.get("type") or name, " ".join(text_of(child).split())))
    return found


def _fact(section, *names):
    return next((text for name, text in _facts(section) if name in names and text), "")


def _rule_of(section):
    status = _fact(section, "administrativeStatus").lower()
    return next((rule for word, rule in _RULES if status.startswith(word)), "")


def _note_of(section):
    return _fact(section, "note") or _fact(section, "definition")


def _region_of(section):
    return _fact(section, "projectSubset")


def _is_not_translated(entry):
    return _fact(entry, "Translation needed").lower() == "no"


TBX = FileFormat(
    slug="tbx", name="TBX", media_type="application/x-tbx+xml", write=write, plan=plan, apply=apply
)
