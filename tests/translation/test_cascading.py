"""What is hidden, moved, deleted or restricted in German is so in every language, however it happens."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import TranslatableObject

from content.signals import page_changed
from tests.factories.pages import EventPageFactory, OrganisationPageFactory, RegionPageFactory
from tests.services.rebuilding import built_once
from translation import services
from translation.models import PageTranslationState


@pytest.fixture
@built_once
def turkish(tree):
    """The Turkish event is a translation, the Arabic one an alias."""
    services.write_translation(page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi"})
    return tree.event.get_translation(tree.tr)


def languages_alive(page):
    return set(
        Page.objects.live()
        .filter(translation_key=page.translation_key)
        .values_list("locale__language_code", flat=True)
    )


def test_an_unpublished_page_is_hidden_in_every_language(tree, turkish):
    tree.event.unpublish()
    assert languages_alive(tree.event) == set()


def test_a_page_that_comes_back_comes_back_in_every_language(tree, turkish, republish):
    tree.event.unpublish()
    republish(tree.event, start_date=datetime.date(2026, 12, 19))
    assert languages_alive(tree.event) == {"de", "tr", "ar"}
    turkish.refresh_from_db()
    assert turkish.title == "Dünya Kafesi"
    assert turkish.start_date == datetime.date(2026, 12, 19)


def test_a_translation_that_somebody_withdrew_stays_withdrawn(tree, turkish, republish):
    turkish.unpublish()
    republish(tree.event, start_date=datetime.date(2026, 12, 19))
    assert languages_alive(tree.event) == {"de", "ar"}


def test_an_expired_page_expires_in_every_language(tree, turkish):
    tree.event.expire_at = timezone.now() - datetime.timedelta(hours=1)
    tree.event.save()
    call_command("publish_scheduled")
    assert languages_alive(tree.event) == set()
    turkish.refresh_from_db()
    assert turkish.expired


def test_a_moved_page_lies_below_its_new_parent_in_every_language(tree, turkish, committed):
    with committed():
        region = RegionPageFactory(parent=tree.home, title="Roth", slug="roth")
        organisation = OrganisationPageFactory(parent=region, slug="netzwerk")
    with committed():
        tree.event.move(organisation, pos="last-child")
    for locale in (tree.tr, tree.ar):
        row = tree.event.get_translation(locale)
        assert row.get_parent().specific == organisation.get_translation(locale)
        assert row.url_path.endswith("/roth/netzwerk/world-cafe/")
        assert row.owner_page_id == organisation.get_translation(locale).pk
        assert row.region_page_id == region.get_translation(locale).pk


def test_a_moved_organisation_takes_its_pages_along_in_every_language(tree, turkish, committed):
    with committed():
        region = RegionPageFactory(parent=tree.home, title="Roth", slug="roth")
    with committed():
        tree.organisation.move(region, pos="last-child")
    turkish.refresh_from_db()
    assert turkish.url_path.endswith("/roth/haus-international/world-cafe/")
    assert turkish.region_page_id == region.get_translation(tree.tr).pk
    for page in Page.objects.all():
        assert page.numchild == Page.objects.child_of(page).count(), page


def test_a_page_moved_where_a_language_is_missing_leaves_that_language(tree, turkish, committed):
    with committed():
        region = RegionPageFactory(parent=tree.home, languages=["ar"])
        organisation = OrganisationPageFactory(parent=region)
    with committed():
        tree.event.move(organisation, pos="last-child")
    assert languages_alive(tree.event) == {"de", "ar"}


def test_the_order_of_pages_is_the_same_in_every_language(tree, committed):
    with committed():
        second = EventPageFactory(parent=tree.organisation, title="Stadtgespräch")
    with committed():
        second.move(tree.event, pos="left")
    for locale in (tree.tr, tree.ar):
        parent = tree.organisation.get_translation(locale)
        assert [page.title for page in parent.get_children()] == ["Stadtgespräch", "World Café"]


def test_a_deleted_page_is_deleted_in_every_language_with_all_that_is_known_of_it(tree, turkish, committed):
    key = tree.event.translation_key
    with committed():
        type(tree.event).objects.get(pk=tree.event.pk).delete()
    assert not Page.objects.filter(translation_key=key).exists()
    assert not PageTranslationState.objects.filter(translation_key=key).exists()
    assert not TranslatableObject.objects.filter(translation_key=key).exists()


def test_deleting_an_organisation_deletes_its_pages_in_every_language(tree, turkish, committed):
    with committed():
        type(tree.organisation).objects.get(pk=tree.organisation.pk).delete()
    assert not Page.objects.filter(translation_key=tree.event.translation_key).exists()
    assert Page.objects.get(pk=tree.region.get_translation(tree.tr).pk).numchild == 0


def test_who_may_not_read_the_source_may_not_read_a_translation(tree, turkish, committed):
    with committed():
        restriction = PageViewRestriction.objects.create(
            page=tree.organisation, restriction_type=PageViewRestriction.LOGIN
        )
    turkish.refresh_from_db()
    assert turkish.get_view_restrictions().exists()
    with committed():
        restriction.delete()
    assert not turkish.get_view_restrictions().exists()


def test_others_learn_of_rows_that_changed_without_a_publication(tree, turkish, republish):
    heard = []

    def listen(sender, page, **kwargs):
        heard.append((sender, page.pk))

    page_changed.connect(listen)
    try:
        republish(tree.event, start_date=datetime.date(2026, 12, 19))
    finally:
        page_changed.disconnect(listen)
    assert (type(tree.event), turkish.pk) in heard


def test_a_page_whose_publication_is_only_scheduled_stays_hidden_in_every_language(tree, turkish, committed):
    tree.event.unpublish()
    event = type(tree.event).objects.get(pk=tree.event.pk)
    event.go_live_at = timezone.now() + datetime.timedelta(days=7)
    with committed():
        event.save_revision().publish()
    assert languages_alive(tree.event) == set()
    revision = event.revisions.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - datetime.timedelta(hours=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    with committed():
        call_command("publish_scheduled")
    assert languages_alive(tree.event) == {"de", "tr", "ar"}
