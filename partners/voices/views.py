"""The form with which a reader reports a mistake, without an account, a cookie or JavaScript."""

from django.db import transaction
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from content.acting import page_to_act_on
from content.gate import Verdict, sender_of

from . import services
from .forms import ReportForm


# There is no cookie that another site could make a browser send along.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, page_id):
    """Show the form; thank in the same words whatever becomes of what was sent."""
    page = page_to_act_on(page_id, language_code=request.LANGUAGE_CODE)
    sender = sender_of(request)
    form = ReportForm(request.POST if request.method == "POST" else None, sender=sender, subject=page.pk)
    verdict = None
    if form.is_bound:
        with transaction.atomic():
            verdict = form.verdict()
            if verdict is Verdict.ACT:
                services.report(page=page, sender=sender, **form.cleaned_data)
    response = TemplateResponse(
        request,
        "partners/voices/report.html",
        {"page": page, "form": form, "is_sent": verdict in (Verdict.ACT, Verdict.THANK)},
        status=422 if verdict is Verdict.ASK_AGAIN else 200,
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
