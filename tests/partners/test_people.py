"""People and rights: who sees, invites and removes whom, and what the mails and the log say."""

import re

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.urls import reverse
from wagtail.users.models import UserProfile

from content.audit import AuditEntry
from content.mail.models import Mail
from partners import membership
from partners.models import Invitation, Team, TeamKind
from tests.factories import pages
from tests.services.rebuilding import built

pytestmark = pytest.mark.django_db

PASSWORD = "Regenschirm-und-Kuchen"  # noqa: S105


class World:
    """Two regions with an organisation each, and somebody in every team."""

    def __init__(self):
        home = pages.start_site("de", "tr")
        self.teams = {}
        self.organisations = {}
        for region, organisation in (("Kempten", "Mosaik Frauen"), ("Roth", "TSV Rezattal")):
            page = pages.RegionPageFactory(parent=home, title=region)
            self.organisations[organisation] = pages.OrganisationPageFactory(parent=page, title=organisation)
            self.teams[region] = Team.objects.get(subject=page.translation_key)
            self.teams[organisation] = Team.objects.get(title=organisation)
        self.teams["network"] = Team.objects.get(kind=TeamKind.NETWORK)
        self.teams["tr"] = Team.objects.get(kind=TeamKind.TRANSLATOR, subject="tr")
        self.people = {
            name: self.person(name, team)
            for name, team in {
                "partner": "Mosaik Frauen",
                "coordinator": "Kempten",
                "foreign": "TSV Rezattal",
                "foreign-coordinator": "Roth",
                "network": "network",
                "translator": "tr",
            }.items()
        }
        self.people["stranger"] = self.person("stranger", None)
        self.people["admin"] = get_user_model().objects.create_superuser("admin", "admin@example.org")

    def person(self, name, team):
        user = get_user_model().objects.create_user(
            name, f"{name}@example.org", first_name=name.capitalize(), last_name="Muster"
        )
        if team:
            user.groups.add(self.teams[team].group)
        return user

    def invite(self, team="Mosaik Frauen", by="coordinator", email="neu@example.org", **fields):
        values = {"first_name": "Nesrin", "last_name": "Neu", "language": "de", **fields}
        return membership.invite(team=self.teams[team], by=self.people[by], email=email, **values)


@pytest.fixture
def world():
    return built(World)


@pytest.fixture
def log_in(client, world):
    def as_person(name):
        client.force_login(world.people[name])
        return client

    return as_person


def link_in(mail):
    return re.search(r"http://127\.0\.0\.1:8000(\S*/invitation/\S+)", mail.text)[1]


def newest_mail():
    return Mail.objects.order_by("-pk").first()


def log():
    return [
        (entry.action.removeprefix("partners."), entry.actor_label, entry.subject_label)
        for entry in AuditEntry.objects.filter(action__startswith="partners.").order_by("pk")
    ]


@pytest.mark.parametrize(
    ("person", "seen", "managed"),
    [
        ("stranger", [], []),
        ("partner", ["Mosaik Frauen"], []),
        ("translator", ["tr"], []),
        ("coordinator", ["Kempten", "Mosaik Frauen"], ["Kempten", "Mosaik Frauen"]),
        (
            "network",
            ["Kempten", "Mosaik Frauen", "Roth", "TSV Rezattal", "network", "tr"],
            ["Kempten", "Mosaik Frauen", "Roth", "TSV Rezattal", "tr"],
        ),
        (
            "admin",
            ["Kempten", "Mosaik Frauen", "Roth", "TSV Rezattal", "network", "tr"],
            ["Kempten", "Mosaik Frauen", "Roth", "TSV Rezattal", "network", "tr"],
        ),
    ],
)
def test_who_sees_and_who_changes_which_team(world, log_in, person, seen, managed):
    client = log_in(person)
    found_seen, found_managed = [], []
    member = {team: world.person(f"member-{number}", team) for number, team in enumerate(world.teams)}
    for name, team in world.teams.items():
        if client.get(reverse("partners_team", args=[team.pk])).status_code == 200:
            found_seen.append(name)
        views = [
            client.get(reverse("partners_invite", args=[team.pk])).status_code,
            client.get(reverse("partners_remove", args=[team.pk, member[name].pk])).status_code,
        ]
        if views == [200, 200]:
            found_managed.append(name)
        else:
            assert views == [302, 302]

    assert (sorted(found_seen), sorted(found_managed)) == (sorted(seen), sorted(managed))


