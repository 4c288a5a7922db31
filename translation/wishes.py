"""Readers' wishes for a page in their language: counted, without an account, a cookie, or a trace of who it was."""

import datetime

from django import forms
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from content.visibility import open_pages

from .models import TranslationWish, WishMark
from .selectors import source_page_of

SALT = "translation.wishes"
#: How long a form that was opened can be sent.
VALID_FOR = datetime.timedelta(hours=12)
#: How many pages one sender can wish for in a day.
WISHES_PER_DAY = 20


class WishForm(forms.Form):
    """A signed token instead of a cookie, and a field that only programs fill in."""

    token = forms.CharField(max_length=200)
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page

    def clean_token(self):
        token = self.cleaned_data["token"]
        try:
            value = signing.TimestampSigner(salt=SALT).unsign(token, max_age=VALID_FOR)
        except signing.BadSignature as error:
            raise forms.ValidationError("expired") from error
        if value != str(self.page.pk):
            raise forms.ValidationError("for another page")
        return token

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("filled in by a program")
        return ""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def wish(request, page_id):
    """Show a button, and count one wish per reader, page and day.

    The form carries a signed token instead of a cookie; there is nothing that somebody else's site could
    make a reader do here. The answer is the same whether or not it counted.
    """
    page = get_object_or_404(open_pages().select_related("locale"), pk=page_id)
    if page.locale.language_code != request.LANGUAGE_CODE or source_page_of(page) is None:
        raise Http404
    page = page.specific
    context = {"page": page, "is_sent": False}
    if request.method == "POST":
        if WishForm(request.POST, page=page).is_valid():
            count_wish(page=page, sender=_address(request))
        context["is_sent"] = True
    else:
        context["token"] = signing.TimestampSigner(salt=SALT).sign(str(page.pk))
    return render(request, "translation/wish.html", context)


def _address(request):
    """Return where a request comes from, as far as our own proxy knows."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and forwarded:
        return forwarded.split(",")[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


@transaction.atomic
def count_wish(*, page, sender):
    """Count a wish for ``page`` in its locale, once per sender and day; returns whether it counted.

    ``sender``: any text that tells senders apart for a day. It is kept as a hash with a key of that day only.
    """
    today = timezone.localdate()
    WishMark.objects.filter(day__lt=today).delete()
    mark = salted_hmac(f"{SALT}.{today}", sender).hexdigest()
    if WishMark.objects.filter(day=today, sender=mark).count() >= WISHES_PER_DAY:
        return False
    _mark, is_new = WishMark.objects.get_or_create(
        day=today,
        sender=mark,
        subject=salted_hmac(SALT, f"{page.translation_key} {page.locale_id}").hexdigest(),
    )
    if not is_new:
        return False
    row, _created = TranslationWish.objects.get_or_create(
        translation_key=page.translation_key, locale_id=page.locale_id, day=today
    )
    TranslationWish.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return True
