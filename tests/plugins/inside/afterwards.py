"""What is left of plugins that were uninstalled while their pages are in the database."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from wagtail.models import Locale, Page

from content import registry
from content.directory import search_all
from organisations.models import RegionPage
from tests.factories.pages import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    return Page.objects.get(slug="naehmaschinen", locale__language_code="de")


def test_the_platforms_own_kinds_are_the_only_ones():
    assert [kind.slug for kind in registry.all_kinds()] == ["offers", "events", "organisations"]


def test_a_check_warns_of_the_pages_that_stay():
    warnings = [message for message in run_checks(databases=["default"]) if message.id == "content.W001"]
    assert len(warnings) == 2
    assert any("page(s) of the kind “suche_biete.noticepage”" in warning.msg for warning in warnings)
    assert any("page(s) of the kind “dummy_plugin.notepage”" in warning.msg for warning in warnings)


def test_the_page_is_not_found_in_any_language(notice, client):
    pages = Page.objects.filter(translation_key=notice.translation_key)
    assert len(pages) >= 2
    for page in pages:
        assert client.get(page.get_url()).status_code == 404


@pytest.mark.parametrize("path", ["", "kempten/", "kempten/mosaik/", "kempten/mosaik/nachhilfe/"])
def test_pages_around_it_still_answer_and_do_not_link_to_it(path, client):
    answer = client.get(f"/de/{path}")
    assert answer.status_code == 200
    assert "Nähmaschinen" not in answer.content.decode()


def test_the_sitemap_leaves_it_out(client):
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/de/kempten/mosaik/</loc>" in sitemap
    assert "naehmaschinen" not in sitemap


def test_a_search_for_its_words_finds_nothing():
    found = search_all("Nähmaschine verschenken", Locale.objects.get(language_code="de"))
    assert (found.total, found.groups) == (0, [])


def test_a_region_that_had_switched_it_off_can_still_be_published():
    region = RegionPage.objects.get(slug="roth", locale__language_code="de")
    assert region.inactive_kinds == ["notes"]
    region.teaser = "Neu gesagt."
    assert publish(region).inactive_kinds == ["notes"]


def test_the_index_can_be_made_anew(client):
    call_command("rebuild_index", verbosity=0)


def test_the_admin_lists_the_page_below_its_organisation(notice, admin_client):
    answer = admin_client.get(f"/admin/pages/{notice.get_parent().pk}/")
    assert answer.status_code == 200
    assert "Nähmaschinen zu verschenken" in answer.content.decode()
