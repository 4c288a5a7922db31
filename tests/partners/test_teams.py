"""Teams follow what they work for: made, renamed, moved and taken down by themselves."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Workflow
from wagtail.permissions import policy_registry

from content.models import Picture
from organisations.models import OrganisationPage
from partners import services
from partners.models import Team, TeamKind
from tests.factories import pages
from tests.factories.sites import picture
from tests.services.rebuilding import built_once
from translation.models import TranslatorGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def region():
    return pages.RegionPageFactory(parent=pages.start_site("de", "tr"), title="Kempten")


@pytest.fixture
@built_once
def organisation(region):
    return pages.OrganisationPageFactory(parent=region, title="Mosaik Frauen")


def team_of(page):
    return Team.objects.get(subject=page.translation_key)


def page_rights(group):
    return sorted(
        (right.page.title, right.permission.codename)
        for right in GroupPagePermission.objects.filter(group=group).select_related("page", "permission")
    )


def collection_rights(group):
    return sorted(
        (right.collection.name, right.permission.codename)
        for right in GroupCollectionPermission.objects.filter(group=group).select_related(
            "collection", "permission"
        )
    )


COLLECTION_RIGHTS = (
    "add_document",
    "add_image",
    "change_document",
    "change_image",
    "choose_document",
    "choose_image",
)


def test_a_new_organisation_may_work_on_its_page_and_in_its_collection_and_publishes_nothing(organisation):
    team = team_of(organisation)

    assert page_rights(team.group) == [("Mosaik Frauen", "add_page"), ("Mosaik Frauen", "change_page")]
    assert collection_rights(team.group) == [("Mosaik Frauen", name) for name in COLLECTION_RIGHTS]
    assert team.collection.get_parent().name == "Kempten"
    assert team.within == team_of(organisation.get_parent())
    assert sorted(team.group.permissions.values_list("codename", flat=True)) == [
        "access_admin",
        "add_contact",
        "change_contact",
        "delete_contact",
        "view_contact",
    ]


def test_a_new_region_has_coordinators_a_collection_and_a_review_of_its_own(region):
    other = pages.RegionPageFactory(parent=region.get_parent(), title="Roth")
    team = team_of(region)

    assert page_rights(team.group) == [
        ("Kempten", name)
        for name in (
            "add_page",
            "bulk_delete_page",
            "change_page",
            "lock_page",
            "publish_page",
            "unlock_page",
        )
    ]
    assert collection_rights(team.group) == [("Kempten", name) for name in COLLECTION_RIGHTS]
    assert region.get_workflow() == team.workflow
    assert other.get_workflow() != team.workflow
    reviewers = team.workflow.tasks.get().specific.groups.all()
    assert set(reviewers) == {team.group, Team.objects.get(kind=TeamKind.NETWORK).group}


def test_the_network_office_comes_with_the_start_page_and_reaches_all_collections(region):
    group = Team.objects.get(kind=TeamKind.NETWORK).group

    assert {title for title, _codename in page_rights(group)} == {"Mitmischen"}
    assert collection_rights(group) == [("Root", name) for name in COLLECTION_RIGHTS]


def test_people_of_an_organisation_put_pictures_into_their_own_collection_only(organisation, region):
    other = pages.OrganisationPageFactory(parent=region, title="SV Illertal")
    user = get_user_model().objects.create_user("partner")
    user.groups.add(team_of(organisation).group)
    policy = policy_registry.get_by_type(Picture)

    assert list(policy.collections_user_has_permission_for(user, "add")) == [team_of(organisation).collection]
    mine, foreign = picture("meins"), picture("fremd")
    for image, page in ((mine, organisation), (foreign, other)):
        image.collection = team_of(page).collection
        image.save()
    assert list(policy.instances_user_has_permission_for(user, "choose")) == [mine]


def test_a_new_language_has_translators_who_reach_its_start_page_only(region):
    locale = Locale.objects.create(language_code="uk")
    start = region.get_parent().copy_for_translation(locale, alias=True)
    group = TranslatorGroup.objects.get(locale=locale).group

    assert set(GroupPagePermission.objects.filter(group=group).values_list("page_id", flat=True)) == {
        start.pk
    }
    assert {codename for _title, codename in page_rights(group)} == {"change_page", "publish_page"}
    assert collection_rights(group) == []
    assert Team.objects.get(kind=TeamKind.TRANSLATOR, subject="uk").group == group
    assert not TranslatorGroup.objects.filter(locale__language_code="de").exists()


def test_with_a_language_its_translators_go(region):
    locale = Locale.objects.create(language_code="uk")
    group = TranslatorGroup.objects.get(locale=locale).group
    user = get_user_model().objects.create_user("translator")
    user.groups.add(group)

    locale.delete()

    user.refresh_from_db()
    assert not Group.objects.filter(pk=group.pk).exists()
    assert not Team.objects.filter(subject="uk").exists()
    assert not user.is_active


def test_two_organisations_of_the_same_name_have_two_teams(region):
    first = pages.OrganisationPageFactory(parent=region, title="Frauentreff", slug="frauentreff")
    second = pages.OrganisationPageFactory(parent=region, title="Frauentreff", slug="frauentreff-2")

    assert team_of(first).group != team_of(second).group
    assert team_of(first).collection != team_of(second).collection


def test_a_new_name_and_a_new_address_change_what_the_team_is_called_and_nothing_else(organisation):
    before = team_of(organisation)
    rights = [title for title, _codename in page_rights(before.group)]

    organisation.title, organisation.slug = "Mosaik e.V.", "mosaik-neu"
    organisation.save()

    after = team_of(organisation)
    assert after.group_id == before.group_id
    assert after.group.name == f"Partner: Mosaik e.V. · {organisation.translation_key.hex[:8]}"
    assert after.title == after.collection.name == "Mosaik e.V."
    assert len(page_rights(after.group)) == len(rights)


def test_a_team_has_no_other_rights_than_it_should_once_it_is_made_again(organisation, region):
    team = team_of(organisation)
    stray = GroupPagePermission.objects.filter(group=team_of(region).group).first()
    GroupPagePermission.objects.create(group=team.group, page=region, permission=stray.permission)
    expected = [("Mosaik Frauen", "add_page"), ("Mosaik Frauen", "change_page")]
    assert page_rights(team.group) != expected

    services.ensure_partner_group(organisation=organisation)

    assert page_rights(team.group) == expected


def test_an_organisation_that_moves_takes_its_pictures_to_the_other_region(organisation, region):
    other = pages.RegionPageFactory(parent=region.get_parent(), title="Roth")

    organisation.move(other, pos="last-child")

    team = team_of(organisation)
    assert team.collection.get_parent().name == "Roth"
    assert team.within == team_of(other)


def test_trust_is_the_right_to_publish_and_can_be_taken_back(organisation):
    team = team_of(organisation)

    assert services.set_trust(team=team, publishes_at_once=True) is True
    assert ("Mosaik Frauen", "publish_page") in page_rights(team.group)
    assert services.set_trust(team=team, publishes_at_once=True) is False
    assert services.set_trust(team=team, publishes_at_once=False) is True
    assert ("Mosaik Frauen", "publish_page") not in page_rights(team.group)


def test_only_organisations_are_trusted_or_not(region):
    with pytest.raises(ValueError, match="no organisation's team"):
        services.set_trust(team=team_of(region), publishes_at_once=True)


def test_with_an_organisation_its_team_goes_and_accounts_that_had_only_this_are_switched_off(
    organisation, region
):
    team = team_of(organisation)
    only_here, elsewhere = (get_user_model().objects.create_user(name) for name in ("only-here", "elsewhere"))
    team.group.user_set.add(only_here, elsewhere)
    team_of(region).group.user_set.add(elsewhere)

    organisation.delete()

    only_here.refresh_from_db()
    elsewhere.refresh_from_db()
    assert not Group.objects.filter(pk=team.group_id).exists()
    assert not Collection.objects.filter(pk=team.collection_id).exists()
    assert (only_here.is_active, elsewhere.is_active) == (False, True)


def test_pictures_of_an_organisation_outlive_it(organisation):
    team = team_of(organisation)
    kept = picture()
    kept.collection = team.collection
    kept.save()

    organisation.delete()

    kept.refresh_from_db()
    assert kept.collection_id == team.collection_id


def test_with_a_region_everything_below_goes(organisation, region):
    workflow = team_of(region).workflow

    region.get_parent().get_children().get().specific.delete()

    assert list(Team.objects.filter(kind__in=(TeamKind.PARTNER, TeamKind.COORDINATOR))) == []
    assert not Workflow.objects.get(pk=workflow.pk).active


def test_translations_of_an_organisation_have_no_team(organisation):
    translated = organisation.copy_for_translation(
        Locale.objects.get(language_code="tr"), copy_parents=True, alias=True
    )
    before = Team.objects.count()

    translated.delete()

    assert Team.objects.count() == before
    assert Team.objects.filter(subject=organisation.translation_key).count() == 1


def test_making_all_teams_again_changes_nothing(organisation):
    def state():
        return [
            sorted(Team.objects.values_list()),
            sorted(GroupPagePermission.objects.values_list()),
            sorted(GroupCollectionPermission.objects.values_list()),
            sorted(Collection.objects.values_list()),
            sorted(Workflow.objects.values_list()),
        ]

    before = state()

    services.ensure_teams()

    assert state() == before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_several_at_once_make_one_team_and_collections_that_do_not_collide(region):
    organisations = [
        pages.OrganisationPageFactory(parent=region, title="Verein", slug=f"verein-{number}")
        for number in range(3)
    ]
    Group.objects.filter(team__kind=TeamKind.PARTNER).delete()
    Collection.objects.filter(name="Verein").delete()
    errors = []

    def make(page_id):
        try:
            with transaction.atomic():
                services.ensure_partner_group(organisation=OrganisationPage.objects.get(pk=page_id))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=make, args=[page.pk]) for page in organisations for _attempt in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert Team.objects.filter(kind=TeamKind.PARTNER).count() == 3
    assert Collection.find_problems() == ([], [], [], [], [])
    assert Collection.objects.filter(name="Verein").count() == 3