def test_nobody_is_invited_removed_or_trusted_by_those_who_may_not(world, log_in):
    foreign = world.teams["TSV Rezattal"]
    client = log_in("coordinator")
    invited = {"first_name": "E", "last_name": "F", "email": "e@example.org", "language": "de"}

    client.post(reverse("partners_invite", args=[foreign.pk]), invited)
    client.post(reverse("partners_remove", args=[foreign.pk, world.people["foreign"].pk]))
    client.post(reverse("partners_trust", args=[foreign.pk]), {"publishes_at_once": "yes"})
    client.post(reverse("partners_send_again", args=[foreign.pk, world.people["foreign"].pk]))

    foreign.refresh_from_db()
    assert list(foreign.group.user_set.all()) == [world.people["foreign"]]
    assert not foreign.publishes_at_once
    assert not Mail.objects.exists()
    assert log() == []


def test_somebody_of_another_team_is_not_reached_through_the_own_one(world, log_in):
    own, foreign = world.teams["Mosaik Frauen"], world.people["foreign"]

    response = log_in("coordinator").post(reverse("partners_remove", args=[own.pk, foreign.pk]))

    foreign.refresh_from_db()
    assert response.url == reverse("wagtailadmin_home")
    assert foreign.is_active


def test_the_list_shows_no_foreign_team(world, log_in):
    body = log_in("coordinator").get(reverse("partners_people")).content.decode()

    assert "Mosaik Frauen" in body
    assert "TSV Rezattal" not in body
    assert "Roth" not in body


def test_a_partner_sees_the_team_and_whom_to_ask(world, log_in):
    response = log_in("partner").get(reverse("partners_people"), follow=True)

    body = response.content.decode()
    assert "Partner Muster" in body
    assert response.context["whom_to_ask"] == ["Coordinator Muster"]
    assert reverse("partners_invite", args=[world.teams["Mosaik Frauen"].pk]) not in body


def test_no_team_no_page_and_no_menu_item(world, log_in):
    client = log_in("stranger")

    assert client.get(reverse("partners_people")).status_code == 302


def test_wagtails_own_administration_of_users_is_for_administrators(world, log_in):
    for person in ("partner", "coordinator", "network", "translator"):
        client = log_in(person)
        for name in ("wagtailusers_users:index", "wagtailusers_users:add", "wagtailusers_groups:index"):
            assert client.get(reverse(name)).status_code == 302, (person, name)


def test_inviting_a_new_person_makes_an_account_that_is_off_and_a_mail_in_their_language(world, log_in):
    team = world.teams["Mosaik Frauen"]

    response = log_in("coordinator").post(
        reverse("partners_invite", args=[team.pk]),
        {"first_name": "Aylin", "last_name": "Demir", "email": " Aylin@Example.org ", "language": "tr"},
    )

    user = get_user_model().objects.get(username="aylin@example.org")
    mail = newest_mail()
    assert response.url == reverse("partners_team", args=[team.pk])
    assert (user.is_active, user.has_usable_password(), user.get_full_name()) == (False, False, "Aylin Demir")
    assert list(user.groups.all()) == [team.group]
    assert UserProfile.objects.get(user=user).preferred_language == "tr"
    assert (mail.to, mail.language, mail.contains_secret) == ("aylin@example.org", "tr", True)
    assert link_in(mail).startswith("/tr/invitation/")
    assert log() == [("invited", "coordinator", "aylin@example.org")]


