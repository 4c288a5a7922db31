"""Every role, every page, every question that Wagtail asks before it does something."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Locale

from content.permissions import changeable_pages
from partners import services
from partners.models import Team, TeamKind
from tests.factories import pages
from tests.services.rebuilding import built

pytestmark = pytest.mark.django_db

QUESTIONS = (
    "can_add_subpage",
    "can_edit",
    "can_delete",
    "can_unpublish",
    "can_publish",
    "can_submit_for_moderation",
    "can_set_view_restrictions",
    "can_unschedule",
    "can_lock",
    "can_unlock",
    "can_publish_subpage",
    "can_reorder_children",
    "can_move",
    "can_copy",
    "can_view_revisions",
)
YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)

NOTHING = ""
#: What somebody may do with a page at which their right begins.
UNTRUSTED_AT_OWN = "add_subpage edit submit_for_moderation view_revisions"
TRUSTED_AT_OWN = f"{UNTRUSTED_AT_OWN} publish unschedule publish_subpage reorder_children"
UNTRUSTED_DRAFT = "edit delete submit_for_moderation move copy view_revisions"
UNTRUSTED_LIVE = "edit submit_for_moderation copy view_revisions"
TRUSTED_LIVE = (
    "edit delete unpublish publish submit_for_moderation unschedule reorder_children move copy view_revisions"
)
TRUSTED_DRAFT = TRUSTED_LIVE.replace("unpublish ", "")
KEEPER_LIVE = f"{TRUSTED_LIVE} set_view_restrictions lock unlock"
KEEPER_DRAFT = f"{TRUSTED_DRAFT} set_view_restrictions lock unlock"
KEEPER_ORGANISATION = f"{KEEPER_LIVE} add_subpage publish_subpage"
KEEPER_AT_OWN = f"{TRUSTED_AT_OWN} lock unlock"
TRANSLATOR = "edit unpublish publish submit_for_moderation unschedule view_revisions"
TRANSLATOR_ALIAS = "edit publish submit_for_moderation unschedule view_revisions"

#: Page → role → what it may do; who is not named may do nothing.
TABLE = {
    "region": {"coordinator": KEEPER_AT_OWN, "network": KEEPER_ORGANISATION},
    "own_organisation": {
        "untrusted": UNTRUSTED_AT_OWN,
        "trusted": TRUSTED_AT_OWN,
        "coordinator": KEEPER_ORGANISATION,
        "network": KEEPER_ORGANISATION,
    },
    "own_live": {
        "untrusted": UNTRUSTED_LIVE,
        "trusted": TRUSTED_LIVE,
        "coordinator": KEEPER_LIVE,
        "network": KEEPER_LIVE,
    },
    "own_draft": {
        "untrusted": UNTRUSTED_DRAFT,
        "trusted": TRUSTED_DRAFT,
        "coordinator": KEEPER_DRAFT,
        "network": KEEPER_DRAFT,
    },
    "foreign_organisation": {"coordinator": KEEPER_ORGANISATION, "network": KEEPER_ORGANISATION},
    "foreign_live": {"coordinator": KEEPER_LIVE, "network": KEEPER_LIVE},
    "foreign_draft": {"coordinator": KEEPER_DRAFT, "network": KEEPER_DRAFT},
    "other_region": {"network": KEEPER_ORGANISATION},
    "elsewhere_organisation": {"network": KEEPER_ORGANISATION},
    "elsewhere_live": {"network": KEEPER_LIVE},
    "elsewhere_draft": {"network": KEEPER_DRAFT},
    "own_in_turkish": {"translator": TRANSLATOR},
    "alias_in_turkish": {"translator": TRANSLATOR_ALIAS},
    "start_in_turkish": {"translator": "edit publish submit_for_moderation unschedule view_revisions"},
    "own_in_arabic": {},
    "ended_region": {"network": KEEPER_ORGANISATION},
    "ended_organisation": {"network": KEEPER_ORGANISATION},
    "ended_live": {"network": KEEPER_LIVE},
    "ended_draft": {"network": KEEPER_DRAFT},
    "ended_in_turkish": {},
    # Reviewers decide; Wagtail lets nobody unlock a review.
    "in_review": {
        "untrusted": "edit copy view_revisions",
        "trusted": "edit unschedule reorder_children copy view_revisions",
        "coordinator": KEEPER_DRAFT.replace("submit_for_moderation ", "").replace(" unlock", ""),
        "network": KEEPER_DRAFT.replace("submit_for_moderation ", "").replace(" unlock", ""),
    },
    # Locked by the coordinator.
    "locked": {
        "untrusted": "edit copy view_revisions",
        "trusted": "edit unschedule reorder_children copy view_revisions",
        "coordinator": KEEPER_LIVE,
        "network": "edit unschedule reorder_children copy view_revisions lock unlock",
    },
}
ROLES = ("stranger", "gone", "untrusted", "trusted", "translator", "coordinator", "network")


class World:
    """Pages by name, accounts by role. Everybody of the region also belongs to the region that has ended."""

    def __init__(self):
        start = pages.publish(pages.start_site("de", "tr", "ar"))
        tr, ar = (Locale.objects.get(language_code=code) for code in ("tr", "ar"))
        self.pages = {}
        for name, region, organisations in (
            ("region", {"title": "Kempten"}, ("own", "foreign")),
            ("other_region", {"title": "Roth"}, ("elsewhere",)),
            ("ended_region", {"title": "Lindau", "runs_until": YESTERDAY}, ("ended",)),
        ):
            self.pages[name] = pages.publish(pages.RegionPageFactory(parent=start, **region))
            for organisation in organisations:
                page = pages.publish(pages.OrganisationPageFactory(parent=self.pages[name]))
                self.pages[f"{organisation}_organisation"] = page
                self.pages[f"{organisation}_live"] = pages.publish(pages.OfferPageFactory(parent=page))
                self.pages[f"{organisation}_draft"] = pages.OfferPageFactory(parent=page, live=False)
        own = self.pages["own_organisation"]
        self.pages["in_review"] = pages.OfferPageFactory(parent=own, live=False)
        self.pages["locked"] = pages.publish(pages.OfferPageFactory(parent=own))
        self.pages["own_in_turkish"] = self.translated(self.pages["own_live"], tr)
        self.pages["own_in_arabic"] = self.translated(self.pages["own_live"], ar)
        self.pages["ended_in_turkish"] = self.translated(self.pages["ended_live"], tr)
        self.pages["alias_in_turkish"] = self.in_locale(self.pages["foreign_live"], tr)
        self.pages["start_in_turkish"] = start.get_translation(tr)
        self.people = {
            "stranger": [],
            "gone": [self.team(own)],
            "untrusted": [self.team(own), self.team(self.pages["ended_organisation"])],
            "trusted": [self.team(own), self.team(self.pages["ended_organisation"])],
            "translator": [Team.objects.get(kind=TeamKind.TRANSLATOR, subject="tr")],
            "coordinator": [self.team(self.pages["region"]), self.team(self.pages["ended_region"])],
            "network": [Team.objects.get(kind=TeamKind.NETWORK)],
        }
        for role, teams in self.people.items():
            user = get_user_model().objects.create_user(role, is_active=role != "gone")
            user.groups.set(team.group for team in teams)
        coordinator = self.user("coordinator")
        self.pages["in_review"].save_revision(user=self.user("untrusted"))
        self.pages["in_review"].get_workflow().start(self.pages["in_review"], self.user("untrusted"))
        locked = self.pages["locked"]
        locked.locked, locked.locked_by, locked.locked_at = True, coordinator, timezone.now()
        locked.save()

    @staticmethod
    def team(page):
        return Team.objects.get(subject=page.translation_key)

    @staticmethod
    def user(role):
        return get_user_model().objects.get(username=role)

    @staticmethod
    def in_locale(page, locale):
        return (
            page.get_translation_or_none(locale)
            or page.copy_for_translation(locale, copy_parents=True, alias=True).specific
        )

    def translated(self, page, locale):
        translation = self.in_locale(page, locale)
        type(translation).objects.filter(pk=translation.pk).update(alias_of=None)
        return type(translation).objects.get(pk=translation.pk)

    def page(self, name):
        page = self.pages[name]
        return type(page).objects.get(pk=page.pk)


@pytest.fixture
def world():
    return built(World)


def allowed(page, user):
    """Return the questions that are answered with yes, without ``can_``."""
    tester = page.permissions_for_user(user)
    answers = {question: getattr(tester, question)() for question in QUESTIONS}
    return {question.removeprefix("can_") for question, answer in answers.items() if answer}


def test_every_role_may_do_exactly_what_the_table_says(world):
    found, expected = {}, {}
    assert set(TABLE) == set(world.pages)
    for role in ROLES:
        if role == "trusted":
            for name in ("own_organisation", "ended_organisation"):
                services.set_trust(team=world.team(world.pages[name]), publishes_at_once=True)
        user = world.user(role)
        for name in world.pages:
            found[name, role] = allowed(world.page(name), user)
            expected[name, role] = set(TABLE[name].get(role, NOTHING).split())

    assert {key: sorted(value) for key, value in found.items()} == {
        key: sorted(value) for key, value in expected.items()
    }


def test_the_table_asks_everything_that_wagtail_asks_without_a_destination():
    from wagtail.models import PagePermissionTester

    asked = {name for name in dir(PagePermissionTester) if name.startswith("can_")}
    assert asked == {*QUESTIONS, "can_move_to", "can_copy_to"}


def test_an_administrator_may_edit_and_publish_everything(world):
    user = get_user_model().objects.create_superuser("admin")

    answers = {
        name: world.page(name).permissions_for_user(user).can_edit()
        and world.page(name).permissions_for_user(user).can_publish()
        for name in world.pages
    }

    assert answers == dict.fromkeys(world.pages, True)


def reachable(world, role, question, page):
    """Return the names of pages that ``role`` may move or copy ``page`` to."""
    destinations = (
        "region",
        "own_organisation",
        "foreign_organisation",
        "elsewhere_organisation",
        "ended_organisation",
    )
    user = world.user(role)
    return [
        name
        for name in destinations
        if getattr(world.page(page).permissions_for_user(user), question)(world.page(name))
    ]


@pytest.mark.parametrize("question", ["can_move_to", "can_copy_to"])
def test_pages_go_where_somebody_may_both_take_and_give(world, question):
    services.set_trust(team=world.team(world.pages["own_organisation"]), publishes_at_once=True)
    reached = {
        (role, page): reachable(world, role, question, page)
        for role in ROLES
        for page in ("own_live", "foreign_live", "own_in_turkish", "ended_live")
    }
    reached = {key: names for key, names in reached.items() if names}

    within = ["own_organisation", "foreign_organisation"]
    everywhere = [*within, "elsewhere_organisation", "ended_organisation"]
    assert reached == {
        ("trusted", "own_live"): ["own_organisation"],
        # The account is in both; trust belongs to the team.
        ("untrusted", "own_live"): ["own_organisation"],
        ("coordinator", "own_live"): within,
        ("coordinator", "foreign_live"): within,
        ("network", "own_live"): everywhere,
        ("network", "foreign_live"): everywhere,
        ("network", "ended_live"): everywhere,
    }


def test_the_queryset_of_changeable_pages_says_what_the_tester_says(world):
    for role in ROLES:
        user = world.user(role)
        listed = set(changeable_pages(user).values_list("pk", flat=True))
        told = {
            page.pk
            for page in world.pages.values()
            if page.locale.language_code == "de" and page.permissions_for_user(user).can_edit()
        }
        assert listed & {page.pk for page in world.pages.values()} == told, role


def test_asking_for_many_pages_costs_no_query_each(world, django_assert_num_queries):
    user = world.user("coordinator")
    rows = [world.page(name) for name in world.pages if name != "in_review"]
    rows[0].permissions_for_user(user).can_copy()

    with django_assert_num_queries(0):
        assert [row.permissions_for_user(user).can_copy() for row in rows[1:4]] == [True, True, True]


def test_nobody_but_the_reviewers_publishes_what_is_in_review(world, client):
    services.set_trust(team=world.team(world.pages["own_organisation"]), publishes_at_once=True)
    page = world.page("in_review")
    client.force_login(world.user("trusted"))

    client.post(
        f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/", {"include_descendants": ""}
    )
    assert not world.page("in_review").live

    client.force_login(world.user("coordinator"))
    client.post(
        f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/", {"include_descendants": ""}
    )
    assert world.page("in_review").live
