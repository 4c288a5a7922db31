"""What stands beside a sentence to help: what was said before, and the words that the glossary has."""

from dataclasses import dataclass, field

from translation.drafts.checks import terms_for_checks
from translation.glossary.selectors import terms_in
from translation.memory.selectors import suggestions_for

#: Suggestions for one sentence; the keys Alt+1 to Alt+5 take them.
MOST_SUGGESTIONS = 5


@dataclass
class Helps:
    """``suggestions``: by segment id. ``hits``: glossary terms by marked source sentence."""

    suggestions: dict = field(default_factory=dict)
    hits: dict = field(default_factory=dict)

    def terms(self, line):
        """Return the glossary's terms in a line, as the checks take them."""
        return terms_for_checks(self.hits.get(line.source, ()))


def helps_for(lines, *, scope_key):
    """Return the ``Helps`` for ``lines``; suggestions for those that need work only. At most four queries."""
    asked = [(line.source, line.sentence.path) for line in lines if line.needs_work]
    found = (
        suggestions_for(asked, lines.locale, limit=MOST_SUGGESTIONS, region_key=scope_key) if asked else {}
    )
    return Helps(
        suggestions={
            line.pk: [
                each
                for each in found.get((line.source, line.sentence.path), [])
                if each.target != line.target
            ]
            for line in lines
        },
        hits=terms_in({line.source for line in lines}, lines.locale, region_key=scope_key),
    )
