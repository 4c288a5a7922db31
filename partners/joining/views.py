"""The public side of joining: the form in three steps, the claim of a profile, and the link in the mail."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from content.gate import Verdict, sender_of
from content.signed_link_views import SignedLinkView
from content.visibility import visible_pages
from organisations.models import OrganisationPage, RegionPage
from partners.public_forms import unindexed
from partners.services import source_pages

from . import selectors, services
from .forms import ClaimForm, PersonForm, WhatForm, WhoForm
from .models import NAME_LENGTH, ApplicationKind
from .steps import Steps

FORMS = (WhoForm, WhatForm, PersonForm)
LAST = len(FORMS) - 1


# Without a cookie there is nothing that another site could make a browser send along.
@method_decorator([csrf_exempt, never_cache, unindexed], name="dispatch")
class JoinView(View):
    """Asks in three steps; what was typed travels with the pages, signed, and "back" loses nothing of it."""

    http_method_names = ["get", "head", "post"]

    def get(self, request):
        return self._show(0, Steps(FORMS))

    def post(self, request):
        steps = Steps.read(FORMS, request.POST.get("typed", ""))
        sent = request.POST.get("step", "")
        number = int(sent) if sent in map(str, range(len(FORMS))) else 0
        steps.take(number, request.POST)
        if "back" in request.POST:
            return self._show(max(number - 1, 0), steps)
        for earlier in range(number + 1 if number < LAST else LAST):
            form = steps.bound(earlier)
            if not form.is_valid():
                return self._show(earlier, steps, form)
        if number < LAST:
            return self._show(number + 1, steps)
        return self._send(steps)

    def _send(self, steps):
        form = PersonForm(self.request.POST, sender=sender_of(self.request))
        with transaction.atomic():
            verdict = form.verdict()
            if verdict is Verdict.ACT and not _join(steps, form):
                # The region ended, or left this language, since the first step.
                steps.typed[0]["region"] = [""]
                first = steps.bound(0)
                first.is_valid()
                return self._show(0, steps, first)
        if verdict is Verdict.ASK_AGAIN:
            return self._show(LAST, steps, form)
        return redirect("partners_join_sent")

    def _show(self, number, steps, form=None):
        """Show the form of a step: ``form`` with its errors, or what was typed there before."""
        initial = {"region": self.request.GET.get("region", ""), "language": get_language()}
        shown = form or FORMS[number](initial={**initial, **steps.initial(number)})
        context = {
            "form": shown,
            "number": number,
            "steps": steps,
            "is_last": number == LAST,
            "similar": self._similar(steps) if number == 1 else [],
            "summary": _summary(steps) if number == LAST else [],
        }
        status = 422 if form is not None and form.errors else 200
        return TemplateResponse(self.request, "partners/joining/join.html", context, status=status)

    @staticmethod
    def _similar(steps):
        first = steps.bound(0)
        if not first.is_valid():
            return []
        typed = first.cleaned_data
        return selectors.similar_in_public(name=typed["name"], region_slug=typed["region"])


def _join(steps, form):
    """Keep the application of three valid steps; returns False when its region takes none any more."""
    facts = {}
    for number in range(LAST):
        earlier = steps.bound(number)
        if not earlier.is_valid():
            return False
        facts |= earlier.cleaned_data
    facts |= form.cleaned_data
    del facts["consent"]
    region = source_pages(RegionPage).filter(slug=facts.pop("region")).first()
    if region is None or region.has_ended:
        return False
    services.apply(kind=ApplicationKind.JOIN, region=region, **facts)
    return True


def _summary(steps):
    """Return ``[(label, value)]`` of the first two steps, in words."""
    rows = []
    for number in range(LAST):
        form = steps.bound(number)
        form.is_valid()
        for name, field in form.fields.items():
            value = form.cleaned_data.get(name)
            choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
            if isinstance(value, list):
                value = ", ".join(choices[key] for key in value)
            rows.append((field.label, choices.get(value, value)))
    return [(label, value) for label, value in rows if value]


@unindexed
@require_safe
@never_cache
def sent(request):
    """Thank, the same whatever became of the form."""
    return TemplateResponse(request, "partners/joining/sent.html")


@unindexed
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request, page_id):
    """Let somebody of an organisation ask to write its profile, where nobody does so yet."""
    page = visible_pages(model=OrganisationPage).select_related("locale").filter(pk=page_id).first()
    if page is None or page.locale.language_code != request.LANGUAGE_CODE or not selectors.is_claimable(page):
        raise Http404
    source = source_pages(OrganisationPage).get(translation_key=page.translation_key)
    form = ClaimForm(
        request.POST if request.method == "POST" else None,
        sender=sender_of(request),
        subject=page.translation_key,
    )
    if form.is_bound:
        with transaction.atomic():
            verdict = form.verdict()
            if verdict is Verdict.ACT:
                facts = {name: value for name, value in form.cleaned_data.items() if name != "consent"}
                services.apply(
                    kind=ApplicationKind.CLAIM,
                    region=source_pages(RegionPage).get(pk=source.region_page_id),
                    organisation=source,
                    name=source.title[:NAME_LENGTH],
                    language=request.LANGUAGE_CODE,
                    **facts,
                )
        if verdict is not Verdict.ASK_AGAIN:
            return redirect("partners_join_sent")
    status = 422 if form.errors else 200
    context = {"page": page, "form": form}
    return TemplateResponse(request, "partners/joining/claim.html", context, status=status)


class ConfirmView(SignedLinkView):
    """Shows what was sent, and passes it on when its sender says so."""

    purpose = services.PURPOSE
    template_name = "partners/joining/confirm.html"
    done_template_name = "partners/joining/confirmed.html"

    def get_context(self, link):
        application = services.application_of(link)
        return {"application": application, "rows": selectors.facts_of(application)}

    def act(self, link):
        return {"application": services.confirm(link=link)}
