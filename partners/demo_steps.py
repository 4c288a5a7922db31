"""Who works on the demo: partners, coordinators and the network office."""

from django.contrib.auth import get_user_model

from content.demo import PEOPLE, Demo, DemoStep
from organisations.models import OrganisationPage, RegionPage

from . import services
from .models import Team, TeamKind


def steps():
    """Return this app's ``DemoStep`` objects."""
    return [DemoStep(PEOPLE + 5, "Teams", load_teams)]


def load_teams(demo: Demo):
    """Make all teams, trust the organisations that nobody has to look after, and put the demo's people into theirs."""
    services.ensure_teams()
    rows = demo.json("people")
    looked_after = {row["organisation"] for row in rows if row.get("needs_approval")}
    for organisation in services.source_pages(OrganisationPage):
        services.set_trust(
            team=_team(TeamKind.PARTNER, organisation),
            publishes_at_once=organisation.slug not in looked_after,
        )
    for row in rows:
        team = _team_of(demo, row)
        if team is not None:
            get_user_model().objects.get(username=row["username"]).groups.add(team.group_id)


def _team(kind, page):
    return Team.objects.get(kind=kind, subject=page.translation_key)


def _team_of(demo, row):
    """Return the team that a person of the demo works in, or None for administrators."""
    match row["role"]:
        case "partner":
            return _team(TeamKind.PARTNER, demo.page(row["organisation"], OrganisationPage))
        case "coordinator":
            return _team(TeamKind.COORDINATOR, demo.page(row["region"], RegionPage))
        case "translator":
            return Team.objects.get(kind=TeamKind.TRANSLATOR, subject=row["translates"])
        case "network_office":
            return Team.objects.get(kind=TeamKind.NETWORK)
    return None
