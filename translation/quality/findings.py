"""What is checked, and what is found."""

import enum
from dataclasses import dataclass
from typing import Any


class Level(enum.StrEnum):
    """``ERROR`` blocks approval, ``WARNING`` is said and may stay."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Term:
    """A term of the glossary that stands in the source. ``rule``: "required", "forbidden" or "keep"."""

    source: str
    target: str
    rule: str


@dataclass(frozen=True)
class Unit:
    """One sentence and its translation, both as marked text.

    ``source_language``, ``language``: codes of the language table. ``limit``: most characters of the translation, or
    None. ``terms``: glossary terms that stand in the source. ``is_single_line``: a field of one line, such as a title.
    """

    source: str
    target: str
    source_language: str
    language: str
    limit: int | None = None
    terms: tuple[Term, ...] = ()
    is_single_line: bool = False


@dataclass(frozen=True)
class Finding:
    """``code``: a stable key, such as "numbers". ``message``: what is wrong and how to mend it, translated lazily.

    ``span``: ``(start, end)`` in the target, or None where something is missing. ``units``: places of the sentences
    that a finding about a whole page is about, counted from 0.
    """

    code: str
    level: Level
    message: Any
    span: tuple[int, int] | None = None
    units: tuple[int, ...] = ()


def error(code, message, span=None):
    """Return a ``Finding`` that blocks approval."""
    return Finding(code, Level.ERROR, message, span)


def warning(code, message, span=None):
    """Return a ``Finding`` that may stay."""
    return Finding(code, Level.WARNING, message, span)
