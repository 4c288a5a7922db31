"""The demo as a whole: complete, the same when built again, and closed where it is off."""

import io
from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, Revision

import home
from content import registry
from content.demo import Demo
from content.demo_logins import DEMO_PASSWORD
from content.models import Picture
from content.transfer import export_sheet, plan_import, read_table
from home.demo_steps import load_pictures
from organisations.models import Contact, RegionPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]

#: Logins that the demo promises.
LOGINS = {
    "admin",
    "network",
    "coordinator-kempten",
    "coordinator-roth",
    "partner-haus-international",
    "partner-mosaik",
    "partner-sv-illertal",
    "partner-netzwerk-roth",
    "translator-en",
    "translator-tr",
    "translator-uk",
    "translator-ar",
    "translator-simple",
}


def state():
    """Return what a second run could change: every page's revision, every contact, every login's groups."""
    return (
        list(Page.objects.order_by("pk").values_list("pk", "latest_revision", "live", "path", "title")),
        Revision.objects.count(),
        list(Contact.objects.order_by("pk").values()),
        list(get_user_model().objects.order_by("pk").values_list("username", "password", "groups")),
    )


@pytest.mark.parametrize(("kind", "count"), [("organisations", 17), ("offers", 24), ("events", 18)])
def test_every_kind_is_there_in_every_language(kind, count, settings):
    model = registry.kind(kind).page_model
    found = {
        row.code: model.objects.live().filter(locale__language_code=row.code).count()
        for row in settings.LANGUAGE_TABLE
    }
    assert found == {row.code: count for row in settings.LANGUAGE_TABLE}


def test_building_it_again_changes_nothing():
    before = state()
    call_command("demo", verbosity=0)
    assert state() == before


def test_the_progress_is_told_step_by_step():
    told = io.StringIO()
    call_command("demo", stdout=told)
    lines = told.getvalue().splitlines()
    assert lines[0] == "  0%  Languages and start pages"
    assert "100%  The demo is ready." in lines


@pytest.mark.parametrize("kind", registry.all_kinds(), ids=lambda kind: kind.slug)
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_every_sheet_can_be_exported_and_imported_without_a_change(kind, file_format):
    table = read_table(data=export_sheet(kind=kind, file_format=file_format))
    plan = plan_import(kind=kind, table=table)
    assert plan.all_problems == []
    assert [(row.slug, row.changes) for row in plan.rows if row.action != "same"] == []
    assert len(plan.rows) == kind.page_model.objects.filter(locale__language_code="de").count()


def test_the_ended_region_has_ended_and_the_others_run():
    assert {
        region.slug: region.has_ended for region in RegionPage.objects.filter(locale__language_code="de")
    } == {
        "kempten": False,
        "landkreis-roth": False,
        "ueberregional": False,
        "musterstadt-am-lech": True,
    }


def test_the_promised_logins_work_and_only_while_the_demo_is_on(settings):
    users = set(get_user_model().objects.values_list("username", flat=True))
    assert users >= LOGINS
    assert all(authenticate(username=name, password=DEMO_PASSWORD) for name in users)
    settings.DEMO = False
    assert [name for name in users if authenticate(username=name, password=DEMO_PASSWORD)] == []


def test_a_login_of_its_own_works_with_the_demo_off(settings):
    settings.DEMO = False
    get_user_model().objects.create_user("editor", password="eigenes-passwort")
    assert authenticate(username="editor", password="eigenes-passwort").username == "editor"


def test_it_is_not_built_where_it_is_off(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo", verbosity=0)


def test_people_may_do_what_their_role_says():
    haus = Page.objects.get(slug="haus-international", locale__language_code="de")
    mosaik = Page.objects.get(slug="mosaik-frauen", locale__language_code="de")
    turkish = Page.objects.get(slug="haus-international", locale__language_code="tr")
    rights = {
        name: [
            page.permissions_for_user(get_user_model().objects.get(username=name)).can_edit()
            for page in pages
        ]
        for name, pages in {
            "partner-haus-international": (haus, mosaik, turkish),
            "coordinator-kempten": (haus, mosaik, turkish),
            "coordinator-roth": (haus, mosaik, turkish),
            "translator-tr": (haus, mosaik, turkish),
            "translator-uk": (haus, mosaik, turkish),
        }.items()
    }
    assert rights == {
        "partner-haus-international": [True, False, False],
        "coordinator-kempten": [True, True, False],
        "coordinator-roth": [False, False, False],
        "translator-tr": [False, False, True],
        "translator-uk": [False, False, False],
    }


def test_pictures_of_an_older_demo_get_the_rights_that_are_asked_for_now():
    Picture.objects.filter(title="haus").update(people_shown="unknown", licence="", photographer="")
    count = Picture.objects.count()

    load_pictures(Demo(data=Path(home.__file__).parent / "demo", today=timezone.localdate()))

    found = Picture.objects.filter(title="haus").values_list("people_shown", "licence", "photographer")
    assert list(found) == [("nobody", "CC0 1.0", "MitMischen")]
    assert Picture.objects.count() == count
