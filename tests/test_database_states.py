"""Tests that commit leave nothing behind, and take nothing away: here in the order they stand."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page, Site

pytestmark = pytest.mark.both_databases


def count():
    """Return how many pages, sites and users there are."""
    return Page.objects.count(), Site.objects.count(), get_user_model().objects.count()


@pytest.fixture(scope="module")
def at_first(snapshots, django_db_blocker):
    """The counts that migrations leave."""
    with django_db_blocker.unblock():
        return count()


@pytest.mark.django_db
def test_the_migrated_database_has_a_root_page(at_first):
    assert count() == at_first
    assert Page.objects.filter(depth=1).exists()


@pytest.mark.django_db(transaction=True)
def test_a_test_may_commit(at_first):
    assert count() == at_first
    get_user_model().objects.create(username="left behind")
    Page.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_the_next_test_that_commits_begins_as_the_first_did(at_first):
    assert count() == at_first


@pytest.mark.django_db
def test_the_next_test_in_a_transaction_begins_as_the_first_did(at_first):
    assert count() == at_first
    assert Page.objects.get(depth=1).get_children().count() == Page.objects.filter(depth=2).count()

    pytest.importorskip("sqlite3")


@pytest.mark.django_db(transaction=True)
def test_a_named_state_can_be_brought_back_and_is_kept_until_another_is(at_first, snapshots):
    get_user_model().objects.create(username="one")
    snapshots.take("one user more")
    get_user_model().objects.create(username="two")
    snapshots.restore("one user more")
    assert get_user_model().objects.count() == at_first[2] + 1
    snapshots.restore("initial")
    assert count() == at_first
