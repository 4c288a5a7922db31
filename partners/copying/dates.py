"""By how much the dates of a copy move, and which sentences name a day that does not move along."""

import datetime
import re

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from translation.facts import sentence_names

WEEK = datetime.timedelta(weeks=1)
#: A year in which every day keeps its weekday.
YEAR_OF_WEEKS = datetime.timedelta(weeks=52)


class When(models.TextChoices):
    """How somebody says on which day the copy takes place."""

    WEEK = "week", _("One week later")
    YEAR = "year", _("One year later, on the same day of the week")
    DATE = "date", _("One year later, on the same date")
    OTHER = "other", _("On another day")


def new_first_day(first_day, when, other_day=None):
    """Return the day that ``first_day`` becomes; 29 February becomes the 28th in a year without one."""
    match when:
        case When.WEEK:
            return first_day + WEEK
        case When.YEAR:
            return first_day + YEAR_OF_WEEKS
        case When.DATE:
            return first_day + relativedelta(years=1)
    return other_day


# The source language is German, and so are its months.
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_DAY = re.compile(rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|(?:{_MONTHS})\b)")
# "11. Dezember" is not the end of a sentence.
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\b\d\.)(?<!\b\d\d\.)\s+(?=[A-ZÄÖÜ„])")


def sentences_with_days(page):
    """Return the sentences of ``page`` that name a day of the calendar, or the year of its first day."""
    first_day = page.kind.renewal.first_day(page) if page.kind.renewal else None
    year = re.compile(rf"\b{first_day.year}\b") if first_day else None
    found = []
    for name in sentence_names(type(page)):
        if name in ("slug", *_reset_fields(page)):
            continue
        for sentence in _sentences(str(getattr(page, name) or "")):
            if _DAY.search(sentence) or (year and year.search(sentence)):
                found.append(sentence)
    return list(dict.fromkeys(found))


def _reset_fields(page):
    return page.kind.renewal.reset(page) if page.kind.renewal else {}


def _sentences(html):
    for paragraph in re.split(r"</(?:p|li|h\d)>|<br/?>", html):
        text = " ".join(strip_tags(paragraph).split())
        yield from filter(None, _SENTENCE.split(text))
