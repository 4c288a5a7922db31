"""The edit form of events."""

from content.forms import ContentPageForm


class EventPageForm(ContentPageForm):
    """Asks for dates the way people think of them."""
