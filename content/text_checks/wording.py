"""Whether words say what they are for, and whether what belongs into a field of its own stands in the text."""

import re
from itertools import islice

import phonenumbers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .hints import hint

#: Words of a link that do not say where it leads, in the languages we speak; in small letters.
VAGUE_LINKS = frozenset(
    words
    for line in (
        "hier|bitte hier|hier klicken|bitte hier klicken|klicken sie hier|klicken sie bitte hier|klick hier",
        "hier entlang|klick|link|zum link|dieser link|diesem link|diesen link",
        "mehr|mehr dazu|mehr erfahren|mehr infos|weiter|weiterlesen|details",
        "here|click here|please click here|click|this link|this page|more|more info|read more|learn more|see here",
        "burada|buraya|buraya tıklayın|buraya tıkla|tıklayın|tıkla|bağlantı|bu bağlantı|devamı|daha fazla",
        "тут|натисніть тут|клікніть тут|натисніть|клікніть|посилання|за посиланням|детальніше|більше|читати далі",
        "هنا|اضغط هنا|انقر هنا|اضغط|انقر|الرابط|هذا الرابط|المزيد|اقرأ المزيد|للمزيد",
    )
    for words in line.split("|")
)
_CLICK_HERE = re.compile(
    r"(?<!\w)(?:hier (?:an)?klicken|klicke?n? (?:sie )?(?:bitte )?hier|click here|buraya tıkla(?:yın)?"
    r"|(?:натисніть|клікніть) тут|(?:اضغط|انقر) هنا)(?!\w)",
    re.IGNORECASE,
)

#: Groups of digits that are looked at as phone numbers; each costs time.
MOST_NUMBERS = 100
# Hardly a telephone has a shorter number; post codes like 01640 could be one.
_FEWEST_DIGITS = 7

# Days and times, which a phone could dial as well: 02.01.2000 is a number in Duisburg.
_MOMENT = re.compile(
    r"(?<!\d)(?:\d{1,2}([./-])\s?\d{1,2}\1\s?(?:\d{4}|\d\d)?|\d{4}-\d\d-\d\d|\d{1,2}[.:]\d\d(?![./]\d))(?!\d)"
)

# What may stand before and after the "@" of an address. Their lengths are those of RFC 5321, section 4.5.3.1.
_LOCAL_PART = re.compile(r"[\w.+-]{1,64}\Z")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")

#: From so many letters on, a word in capitals is hardly an abbreviation (UNESCO has six, ACHTUNG seven).
LONG_CAPITALS = 7
_LETTERS = re.compile(r"[^\W\d_]+")
#: So many words in capitals one after another are no abbreviations either.
CAPITALS_IN_A_ROW = 3
#: More than so many exclamation marks in one text are too many.
MOST_EXCLAMATION_MARKS = 3


def vague_links(text, language):
    """Find links that are called "here", and "click here" where no link is."""
    found = [link for link in text.links if link.strip(" .,:;!?…»«›‹→>").casefold() in VAGUE_LINKS]
    named = " ".join(found).casefold()
    found += [words for words in _CLICK_HERE.findall(text.plain) if words.casefold() not in named]
    if not found:
        return []
    return hint(
        _("These words do not say where the link leads."),
        _(
            "Name what is there, for example “registration form”. Who has pages read aloud often hears only the links."
        ),
        found,
    )


def contact_details(text, language):
    """Find phone numbers (of Germany, or with the "+" of another country) and e-mail addresses."""
    found = [*_phone_numbers(text.plain), *_email_addresses(text.plain)]
    if not found:
        return []
    return hint(
        _("There are contact details in the text."),
        _(
            "They belong into the contact: there they are changed once and right everywhere, and a tap is enough on a "
            "phone. Then take them out here."
        ),
        found,
    )


def capitals(text, language):
    """Find words and phrases in capital letters that are no abbreviations."""
    found = []
    for line in text.plain.splitlines():
        row = []
        for word in [*line.split(), ""]:
            letters = "".join(filter(str.isalpha, word))
            if len(letters) > 1 and letters.isupper():
                row.append(word)
                if word[-1].isalnum():
                    continue
            if len(row) >= CAPITALS_IN_A_ROW:
                found.append(" ".join(row))
            else:
                found += [each for each in row if max(map(len, _LETTERS.findall(each))) >= LONG_CAPITALS]
            row = []
    found = [words.strip("„“”\"'»«().,;:!?…–-") for words in found]
    if not found:
        return []
    return hint(
        _("Words in CAPITAL LETTERS read like shouting."),
        _("Write them in the usual way. What is important can be bold, or stand at the beginning."),
        found,
    )


def exclamation_marks(text, language):
    """Find a text with more than three exclamation marks."""
    count = text.plain.count("!")
    if count <= MOST_EXCLAMATION_MARKS:
        return []
    return hint(
        ngettext("There is %(count)d exclamation mark.", "There are %(count)d exclamation marks.", count)
        % {"count": count},
        _("One is enough. A calm sentence is believed more readily."),
    )


def _phone_numbers(plain):
    matches = phonenumbers.PhoneNumberMatcher(
        _MOMENT.sub(";", plain), "DE", leniency=phonenumbers.Leniency.VALID, max_tries=MOST_NUMBERS
    )
    numbers = [match.raw_string for match in islice(matches, MOST_NUMBERS)]
    return [number for number in numbers if sum(map(str.isdecimal, number)) >= _FEWEST_DIGITS]


def _email_addresses(plain):
    found = []
    at = plain.find("@")
    while at != -1:
        local = _LOCAL_PART.search(plain, max(0, at - 64), at)
        domain = _DOMAIN.match(plain, at + 1)
        if local and domain:
            found.append(f"{local[0]}@{domain[0]}")
        at = plain.find("@", at + 1)
    return found
