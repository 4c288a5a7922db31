"""Who works on the demo: partners, coordinators and the network office."""

from django.contrib.auth import get_user_model

from content.demo import PEOPLE, Demo, DemoStep
from organisations.models import OrganisationPage, RegionPage

from .services import ensure_coordinator_group, ensure_network_group, ensure_partner_group


def steps():
    """Return this app's ``DemoStep`` objects."""
    return [DemoStep(PEOPLE + 5, "Groups", load_groups)]


def load_groups(demo: Demo):
    """Make a group per organisation and region, and put the demo's people into theirs."""
    groups = {"network_office": {"": ensure_network_group(home=demo.home)}}
    groups["partner"] = {
        page.slug: ensure_partner_group(organisation=page)
        for page in OrganisationPage.objects.filter(locale=demo.source_locale)
    }
    groups["coordinator"] = {
        page.slug: ensure_coordinator_group(region=page)
        for page in RegionPage.objects.filter(locale=demo.source_locale)
    }
    for row in demo.json("people"):
        of_role = groups.get(row["role"])
        if of_role:
            user = get_user_model().objects.get(username=row["username"])
            user.groups.add(of_role[row.get("organisation") or row.get("region") or ""])
