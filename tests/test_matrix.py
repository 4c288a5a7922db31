"""Every address of the admin, asked for by everybody with things that are not theirs.

What is expected of an address stands in ``tests/matrix/table.py``, what is hidden in ``tests/matrix/world.py``.
"""

import pytest
from django.db import transaction

from tests.matrix import asking, world
from tests.matrix.addresses import routes
from tests.matrix.table import EVERYBODY, LIST, NETWORK_MAY, NOBODY, OFFICE, PUBLIC, row_of

ROUTES = routes()
STRANGERS = ("anonymous", "partner", "translator", "coordinator")
NETWORK = "network office"

by_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name or route.path)


@pytest.fixture(scope="module")
def worlds(snapshots, django_db_blocker):
    """Both worlds, for all tests of this module, and what each role must not see or change."""
    with django_db_blocker.unblock():
        made = world.build()
        made.things = {
            role: asking.hidden_things(made, role) for role in (*STRANGERS, NETWORK, "administrator")
        }
        made.rows = {role: world.hidden_rows(made, role) for role in STRANGERS}
        yield made
        snapshots.restore("initial")


def outcomes(worlds, role, route, row):
    """Yield ``(question, outcome)`` for every way to ask for ``route``; nothing that is written stays."""
    asker = asking.Asker(worlds.people.get(role))
    questions = {}
    for things in worlds.things[role]:
        questions |= dict(asking.addresses(route, row, things))
    for address, data in questions.items():
        for method in row.methods:
            point = transaction.savepoint()
            outcome = asker.ask(method, address, data if method != "get" else None)
            yield f"{method} {address}", outcome
            transaction.savepoint_rollback(point)


@by_route
def test_every_address_is_classified(route):
    assert row_of(route) is not None, (
        f"/{route.path} ({route.name or 'unnamed'}) is not in tests/matrix/table.py. Add a Row that says what a "
        "stranger may see there: THING for an address of one thing, LIST for one that shows each person the own, "
        "EVERYBODY for one that shows nothing of anybody, OFFICE for administrators, NOBODY for one that is shut."
    )


@pytest.mark.parametrize("role", STRANGERS)
@by_route
@pytest.mark.django_db
def test_nobody_sees_or_changes_what_is_hidden_from_them(worlds, role, route):
    row = row_of(route)
    is_open = row.kind == PUBLIC or (row.kind in (EVERYBODY, LIST) and role != "anonymous")
    is_open = is_open or role in row.shared_with
    wrong = []
    for question, outcome in outcomes(worlds, role, route, row):
        if found := world.leaked(outcome.said, role):
            wrong.append(f"{question} shows {', '.join(found)}")
        if outcome.status >= 500:
            wrong.append(f"{question} breaks: {outcome.status}")
        if not (is_open or outcome.refused):
            wrong.append(f"{question} is answered: {outcome.status}")
        if outcome.wrote and world.hidden_rows(worlds, role) != worlds.rows[role]:
            wrong.append(f"{question} changes what is hidden, among {sorted(set(outcome.wrote))}")
    assert wrong == []


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if row_of(route) and row_of(route).kind in (OFFICE, NOBODY)],
    ids=lambda route: route.name or route.path,
)
@pytest.mark.django_db
def test_the_network_office_keeps_all_regions_and_administers_nothing(worlds, route):
    """It works on the pages of all regions; accounts, groups, sites, reviews and redirects are not its business."""
    found = list(outcomes(worlds, NETWORK, route, row_of(route)))
    assert [question for question, outcome in found if outcome.status >= 500] == []
    answered = [question for question, outcome in found if not outcome.refused]
    assert bool(answered) == (route.name in NETWORK_MAY), answered
    assert [outcome.wrote for _question, outcome in found if outcome.wrote] == []


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if row_of(route) and row_of(route).works],
    ids=lambda route: route.name or route.path,
)
@pytest.mark.django_db
def test_what_strangers_are_refused_works_for_the_administrator(worlds, route):
    row = row_of(route)
    works, shown, broken = False, False, []
    for question, outcome in outcomes(worlds, "administrator", route, row):
        works = works or not outcome.refused
        shown = shown or bool(world.leaked(outcome.said))
        if outcome.status >= 500:
            broken.append(question)
        if works and (shown or not row.canaries):
            break
    assert broken == []
    assert works == (row.kind != NOBODY)
    assert shown or not row.canaries
