"""What is said about sentences: what has to be mended before they are handed in, and what is worth another look."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from translation.glossary.models import Rule
from translation.glossary.selectors import terms_in
from translation.placeholders import Broken, to_html
from translation.quality import Finding, Level, Term, Unit, check_unit
from translation.segments import markup_error

from .models import Origin


def findings_in(line, language, terms=()):
    """Return the ``Finding`` objects about one ``Line`` in ``language``, errors first; none for an empty one.

    ``terms``: glossary terms that stand in its source.
    """
    if not line.target:
        return []
    unit = Unit(
        source=line.source,
        target=line.target,
        source_language=settings.LANGUAGE_CODE,
        language=language,
        limit=line.limit,
        terms=tuple(terms),
        is_single_line=line.is_single_line,
    )
    return [*_about_drafts(line), *check_unit(unit)]


def _about_drafts(line):
    try:
        wrong = markup_error(line.sentence, to_html(line.target, line.sentence.text))
    except Broken:
        # Found by the checks of every sentence, with the places.
        wrong = None
    if wrong is not None:
        yield Finding("markup", Level.ERROR, wrong)
    if line.is_pending and line.is_outdated:
        message = _("The original has changed since. Look at what is new, and save the sentence again.")
        yield Finding("outdated", Level.ERROR, message)
    if line.is_pending and line.origin == Origin.MACHINE:
        message = _("A machine wrote this, and nobody has read it. Read it, and save it.")
        yield Finding("machine", Level.ERROR, message)


def terms_for_checks(hits):
    """Return what the checks want to know of the glossary's ``hits`` in a sentence; suggestions are no rules."""
    return [
        Term(hit.term.source, hit.term.target, hit.term.rule)
        for hit in hits
        if hit.term.rule != Rule.SUGGESTED
    ]


def errors_of(lines, *, scope_key):
    """Return ``{segment id: [message]}`` of the drafts among ``lines`` that have to be mended first.

    ``scope_key``: the region's, whose glossary holds. What was approved is not judged anew. One query.
    """
    language = lines.locale.language_code
    hits = terms_in({line.source for line in lines.pending}, lines.locale, region_key=scope_key)
    found = {}
    for line in lines.pending:
        findings = findings_in(line, language, terms_for_checks(hits[line.source]))
        messages = [finding.message for finding in findings if finding.level is Level.ERROR]
        if messages:
            found[line.pk] = messages
    return found
