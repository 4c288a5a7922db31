"""Checks of translated sentences: what must be mended before approval, and what a translator should look at again.

Nothing here asks a database. Texts are marked texts (``translation.placeholders``). An *error* blocks approval, so a
check may only call something an error when it is one: numbers, dates, phone numbers, addresses, tags, limits, and terms
that the glossary forbids or keeps. Everything that people may have good reasons for is a *warning*.
"""

from .checks import check_page, check_unit
from .findings import Finding, Level, Term, Unit

__all__ = ["Finding", "Level", "Term", "Unit", "check_page", "check_unit"]
