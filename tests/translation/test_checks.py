"""What would make translations go wrong quietly is said by ``manage.py check``."""

import pytest
from django.apps import apps
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.views.edit_translation import TabHelper

from content import localisable
from home.models import PlainPage
from translation import checks
from translation.facts import sentence_names


def ids(errors):
    return [error.id for error in errors]


def test_nothing_is_wrong():
    assert checks.check_languages(None) == []
    assert checks.check_order_of_apps(None) == []
    assert checks.check_page_models(None) == []


def test_a_source_language_outside_the_table_is_found(settings):
    settings.LANGUAGE_CODE = "fr"
    assert ids(checks.check_languages(None)) == ["translation.E001"]


def test_switched_off_translations_are_found(settings):
    settings.WAGTAIL_I18N_ENABLED = False
    settings.WAGTAIL_CONTENT_LANGUAGES = [("de", "Deutsch")]
    assert ids(checks.check_languages(None)) == ["translation.E001", "translation.E001"]


def test_an_app_in_the_wrong_place_is_found(monkeypatch):
    monkeypatch.setattr(apps, "get_app_configs", lambda: reversed(list(apps.app_configs.values())))
    assert ids(checks.check_order_of_apps(None)) == ["translation.E002"]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (localisable.sentences("title", "slug"), ["translation.E004"]),
        ([SynchronizedField("slug")], ["translation.E004", "translation.E005"]),
        ([*localisable.facts("slug"), SynchronizedField("teaser")], ["translation.E005"]),
        (localisable.facts("slug", "no_such_field"), ["translation.E005"]),
    ],
)
def test_declarations_that_would_let_translations_go_wrong_are_found(monkeypatch, fields, found):
    monkeypatch.setattr(PlainPage, "translatable_fields", fields)
    assert ids(checks.check_page_models(None)) == found


def test_a_page_model_without_declarations_is_found(monkeypatch):
    monkeypatch.delattr(PlainPage, "translatable_fields")
    assert ids(checks.check_page_models(None)) == ["translation.E003"]


@pytest.mark.django_db
@pytest.mark.parametrize("model", checks.localisable_models(), ids=lambda model: model._meta.label)
def test_translators_reach_every_sentence_in_the_editor(model):
    tabs = TabHelper(model()).field_tab_mapping
    assert [name for name in sentence_names(model) if name not in tabs] == []


@pytest.mark.parametrize("model", checks.localisable_models(), ids=lambda model: model._meta.label)
def test_every_field_that_partners_fill_in_is_a_sentence_or_a_fact(model):
    own = {
        field.name
        for field in model._meta.get_fields()
        if getattr(field, "editable", False) and field.model.__module__.split(".")[0] != "wagtail"
    }
    declared = {field.field_name for field in model.translatable_fields} | {"topics", "page_ptr"}
    assert sorted(own - declared) == []
