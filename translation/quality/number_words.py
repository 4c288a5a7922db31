"""Which numbers a text says in words.

A translation may write "20 minutes" where the original has "zwanzig Minuten", and the other way round. Words are found
by how they begin, because Ukrainian and Arabic inflect them and German joins them with others. To find one too many
keeps a check quiet, nothing else.
"""

import re
from functools import cache

from content.index.words import normalise, words_of

#: Value: beginnings of its words.
_BEGINNINGS = {
    "de": {
        0: "null mitternacht",
        2: "zwei beide doppel",
        3: "drei dritt",
        4: "vier",
        5: "fünf",
        6: "sechs",
        7: "sieben siebt",
        8: "acht",
        9: "neun",
        10: "zehn",
        11: "elf",
        12: "zwölf dutzend mittag",
        13: "dreizehn",
        14: "vierzehn",
        15: "fünfzehn",
        16: "sechzehn",
        17: "siebzehn",
        18: "achtzehn",
        19: "neunzehn",
        20: "zwanzig",
        30: "dreißig",
        40: "vierzig",
        50: "fünfzig",
        60: "sechzig",
        70: "siebzig",
        80: "achtzig",
        90: "neunzig",
        100: "hundert einhundert",
        1000: "tausend eintausend",
    },
    "en": {
        0: "zero",
        1: "one first once single",
        2: "two second twice both double",
        3: "three third thrice",
        4: "four",
        5: "five fifth",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine ninth",
        10: "ten tenth",
        11: "eleven",
        12: "twelve twelfth dozen noon",
        13: "thirteen",
        14: "fourteen fortnight",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty twentieth",
        30: "thirty thirtieth",
        40: "forty fortieth",
        50: "fifty fiftieth",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
        100: "hundred",
        1000: "thousand",
    },
    "tr": {
        0: "sıfır",
        1: "bir ilk tek",
        2: "iki",
        3: "üç",
        4: "dört",
        5: "beş",
        6: "altı",
        7: "yedi",
        8: "sekiz",
        9: "dokuz",
        10: "on",
        12: "öğle",
        20: "yirmi",
        30: "otuz",
        40: "kırk",
        50: "elli",
        60: "altmış",
        70: "yetmiş",
        80: "seksen",
        90: "doksan",
        100: "yüz",
        1000: "bin",
    },
    "uk": {
        0: "нуль",
        1: "один одна одне одну одно перш раз",
        2: "два дві дво двох двом друг обидв",
        3: "три трьо трет троє",
        4: "чотир четвер четверт",
        5: "п'ят",
        6: "шіст шест шост",
        7: "сім сьом семи",
        8: "вісім восьм вісьм",
        9: "дев'ят",
        10: "десят",
        11: "одинадцят",
        12: "дванадцят опівдн",
        13: "тринадцят",
        14: "чотирнадцят",
        15: "п'ятнадцят",
        16: "шістнадцят",
        17: "сімнадцят",
        18: "вісімнадцят",
        19: "дев'ятнадцят",
        20: "двадцят",
        30: "тридцят",
        40: "сорок",
        50: "п'ятдесят",
        60: "шістдесят",
        70: "сімдесят",
        80: "вісімдесят",
        90: "дев'яност",
        100: "сто ста сотн",
        1000: "тисяч",
    },
    "ar": {
        0: "صفر",
        1: "واحد احدى اول",
        2: "اثن ثاني ثنتا ثنتي",
        3: "ثلاث ثالث",
        4: "اربع رابع",
        5: "خمس خامس",
        6: "ست سادس",
        7: "سبع سابع",
        8: "ثمان ثامن",
        9: "تسع تاسع",
        10: "عشر عاشر",
        12: "ظهر",
        20: "عشرون عشرين",
        30: "ثلاثون ثلاثين",
        40: "اربعون اربعين",
        50: "خمسون خمسين",
        60: "ستون ستين",
        70: "سبعون سبعين",
        80: "ثمانون ثمانين",
        90: "تسعون تسعين",
        100: "مئ مائ",
        1000: "الف الاف",
    },
}
# "ein" begins "Einladung", so the forms of one are named whole.
_WHOLE = {
    "de": {1: "ein eine einen einem einer eines eins einmal einmalig erste erster ersten erstes erstem"}
}

_GERMAN_UNITS = "ein|zwei|drei|vier|funf|sechs|sieben|acht|neun"
_GERMAN_TENS = "zwanzig|dreissig|vierzig|funfzig|sechzig|siebzig|achtzig|neunzig"
_GERMAN = re.compile(rf"({_GERMAN_UNITS})und({_GERMAN_TENS})")
#: Letters that Arabic writes together with the next word.
_ARABIC_PREFIX = re.compile(r"و?[بلك]?(?:ال)?")
_LONGEST = 30


def numbers_in_words(plain, language):
    """Return the set of whole numbers that ``plain`` says in words, those up to 99 and 100 and 1000."""
    code = language.partition("-")[0]
    if code not in _BEGINNINGS:
        return frozenset()
    found, before = set(), None
    for word in words_of(plain):
        value = _value(word[:_LONGEST], code)
        if value is not None:
            found.add(value)
        if value is not None and before is not None:
            # "yirmi bir", "twenty-one"; in Arabic the unit comes first.
            tens, unit = max(value, before), min(value, before)
            if 10 <= tens <= 90 and tens % 10 == 0 and 0 < unit < 10:
                found.add(tens + unit)
            if code == "ar" and value == 10 and before < 10:
                found.add(10 + before)
        before = value
    return found


@cache
def _table(code):
    """Return ``(whole words, beginnings of the same length by length)``, normalised, to their values."""
    whole = {
        normalise(word): value for value, words in _WHOLE.get(code, {}).items() for word in words.split()
    }
    beginnings = {
        normalise(word): value for value, words in _BEGINNINGS[code].items() for word in words.split()
    }
    return whole, beginnings, sorted({len(word) for word in beginnings}, reverse=True)


def _value(word, code):
    whole, beginnings, lengths = _table(code)
    if word in whole:
        return whole[word]
    if code == "de" and (joined := _GERMAN.match(word)):
        return _units()[joined[1]] + beginnings[joined[2]]
    for form in (word, _ARABIC_PREFIX.sub("", word, count=1)) if code == "ar" else (word,):
        for length in lengths:
            if (value := beginnings.get(form[:length])) is not None:
                return value
    return None


@cache
def _units():
    return {word: value for value, word in enumerate(_GERMAN_UNITS.split("|"), start=1)}
