"""What a page costs with 10,000 offers and 10,000 events, and with 100 of each, side by side in one run.

Two processes serve the same site, one from a database with the small number of entries, one with the large. They are
asked in turns, so that whatever else the machine does touches both alike. CPU time is the median of all rounds.
"""

import datetime
import statistics
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone

from ._databases import copy_database
from ._serving import Server
from ._site import IN_TEXTS, IN_TITLES, RARE, BenchmarkSite

#: What is promised: queries of a page, and CPU time with the large number of entries over that with the small.
MOST_QUERIES_OF_A_LIST, MOST_QUERIES = 19, 12
MOST_RATIO = 1.5
#: A slip in a word that the site has.
SLIP = "Marionetentheater"
#: What readers type → the word that all they want to find has in it.
TYPED = {
    IN_TITLES: IN_TITLES,
    f"{IN_TITLES}en".lower(): IN_TITLES,
    IN_TEXTS: IN_TEXTS,
    IN_TEXTS.replace("ä", "ae"): IN_TEXTS,
    RARE: RARE,
    SLIP: RARE,
}
WARM_UP = 3


@dataclass(frozen=True)
class Surface:
    """A page that is measured, and what is promised of it. The same number of entries has to be on it at both sizes."""

    label: str
    address: str
    most_queries: int = MOST_QUERIES_OF_A_LIST


def surfaces(site):
    """Return the ``Surface`` objects of ``site``; each shows the same number of entries at both sizes."""
    today = timezone.localdate()
    window = f"from={today}&to={today + datetime.timedelta(days=120)}"
    later = today + datetime.timedelta(days=60)
    offer, event = site.offers[3], site.events[3]
    return [
        Surface("list of offers", "/de/offers/"),
        Surface("list of offers, fourth page from A to Z", "/de/offers/?page=4&sort=title"),
        Surface(
            "list of offers, filtered",
            "/de/offers/?kind=information&kind=service&region=kempten&region=landkreis-roth",
        ),
        Surface("list of offers, untranslated", "/tr/offers/"),
        Surface("list of offers, searched (¼ match)", f"/de/offers/?q={quote(IN_TITLES)}"),
        Surface("list of offers, searched and filtered", f"/de/offers/?q={quote(IN_TEXTS)}&free=yes"),
        Surface("list of events", "/de/events/"),
        Surface("list of events, a third of the year", f"/de/events/?{window}"),
        Surface("list of events, from a day on", f"/de/events/?from={today}"),
        Surface("list of events, from a later day on", f"/de/events/?from={later}"),
        Surface("list of events, searched (¼ match)", f"/de/events/?q={quote(IN_TITLES)}"),
        Surface("search, word in ¼ of titles", f"/de/search/?q={quote(IN_TITLES)}"),
        Surface("search, word in ¼ of texts", f"/de/search/?q={quote(IN_TEXTS)}"),
        Surface("search, rare word", f"/de/search/?q={quote(RARE)}"),
        Surface("search, mistyped word", f"/de/search/?q={quote(SLIP)}"),
        Surface("API, list of offers", "/api/v1/de/offers/?limit=20"),
        Surface("offer", _address(offer), MOST_QUERIES),
        Surface("offer, untranslated", _address(offer).replace("/de/", "/tr/"), MOST_QUERIES),
        Surface("event", _address(event), MOST_QUERIES),
        Surface("organisation", _address(site.organisations[0]), MOST_QUERIES),
        Surface("region", _address(site.regions[0]), MOST_QUERIES),
        Surface("start page", "/de/", MOST_QUERIES),
    ]


def _address(page):
    return f"/{settings.LANGUAGE_CODE}/{page.url_path.split('/', 2)[2]}"


def main(small=100, large=10_000, rounds=25, limit_ratios=True):
    """Build the site at both sizes, measure, print, and exit with what was promised and not kept.

    ``limit_ratios``: whether ratios count; sizes that lie close together give none worth a word.
    """
    site = BenchmarkSite()
    site.grow(small)
    copy = copy_database()
    site.grow(large)
    print(f"{small:,} against {large:,} offers, and as many events; CPU ms per request, median of {rounds}")
    with Server(copy) as few, Server(settings.DATABASE_URL) as many:
        broken = _measure_pages(surfaces(site), few, many, rounds, limit_ratios)
        broken += _measure_writing(site, few, many, rounds, limit_ratios)
        broken += _measure_recall(site, many)
    if broken:
        raise SystemExit("Not kept:\n" + "\n".join(f"  {line}" for line in broken))


