"""Which organisation waits to join in the demo."""

import datetime

from django.utils import timezone

from content.demo import PEOPLE, Demo, DemoStep
from organisations.models import RegionPage
from partners.public_forms import PhoneField

from .models import Application, ApplicationKind, ApplicationState


def steps():
    """Return the ``DemoStep`` objects of applications."""
    return [DemoStep(PEOPLE + 14, "Organisations that want to join", load_applications)]


def load_applications(demo: Demo):
    """Keep the demo's applications, without telling anybody; each once, also when it was decided on since."""
    for row in demo.json("applications") or []:
        region = demo.page(row["region"], RegionPage)
        if Application.objects.filter(region=region, email=row["email"]).exists():
            continue
        sent = timezone.now() - datetime.timedelta(days=row["days_ago"])
        facts = {name: value for name, value in row.items() if name not in ("region", "days_ago")}
        facts["phone"] = PhoneField(required=False).clean(facts["phone"])
        Application.objects.create(
            kind=ApplicationKind.JOIN,
            state=ApplicationState.WAITING,
            region=region,
            created_at=sent,
            confirmed_at=sent,
            **facts,
        )
