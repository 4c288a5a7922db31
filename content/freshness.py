"""When a page wants to be confirmed again, and what follows when nobody does.

Readers cannot see whether an entry is still true. So somebody says so every few months; an entry that nobody confirmed
sinks in lists and leaves them after ``DAYS_IN_LISTS``. Its address stays and says so. Nothing is deleted.

Everything follows from dates in the page's row, so it happens by itself when the day comes.
"""

import calendar
import datetime

from django.utils import timezone

from . import registry

#: Days after the due date on which an entry that nobody confirmed leaves the lists.
DAYS_IN_LISTS = 60


def months_later(day, months):
    """Return the same day so many months later, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_on(page, *, scope=None, published_at=None):
    """Return the last day of ``page``'s review interval, or None where nobody is asked.

    It counts from the last confirmation, or from the first publication. Nobody is asked about pages that are no entry
    of a kind, that are over or will be before that day, or whose region's project is. ``scope``: the page's region.
    ``published_at``: when the source was published first, where ``page`` is in another language.
    """
    kind = registry.kind_of(type(page))
    published_at = published_at or page.first_published_at
    first = page.confirmed_on or (published_at and timezone.localdate(published_at))
    if kind is None or first is None:
        return None
    if kind.dates and getattr(page, kind.dates.order_field) is None:
        return None
    due = months_later(first, page.review_interval)
    last_days = [kind.expires_on(page) if kind.expires_on else None, getattr(scope, "runs_until", None)]
    return None if any(day is not None and day < due for day in last_days) else due


def leaves_lists_on(due, *, scope=None):
    """Return the first day on which a page that was due on ``due`` is in no list any more, or None.

    What an ended project leaves behind stays as it was on the last day: nobody is there to confirm it.
    """
    if due is None:
        return None
    day = due + datetime.timedelta(days=DAYS_IN_LISTS)
    runs_until = getattr(scope, "runs_until", None)
    return None if runs_until is not None and runs_until < day else day


def unconfirmed_from(due):
    """Return the first day on which readers are told that nobody confirmed the page; None without a due date."""
    return due and due + datetime.timedelta(days=1)
