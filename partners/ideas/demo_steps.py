"""What is in the demo's idea box."""

import datetime

from django.utils import timezone

from content.demo import PEOPLE, Demo, DemoStep
from organisations.models import RegionPage

from .models import Idea, IdeaState


def steps():
    """Return the ``DemoStep`` objects of ideas."""
    return [DemoStep(PEOPLE + 12, "Ideas", load_ideas)]


def load_ideas(demo: Demo):
    """Keep the demo's ideas, without telling anybody; each once."""
    for row in demo.json("ideas") or []:
        region = demo.page(row["region"], RegionPage)
        if Idea.objects.filter(region=region, title=row["title"]).exists():
            continue
        sent = timezone.now() - datetime.timedelta(days=row["days_ago"])
        is_public = row["state"] == IdeaState.PUBLISHED
        Idea.objects.create(
            region=region,
            title=row["title"],
            text=row["text"],
            language=row["language"],
            read_in=row["language"],
            name=row["name"],
            state=row["state"],
            answer=row.get("answer", ""),
            supporters=row.get("supporters", 0),
            created_at=sent,
            published_at=sent + datetime.timedelta(days=1) if is_public else None,
            decided_at=sent + datetime.timedelta(days=1) if is_public else None,
        )
