"""Two texts compared word by word, for people who want to see what has changed."""

import difflib
import re

#: A tag of marked text counts as one word.
_WORD = re.compile(r"</?[0-9]+/?>|\w+|\s+|[^\w\s]")
#: Longer texts are compared line by line: comparing word by word takes the square of their length.
WORDS_COMPARED = 4000

SAME, DELETED, ADDED = "same", "deleted", "added"


def word_diff(before, after):
    """Return ``[(SAME, DELETED or ADDED, text), …]``; what was deleted stands before what was added in its place."""
    if not before or not after:
        return [(DELETED, before)] if before else ([(ADDED, after)] if after else [])
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > WORDS_COMPARED:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    parts = []
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            parts.append((SAME, "".join(old[start:end])))
            continue
        if end > start:
            parts.append((DELETED, "".join(old[start:end])))
        if new_end > new_start:
            parts.append((ADDED, "".join(new[new_start:new_end])))
    return parts
