"""How an event begins anew on another day: its dates, its rule and the exceptions from it."""

import datetime
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.dates import full_date, long_date
from content.presentation import listed
from content.registry import Renewal

from .presentation import repetition_line
from .recurrence import RecurrenceError, Rule, parse_rrule
from .vocabularies import EventStatus

#: How far from where it would be an exception is looked for: a date of a monthly rule moves by a week at most.
NEARBY = datetime.timedelta(days=7)
#: How long a rule is followed to find its first date: longer than the longest pause that a sensible one makes.
FIRST_WITHIN = datetime.timedelta(days=366)


def moved(page, by):
    """Return ``{field: value}`` of the event ``page``, moved by the ``timedelta`` ``by`` of whole days.

    What is said relative to the first day stays so: how long it lasts, how many days before it people reply. The
    weekdays of a rule move along, so that a series of Thursdays that is moved by five days is one of Tuesdays. A rule
    such as "every third Thursday of the month" keeps its place in the month, and the first day is the next it has.
    Exceptions go to the corresponding date of the new series, and are left out where there is none. Times of day are
    what the clock on the wall shows and stay what they are.
    """
    if page.start_date is None:
        return {}
    rule = _rule_of(page)
    start, series = page.start_date + by, {}
    if rule is not None:
        new_rule = _moved_rule(rule, page.start_date, by)
        start = _first(new_rule, start) if _first(rule, page.start_date) == page.start_date else start
        series = {
            "rrule": str(new_rule),
            **_moved_exceptions(page, (rule, page.start_date), (new_rule, start)),
        }
    since = start - page.start_date
    days = {name: getattr(page, name) for name in ("end_date", "reply_by")}
    return {
        "start_date": start,
        **{name: day + since for name, day in days.items() if day is not None},
        **series,
    }


def _rule_of(page):
    """Return the ``Rule`` of an event, or None where it does not repeat, or repeats in no way that can be read."""
    try:
        return parse_rrule(page.rrule) if page.rrule else None
    except RecurrenceError:
        return None


def _first(rule, start):
    return next(rule.dates(start, first=start, last=start + FIRST_WITHIN), start)


def _moved_rule(rule: Rule, start, by):
    turned = by.days % 7
    weekdays = tuple(
        sorted(
            ((nth, (weekday + turned) % 7) for nth, weekday in rule.weekdays),
            key=lambda pair: (pair[1], pair[0]),
        )
    )
    # Every second week, on two days: which of them are in one week depends on where the week begins.
    week_matters = rule.frequency == "WEEKLY" and rule.interval > 1 and len(weekdays) > 1
    new_start = start + by
    return replace(
        rule,
        weekdays=weekdays,
        week_start=(rule.week_start + turned) % 7 if week_matters else rule.week_start,
        month_days=(new_start.day,) if rule.month_days == (start.day,) else rule.month_days,
        months=(new_start.month,) if rule.months == (start.month,) else rule.months,
        until=rule.until + by if rule.until else None,
    )


def _moved_exceptions(page, old, new):
    """Return the exceptions of the series ``old`` as those of ``new``; both are ``(rule, start)``."""
    since = new[1] - old[1]
    excluded, changed, taken = [], [], set()

    def counterpart(day):
        if not _dates_near(*old, day, within=datetime.timedelta()):
            return None
        near = [date for date in _dates_near(*new, day + since, within=NEARBY) if date not in taken]
        return min(near, key=lambda date: (abs(date - day - since), date), default=None)

    for text in sorted(page.excluded_dates):
        day = counterpart(datetime.date.fromisoformat(text))
        if day is not None:
            taken.add(day)
            excluded.append(day.isoformat())
    for entry in sorted(page.moved_dates, key=lambda entry: entry["original"]):
        original = datetime.date.fromisoformat(entry["original"])
        day = counterpart(original)
        if day is not None:
            taken.add(day)
            changed.append(
                {
                    "original": day.isoformat(),
                    "start": _later(entry["start"], day - original),
                    "end": _later(entry.get("end"), day - original),
                }
            )
    return {"excluded_dates": excluded, "moved_dates": changed}


def _dates_near(rule, start, day, *, within):
    return list(rule.dates(start, first=max(start, day - within), last=day + within))


def _later(moment, by):
    if not moment:
        return ""
    return (datetime.datetime.fromisoformat(moment) + by).isoformat(timespec="minutes")


def dates_in_words(page):
    """Return ``[(label, text)]`` of the dates of the event ``page``, in the active language."""
    if page.start_date is None:
        return []
    days = full_date(page.start_date)
    if page.end_date and page.end_date != page.start_date:
        days = _("%(first)s to %(last)s") % {"first": days, "last": full_date(page.end_date)}
    rows = [(_("Date"), days), (_("Repeats"), repetition_line(page))]
    if page.reply_by:
        rows.append((_("Reply by"), full_date(page.reply_by)))
    left_out = [long_date(datetime.date.fromisoformat(text)) for text in page.excluded_dates]
    moves = [
        _("%(old)s moved to %(new)s")
        % {
            "old": long_date(datetime.date.fromisoformat(entry["original"])),
            "new": long_date(datetime.datetime.fromisoformat(entry["start"]).date()),
        }
        for entry in page.moved_dates
    ]
    rows += [(_("Left out"), listed(left_out)), (_("Moved"), listed(moves))]
    return [(label, text) for label, text in rows if text]


EVENT_RENEWAL = Renewal(
    first_day=lambda page: page.start_date,
    first_day_label=gettext_lazy("date"),
    moved=moved,
    dates_in_words=dates_in_words,
    reset=lambda page: {"status": EventStatus.PLANNED, "results": "", "press_text": ""},
)
