"""The public page of a circle, and the page behind the link in a member's mail."""

from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from content import signed_links
from content.signed_link_views import AskingLinkView
from partners.ideas.selectors import public_regions

from . import selectors, services
from .forms import AnswerForm
from .models import StepAnswer


class QuestionClosed(signed_links.LinkUsed):
    """Nothing can be answered any more. ``region``: whose page says how it stands, or None."""

    def __init__(self, link, region=None):
        super().__init__(link)
        self.region = region


@require_safe
def circle(request, slug):
    """Show who is in the circle of a region, and the steps of its project."""
    region = next((one for one in public_regions().values() if one.slug == slug), None)
    if region is None:
        raise Http404
    quarters = selectors.quarters(region)
    context = {
        "region": region,
        "quarters": quarters,
        "has_members": any(members for _sector, fields in quarters for _field, members in fields),
        "steps": list(selectors.timeline(region)),
        "source_language": settings.LANGUAGE_CODE,
    }
    return TemplateResponse(request, "partners/circle/circle.html", context)


def _answer_of(link):
    """Return the answer that ``link`` is for.

    Raises ``LinkInvalid`` when the link was made for another address, ``QuestionClosed`` when it can no longer be
    given.
    """
    pk = link.subject.removeprefix("circle:")
    found = StepAnswer.objects.select_related("step__circle__region", "member").filter(pk=pk).first()
    if found is None:
        # The question was taken back, or asked anew at another address.
        raise QuestionClosed(link)
    if found.member.email != link.person:
        raise signed_links.LinkInvalid(link)
    if not services.is_open(found):
        raise QuestionClosed(link, found.step.circle.region)
    return found


class AnswerView(AskingLinkView):
    """Shows a step to a member; keeps the answer."""

    purpose = services.PURPOSE
    template_name = "partners/circle/answer.html"
    done_template_name = "partners/circle/done.html"
    refused_template_name = "partners/circle/closed.html"
    form_class = AnswerForm

    def get_binding(self, link):
        # A step cannot change while it is asked about, and whoever takes the question back deletes its answers.
        return services.binding_of_step(_answer_of(link).step)

    def get_context(self, link):
        found = _answer_of(link)
        return {
            "step": found.step,
            **super().get_context(link),
            "source_language": settings.LANGUAGE_CODE,
        }

    def act(self, link):
        try:
            step = services.answer(answer=_answer_of(link), **self.form.cleaned_data)
        except services.CannotAnswer as error:
            raise QuestionClosed(link) from error
        return {"step": step, "region": step.circle.region}

    def _refuse(self, refused):
        response = super()._refuse(refused)
        if isinstance(refused, QuestionClosed):
            response.context_data["region"] = refused.region
        return response
