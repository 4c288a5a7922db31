"""How long the memory takes to find what fits, among 20,000 sentences of one language.

What is searched for are sentences of a page that were changed a little: nothing in the memory is the same, so that
all of it is compared. CPU time of one process, median of all rounds.
"""

import random
import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from translation.memory import selectors, services
from translation.memory.models import MemoryUnit

SENTENCES_OF_A_PAGE = 60
#: What is promised: queries, CPU milliseconds of one sentence, of a page full of them, and of a process's first search.
MOST_QUERIES, MOST_OF_ONE, MOST_OF_A_PAGE, MOST_OF_THE_FIRST = 3, 25, 600, 1_500

# fmt: off
WORDS = (
    "Wir", "Sie", "alle", "gemeinsam", "kommen", "treffen", "lernen", "helfen", "Deutsch", "Kaffee",
    "Garten", "Verein", "Fest", "Kurs", "Abend", "Montag", "Dienstag", "Anmeldung", "kostenlos", "offen",
    "Kinder", "Familien", "Nachbarn", "Stadt", "Haus", "International", "Küche", "Musik", "Sprache", "jede",
    "Woche", "mit", "ohne", "bitte", "gern", "neu", "viele", "Menschen",
)
# fmt: on


def _sentences(number):
    chance = random.Random(4)  # noqa: S311  (the same sentences on every run)
    made = {}
    while len(made) < number:
        made[" ".join(chance.choices(WORDS, k=chance.randint(3, 25))) + "."] = None
    return list(made)


def main(size=20_000, rounds=9):
    """Fill a memory, measure, print, and exit with what was promised and not kept."""
    locale = Locale.objects.get_or_create(language_code="tr")[0]
    sentences = _sentences(size)
    MemoryUnit.objects.bulk_create(
        [
            services.unit_of(locale=locale, source=source, target=f"çeviri {number}", context="text")
            for number, source in enumerate(sentences)
        ],
        batch_size=500,
    )
    chance = random.Random(5)  # noqa: S311
    changed = chance.sample([each for each in sentences if len(each) > 40], SENTENCES_OF_A_PAGE)
    page = [(source.replace(" ", " etwas ", 1), "text") for source in changed]
    first = _milliseconds(page[:1], locale)
    one = statistics.median(_milliseconds([each], locale) for each in page[:rounds])
    full = statistics.median(_milliseconds(page, locale) for _ in range(rounds))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = selectors.suggestions_for(page, locale)
    right = sum(
        bool(each) and each[0].source.split()[1:] == source.split()[2:]
        for (source, _path), each in found.items()
    )
    broken = []
    print(f"{size:,} sentences in the memory of one language; CPU ms, median of {rounds}")
    for label, figure, most in (
        ("first search of a process", first, MOST_OF_THE_FIRST),
        ("best matches of one sentence", one, MOST_OF_ONE),
        (f"best matches of {len(page)} sentences", full, MOST_OF_A_PAGE),
        (f"queries of {len(page)} sentences", len(asked), MOST_QUERIES),
    ):
        print(f"  {label:<42}{figure:>10.1f}{'at most':>10}{most:>8,}", flush=True)
        if figure > most:
            broken.append(f"{label}: {figure:.1f}, at most {most}")
    print(f"  {'sentences found that were changed':<42}{right:>10}{'of':>10}{len(page):>8}")
    if right < len(page):
        broken.append(f"{right} of {len(page)} sentences found")
    if broken:
        raise SystemExit("Not kept:\n" + "\n".join(f"  {line}" for line in broken))


def _milliseconds(page, locale):
    start = time.process_time()
    selectors.suggestions_for(page, locale)
    return (time.process_time() - start) * 1000
