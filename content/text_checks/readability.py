"""Whether a text is easy to read: long sentences, and the readability index LIX.

LIX (Björnsson, *Läsbarhet*, 1968) is the number of words per sentence plus the percentage of words with more than six
letters. A word is what stands between spaces, a sentence ends as ``Text.sentences`` says. The invitation the platform
began with has a LIX of 61.5.

What a LIX means depends on the language, because some join what others write apart:

* German: 50. Up to there reach novels, above begin non-fiction and, from 60, specialist literature (Lenhard and
  Lenhard, *Berechnung des Lesbarkeitsindex LIX nach Björnsson*, psychometrica.de, 2014).
* English: 43. Normal newspapers have 52 in English and 59 in German (Björnsson, *Readability of Newspapers in
  11 Languages*, Reading Research Quarterly 18, 1983), so English has its limit seven below. Our demo's texts and
  their translations say the same: 6.8 less.
* Ukrainian and Turkish are not among the eleven. The demo's texts in translation have 4.2 and 12.9 more than the same
  texts in German (35 and 37 texts); Björnsson found 6 more for Russian and 13 more for Finnish, which join as much.
* Leichte Sprache: 40, where literature for children and young people ends (Lenhard and Lenhard).

Sentences: in German 20 words, the most that is wished for at the news agency dpa (30 is the most it allows); in English
25 (GOV.UK, *Sentence length: why 25 words is our limit*, 2014); in Ukrainian and Turkish the German limit, shortened as
the demo's sentences are in translation (7.4 and 6.6 words where German has 8.4 and 8.2); in Leichte Sprache, which has
rules but no number for it, 12: the demo's longest has 11.

About other languages nothing is said. Arabic is one: it writes articles, prepositions and "and" together with the next
word, so that neither number means what it means elsewhere.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .hints import hint
from .texts import words_of

#: A word with more letters than that is long (Björnsson).
LONG_WORD = 6
#: Below that one long word more or less moves a LIX by more than two, and it says nothing.
FEWEST_WORDS = 50


@dataclass(frozen=True)
class Limits:
    """Up to where a text is easy: ``lix`` of the whole, ``words`` of one sentence."""

    lix: int
    words: int


LIMITS = {
    "de": Limits(lix=50, words=20),
    "de-simple": Limits(lix=40, words=12),
    "en": Limits(lix=43, words=25),
    "tr": Limits(lix=63, words=16),
    "uk": Limits(lix=54, words=18),
}


def long_words(text):
    """Return the words of a ``Text`` with more than six letters, in their order."""
    return [word for word in text.words if sum(map(str.isalpha, word)) > LONG_WORD]


def lix(text):
    """Return the LIX of a ``Text`` as a float; 0 for one without words."""
    if not text.words:
        return 0.0
    return len(text.words) / len(text.sentences) + 100 * len(long_words(text)) / len(text.words)


def long_sentences(text, language):
    """Find sentences with more words than the language's limit."""
    limits = LIMITS.get(language)
    if limits is None:
        return []
    found = [sentence for sentence in text.sentences if len(words_of(sentence)) > limits.words]
    if not found:
        return []
    message = ngettext("One sentence is long.", "%(count)d sentences are long.", len(found)) % {
        "count": len(found)
    }
    advice = _("Make two of it: one thought in each, and at most %(words)d words.") % {"words": limits.words}
    return hint(message, advice, found)


def hard_to_read(text, language):
    """Find a text whose LIX is above the language's limit; names its longest words."""
    limits = LIMITS.get(language)
    if limits is None or len(text.words) < FEWEST_WORDS:
        return []
    value = lix(text)
    if value <= limits.lix:
        return []
    message = _(
        "The text is hard to read for many: its readability index (LIX) is %(value)d, up to %(limit)d is easy."
    ) % {"value": round(value), "limit": limits.lix}
    advice = _("Short words help most. Can one of these be said in a simpler way?")
    return hint(message, advice, _longest(text))


def _longest(text):
    """Return the three longest words of a ``Text``, addresses and numbers left out."""
    bare = dict.fromkeys(word.strip("„“”‚‘’\"'»«›‹()[].,;:!?…–-") for word in long_words(text))
    words = [word for word in bare if all(part.isalpha() for part in word.split("-"))]
    return sorted(words, key=len, reverse=True)[:3]