def median_cpu(answers):
    """Return the median CPU milliseconds of some answers."""
    return statistics.median(answer.cpu for answer in answers)


def broken_promises(surface, small, large, *, limit_ratios=True):
    """Return what was promised of ``surface`` and not kept, as sentences; ``small`` and ``large``: lists of answers."""
    queries = {answer.queries for answer in (*small, *large)}
    entries = {answer.entries for answer in (*small, *large)}
    ratio = median_cpu(large) / median_cpu(small)
    broken = []
    if any(answer.status != 200 for answer in (*small, *large)):
        broken.append(f"{surface.label}: not answered with 200")
    if len(entries) > 1:
        broken.append(f"{surface.label}: not the same page, it shows {_distinct(entries)} entries")
    if len(queries) > 1 or max(queries) > surface.most_queries:
        broken.append(
            f"{surface.label}: {_distinct(queries)} queries, always as many and at most {surface.most_queries}"
        )
    if limit_ratios and ratio > MOST_RATIO:
        broken.append(f"{surface.label}: ratio {ratio:.2f}, at most {MOST_RATIO}")
    return broken


def _distinct(numbers):
    return "/".join(map(str, sorted(set(numbers))))


def _row(label, *cells):
    print(f"  {label:<42}" + "".join(f"{cell:>10}" for cell in cells), flush=True)


def _measure_pages(measured, few, many, rounds, limit_ratios):
    first = {server: server.get("/de/offers/").cpu for server in (few, many)}
    answers = {(surface, server): [] for surface in measured for server in (few, many)}
    for round_ in range(WARM_UP + rounds):
        for surface in measured:
            for server in (few, many) if round_ % 2 else (many, few):
                answer = server.get(surface.address)
                if round_ >= WARM_UP:
                    answers[surface, server].append(answer)
    broken = []
    _row("page", "queries", "small", "large", "ratio", "entries")
    for surface in measured:
        one, other = answers[surface, few], answers[surface, many]
        before, after = median_cpu(one), median_cpu(other)
        _row(
            surface.label,
            _distinct(answer.queries for answer in (*one, *other)),
            f"{before:.2f}",
            f"{after:.2f}",
            f"{after / before:.2f}",
            _distinct(answer.entries for answer in (*one, *other)),
        )
        broken += broken_promises(surface, one, other, limit_ratios=limit_ratios)
    _row("first list of a process", "", f"{first[few]:.0f}", f"{first[many]:.0f}")
    return broken


def _measure_writing(site, few, many, rounds, limit_ratios):
    page = site.offers[3]
    written, read = {few: [], many: []}, {few: [], many: []}
    for round_ in range(WARM_UP + rounds):
        for server in (few, many):
            written[server].append(server.reindex(page.pk, round_))
            read[server].append(server.get("/de/offers/").cpu)
    broken = []
    for label, spent in (("index update of one page", written), ("list of offers after it", read)):
        before, after = (statistics.median(spent[server][WARM_UP:]) for server in (few, many))
        _row(label, "", f"{before:.2f}", f"{after:.2f}", f"{after / before:.2f}")
        if limit_ratios and after > MOST_RATIO * before:
            broken.append(f"{label}: ratio {after / before:.2f}, at most {MOST_RATIO}")
    return broken


def _measure_recall(site, many):
    """Compare what is found with what was built, so that no answer is quick because it is short."""
    broken = []
    _row("what is found at the large size", "found", "there are", "recall")
    for typed, word in TYPED.items():
        found, wanted = many.recall(typed, word)
        recall = len(found & wanted) / len(wanted) if wanted else 0
        _row(f"“{typed}” in the lists", len(found), len(wanted), f"{recall:.2f}")
        if recall < 1:
            broken.append(f"“{typed}”: {len(found & wanted)} of {len(wanted)} found")
    for page in (site.regions[0], site.organisations[0], site.offers[2]):
        titles = many.search(page.title, 10)
        place = titles.index(page.title) + 1 if page.title in titles else 0
        _row(f"“{page.title}” among all"[:42], "", "", f"no. {place}" if place else "not found")
        if place != 1:
            broken.append(f"“{page.title}” is not the first that a search for it finds")
    return broken
