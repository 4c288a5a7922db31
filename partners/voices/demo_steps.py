"""What readers report in the demo, and what they search for and do not find."""

import datetime

from django.db.models import Q
from django.utils import timezone

from content.demo import PEOPLE, Demo, DemoStep
from content.searches.models import EmptySearch

from .models import Report


def steps():
    """Return the ``DemoStep`` objects of readers' reports."""
    return [
        DemoStep(PEOPLE + 10, "Reports by readers", load_reports),
        DemoStep(PEOPLE + 11, "Searches without result", load_searches),
    ]


def load_reports(demo: Demo):
    """Keep the demo's reports, without telling anybody; each once."""
    for row in demo.json("reports") or []:
        page = demo.page(row["page"])
        is_known = Q(page_id=page.pk, reason=row["reason"], text=row["text"])
        if not Report.objects.filter(is_known).exists():
            Report.objects.create(
                page_id=page.pk,
                reason=row["reason"],
                text=row["text"],
                language=row["language"],
                address=row["address"],
                created_at=timezone.now() - datetime.timedelta(days=row["days_ago"]),
            )


def load_searches(demo: Demo):
    """Count the demo's searches that found nothing; each once, however often the demo is built."""
    for row in demo.json("searches") or []:
        if not EmptySearch.objects.filter(language=row["language"], words=row["words"]).exists():
            EmptySearch.objects.create(
                day=demo.today - datetime.timedelta(days=row["days_ago"]),
                language=row["language"],
                words=row["words"],
                count=row["count"],
            )
