"""Rules of Leichte Sprache, as hints: whether a text is easy only its readers can say.

The rules are those of Netzwerk Leichte Sprache, *Die Regeln für Leichte Sprache*: short sentences, each on a line of
its own; active voice; no subjunctive ("hätte, könnte, müsste, sollte, wäre, würde"), genitive, negation or
abbreviation; long words divided by a hyphen or a dot in the middle; numbers in digits. They name no numbers for
"short" and "long". Twelve words are the limit that this platform uses for sentences of Leichte Sprache
(``content.text_checks.readability``); words are long from 14 letters on, which "Warteliste" and "Nachmittag" are not
and "Gebärdensprache" is.
"""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.text_checks.readability import LIMITS
from content.text_checks.texts import Text, words_of

from .facts import SIMPLE
from .findings import warning
from .reading import Reading

_MOST_WORDS = LIMITS[SIMPLE].words
LONG_WORD = 14

_WERDEN = re.compile(r"\b(?:werden?|wirst|wird|werdet|wurden?|wurdest|wurdet|worden)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"\b(?:(?:ab|an|auf|aus|bei|durch|ein|fest|fort|frei|her|hin|los|mit|nach|teil|um|vor|weg|weiter|zu|zurück|zusammen)?"
    r"ge[a-zäöüß]{2,20}(?:t|en)|(?:be|emp|ent|er|miss|ver|zer|über|unter|wider)[a-zäöüß]{2,20}t|[a-zäöüß]{2,20}iert"
    r"|(?:be|ent|er|ver)(?:gonnen|trieben|nommen|boten|loren|sprochen|schieden|hoben|troffen|geben|lassen|fahren|zogen))\b"
)
# They begin and end like a participle, and are none.
_NO_PARTICIPLE = re.compile(
    r"ge(?:hen|ben|fallen|hören|lingen|schehen|statten|stalten|stehen|nießen|winnen|nügen|denken|brauchen|raten|gen"
    r"|rechten|meinsamen|nauen|wissen|legenheiten|biet|richt|schäft|setz|burt|sicht|bet|rät|halt|walt|stalt|wicht|samt"
    r"|gend|müt|schlecht|ht|bt|nau|st|rechtigkeit|hört|nügt|fällt|lingt|schieht|winnt|nießt|gensatz)\b"
    r"|(?:bereit|bekannt|erst|verwandt|beliebt|überhaupt|insgesamt|entfernt|verrückt|berühmt)\b"
)
_SUBJUNCTIVE = re.compile(
    r"\b(?:würde|hätte|wäre|könnte|müsste|sollte|dürfte|bräuchte|käme|ginge|gäbe)(?:n|st|t)?\b", re.IGNORECASE
)
_NEGATION = re.compile(
    r"\b(?:nicht|nichts|nie|niemals|niemand(?:en|em)?|nirgends|kein(?:e[mnrs]?)?|ohne)\b",
    re.IGNORECASE,
)
_GENITIVE = re.compile(
    r"\b(?:des|eines|meines|deines|seines|ihres|unseres|eures|Ihres)\s(?:[a-zäöüß]{2,20}en\s)?[A-ZÄÖÜ][\wäöüß-]{1,40}s\b"
)
_ABBREVIATION = re.compile(
    r"\b(?:z\.\s?B\.|d\.\s?h\.|u\.\s?a\.|i\.\s?d\.\s?R\.|o\.\s?ä\.|bzw\.|usw\.|etc\.|ca\.|evtl\.|ggf\.|inkl\.|Nr\.|Tel\.|Str\."
    r"|sog\.|vgl\.|max\.|mind\.|Std\.|Min\.|zzgl\.|Mo\.|Di\.|Mi\.|Do\.|Fr\.|Sa\.|So\.)"
)
_NUMBER_WORD = re.compile(
    r"\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn"
    r"|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend)\b",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(rf"(?<![\w·‧-])[^\W\d_]{{{LONG_WORD},80}}(?![\w·‧@.-]?[\w@])")


def plain_german(unit, source, target):
    """Find what the rules of Leichte Sprache advise against."""
    if unit.language != SIMPLE:
        return []
    found = [*_sentences(target), *_passive(target)]
    taken = [(token.start, token.end) for kind in ("url", "email") for token in target.tokens[kind]]
    for code, pattern, message in (
        (
            "simple_compound",
            _LONG_WORD,
            _(
                "“{words}” is long. Divide it with a hyphen, for example “Gebärden-Sprache”, or use a shorter word."
            ),
        ),
        (
            "simple_subjunctive",
            _SUBJUNCTIVE,
            _("“{words}” is hard to understand. Say what is, or what happens."),
        ),
        (
            "simple_negation",
            _NEGATION,
            _("“{words}” is easily missed. Can you say what is, instead of what is not?"),
        ),
        ("simple_genitive", _GENITIVE, _("“{words}” is hard to understand. Write it with “von”.")),
        ("simple_abbreviation", _ABBREVIATION, _("Not everybody knows “{words}”. Write the whole word.")),
        ("simple_number", _NUMBER_WORD, _("Write “{words}” in digits.")),
    ):
        for match in pattern.finditer(target.plain):
            if any(start <= match.start() < end for start, end in taken[:20]):
                continue
            found.append(warning(code, format_lazy(message, words=match[0]), target.span(*match.span())))
    return found


def crowded_lines(units):
    """Return the places of texts in Leichte Sprache in which several sentences share a line.

    A field of one line has no room for it.
    """
    return tuple(
        place
        for place, unit in enumerate(units)
        if unit.language == SIMPLE
        and not unit.is_single_line
        and any(
            len(Text(plain=line).sentences) > 1
            for line in Reading(unit.target, unit.language).plain.splitlines()
        )
    )


def _sentences(target):
    found = []
    position = 0
    for sentence in Text(plain=target.plain).sentences:
        position = target.plain.find(sentence, position)
        words = len(words_of(sentence))
        if words > _MOST_WORDS:
            message = format_lazy(
                _("This sentence has {words} words. Make two of it, with at most {limit} words each."),
                words=words,
                limit=_MOST_WORDS,
            )
            found.append(warning("simple_sentence", message, target.span(position, position + len(sentence))))
        position += len(sentence)
    return found


def _passive(target):
    found = []
    position = 0
    for sentence in Text(plain=target.plain).sentences:
        position = target.plain.find(sentence, position)
        auxiliary = _WERDEN.search(sentence)
        participle = auxiliary and next(
            (match for match in _PARTICIPLE.finditer(sentence) if not _NO_PARTICIPLE.match(match[0])), None
        )
        if participle:
            message = format_lazy(
                _("“{words}” does not say who does it. Write who does it: “We help you.”"),
                words=f"{auxiliary[0]} … {participle[0]}",
            )
            start = position + min(auxiliary.start(), participle.start())
            end = position + max(auxiliary.end(), participle.end())
            found.append(warning("simple_passive", message, target.span(start, end)))
        position += len(sentence)
    return found
