"""What the files say, whatever their format."""

import enum
import hashlib
import re
from dataclasses import dataclass, field

from django.conf import settings

_NOT_IN_NAMES = re.compile(r"[^\w.-]", re.ASCII)


class State(enum.StrEnum):
    """How far a unit is.

    ``OUTDATED``: made for another wording of the source. ``UNFINISHED``: a person or a program has marked it so, as PO
    does with ``fuzzy``. PO tells no ``APPROVED`` from a ``DRAFT``, and no ``OUTDATED`` from an ``UNFINISHED``.
    """

    MISSING = "missing"
    UNFINISHED = "unfinished"
    OUTDATED = "outdated"
    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True)
class ExchangeUnit:
    """One sentence. ``source``, ``target`` and ``previous`` are marked texts.

    ``id``: see ``unit_id``. ``note``: where the sentence stands, for people. ``previous``: the source that an outdated
    target was made for, or "".
    """

    id: str
    source: str
    target: str = ""
    state: State = State.MISSING
    note: str = ""
    previous: str = ""


@dataclass(frozen=True)
class Document:
    """One page in one language. ``page_key``: its translation key; the languages are codes of the language table."""

    page_key: str
    title: str
    source_language: str
    language: str
    units: list[ExchangeUnit] = field(default_factory=list)


def unit_id(path, source):
    """Return the id of the unit of a marked ``source`` at a context ``path``: the place, and a hash of the wording.

    It is an XML name token (letters, digits, ".", "-", "_", ":").
    """
    digest = hashlib.sha256(source.encode()).hexdigest()[:12]
    return f"{_NOT_IN_NAMES.sub('_', path)}:{digest}"


def place_of(identifier):
    """Return the part of a unit's id that names its place; two wordings of one place share it."""
    return identifier.rpartition(":")[0]


def language_code(tag):
    """Return the code of the language table that a tag of a file means ("de_Simple", "tr-TR"), or the tag itself."""
    wanted = tag.strip().replace("_", "-").replace("@", "-").lower()
    codes = {row.code.lower(): row.code for row in settings.LANGUAGE_TABLE}
    return codes.get(wanted) or codes.get(wanted.partition("-")[0]) or tag.strip()
