"""Calendar programs that did not write our files, asked for the instants they read from them.

Each function takes the bytes of a calendar and the days of a window, the last not included, and returns
{summary: sorted [(start, end)]} with aware times in UTC. Whole days count from midnight as if they were in UTC.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime, time
from io import StringIO
from pathlib import Path

import icalendar
from dateutil.rrule import rrulestr
from dateutil.tz import tzical

OCCURRENCES_JS = Path(__file__).parent / "js" / "occurrences.cjs"

KHAL_CONFIG = """\
[calendars]
[[events]]
path = {directory}/events
[locale]
local_timezone = UTC
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
[sqlite]
path = {directory}/khal.db
"""


def with_khal(ics, *, first, last, directory):
    """Ask khal, by its command line. It shows whole days with their last day, and adds an hour to an open end."""
    (directory / "khal.conf").write_text(KHAL_CONFIG.format(directory=directory))
    (directory / "events").mkdir()
    (directory / "calendar.ics").write_bytes(ics)
    _khal(directory, "import", "--batch", "--include-calendar", "events", "calendar.ics")
    columns = ("start-long-full", "end-long-full", "title")
    listed = _khal(
        directory,
        "list",
        "--day-format",
        "",
        "--format",
        "|".join(f"{{{column}}}" for column in columns),
        first.isoformat(),
        last.isoformat(),
    )
    found = defaultdict(set)
    for line in filter(None, listed.splitlines()):
        start, end, title = line.split("|")
        found[title].add(tuple(datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (start, end)))
    return {title: sorted(times) for title, times in found.items()}


def _khal(directory, *arguments):
    private = {
        name: str(directory) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "khal", "--config", "khal.conf", *arguments],
        cwd=directory,
        env={**os.environ, **private, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def with_ical_js(ics, *, first, last, node_directory):
    """Ask ical.js, which is what Thunderbird's calendar is built on."""
    window = [str(int(datetime.combine(day, time.min, UTC).timestamp())) for day in (first, last)]
    done = subprocess.run(
        ["node", str(OCCURRENCES_JS), str(node_directory), *window],
        input=ics,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = defaultdict(list)
    for occurrence in json.loads(done.stdout):
        times = tuple(datetime.fromtimestamp(occurrence[name], UTC) for name in ("start", "end"))
        found[occurrence["summary"]].append(times)
    return {summary: sorted(times) for summary, times in found.items()}


def with_dateutil(ics, *, first, last):
    """Ask dateutil for rule and time zone, with the time zone as the file's own VTIMEZONE defines it."""
    text = ics.decode().replace("\r\n ", "")
    zone = tzical(StringIO(text)).get()
    components = icalendar.Calendar.from_ical(ics).walk("VEVENT")
    rewritten = {
        (str(vevent["UID"]), vevent["RECURRENCE-ID"].dt) for vevent in components if "RECURRENCE-ID" in vevent
    }
    found = defaultdict(list)
    for vevent in components:
        start = vevent["DTSTART"].dt
        times = found[str(vevent["SUMMARY"])]
        if "RRULE" not in vevent:
            times.append((_utc(start, zone), _utc(vevent["DTEND"].dt, zone) if "DTEND" in vevent else None))
            continue
        lines = vevent.to_ical().decode().replace("\r\n ", "").splitlines()
        rule = rrulestr(
            "\n".join(line for line in lines if line.startswith(("DTSTART", "RRULE", "EXDATE"))),
            tzids={"Europe/Berlin": zone},
            forceset=True,
        )
        length = _length(vevent)
        for occurrence in _until(rule, last):
            one = _like(start, occurrence)
            if (str(vevent["UID"]), one) not in rewritten:
                times.append((_utc(one, zone), None if length is None else _utc(one + length, zone)))
    return {
        summary: sorted(pair for pair in times if first <= pair[0].date() < last)
        for summary, times in found.items()
    }


def _length(vevent):
    """The planned length, as the clock shows it."""
    if "DURATION" in vevent:
        return vevent["DURATION"].dt
    return vevent["DTEND"].dt - vevent["DTSTART"].dt if "DTEND" in vevent else None


def _until(rule, last):
    for occurrence in rule:
        if occurrence.date() >= last:
            return
        yield occurrence


def _like(start, occurrence):
    return occurrence.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else occurrence.date()


def _utc(moment, zone):
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min, UTC)
    if moment.utcoffset() is not None and str(moment.tzinfo) == "UTC":
        return moment.astimezone(UTC)
    return moment.replace(tzinfo=zone).astimezone(UTC)
