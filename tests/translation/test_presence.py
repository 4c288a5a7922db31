"""A page that is published in German is at once there in every language of its region."""

from wagtail.models import Locale, Page

from tests.factories.pages import (
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    publish,
)
from translation import services
from translation.following import pages_with_other_languages


def codes(page):
    return sorted(
        Page.objects.filter(translation_key=page.translation_key).values_list(
            "locale__language_code", flat=True
        )
    )


def test_a_page_that_a_program_adds_is_there_in_every_language(tree):
    assert codes(tree.event) == ["ar", "de", "tr"]


def test_a_draft_is_nowhere_and_its_publication_is_everywhere(tree, committed):
    with committed():
        draft = OfferPageFactory(parent=tree.organisation, live=False)
    assert codes(draft) == ["de"]
    with committed():
        publish(draft)
    assert codes(draft) == ["ar", "de", "tr"]


def test_a_region_decides_which_languages_its_pages_have(tree, committed):
    with committed():
        region = RegionPageFactory(parent=tree.home, languages=["ar"])
        page = OrganisationPageFactory(parent=region)
    assert codes(region) == codes(page) == ["ar", "de"]


def test_pages_lie_below_their_parents_in_every_language(tree):
    event = tree.event.get_translation(tree.tr)
    assert [page.slug for page in event.get_ancestors(inclusive=True)[2:]] == [
        "kempten",
        "haus-international",
        "world-cafe",
    ]
    assert all(page.locale == tree.tr for page in event.get_ancestors(inclusive=True)[1:])


def test_every_parent_counts_its_children_rightly(tree):
    for page in Page.objects.all():
        assert page.numchild == Page.objects.child_of(page).count(), page


def test_child_pages_of_translations_are_found_by_their_address(tree, client):
    response = client.get("/tr/kempten/haus-international/world-cafe/")
    assert response.status_code == 200
    assert response.context["page"].pk == tree.event.get_translation(tree.tr).pk


def test_owner_and_region_are_those_of_the_same_language(tree):
    event = tree.event.get_translation(tree.tr)
    assert event.owner_page_id == tree.organisation.get_translation(tree.tr).pk
    assert event.region_page_id == tree.region.get_translation(tree.tr).pk


def test_an_alias_that_follows_a_publication_keeps_owner_and_region_of_its_language(tree, republish):
    republish(tree.event, teaser="Neu")
    event = tree.event.get_translation(tree.tr)
    assert event.teaser == "Neu"
    assert event.owner_page_id == tree.organisation.get_translation(tree.tr).pk
    assert event.region_page_id == tree.region.get_translation(tree.tr).pk


def test_an_alias_says_that_its_sentences_are_german(tree):
    event = tree.event.get_translation(tree.tr)
    assert event.language_of("title") == "de"
    assert not event.is_translated


def test_a_language_added_later_starts_from_todays_source(tree, republish, committed):
    services.write_translation(
        page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi", "teaser": "Konuşalım."}
    )
    republish(tree.event, title="World Café am Abend")
    with committed():
        Locale.objects.create(language_code="uk")
    added = tree.event.get_translation(Locale.objects.get(language_code="uk"))
    assert added.title == "World Café am Abend"
    assert added.live


def test_making_present_twice_changes_nothing(tree):
    before = list(Page.objects.values_list("pk", "path", "numchild"))
    services.make_present(page=tree.event)
    assert list(Page.objects.values_list("pk", "path", "numchild")) == before


def test_a_language_that_a_region_gives_up_disappears_and_comes_back(tree, republish):
    services.write_translation(
        page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi", "teaser": "Konuşalım."}
    )
    republish(tree.region, languages=["ar"])
    assert not tree.event.get_translation(tree.tr).live
    republish(tree.region, languages=[])
    event = tree.event.get_translation(tree.tr)
    assert event.live
    assert event.title == "Dünya Kafesi"


def test_a_deleted_translation_makes_way_for_the_german_text(tree, committed):
    services.write_translation(
        page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi", "teaser": "Konuşalım."}
    )
    with committed():
        tree.event.get_translation(tree.tr).delete()
    event = tree.event.get_translation(tree.tr)
    assert event.title == "World Café"
    assert event.alias_of_id == tree.event.pk


def test_pages_added_in_one_transaction_are_there_with_their_parents(tree, committed):
    with committed():
        region = RegionPageFactory(parent=tree.home)
        event = EventPageFactory(parent=OrganisationPageFactory(parent=region))
    assert codes(event) == ["ar", "de", "tr"]


def test_a_published_page_is_there_even_if_its_facts_would_be_refused_today(tree, committed):
    with committed():
        event = EventPageFactory(parent=tree.organisation, live=False)
        type(event).objects.filter(pk=event.pk).update(live=True, teaser="")
    services.make_present(page=event)
    assert codes(event) == ["ar", "de", "tr"]


def test_an_address_that_another_page_holds_for_a_moment_is_put_right(tree, committed, republish):
    with committed():
        leaving = OfferPageFactory(parent=tree.organisation, slug="repair")
    type(leaving).objects.get(pk=leaving.pk).delete()
    with committed():
        coming = EventPageFactory(parent=tree.organisation, slug="repair")
    assert coming.get_translation(tree.tr).slug == "repair-1"
    services.delete_translations(translation_key=leaving.translation_key)
    republish(coming)
    assert coming.get_translation(tree.tr).slug == "repair"


def test_a_region_that_is_published_looks_only_at_pages_whose_languages_differ(tree):
    assert pages_with_other_languages(tree.region) == []
    tree.region.languages = ["ar"]
    assert pages_with_other_languages(tree.region) == [tree.organisation.pk, tree.event.pk]