def test_the_link_sets_a_password_once_and_switches_the_account_on(world, client):
    user = world.invite()
    address = link_in(newest_mail())

    assert client.get(address).status_code == 200
    user.refresh_from_db()
    assert not user.is_active

    response = client.post(address, {"password": PASSWORD, "again": PASSWORD})

    assert response.status_code == 200
    assert "neu@example.org" in response.content.decode()
    assert authenticate(username="neu@example.org", password=PASSWORD).pk == user.pk
    assert Invitation.objects.get().accepted_at is not None
    other = "Ganz-anderes-Wort-7"
    assert client.post(address, {"password": other, "again": other}).status_code in (404, 410)
    assert authenticate(username="neu@example.org", password=other) is None
    assert log() == [
        ("invited", "coordinator", "neu@example.org"),
        ("accepted", "neu@example.org", "neu@example.org"),
    ]


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [("12345678", "12345678", "password"), (PASSWORD, "Anders-als-zuvor", "again"), ("", "", "password")],
)
def test_a_password_that_will_not_do_is_refused_and_the_link_stays_good(
    world, client, password, again, field
):
    user = world.invite()
    address = link_in(newest_mail())

    response = client.post(address, {"password": password, "again": again})

    user.refresh_from_db()
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not user.is_active
    assert client.post(address, {"password": PASSWORD, "again": PASSWORD}).status_code == 200


def test_sending_again_makes_the_earlier_link_useless(world, log_in, client):
    user = world.invite()
    first = link_in(newest_mail())

    log_in("coordinator").post(
        reverse("partners_send_again", args=[world.teams["Mosaik Frauen"].pk, user.pk])
    )

    assert Mail.objects.filter(to="neu@example.org").count() == 2
    assert client.get(first).status_code == 404
    assert client.get(link_in(newest_mail())).status_code == 200


def test_a_link_is_useless_once_the_address_of_the_account_has_changed(world, client):
    user = world.invite()
    address = link_in(newest_mail())
    user.email = "andere@example.org"
    user.save()

    response = client.post(address, {"password": PASSWORD, "again": PASSWORD})

    user.refresh_from_db()
    assert response.status_code == 404
    assert not user.is_active


def test_a_known_address_is_added_told_so_and_keeps_its_password(world, log_in, client):
    known = world.people["foreign"]
    known.set_password(PASSWORD)
    known.save()
    team = world.teams["Mosaik Frauen"]
    fields = {"first_name": "Falsch", "last_name": "Name", "language": "tr"}

    of_known = log_in("coordinator").post(
        reverse("partners_invite", args=[team.pk]), {**fields, "email": known.email}, follow=True
    )
    of_unknown = client.post(
        reverse("partners_invite", args=[team.pk]), {**fields, "email": "unbekannt@example.org"}, follow=True
    )

    known.refresh_from_db()
    mail = Mail.objects.get(to=known.email)
    assert set(known.groups.all()) == {team.group, world.teams["TSV Rezattal"].group}
    assert (known.get_full_name(), known.is_active) == ("Foreign Muster", True)
    assert authenticate(username=known.username, password=PASSWORD) is not None
    assert "/invitation/" not in mail.text
    assert mail.language == "de"
    told = [
        [str(message).replace(address, "X") for message in response.context["messages"]]
        for response, address in ((of_known, known.email), (of_unknown, "unbekannt@example.org"))
    ]
    assert told[0] == told[1]
    assert ("added", "coordinator", "foreign") in log()


def test_inviting_somebody_who_is_in_the_team_already_sends_nothing(world):
    world.invite(email="partner@example.org")

    assert not Mail.objects.exists()
    assert log() == []


def test_an_account_that_administrators_switched_off_stays_off(world):
    user = world.people["foreign"]
    user.is_active = False
    user.save()

    world.invite(email=user.email)

    user.refresh_from_db()
    assert not user.is_active
    assert not Mail.objects.exists()
    assert not membership.send_again(
        team=world.teams["Mosaik Frauen"], user=user, by=world.people["coordinator"]
    )


