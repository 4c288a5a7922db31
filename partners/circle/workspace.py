"""Steps that a circle is asked about, in the workspace of coordinators."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.workspace.registry import Panel

from .models import Step, StepState
from .selectors import answers_in_words, with_counts

#: How many steps a panel names.
SHOWN = 5


def panels(audience, today):
    """Return the panel of the steps that members are asked about; one query."""
    if not audience.regions:
        return []
    steps = Step.objects.filter(circle__region__in=audience.region_ids, state=StepState.PROPOSED)
    found = list(with_counts(steps.select_related("circle__region")).order_by("answers_until", "pk"))
    is_one = len(audience.regions) == 1
    items = [
        {
            "title": step.title,
            "url": reverse("partners_circle_step", args=[step.pk]),
            "note": " · ".join([answers_in_words(step), *([] if is_one else [step.circle.region.title])]),
            "day": step.answers_until,
        }
        for step in found[:SHOWN]
    ]
    all_url = (
        reverse("partners_circle_region", args=audience.region_ids) if is_one else reverse("partners_circles")
    )
    return [
        Panel(
            key="circle",
            title=_("The steering circle"),
            template="partners/circle/panel.html",
            context={
                "items": items,
                "more": len(found) - len(items),
                "nothing": _("No step waits for an answer."),
                "all_url": all_url,
            },
            count=len(found),
            order=40,
        )
    ]
