"""What tests begin with is the same when it is written again as when it was built."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from content.index.models import IndexEntry
from tests.factories.pages import EventPageFactory, OrganisationPageFactory, RegionPageFactory, start_site
from tests.services.rebuilding import built

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class World:
    def __init__(self, title):
        self.home = start_site("de", "tr")
        self.region = RegionPageFactory(parent=self.home, title=title)
        self.names = [title, {"organisation": OrganisationPageFactory(parent=self.region)}]


def state():
    """Return what is in the database of pages, of the index, and of what happens when a page is published."""
    pages = Page.objects.order_by("pk").values_list("pk", "path", "title", "numchild", "translation_key")
    return [*pages], [*IndexEntry.objects.order_by("pk").values_list("pk", "kind")], Group.objects.count()


def twice(build, *arguments, before=lambda: (), **options):
    """Build in two transactions that are taken back; return, for each, the state, what was made, and its queries."""
    found = []
    for _time in range(2):
        with transaction.atomic():
            given = [*arguments, *before()]
            with CaptureQueriesContext(connection) as queries:
                made = built(build, *given, **options)
            found.append((state(), made, given, len(queries)))
            transaction.set_rollback(True)
    return found


def test_rows_ids_and_attributes_are_those_of_the_first_time():
    (first, built_world, _given, many), (second, world, _given, few) = twice(World, "Kempten")
    assert first == second
    assert world.region == built_world.region
    assert world.names == built_world.names
    assert type(world) is World
    # It was not built again.
    assert few < many / 2


def test_another_argument_is_another_world():
    assert [found[1].region.title for found in twice(World, "Kempten") + twice(World, "Roth")] == [
        "Kempten",
        "Kempten",
        "Roth",
        "Roth",
    ]


def test_what_was_built_upon_knows_its_children():
    def below(region):
        return EventPageFactory(parent=OrganisationPageFactory(parent=region))

    for _state, event, (region,), _queries in twice(
        below, before=lambda: [RegionPageFactory(parent=start_site("de"))]
    ):
        assert region.numchild == 1
        assert event.title


def test_what_happens_after_commit_is_part_of_it_where_that_is_wanted():
    (first, *_rest), (second, *_rest) = twice(World, "Kempten", committed=True)
    assert first == second
    titles = [title for _pk, _path, title, *_more in second[0]]
    # Its page in Turkish came after commit.
    assert titles.count("Kempten") == 2
    (without, *_rest), _again = twice(World, "Kempten")
    assert [title for _pk, _path, title, *_more in without[0]].count("Kempten") == 1


def test_where_something_else_is_in_the_database_it_is_built_on_that():
    _built, (*_rest, few) = twice(World, "Kempten")
    Group.objects.create(name="Noch eine")
    (*_rest, anew), (*_rest, again) = twice(World, "Kempten")
    assert anew > 2 * few
    assert again == few
