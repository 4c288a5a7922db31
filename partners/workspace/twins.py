"""One page from one form: what Wagtail saves by itself while somebody presses a button does not stay as a twin.

The form of a new page saves itself half a second after somebody stops typing. Until the answer is there, its buttons
still make a new page: on a slow line, two. Each form has a key, so that the two are known to be one.
"""

import re
import uuid

from django.core.cache import cache
from django.db import transaction
from wagtail.models import Page

FIELD = "creation_key"
#: Longer than a form of a new page is kept open by somebody who has not saved yet.
REMEMBERED_SECONDS = 60 * 60
_KEY = re.compile(r"[0-9a-f]{32}")


def creation_key(request):
    """Return the key of the form that ``request`` shows: that of the form that was sent, or a new one."""
    sent = request.POST.get(FIELD, "")
    return sent if _KEY.fullmatch(sent) else uuid.uuid4().hex


def one_from_each_form(request, page):
    """Take away the twin of the new ``page`` once it is saved, or ``page`` itself where its twin was meant.

    What somebody saved outlives what was saved by itself; of two that were saved by themselves, the newer stays: the
    older one belongs to a form that was sent and refused meanwhile.
    """
    key = request.POST.get(FIELD, "")
    if _KEY.fullmatch(key):
        is_automatic = not request.accepts("text/html")
        # What fails here leaves a twin, and takes nothing from what was saved.
        transaction.on_commit(lambda: _compare(request.user, key, page.pk, is_automatic), robust=True)


def _compare(user, key, pk, is_automatic):
    name = f"partners.creation:{user.pk}:{key}"
    if cache.add(name, (pk, is_automatic), REMEMBERED_SECONDS):
        return
    known = cache.get(name)
    if known is None:
        # The cache is away, or forgot: nobody knows of a twin.
        return
    twin, was_automatic = known
    if was_automatic:
        cache.set(name, (pk, is_automatic), REMEMBERED_SECONDS)
        _take_away(twin, user)
    elif is_automatic:
        _take_away(pk, user)


def _take_away(pk, user):
    """Delete a draft of ``user`` that nobody has ever read or sent for approval."""
    page = Page.objects.filter(pk=pk, owner=user, live=False, first_published_at=None).first()
    if page is not None and page.current_workflow_state is None:
        page.specific.delete()
