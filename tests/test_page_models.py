"""What holds for every page model there is, and for every one that will be."""

import pytest
from django.apps import apps
from django.template.loader import get_template
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from content import localisable
from tests.factories import pages

OUR_APPS = {"content", "home", "organisations", "offers", "events", "translation", "partners"}

PAGE_MODELS = [
    model for model in apps.get_models() if issubclass(model, Page) and model._meta.app_label in OUR_APPS
]

#: Fields that wagtail and the tree look after; everything else is a sentence or a fact.
KEPT_BY_WAGTAIL = {field.name for field in Page._meta.get_fields()} - {"title", "slug", "show_in_menus"}

#: Written by the platform for each language on its own.
KEPT_PER_LANGUAGE = {
    "page_ptr",
    "untranslated_fields",
    "owner_page",
    "region_page",
    "next_start",
    "next_end",
}


def names(models):
    return [model.__name__ for model in models]


def declared(model):
    return [field.field_name for field in model.translatable_fields]


def test_there_are_page_models_to_guard():
    assert set(names(PAGE_MODELS)) >= {
        "HomePage",
        "DirectoryPage",
        "PlainPage",
        "RegionPage",
        "OrganisationPage",
        "OfferPage",
        "EventPage",
    }


@pytest.mark.parametrize("model", PAGE_MODELS, ids=names(PAGE_MODELS))
class TestEveryPageModel:
    def test_its_template_exists(self, model):
        assert get_template(model.template)

    def test_it_has_a_factory(self, model):
        factory = getattr(pages, f"{model.__name__}Factory")
        assert factory._meta.model is model

    def test_it_states_what_is_translated(self, model):
        assert "translatable_fields" in vars(model)

    def test_no_field_is_neither_sentence_nor_fact(self, model):
        fields = {
            field.name for field in model._meta.get_fields() if field.concrete and not field.many_to_many
        }
        relations = {
            relation.name
            for relation in get_all_child_relations(model)
            if relation.related_model._meta.app_label in OUR_APPS and relation.name != "tagged_topics"
        }
        own = (fields | relations) - KEPT_BY_WAGTAIL - KEPT_PER_LANGUAGE
        # Menus are a matter of the page's kind, not of its language: only models with menus state it.
        own -= {"show_in_menus"}
        assert own - set(declared(model)) == set()

    def test_nothing_is_declared_twice(self, model):
        assert len(declared(model)) == len(set(declared(model)))

    def test_what_is_local_is_a_fact_or_a_sentence_of_it(self, model):
        assert set(getattr(model, "local_fields", ())) - set(declared(model)) == set()

    def test_its_address_is_the_same_in_every_language(self, model):
        (slug,) = [field for field in model.translatable_fields if field.field_name == "slug"]
        assert slug in localisable.facts("slug")
        assert not slug.overridable

    def test_it_states_where_it_may_stand(self, model):
        assert model.parent_page_types

    def test_editors_are_told_what_a_long_text_is_for(self, model):
        texts = [
            field
            for field in model._meta.get_fields()
            if field.concrete
            and field.name in {"teaser", "text", "headline", "intro"}
            and field.name in declared(model)
        ]
        silent = [field.name for field in texts if not field.help_text]
        assert silent == []
