"""What an import would do, said before it is done."""

import hashlib
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """An entry of a file that is not taken: its number, counted from 1, its words, and the reason."""

    number: int
    text: str
    message: str


@dataclass
class Plan:
    """What a file would change.

    ``new``, ``changed``: things with a ``repr`` of their own; ``same``: how many entries change nothing.
    """

    new: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @property
    def changes_anything(self):
        """Return whether there is anything to import."""
        return bool(self.new or self.changed)

    def refuse(self, number, text, message):
        """Note an entry that is not taken."""
        self.refused.append(Refusal(number, text, str(message)))

    def digest(self):
        """Return a hash over what would be written."""
        return hashlib.sha256(repr((self.new, self.changed)).encode()).hexdigest()
