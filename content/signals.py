"""What other apps tell about pages, beyond Wagtail's own signals."""

from django.dispatch import Signal

#: Sent with ``page`` (a live page) when its row was changed without a publication of its own: facts written
#: into a translation, the next date of an event.
page_changed = Signal()
