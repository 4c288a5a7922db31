"""The usual ``Renewal``: a page with one day that moves."""

from .dates import full_date
from .registry import Renewal


def renewal_of_day(name, label, *, reset=lambda page: {}):
    """Return the ``Renewal`` of a kind whose pages have one day, in the field ``name``; ``label`` says which."""

    def day(page):
        return getattr(page, name)

    return Renewal(
        first_day=day,
        first_day_label=label,
        moved=lambda page, by: {name: day(page) + by} if day(page) else {},
        dates_in_words=lambda page: [(label, full_date(day(page)))] if day(page) else [],
        reset=reset,
    )
