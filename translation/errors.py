"""What can be wrong with a translation, said so that a translator can mend it."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class TranslationInvalid(ValidationError):
    """A translation cannot be published.

    ``message_dict``: messages by field name (``__all__`` for the page as a whole). ``segments``: messages by the
    id of wagtail-localize's string segment, for an editor that shows them where they belong.
    """

    def __init__(self, messages, segments=None):
        super().__init__(messages if isinstance(messages, dict) else {NON_FIELD_ERRORS: [messages]})
        self.segments = segments or {}


class NothingTranslated(TranslationInvalid):
    """There is no translated sentence that could be published."""


class SourceNotPublished(TranslationInvalid):
    """Readers cannot see the source, so they cannot see a translation of it either."""
