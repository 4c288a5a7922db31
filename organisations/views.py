"""Showing a contact's address to people who ask for it."""

from django import forms
from django.core import signing
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from content.lineage import lineage_of
from content.visibility import open_pages

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


def _contact_page(page_id):
    """Return ``(page, contact)`` for a public page with a contact. Raises ``Http404``."""
    row = open_pages().filter(pk=page_id).first()
    model = row.specific_class if row is not None else None
    if model is None or not hasattr(model, "contact"):
        raise Http404
    page = model.objects.select_related("locale", *model.served_with).get(pk=page_id)
    lineage = lineage_of(page)
    contact = page.effective_contact if hasattr(page, "effective_contact") else page.contact
    if contact is None or (lineage.scope is not None and lineage.scope.has_ended):
        raise Http404
    return page, contact


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, page_id):
    """GET shows a button, POST what is behind it: phone and e-mail of the page's contact."""
    page, found = _contact_page(page_id)
    form = RevealForm(request.POST if request.method == "POST" else None, page_id=page.pk)
    is_shown = form.is_valid()
    response = TemplateResponse(
        request,
        "organisations/contact.html",
        {
            "page": page,
            "contact": found,
            "is_shown": is_shown,
            "token": signing.dumps(page.pk, salt=SALT),
            "error": next(iter(form.errors.get("token", [])), ""),
        },
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
