"""Reaching a contact: writing to it by a form, and seeing its address when one asks for it."""

from django import forms
from django.core import signing
from django.db import transaction
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from content.acting import page_to_act_on
from content.gate import Verdict, sender_of

from . import messages

SALT = "organisations.contact"
#: How long after the page was made the button works, in seconds.
LIFETIME = 60 * 60


class RevealForm(forms.Form):
    """Proves that the page with the button was opened a moment ago; asks nothing.

    No cookie is needed: nothing is changed, and what is shown is public. ``website`` is a trap for machines.
    """

    token = forms.CharField(widget=forms.HiddenInput)
    website = forms.CharField(required=False)

    def __init__(self, *args, page_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.page_id = page_id

    def clean_token(self):
        try:
            signed = signing.loads(self.cleaned_data["token"], salt=SALT, max_age=LIFETIME)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("This took too long. Press the button again.")) from error
        if signed != self.page_id:
            raise forms.ValidationError(_("This took too long. Press the button again."))
        return signed

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this empty."))
        return ""


def _contact_of(page):
    """Return the contact of a page that readers may act on. Raises ``Http404`` where there is none."""
    if not hasattr(page, "contact"):
        raise Http404
    contact = page.effective_contact if hasattr(page, "effective_contact") else page.contact
    if contact is None:
        raise Http404
    return contact


def _answer(request, *, page, contact, status=200, **context):
    response = TemplateResponse(
        request,
        "organisations/contact.html",
        {
            "page": page,
            "contact": contact,
            "token": signing.dumps(page.pk, salt=SALT),
            **context,
        },
        status=status,
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, page_id):
    """GET shows a form to write to the page's contact and a button, POST what is behind it: phone and e-mail."""
    page = page_to_act_on(page_id, language_code=request.LANGUAGE_CODE)
    found = _contact_of(page)
    reveal = RevealForm(request.POST if request.method == "POST" else None, page_id=page.pk)
    is_shown = reveal.is_valid()
    return _answer(
        request,
        page=page,
        contact=found,
        form=messages.MessageForm(subject=page.pk) if found.email and not is_shown else None,
        is_shown=is_shown,
        reveal_error=next(iter(reveal.errors.get("token", [])), ""),
    )


# There is no cookie that another site could make a browser send along.
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def contact_message(request, page_id):
    """POST sends a message to the page's contact; the thanks are the same whatever becomes of it."""
    page = page_to_act_on(page_id, language_code=request.LANGUAGE_CODE)
    found = _contact_of(page)
    if not found.email:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = messages.MessageForm(data, sender=sender_of(request), subject=page.pk)
    verdict = None
    if form.is_bound:
        verdict = _send(form, contact=found, page=page)
    return _answer(
        request,
        page=page,
        contact=found,
        form=form,
        is_sent=verdict in (Verdict.ACT, Verdict.THANK),
        status=422 if verdict is Verdict.ASK_AGAIN else 200,
    )


def _send(form, *, contact, page):
    """Return the verdict on the form, and send what it says if that is to be done."""
    try:
        with transaction.atomic():
            verdict = form.verdict()
            if verdict is Verdict.ACT:
                typed = dict(form.cleaned_data)
                messages.send_message(
                    contact=contact,
                    page=page,
                    key=form.submission,
                    language_code=typed.pop("language"),
                    **typed,
                )
    except messages.ContactIsFull:
        form.add_error(
            None, _("Many people have written to this contact today. Please try again tomorrow, or call.")
        )
        return Verdict.ASK_AGAIN
    return verdict
