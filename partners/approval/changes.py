"""What somebody wants to publish, in words: every fact of a page that is new or changed, field by field."""

import difflib
import re
from dataclasses import dataclass

from wagtail.fields import RichTextField

from content.fields import TriState
from content.flat_list.columns import FactColumn
from content.sanitise import text_of

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
#: Longer texts are compared line by line: comparing word by word takes the square of their length.
WORDS_COMPARED = 4000

SAME, DELETED, ADDED = "same", "deleted", "added"


@dataclass(frozen=True)
class Change:
    """One fact before and after. ``is_sentence``: in the source language, where other facts are in the reader's."""

    name: str
    label: str
    before: str
    after: str
    is_sentence: bool = False

    @property
    def parts(self):
        """Return the difference word by word."""
        return word_diff(self.before, self.after)


def word_diff(before, after):
    """Return ``[(SAME, DELETED or ADDED, text), …]``; what was deleted stands before what was added in its place."""
    if not before or not after:
        return [(DELETED, before)] if before else ([(ADDED, after)] if after else [])
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > WORDS_COMPARED:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    parts = []
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            parts.append((SAME, "".join(old[start:end])))
            continue
        if end > start:
            parts.append((DELETED, "".join(old[start:end])))
        if new_end > new_start:
            parts.append((ADDED, "".join(new[new_start:new_end])))
    return parts


def changes(before, after, *, kind):
    """Return the ``Change`` objects from the page ``before`` (None for a new page) to the page ``after``.

    In the order of the kind's columns and in the active language. Facts that are equal, or empty in both, stay out,
    and so does what nobody has said of a new page.
    """
    found = []
    for column in kind.columns:
        fact = FactColumn(column, kind.page_model)
        old, new = (_text(fact, page) if page is not None else "" for page in (before, after))
        is_unknown = getattr(after, column.field_name, None) == TriState.UNKNOWN
        if old != new and not (before is None and is_unknown):
            found.append(Change(column.name, str(fact.label), old, new, column.translated))
    return found


def _text(fact, page):
    text = fact.text(page) or ""
    return text_of(text) if isinstance(fact.field, RichTextField) else str(text)
