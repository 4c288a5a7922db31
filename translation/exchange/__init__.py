"""Translations as files, for people who work in a program of their own: PO and XLIFF, one page or many in a ZIP.

Out go PO and XLIFF 2.1; in come PO, XLIFF 1.2 and XLIFF 2.0 to 2.2. The sentence of a page is a unit, and its id names
the place and the wording it was made for, so that a file from last month cannot overwrite what is new. Tags of a
sentence are inline codes, which translation programs protect.
"""

from .documents import Document, ExchangeUnit, State, unit_id
from .files import Received, read, write, write_all

__all__ = ["Document", "ExchangeUnit", "Received", "State", "read", "unit_id", "write", "write_all"]