def test_removing_switches_an_account_off_that_belongs_nowhere_else(world, log_in):
    both, team = world.people["partner"], world.teams["Mosaik Frauen"]
    alone = world.person("alone", "Mosaik Frauen")
    both.groups.add(world.teams["tr"].group)
    client = log_in("coordinator")

    for user in (both, alone):
        client.post(reverse("partners_remove", args=[team.pk, user.pk]))

    both.refresh_from_db()
    alone.refresh_from_db()
    assert list(team.group.user_set.all()) == []
    assert (both.is_active, alone.is_active) == (True, False)
    assert log() == [
        ("removed", "coordinator", "partner"),
        ("removed", "coordinator", "alone"),
        ("switched_off", "coordinator", "alone"),
    ]


def test_who_was_removed_can_be_invited_again(world, client):
    team, coordinator = world.teams["Mosaik Frauen"], world.people["coordinator"]
    membership.remove(team=team, user=world.people["partner"], by=coordinator)

    world.invite(email="partner@example.org")
    response = client.post(link_in(newest_mail()), {"password": PASSWORD, "again": PASSWORD})

    assert response.status_code == 200
    assert authenticate(username="partner", password=PASSWORD) is not None


def test_a_link_of_somebody_who_was_removed_opens_nothing(world, client):
    user = world.invite()
    address = link_in(newest_mail())

    membership.remove(team=world.teams["Mosaik Frauen"], user=user, by=world.people["coordinator"])

    assert client.get(address).status_code == 404


def test_nobody_removes_themselves(world, log_in):
    coordinator, team = world.people["coordinator"], world.teams["Kempten"]

    log_in("coordinator").post(reverse("partners_remove", args=[team.pk, coordinator.pk]))

    assert list(team.group.user_set.all()) == [coordinator]
    with pytest.raises(membership.CannotRemove):
        membership.remove(team=team, user=coordinator, by=coordinator)


def test_an_administrator_is_never_switched_off(world):
    admin = world.people["admin"]
    admin.groups.add(world.teams["Mosaik Frauen"].group)

    membership.remove(team=world.teams["Mosaik Frauen"], user=admin, by=world.people["coordinator"])

    admin.refresh_from_db()
    assert admin.is_active


def test_a_coordinator_lets_an_organisation_publish_and_takes_it_back(world, log_in):
    team, partner = world.teams["Mosaik Frauen"], world.people["partner"]
    offer = pages.OfferPageFactory(parent=world.organisations["Mosaik Frauen"])
    client = log_in("coordinator")

    def publishes():
        return offer.permissions_for_user(get_user_model().objects.get(pk=partner.pk)).can_publish()

    answers = [publishes()]
    for answer in ("yes", "no"):
        client.post(reverse("partners_trust", args=[team.pk]), {"publishes_at_once": answer})
        answers.append(publishes())

    assert answers == [False, True, False]
    assert [action for action, _actor, _subject in log()] == ["trusted", "not_trusted"]


@pytest.mark.parametrize("number", [1, 30])
def test_lists_cost_the_same_for_one_and_for_many(world, log_in, django_assert_num_queries, number):
    for count in range(number):
        world.person(f"more-{count}", "Mosaik Frauen")
        page = pages.OrganisationPageFactory(
            parent=world.organisations["Mosaik Frauen"].get_parent(), slug=f"mehr-{count}"
        )
        assert Team.objects.filter(subject=page.translation_key).exists()
    client = log_in("coordinator")
    for name in ("partners_people", "partners_team"):
        client.get(reverse(name, args=[world.teams["Mosaik Frauen"].pk] if name == "partners_team" else []))

    with django_assert_num_queries(QUERIES["list"]):
        client.get(reverse("partners_people"))
    with django_assert_num_queries(QUERIES["team"]):
        client.get(reverse("partners_team", args=[world.teams["Mosaik Frauen"].pk]))


QUERIES = {"list": 16, "team": 20}


def test_the_form_names_what_is_missing_and_keeps_what_was_typed(world, log_in):
    team = world.teams["Mosaik Frauen"]

    response = log_in("coordinator").post(
        reverse("partners_invite", args=[team.pk]),
        {"first_name": "Aylin", "email": "kein-at", "language": "tr"},
    )

    form = response.context["form"]
    assert set(form.errors) == {"last_name", "email"}
    assert 'value="Aylin"' in response.content.decode()
    assert not Mail.objects.exists()
