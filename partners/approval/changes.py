"""What somebody wants to publish, in words: every fact of a page that is new or changed, field by field."""

from dataclasses import dataclass

from wagtail.fields import RichTextField

from content.fields import TriState
from content.flat_list.columns import FactColumn
from content.sanitise import text_of
from content.word_diffs import word_diff


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
