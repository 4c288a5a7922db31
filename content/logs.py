"""Keeps the secrets of signed links out of the logs. Imports no models: logging is set up before there are any."""

import logging
import re

#: What ``content.signed_links`` makes: a secret of 22 characters, a full stop, a signature of 43.
_TOKEN = re.compile(r"(?<![\w-])[\w-]{22}\.[\w-]{43}(?![\w-])", re.ASCII)
HIDDEN = "[signed link]"


def without_tokens(text):
    """Return ``text`` with ``[signed link]`` in the place of every token of a signed link."""
    return _TOKEN.sub(HIDDEN, text)


class HideSignedLinks(logging.Filter):
    """Replaces tokens in the message and the traceback of a record; lets every record pass.

    Belongs to handlers, not to loggers: only a handler's filters see what other loggers hand up.
    """

    def filter(self, record):
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = without_tokens(message), ()
        if record.exc_info and not record.exc_text:
            # A formatter prints this text instead of formatting the exception itself.
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_tokens(record.exc_text)
        return True
