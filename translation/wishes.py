"""Readers' wishes for a page in their language: counted, without an account, a cookie, or a trace of who it was."""

import datetime

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from content.gate import GatedForm, Verdict, sender_of, take
from content.visibility import open_pages

from .models import TranslationWish
from .selectors import source_page_of

GATE = "translation.wish"


class WishForm(GatedForm):
    """A button, for one page."""

    gate = GATE
    # There is nothing to fill in.
    shortest = datetime.timedelta(0)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def wish(request, page_id):
    """Show a button, and count one wish per reader, page and day.

    There is no cookie and nothing that somebody else's site could make a reader do here. The answer is the same
    whether or not it counted.
    """
    page = get_object_or_404(open_pages().select_related("locale"), pk=page_id)
    if page.locale.language_code != request.LANGUAGE_CODE or source_page_of(page) is None:
        raise Http404
    page = page.specific
    sender = sender_of(request)
    form = WishForm(request.POST if request.method == "POST" else None, sender=sender, subject=page.pk)
    is_sent = False
    if request.method == "POST":
        with transaction.atomic():
            verdict = form.verdict()
            if verdict is Verdict.ACT:
                count_wish(page=page, sender=sender)
        is_sent = verdict is not Verdict.ASK_AGAIN
    return render(request, "translation/wish.html", {"page": page, "form": form, "is_sent": is_sent})


@transaction.atomic
def count_wish(*, page, sender):
    """Count a wish for ``page`` in its locale, once per sender and day; returns whether it counted.

    ``sender``: any text that tells senders apart for a day; see ``content.gate.take``.
    """
    if not take(gate=GATE, sender=sender, limit=1, subject=f"{page.translation_key} {page.locale_id}"):
        return False
    row, _created = TranslationWish.objects.get_or_create(
        translation_key=page.translation_key, locale_id=page.locale_id, day=timezone.localdate()
    )
    TranslationWish.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return True
