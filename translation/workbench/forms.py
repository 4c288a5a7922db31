"""What is sent from the workbench."""

import re

from translation.drafts.services import MAX_SENTENCE

_TEXT = re.compile(r"text-([0-9]{1,15})")


def texts_sent(data):
    """Return ``{segment id: (text, version)}`` of a form with many sentences."""
    found = {}
    for name in data:
        match = _TEXT.fullmatch(name)
        if match:
            pk = int(match[1])
            found[pk] = (data[name], data.get(f"version-{pk}", "")[:MAX_SENTENCE])
    return found
