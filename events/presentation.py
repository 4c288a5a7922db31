"""What an event shows: the facts at its head, the deciding words on its card, its dates, how to reply."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from content.dates import clock_time, day_and_month, full_date, long_date, short_date, time_span
from content.fields import TriState
from content.presentation import Highlight, Status, Words, fact, first_upper, joined, listed, present, written
from organisations.presentation import (
    RoleGroup,
    german_fact,
    people_line,
    place_fact,
    shared_highlights,
    transport_fact,
)

from .recurrence import Recurrence, RecurrenceError, describe
from .vocabularies import Catering, EventCosts, EventStatus, OrganiserRole, ReplyChannel, ReplyMode

STATUSES = {
    EventStatus.CANCELLED: ("cancelled", pgettext_lazy("status of an event", "Cancelled")),
    EventStatus.MOVED: ("moved", pgettext_lazy("status of an event", "Moved to another date")),
    EventStatus.FULL: ("full", pgettext_lazy("status of an event", "Fully booked")),
}

#: How to reply, as whole sentences by what is known: the day, the best way, other ways, the way if need be.
REPLY_SENTENCES = {
    ("day",): gettext_lazy("until %(day)s"),
    ("day", "best"): gettext_lazy("until %(day)s, best %(best)s"),
    ("day", "best", "others"): gettext_lazy("until %(day)s, best %(best)s, also %(others)s"),
    ("day", "best", "fallback"): gettext_lazy("until %(day)s, best %(best)s, if need be %(fallback)s"),
    ("day", "best", "others", "fallback"): gettext_lazy(
        "until %(day)s, best %(best)s, also %(others)s, if need be %(fallback)s"
    ),
    ("day", "others"): gettext_lazy("until %(day)s %(others)s"),
    ("day", "others", "fallback"): gettext_lazy("until %(day)s %(others)s, if need be %(fallback)s"),
    ("day", "fallback"): gettext_lazy("until %(day)s %(fallback)s"),
    ("best",): gettext_lazy("best %(best)s"),
    ("best", "others"): gettext_lazy("best %(best)s, also %(others)s"),
    ("best", "fallback"): gettext_lazy("best %(best)s, if need be %(fallback)s"),
    ("best", "others", "fallback"): gettext_lazy("best %(best)s, also %(others)s, if need be %(fallback)s"),
    ("others",): gettext_lazy("%(others)s"),
    ("others", "fallback"): gettext_lazy("%(others)s, if need be %(fallback)s"),
    ("fallback",): gettext_lazy("%(fallback)s"),
}


@dataclass(frozen=True)
class DateRow:
    """One coming date in words.

    ``slug``: its day in the address of its calendar file; "" for a date that is left out, which has none.
    """

    moment: date | datetime
    day: str
    hours: str = ""
    slug: str = ""
    is_moved: bool = False

    @property
    def is_left_out(self):
        """Return whether nothing takes place on this day though the rule names it."""
        return not self.slug


def event_status(page):
    """Return the ``Status`` of an event that does not simply take place, or None."""
    if page.status not in STATUSES:
        return None
    icon, text = STATUSES[page.status]
    return Status(str(text), icon, page.status)


def reply_line(page):
    """Return how and until when to reply: "bis 10. Dezember, am besten per E-Mail, notfalls telefonisch".

    "" when no reply is asked for, or nothing is said of how.
    """
    if page.reply_mode == ReplyMode.NONE:
        return ""
    best, fallback = page.reply_preferred, page.reply_fallback
    others = [channel for channel in page.reply_channels if channel not in (best, fallback)]
    known = {
        "day": _reply_day(page),
        "best": ReplyChannel(best).label if best else "",
        "others": _(" or ").join(str(ReplyChannel(channel).label) for channel in others),
        "fallback": ReplyChannel(fallback).label if fallback else "",
    }
    parts = tuple(name for name, text in known.items() if text)
    return str(REPLY_SENTENCES[parts]) % known if parts else ""


def _reply_day(page):
    """Return the day to reply by; with its year only where that is not the event's."""
    if not page.reply_by:
        return ""
    if page.start_date and page.start_date.year == page.reply_by.year:
        return day_and_month(page.reply_by)
    return long_date(page.reply_by)


def reply_fact(page):
    """Return the box about replying; None where there is nothing left to reply to."""
    if page.status == EventStatus.CANCELLED:
        return None
    if page.reply_mode == ReplyMode.NONE:
        return fact("message", _("Reply"), _("Just come, no reply needed"), written(page, "reply_note"))
    heading = _("Please reply") if page.reply_mode == ReplyMode.PLEASE else _("Reply needed")
    line = reply_line(page)
    return fact(
        "message",
        heading,
        Words(line, is_strong=True) if line else heading,
        _("For %(count)s people") % {"count": page.capacity} if page.capacity else "",
        _("When it is full, there is a waiting list") if page.waiting_list else "",
        written(page, "reply_note"),
        is_wide=True,
    )


def _span(page, start, end):
    """Return the hours of a date in words; ``end`` is only shown where the page states one."""
    if page.all_day:
        return _("All day")
    return time_span(start, end if page.end_time or page.end_date else None)


