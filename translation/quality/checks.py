"""All checks, in the order their findings are shown."""

from collections import defaultdict

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.text_checks.texts import shortened
from translation.placeholders import plain

from .directions import directions
from .facts import contact_facts, dates_and_numbers, months
from .findings import Finding, Level
from .plain_german import crowded_lines, plain_german
from .reading import Reading
from .tags import tags
from .terms import terms
from .wording import (
    doubled_words,
    end_mark,
    length,
    marks,
    scripts,
    sentences,
    spaces,
    unchanged,
)


def _facts(unit, source, target):
    return [*contact_facts(source, target), *dates_and_numbers(source, target), *months(source, target)]


#: Each takes the unit and the ``Reading`` objects of its source and target, and returns a list of findings.
CHECKS = (
    tags,
    _facts,
    terms,
    length,
    sentences,
    unchanged,
    end_mark,
    marks,
    spaces,
    doubled_words,
    scripts,
    directions,
    plain_german,
)


def check_unit(unit):
    """Return the ``Finding`` objects about one sentence, errors first; none where there is no translation."""
    if not plain(unit.target).strip():
        return []
    source, target = Reading(unit.source, unit.source_language), Reading(unit.target, unit.language)
    found = [finding for check in CHECKS for finding in check(unit, source, target)]
    return sorted(found, key=lambda finding: finding.level is not Level.ERROR)


def check_page(units):
    """Return the ``Finding`` objects about the sentences of a page together; all of them are warnings.

    ``units``: all sentences of the page, in their order. Those without a translation are found missing.
    """
    found = []
    missing = tuple(place for place, unit in enumerate(units) if not unit.target.strip())
    if missing:
        message = format_lazy(
            _(
                "Sentences without a translation: {count}. Readers see the original there, for example: “{words}”"
            ),
            count=len(missing),
            words=shortened(plain(units[missing[0]].source)),
        )
        found.append(Finding("missing", Level.WARNING, message, units=missing))
    by_source, by_target = defaultdict(list), defaultdict(list)
    for place, unit in enumerate(units):
        if unit.target.strip():
            by_source[unit.source.strip()].append(place)
            by_target[unit.target.strip()].append(place)
    for source, places in by_source.items():
        if len({units[place].target.strip() for place in places}) > 1:
            message = format_lazy(
                _("“{words}” is translated in different ways on this page. Is that meant?"),
                words=shortened(plain(source)),
            )
            found.append(Finding("inconsistent", Level.WARNING, message, units=tuple(places)))
    for target, places in by_target.items():
        if len({units[place].source.strip() for place in places}) > 1:
            message = format_lazy(
                _("“{words}” is the translation of different sentences. Is it in the right place?"),
                words=shortened(plain(target)),
            )
            found.append(Finding("doubled", Level.WARNING, message, units=tuple(places)))
    crowded = crowded_lines(units)
    if crowded:
        message = format_lazy(
            _(
                "Paragraphs with several sentences: {count}. In Leichte Sprache each sentence stands on a line of its "
                "own. Ask the authors to divide the original into short paragraphs."
            ),
            count=len(crowded),
        )
        found.append(Finding("simple_lines", Level.WARNING, message, units=crowded))
    return found
