"""What a check finds, and asking all checks."""

from dataclasses import dataclass, field

from content import registry

from .texts import read, shortened

#: So many of the words found are shown; the others are counted.
MOST_FOUND = 3


@dataclass(frozen=True)
class Hint:
    """Something that would make a text better; never an error.

    ``message``: what there is, in the active language. ``advice``: how to mend it, in the active language.
    ``found``: the words it is about, in the language of the text, each at most once.
    """

    message: str
    advice: str
    found: tuple[str, ...] = field(default_factory=tuple)

    @property
    def shown(self):
        """Return the first words found, shortened."""
        return [shortened(words) for words in self.found[:MOST_FOUND]]

    @property
    def further(self):
        """Return how many more were found than are shown."""
        return max(0, len(self.found) - MOST_FOUND)


def hint(message, advice, found=()):
    """Return a list of one ``Hint`` about ``found``, in the order of the text and each of them once."""
    return [Hint(message, advice, tuple(dict.fromkeys(found)))]


def hints_for(value, language, page=None):
    """Return the hints on one text, in the order of the checks.

    ``value``: rich text or plain text. ``language``: code of the language it is written in. ``page``: the page it
    belongs to, saved or not, for the checks that compare it with facts; without one these are not asked.
    """
    text = read(value)
    if not text.words:
        return []
    kind = registry.kind_of(type(page)) if page is not None else None
    found = []
    for check in registry.text_checks():
        if check.find is not None:
            found += check.find(text, language)
        elif page is not None and (not check.kinds or (kind and kind.slug in check.kinds)):
            found += check.compare(text, language, page)
    return found
