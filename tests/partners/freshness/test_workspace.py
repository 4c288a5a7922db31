"""What the workspace says about freshness: to partners as things to do, to coordinators as a panel."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from partners.freshness import workspace
from partners.models import CheckedLink, LinkUse
from partners.workspace.registry import Audience, Urgency
from partners.workspace.selectors import entries_of
from tests.services.rebuilding import built

from .world import DUE, World, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return built(World)


def told(world, today=DUE):
    audience = Audience(user=world.partner, organisations=(world.haus,))
    entries = entries_of(type(world.haus).objects.get(pk=world.haus.pk), today=today)
    return [(task.key, str(task.label), task.urgency) for task in workspace.tasks(audience, entries, today)]


def test_partners_are_told_what_to_confirm_and_which_links_are_broken(world):
    assert told(world) == []
    page = world.offer("Sprachkurs")
    world.offer("In Roth", parent=world.sv)
    assert told(world, day(-14)) == [("confirm", "Bestätigen: „Sprachkurs“", Urgency.CONFIRM_SOON)]
    world.offer("Beratung", offset=-5)
    link = CheckedLink.objects.create(
        url="https://verein.de/", next_check_on=DUE, failures=3, broken_since=DUE, status=404
    )
    LinkUse.objects.create(
        link=link, translation_key=page.translation_key, organisation_key=world.haus.translation_key
    )
    assert told(world) == [
        ("confirm", "Einträge zu bestätigen: 2", Urgency.CONFIRM),
        ("broken-links", "Links, die ins Leere führen: 1", Urgency.BROKEN_LINK),
    ]


def test_coordinators_see_how_much_is_to_confirm_with_the_same_queries(world):
    audience = Audience(user=world.coordinator, regions=(world.kempten,))
    assert workspace.tasks(audience, [], DUE) == []
    counts = []
    for number in range(7):
        world.offer(f"Angebot {number}")
        if number in (0, 6):
            user = type(world.coordinator).objects.get(pk=world.coordinator.pk)
            with CaptureQueriesContext(connection) as queries:
                (panel,) = workspace.panels(Audience(user=user, regions=(world.kempten,)), DUE)
                html = render_to_string(panel.template, panel.context)
            assert panel.count == number + 1
            assert html.count("<li>") == min(number + 1, 5)
            counts.append(len(queries))
    assert counts == [6, 6]
