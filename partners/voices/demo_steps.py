"""What readers report in the demo."""

import datetime

from django.db.models import Q
from django.utils import timezone

from content.demo import PEOPLE, Demo, DemoStep

from .models import Report


def steps():
    """Return the ``DemoStep`` objects of readers' reports."""
    return [DemoStep(PEOPLE + 10, "Reports by readers", load_reports)]


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