def repetition_line(page):
    """Return how an event repeats: "Jede Woche am Montag"; "" for one date, or a rule no phrase fits."""
    if not page.rrule:
        return ""
    try:
        return first_upper(
            describe(Recurrence.from_rrule(page.rrule, start=page.start_date), page.start_date)
        )
    except RecurrenceError:
        return ""


def when_fact(page, dates):
    """Return the box about the date: the next one, or the first where all are over."""
    if dates:
        start, end = dates[0].start, dates[0].end
    elif page.start_date:
        start, end = timezone.make_aware(page.starts_at()), None
    else:
        return None
    local_start = timezone.localtime(start)
    lines = [Words(full_date(start), moment=local_start.isoformat(timespec="minutes"), is_strong=True)]
    last = timezone.localdate(end) if end else page.end_date
    if last and last > local_start.date() and (page.end_date and page.end_date > page.start_date):
        lines.append(_("until %(day)s") % {"day": full_date(last)})
    if dates:
        lines.append(_span(page, start, end))
    elif page.all_day:
        lines.append(_("All day"))
    else:
        lines.append(time_span(page.start_time, page.end_time) if page.start_time else "")
    if page.doors_time:
        lines.append(_("Doors open at %(time)s") % {"time": clock_time(page.doors_time)})
    lines.append(repetition_line(page))
    return fact("calendar", _("When") if dates else _("This was on"), *lines)


def _languages_fact(page):
    meta = page._meta
    spoken = listed(meta.get_field("languages_spoken").labels(page.languages_spoken))
    into = joined(meta.get_field("interpretation").labels(page.interpretation))
    return fact(
        "language",
        _("Languages"),
        spoken,
        _("Interpreted into: %(languages)s") % {"languages": into} if into else "",
    )


def catering_line(page):
    """Return what there is to eat and drink: "Es gibt Essen: vegetarisch, halal"; "" for nothing."""
    diets = joined(page._meta.get_field("diets").labels(page.diets))
    if page.catering == Catering.FOOD:
        return _("There is food: %(diets)s") % {"diets": diets} if diets else _("There is food")
    return _("There is something to drink") if page.catering == Catering.DRINKS else ""


def costs_line(page):
    """Return what coming costs."""
    label = first_upper(page.get_costs_display())
    if page.costs == EventCosts.PAID and page.costs_amount:
        return _("%(label)s: %(amount)s") % {"label": label, "amount": page.costs_amount}
    return label


def _childcare_line(page):
    return {
        TriState.YES: _("There is childcare"),
        TriState.NO: _("There is no childcare"),
    }.get(page.childcare, "")


def event_facts(page, dates):
    """Return the facts box of an event; ``dates``: its coming occurrences."""
    return present(
        when_fact(page, dates),
        place_fact(page, written(page, "how_to_find")),
        reply_fact(page),
        _languages_fact(page),
        german_fact(page),
        fact("euro", _("Costs"), costs_line(page)),
        fact("food", _("Food and drink"), catering_line(page)),
        fact("family", _("Children"), _childcare_line(page)),
        fact(
            "people",
            _("For whom"),
            people_line(page),
            _("Newcomers are welcome, members of an association or not") if page.no_experience_needed else "",
        ),
        transport_fact(page),
        fact("weather", _("In bad weather"), written(page, "weather_note")),
    )


def event_highlights(page):
    """Return the deciding words of an event, the most important ones first."""
    highlights = shared_highlights(page=page, is_free=page.costs != EventCosts.PAID)
    if page.interpretation:
        into = joined(page._meta.get_field("interpretation").labels(page.interpretation))
        highlights.insert(
            1, Highlight(_("Interpreted into: %(languages)s") % {"languages": into}, "language")
        )
    return highlights


def date_rows(page, dates):
    """Return a ``DateRow`` per coming occurrence, and per date left out between today and the last of them."""
    rows = [
        DateRow(
            moment=timezone.localtime(coming.start),
            day=short_date(coming.start),
            hours=_span(page, coming.start, coming.end),
            slug=coming.original_date.isoformat(),
            is_moved=coming.is_moved,
        )
        for coming in dates
    ]
    if not rows:
        return []
    today, last = timezone.localdate(), rows[-1].moment.date()
    excluded = [date.fromisoformat(text) for text in page.excluded_dates]
    left_out = [DateRow(moment=day, day=short_date(day)) for day in excluded if today <= day < last]
    return sorted(rows + left_out, key=lambda row: row.moment.isoformat())


def card_hours(page):
    """Return the hours of an event's next date, for its card."""
    if page.all_day:
        return _("All day")
    return _span(page, page.next_start, page.next_end) if page.next_start else ""


def organiser_groups(page, organisers):
    """Return who makes an event, as ``RoleGroup`` objects: the host first."""
    groups = []
    if page.provider is not None:
        groups.append(RoleGroup(_("Host"), [page.provider]))
    for role in OrganiserRole:
        these = [organisation for organisation in organisers if organisation.role == role]
        if these:
            groups.append(RoleGroup(first_upper(role.label), these))
    return groups
