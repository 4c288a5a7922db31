"""How text becomes words that can be compared, the same for what is written and for what is searched.

The databases get finished words, separated by spaces, and need no knowledge of languages. So both find the same.
"""

import html
import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

#: Marks on letters go; so does what case folding leaves different though readers write one for the other.
_EQUAL = str.maketrans(
    dict.fromkeys(mark for mark in map(chr, range(0x10000)) if unicodedata.category(mark) == "Mn")
    | {
        "ı": "i",  # Turkish: typed on a keyboard without it
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ґ": "г",  # Ukrainian: left away for most of a century
        "ى": "ي",  # Arabic: the end of a word, with and without dots
        "ة": "ه",
        "ی": "ي",  # Persian letters for the same sounds
        "ک": "ك",
        "ـ": None,  # Arabic: a stroke that only stretches a word
        "\u200c": None,  # Persian: keeps letters apart, often not typed
        "\u200d": None,
        "'": None,  # Ukrainian and French: п'ять, п’ять
        "’": None,
        "ʼ": None,
        "\u00ad": None,
    }
)
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^>]*>")

#: Snowball has no algorithm for Ukrainian; there the beginning of a word has to do.
_ALGORITHMS = {
    "de": "german",
    "en": "english",
    "tr": "turkish",
    "ar": "arabic",
    "ro": "romanian",
    "it": "italian",
    "fr": "french",
    "ru": "russian",
}
_stemmers = {}
_stemming = threading.Lock()  # a stemmer keeps the word it works on in itself


def normalise(text):
    """Return ``text`` in lower case without accents, dots and vowel signs, and with one letter for equal ones.

    >>> normalise("İŞ Çağrısı – Vereinsgründung")
    'is cagrisi – vereinsgrundung'
    """
    return unicodedata.normalize("NFKD", text.casefold()).translate(_EQUAL)


def words_of(text):
    """Return the normalised words of ``text``, in order."""
    return _WORD.findall(normalise(text))


def plain_text(rich_text):
    """Return HTML as text, with a space where a tag was."""
    return html.unescape(_TAG.sub(" ", rich_text))


@lru_cache(maxsize=50_000)
def stem(word, language_code):
    """Return the stem of a normalised ``word`` in that language; the word itself where no stemmer knows it."""
    algorithm = _ALGORITHMS.get(language_code.split("-")[0])
    if algorithm is None:
        return word
    with _stemming:
        if algorithm not in _stemmers:
            _stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
        return _stemmers[algorithm].stemWord(word)


def indexed_words(*texts):
    """Return what to store of ``texts``, pairs of a text and its language code: words, then stems not among them.

    The words keep their order, so that names of two words can be found as they stand.
    """
    words, stems = [], {}
    for text, language_code in texts:
        for word in words_of(text):
            words.append(word)
            stems[stem(word, language_code)] = None
    known = set(words)
    return " ".join([*words, *(found for found in stems if found not in known)])
