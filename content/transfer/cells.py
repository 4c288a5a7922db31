"""What is written into a cell so that no spreadsheet program takes it for a formula, and back."""

import re

#: Characters at the start of a cell that make spreadsheet programs calculate, their full-width forms included.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def guard(text):
    """Return ``text`` as it is safe in a cell: with an apostrophe before anything that could be a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text):
    """Return what ``guard`` was given."""
    return text[1:] if _GUARDED.match(text) else text


def split_list(text):
    """Return the entries of ``a; b`` or of one entry per line; ``\\;`` is a semicolon inside an entry."""
    entries, entry, characters = [], "", iter(text)
    for character in characters:
        if character == "\\":
            following = next(characters, "")
            entry += following if following in (";", "\\") else character + following
        elif character in ";\n":
            entries.append(entry)
            entry = ""
        else:
            entry += character
    entries.append(entry)
    return [entry.strip() for entry in entries if entry.strip()]


def join_list(entries):
    """Return what ``split_list`` reads."""
    return "; ".join(entry.replace("\\", "\\\\").replace(";", "\\;") for entry in entries)
