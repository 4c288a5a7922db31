"""The public side of the idea box: the list, one idea, and the form."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from content.gate import Verdict, sender_of
from content.languages import language
from organisations.models import RegionPage
from partners.public_forms import unindexed
from partners.services import source_pages

from . import selectors, services
from .forms import IdeaForm, SupportForm
from .models import WRITTEN_LANGUAGE

PER_PAGE = 20


@require_safe
def ideas(request):
    """List what people wish for, the newest first; ``?region=`` (a slug) narrows it, ``?page=`` turns the page."""
    regions = selectors.public_regions()
    chosen = next((one for one in regions.values() if one.slug == request.GET.get("region")), None)
    found = selectors.public_ideas([chosen] if chosen else regions.values())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for idea in page.object_list:
        idea.region_read = regions[idea.region.translation_key]
    context = {
        "page_of_ideas": page,
        "regions": regions.values(),
        "chosen": chosen,
        "is_open": not chosen.has_ended if chosen else any(not one.has_ended for one in regions.values()),
    }
    return TemplateResponse(request, "partners/ideas/list.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea(request, idea_id):
    """Show one idea; POST counts somebody who likes it. The answer is the same whether or not it counted."""
    regions = selectors.public_regions()
    found = get_object_or_404(selectors.public_ideas(regions.values()), pk=idea_id)
    found.region_read = regions[found.region.translation_key]
    sender = sender_of(request)
    form = SupportForm(request.POST if request.method == "POST" else None, sender=sender, subject=found.pk)
    is_thanked = False
    if form.is_bound:
        if found.region.has_ended:
            raise Http404
        with transaction.atomic():
            verdict = form.verdict()
            if verdict is Verdict.ACT:
                services.support(idea=found, sender=sender)
        is_thanked = verdict is not Verdict.ASK_AGAIN
        found.refresh_from_db(fields=["supporters"])
    context = {
        "idea": found,
        "form": form,
        "is_thanked": is_thanked,
        "is_open": not found.region.has_ended,
    }
    return TemplateResponse(request, "partners/ideas/idea.html", context)


@unindexed
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request):
    """Take an idea from anybody."""
    spoken = get_language()
    if spoken not in WRITTEN_LANGUAGE.values:
        spoken = language(spoken).base
    form = IdeaForm(
        request.POST if request.method == "POST" else None,
        initial={"language": spoken, "region": request.GET.get("region", "")},
        sender=sender_of(request),
    )
    if form.is_bound:
        with transaction.atomic():
            verdict = form.verdict()
            if verdict is Verdict.ACT:
                _submit(form)
        if verdict is not Verdict.ASK_AGAIN:
            return redirect("partners_idea_sent")
    status = 422 if form.errors else 200
    return TemplateResponse(request, "partners/ideas/submit.html", {"form": form}, status=status)


def _submit(form):
    facts = dict(form.cleaned_data)
    region = source_pages(RegionPage).get(slug=facts.pop("region"), live=True)
    services.submit(region=region, read_in=get_language(), **facts)


@unindexed
@require_safe
@never_cache
def sent(request):
    """Thank, the same whatever became of the form."""
    return TemplateResponse(request, "partners/ideas/sent.html")
