"""Every hook of the registry, as the dummy plugin uses it."""

import re

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.urls import reverse
from dummy_plugin.models import NotePage

from content import registry
from content.transfer import export_sheet
from offers.models import OfferPage

pytestmark = pytest.mark.django_db


def test_no_check_finds_fault_with_either_plugin(notices):
    assert run_checks(databases=["default"], include_deployment_checks=False) == []


def test_no_migration_of_either_plugin_is_lacking():
    call_command("makemigrations", "suche_biete", "dummy_plugin", check_changes=True, dry_run=True)


def test_a_column_of_a_plugin_stands_at_the_end_of_another_kinds_columns(notices):
    assert [column.name for column in registry.kind("offers").columns][-2:] == [
        "search_description",
        "dummy_length",
    ]


def test_a_column_with_a_field_behind_it_is_in_the_sheet_and_one_that_is_only_read_is_not(notices):
    heading = export_sheet(kind=registry.kind("offers")).decode("utf-8-sig").splitlines()[0].split(",")
    assert "search_description" in heading
    assert "dummy_length" not in heading


def test_a_section_is_offered_to_the_kind_it_names_and_to_no_other():
    assert [section.slug for section in registry.sections_for("offers")] == ["dummy_length"]
    assert registry.sections_for("notices") == []


def test_an_address_of_a_plugin_answers_below_every_language(client):
    for language in ("de", "tr", "ar"):
        assert client.get(f"/{language}/dummy-plugin/").content.decode() == f"hello {language}"


def test_a_section_is_shown_on_another_kinds_page(notices, client):
    offer = OfferPage.objects.get(slug="nachhilfe", locale__language_code="de")
    answer = client.get(offer.get_url())
    assert '<p class="dummy-plugin-length">9 characters</p>' in answer.content.decode()


def test_the_forms_of_plugins_show_the_hints_on_texts_and_those_that_plugins_add(notices, admin_client):
    note = NotePage.objects.get(slug="notiz", locale__language_code="de")
    note.teaser = "Lorem ipsum. ACHTUNG!"
    note.save_revision()
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[note.pk])).content.decode()
    hints = html.partition('id="text-hints-teaser"')[2].partition("</ul>")[0]
    assert re.findall(r"<q[^>]*>([^<]*)</q>", hints) == ["ACHTUNG", "Lorem ipsum"]
    assert "This text is a placeholder." in hints
