"""Whether two names may mean the same organisation, however they are spelled."""

import re
import unicodedata
from difflib import SequenceMatcher

#: Share of equal letters from which two names are shown side by side; 1 is equal.
SIMILAR = 0.8
_LEGAL_FORMS = re.compile(r"\b(?:e\.?\s?v|gg?mbh|ug|e\.?\s?g)\b\.?")


def simplified(name):
    """Return the words of ``name`` in alphabetical order, without case, accents and legal form ("e.V.")."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.findall(r"\w+", plain)
    kept = re.findall(r"\w+", _LEGAL_FORMS.sub(" ", plain))
    return " ".join(sorted(kept or words))


def are_similar(one, other):
    """Return whether a person should look whether the names ``one`` and ``other`` mean the same."""
    one, other = simplified(one), simplified(other)
    if not one or not other:
        return False
    few, many = sorted((set(one.split()), set(other.split())), key=len)
    if len(few) > 1 and few <= many:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The first two are upper bounds that cost little.
    return all(ratio() >= SIMILAR for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))
