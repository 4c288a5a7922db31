"""Coordinators keep the members and the steps of their region's circle in the admin, and ask it."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from content.audit import AuditEntry
from content.mail.models import Mail
from partners.circle import services
from partners.circle.models import Circle, CircleMember, Step, StepAnswer, StepState
from tests.hostile.judge import harm_in, parsed
from tests.hostile.strings import STRINGS
from tests.partners.joining.world import World, data_of, soup
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db

MEMBER = {
    "name": "Franziska Albers",
    "organisation": "Stadt Kempten",
    "sector": "municipal",
    "field": "integration",
    "email": "Albers@example.org",
    "language": "de",
}
STEP = {"title": "Stand beim Stadtfest", "text": "Für alle.\n\nMit Dolmetschern.", "day": "2030-05-04"}
ASKED = "partners/mail/circle"
DECIDED = "partners/mail/circle_decided"


class Coordination:
    """The circle of Kempten, with three members of whom two have to agree, and a planned step."""

    def __init__(self, world):
        self.world, self.region = world, world.region
        self.circle = Circle.objects.create(region=self.region, agreements_needed=2, silence_days=14)
        self.members = [
            CircleMember.objects.create(
                circle=self.circle,
                name=f"Frau {name}",
                organisation=f"Verein {name}",
                sector="independent",
                field="engagement",
                email=f"{name.lower()}@example.org",
                language=language,
            )
            for name, language in (("Albers", "de"), ("Haddad", "ar"), ("Weiler", "de"))
        ]
        self.step = Step.objects.create(
            circle=self.circle, title="Stand beim Stadtfest", day=datetime.date(2030, 5, 4)
        )

    def at(self, tail=""):
        return f"/admin/circle/{self.region.pk}/{tail}"

    def at_step(self, tail=""):
        return f"/admin/circle/steps/{self.step.pk}/{tail}"

    def at_member(self, number=0, tail=""):
        return f"/admin/circle/members/{self.members[number].pk}/{tail}"

    @property
    def every_address(self):
        return [
            *(self.at(tail) for tail in ("", "agreement/", "members/add/", "steps/add/")),
            *(self.at_member(0, tail) for tail in ("", "remove/", "back/")),
            *(self.at_step(tail) for tail in ("", "edit/", "delete/", "propose/", "withdraw/", "done/")),
        ]

    def propose(self):
        services.propose(step=self.step)
        self.step.refresh_from_db()

    def say(self, number, choice, comment=""):
        answer = StepAnswer.objects.get(step=self.step, member=self.members[number])
        services.answer(answer=answer, choice=choice, comment=comment)
        self.step.refresh_from_db()

    def link(self, number):
        mail = Mail.objects.filter(template=ASKED, to=self.members[number].email).latest("pk")
        return re.search(r"http://127\.0\.0\.1:8000(/\w+/circle/answer/\S+/)", mail.text).group(1)


@pytest.fixture
@built_once
def world():
    return World()


@pytest.fixture
@built_once
def ours(world):
    return Coordination(world)


@pytest.fixture
def coordinator(world):
    return signed_in(world.people["coordinator"])


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def actions():
    found = AuditEntry.objects.filter(action__startswith="partners.circle.").order_by("pk")
    return [(entry.action.rpartition(".")[2], entry.actor_label, entry.subject_label) for entry in found]


def said(response):
    return " ".join(
        tag.text.strip() for tag in BeautifulSoup(response.content, "html.parser").select(".messages li")
    )


# --- Who may --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("coordinator", 200),
        ("network", 200),
        ("root", 200),
        ("foreign-coordinator", 302),
        ("foreign-partner", 302),
    ],
)
def test_only_those_who_coordinate_the_region_come_in(ours, world, django_user_model, person, status):
    world.people["root"] = django_user_model.objects.create_superuser("root", "root@example.org")
    client = signed_in(world.people[person])
    for address in ours.every_address:
        response = client.get(address)
        if status == 200 and address == ours.at_step("withdraw/"):
            # Nobody was asked yet, so there is nothing to take back.
            assert response.status_code == 302
            continue
        assert (address, response.status_code) == (address, status)
        page = client.get(address, follow=True).content.decode()
        if status != 200:
            for word in ("Stadtfest", "Frau Albers", "albers@example.org"):
                assert word not in page


@pytest.mark.parametrize("is_asked", [False, True])
def test_a_stranger_changes_nothing_by_sending(ours, world, is_asked):
    if is_asked:
        ours.propose()
    models = Circle, CircleMember, Step, StepAnswer, Mail, AuditEntry
    before = [list(model.objects.order_by("pk").values()) for model in models]
    for person in ("foreign-coordinator", "foreign-partner"):
        client = signed_in(world.people[person])
        for address in ours.every_address:
            client.post(address, {**MEMBER, **STEP, "agreements_needed": "1", "silence_days": "0"})
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_the_workspace_names_what_the_own_circle_is_asked_only(ours, world, coordinator):
    ours.propose()
    circle = Circle.objects.create(region=world.other_region)
    Step.objects.create(
        circle=circle,
        title="Fest in Roth",
        day=ours.step.day,
        state=StepState.PROPOSED,
        answers_until=ours.step.answers_until,
    )

    def named(client):
        panel = soup(client.get("/admin/")).select_one(".workspace-panel-circle")
        return [title.get_text(strip=True) for title in panel.select("strong")]

    assert named(coordinator) == ["Stand beim Stadtfest"]
    assert named(signed_in(world.people["network"])) == ["Stand beim Stadtfest", "Fest in Roth"]


def test_the_list_leads_on_where_there_is_one_region_and_names_only_the_own(ours, world, coordinator):
    assert coordinator.get("/admin/circle/")["Location"] == ours.at()
    network = soup(signed_in(world.people["network"]).get("/admin/circle/"))
    assert [link.get_text(" ", strip=True) for link in network.select(".workspace-list a")] == [
        "Kempten 3 Mitglieder",
        "Roth 0 Mitglieder",
    ]
    assert signed_in(world.people["foreign-partner"]).get("/admin/circle/").status_code == 302


def test_the_menu_leads_there_for_those_who_coordinate(ours, world, coordinator):
    def leads(client):
        return '"/admin/circle/"' in client.get("/admin/", follow=True).content.decode()

    assert [leads(coordinator), leads(signed_in(world.people["foreign-partner"]))] == [True, False]


# --- Members --------------------------------------------------------------------------------------------


def test_a_first_member_makes_the_circle(world, coordinator):
    response = coordinator.post(f"/admin/circle/{world.region.pk}/members/add/", MEMBER, follow=True)

    member = CircleMember.objects.get()
    assert (member.circle.region_id, member.email, member.shows_name, member.is_active) == (
        world.region.pk,
        "albers@example.org",
        False,
        True,
    )
    assert said(response) == "Franziska Albers ist jetzt im Trägerkreis."
    assert actions() == [("member_added", "coordinator", "Kempten")]
    assert AuditEntry.objects.get().detail == {"member": str(member.pk)}


def test_what_is_missing_is_named_and_what_was_typed_stays(ours, coordinator):
    typed = {**MEMBER, "name": "", "email": "albers(at)example.org", "sector": "", "shows_name": "on"}
    response = coordinator.post(ours.at("members/add/"), typed)

    page = soup(response)
    assert response.status_code == 422
    assert page.select_one("#id_name_error").text == "Schreiben Sie, wie die Person heißt."
    assert page.select_one("#id_sector_error").text == "Wählen Sie eines von beiden."
    assert page.select_one("#id_email_error").text == "Bitte gültige E-Mail-Adresse eingeben."
    kept = data_of(page)
    for name in ("organisation", "field", "email", "language", "shows_name"):
        assert kept[name] == typed[name]
    assert CircleMember.objects.count() == 3


def test_nobody_has_two_voices(ours, coordinator):
    twice = coordinator.post(ours.at("members/add/"), {**MEMBER, "email": "ALBERS@example.org"})
    assert soup(twice).select_one("#id_email_error").text == (
        "Frau Albers ist mit dieser Adresse schon im Trägerkreis."
    )
    changed = coordinator.post(ours.at_member(1), {**MEMBER, "email": "albers@example.org"})
    assert changed.status_code == 422
    CircleMember.objects.filter(pk=ours.members[0].pk).update(is_active=False)
    former = coordinator.post(ours.at("members/add/"), {**MEMBER, "email": "albers@example.org"})
    assert "war mit dieser Adresse im Trägerkreis" in soup(former).select_one("#id_email_error").text
    assert CircleMember.objects.filter(email__iexact="albers@example.org").count() == 1


def test_a_member_can_be_changed(ours, coordinator):
    page = soup(coordinator.get(ours.at_member()))
    data = {**data_of(page).dict(), "organisation": "Stadt Kempten", "shows_name": "on"}
    coordinator.post(ours.at_member(), data)
    member = CircleMember.objects.get(pk=ours.members[0].pk)
    assert (member.name, member.organisation, member.email, member.shows_name) == (
        "Frau Albers",
        "Stadt Kempten",
        "albers@example.org",
        True,
    )
    assert Mail.objects.count() == 0


def test_an_open_question_follows_a_member_to_a_new_address(ours, coordinator):
    ours.propose()
    old = ours.link(0)
    ours.say(1, "agree")
    for number in (0, 1):
        coordinator.post(ours.at_member(number), {**MEMBER, "email": f"neu{number}@example.org"})

    # Whoever has answered is not asked again.
    assert sorted(Mail.objects.filter(template=ASKED, to__startswith="neu").values_list("to", flat=True)) == [
        "neu0@example.org"
    ]
    assert Client().get(old).status_code == 410
    ours.members[0].refresh_from_db()
    assert Client().get(ours.link(0)).status_code == 200
    assert StepAnswer.objects.filter(step=ours.step).count() == 3


def test_whoever_was_never_asked_is_deleted_and_whoever_was_asked_stays_in_the_history(ours, coordinator):
    late = CircleMember.objects.get(pk=ours.members[0].pk)
    late.pk, late.name, late.email = None, "Herr Spät", "spaet@example.org"
    ours.propose()
    late.save()
    asked = soup(coordinator.get(ours.at_member(1, "remove/"))).select_one("main").text
    assert "Was geantwortet wurde, bleibt." in asked
    coordinator.post(ours.at_member(1, "remove/"))
    coordinator.post(f"/admin/circle/members/{late.pk}/remove/")

    assert list(CircleMember.objects.order_by("pk").values_list("name", "is_active")) == [
        ("Frau Albers", True),
        ("Frau Haddad", False),
        ("Frau Weiler", True),
    ]
    assert StepAnswer.objects.count() == 3
    assert [action for action, *_rest in actions()] == ["proposed", "member_removed", "member_removed"]
    coordinator.post(ours.at_member(1, "back/"))
    assert CircleMember.objects.get(pk=ours.members[1].pk).is_active
    assert actions()[-1] == ("member_added", "coordinator", "Kempten")


# --- How the circle agrees ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("needed", "days", "meaning"),
    [
        (
            1,
            0,
            "Ein Schritt ist beschlossen, sobald 1 von 3 Mitgliedern zustimmt. Für die Antwort sind 30 Tage Zeit; "
            "wer nichts sagt, stimmt nicht zu.",
        ),
        (
            2,
            14,
            "Ein Schritt ist beschlossen, sobald 2 von 3 Mitgliedern zustimmen. Wer innerhalb von 14 Tagen nichts "
            "sagt, stimmt zu.",
        ),
        (
            3,
            1,
            "Ein Schritt ist beschlossen, sobald alle Mitglieder zustimmen. Wer innerhalb von 1 Tag nichts sagt, "
            "stimmt zu.",
        ),
    ],
)
def test_the_setting_says_in_words_what_it_means(ours, coordinator, needed, days, meaning):
    coordinator.post(ours.at("agreement/"), {"agreements_needed": needed, "silence_days": days})

    ours.circle.refresh_from_db()
    assert (ours.circle.agreements_needed, ours.circle.silence_days) == (needed, days)
    page = soup(coordinator.get(ours.at("agreement/")))
    assert page.select_one(".circle-meaning").text == meaning
    aside = soup(coordinator.get(ours.at())).select(".workspace-aside p")
    assert " ".join(tag.text for tag in aside[:2]) == meaning


def test_a_setting_that_cannot_be_is_refused_with_the_number_that_can(ours, coordinator):
    for typed, field, words in (
        ({"agreements_needed": "4", "silence_days": "14"}, "agreements_needed", "hat 3 Mitglieder"),
        ({"agreements_needed": "0", "silence_days": "14"}, "agreements_needed", "Mindestens ein Mitglied"),
        ({"agreements_needed": "2", "silence_days": "91"}, "silence_days", "Höchstens 90 Tage"),
        ({"agreements_needed": "zwei", "silence_days": "14"}, "agreements_needed", "eine ganze Zahl"),
    ):
        response = coordinator.post(ours.at("agreement/"), typed)
        assert response.status_code == 422
        assert words in soup(response).select_one(f"#id_{field}_error").text
        assert data_of(soup(response))["agreements_needed"] == typed["agreements_needed"]
    ours.circle.refresh_from_db()
    assert (ours.circle.agreements_needed, ours.circle.silence_days, actions()) == (2, 14, [])


def test_a_new_setting_is_for_the_next_questions_only_and_leaves_a_trace(ours, coordinator):
    ours.propose()
    coordinator.post(ours.at("agreement/"), {"agreements_needed": "1", "silence_days": "0"})
    ours.say(0, "agree")
    assert ours.step.state == StepState.PROPOSED
    assert actions()[1] == ("agreement_changed", "coordinator", "Kempten")


# --- Steps ----------------------------------------------------------------------------------------------


def test_a_step_is_planned_changed_and_deleted(ours, coordinator):
    response = coordinator.post(ours.at("steps/add/"), STEP)
    step = Step.objects.latest("pk")
    assert response["Location"] == f"/admin/circle/steps/{step.pk}/"
    assert (step.circle, step.title, step.text, step.day, step.state) == (
        ours.circle,
        STEP["title"],
        STEP["text"],
        datetime.date(2030, 5, 4),
        StepState.PLANNED,
    )
    edit = f"/admin/circle/steps/{step.pk}/edit/"
    data = data_of(soup(coordinator.get(edit))).dict()
    coordinator.post(edit, {**data, "day": "2030-06-01"})
    step.refresh_from_db()
    assert (step.title, step.text, step.day) == (STEP["title"], STEP["text"], datetime.date(2030, 6, 1))
    delete = f"/admin/circle/steps/{step.pk}/delete/"
    coordinator.get(delete)
    assert Step.objects.filter(pk=step.pk).exists()
    coordinator.post(delete)
    assert not Step.objects.filter(pk=step.pk).exists()


def test_what_is_missing_of_a_step_is_named_and_what_was_typed_stays(ours, coordinator):
    response = coordinator.post(ours.at("steps/add/"), {**STEP, "title": "", "day": "bald"})
    page = soup(response)
    assert response.status_code == 422
    assert page.select_one("#id_title_error").text == "Sagen Sie in wenigen Worten, was getan werden soll."
    assert page.select_one("#id_day_error").text == "Das ist kein Datum. Schreiben Sie es so: 2027-05-04."
    assert page.select_one("#id_text").text.strip() == STEP["text"]
    assert Step.objects.count() == 1


def test_nobody_is_asked_before_the_page_has_named_them(ours, coordinator):
    CircleMember.objects.filter(pk=ours.members[2].pk).update(is_active=False)
    page = soup(coordinator.get(ours.at_step("propose/")))
    assert [item.get_text(" · ", strip=True) for item in page.select(".circle-people li")] == [
        "Frau Albers · Verein Albers · albers@example.org · · Deutsch",
        "Frau Haddad · Verein Haddad · haddad@example.org · · العربية",
    ]
    assert page.select("h2")[0].text == "2 Personen bekommen eine E-Mail"
    assert Mail.objects.count() == 0

    # Somebody joins while the page is open.
    CircleMember.objects.filter(pk=ours.members[2].pk).update(is_active=True)
    again = coordinator.post(ours.at_step("propose/"), data_of(page).dict())
    assert again.status_code == 409
    assert len(soup(again).select(".circle-people li")) == 3
    assert (Mail.objects.count(), Step.objects.get().state) == (0, StepState.PLANNED)

    done = coordinator.post(ours.at_step("propose/"), data_of(soup(again)).dict(), follow=True)
    assert said(done) == "Der Trägerkreis ist gefragt: 3 E-Mails sind unterwegs."
    assert sorted(Mail.objects.values_list("to", flat=True)) == [
        "albers@example.org",
        "haddad@example.org",
        "weiler@example.org",
    ]
    assert actions() == [("proposed", "coordinator", "Kempten")]
    second = coordinator.post(ours.at_step("propose/"), data_of(soup(again)).dict(), follow=True)
    assert said(second) == "Der Schritt ist inzwischen weiter. Es wurde nichts geändert."
    assert Mail.objects.count() == 3


def test_an_empty_circle_cannot_be_asked(ours, coordinator):
    CircleMember.objects.all().delete()
    page = soup(coordinator.get(ours.at_step("propose/")))
    assert page.select("main form") == []
    assert [link["href"] for link in page.select(".circle-sheet .workspace-action")] == [
        ours.at("members/add/")
    ]


def test_the_coordinator_reads_who_said_what_and_why_and_the_public_does_not(ours, coordinator):
    ours.propose()
    page = soup(Client().get(ours.link(0)))
    data = {"shown": page.select_one('[name="shown"]')["value"], "choice": "object"}
    Client().post(ours.link(0), {**data, "comment": "Zu teuer.\nErst fragen."})
    ours.say(1, "agree")

    page = soup(coordinator.get(ours.at_step()))
    assert page.select_one("#answers").text == "2 von 3 haben geantwortet"
    rows = [
        (row.strong.text, row.select("p")[1].text.partition(" ·")[0], row.blockquote and row.blockquote.text)
        for row in page.select(".circle-answers li")
    ]
    assert rows == [
        ("Frau Albers", "Stimmt nicht zu", "Zu teuer.Erst fragen."),
        ("Frau Haddad", "Stimmt zu", None),
        ("Frau Weiler", "Hat noch nicht geantwortet", None),
    ]
    assert "Zu teuer" not in Client().get("/de/circle/kempten/").content.decode()
    assert not any("Zu teuer" in str(entry.detail) for entry in AuditEntry.objects.all())


def test_what_was_asked_is_neither_changed_nor_deleted(ours, coordinator):
    ours.propose()
    for tail in ("edit/", "delete/", "done/"):
        for response in (
            coordinator.get(ours.at_step(tail), follow=True),
            coordinator.post(ours.at_step(tail), {**STEP, "title": "Anders"}, follow=True),
        ):
            assert said(response) == "Der Schritt ist inzwischen weiter. Es wurde nichts geändert."
    assert (Step.objects.get().title, Step.objects.get().state) == (
        "Stand beim Stadtfest",
        StepState.PROPOSED,
    )


def test_a_question_that_was_taken_back_can_be_asked_again(ours, coordinator):
    ours.propose()
    ours.say(0, "agree")
    links = [ours.link(number) for number in range(3)]
    coordinator.get(ours.at_step("withdraw/"))
    assert StepAnswer.objects.count() == 3
    coordinator.post(ours.at_step("withdraw/"))

    ours.step.refresh_from_db()
    assert (ours.step.state, ours.step.answers_until, StepAnswer.objects.count()) == (
        StepState.PLANNED,
        None,
        0,
    )
    assert [Client().get(link).status_code for link in links] == [410] * 3
    coordinator.post(ours.at_step("edit/"), STEP)
    ours.propose()
    assert Mail.objects.filter(template=ASKED).count() == 6
    assert Client().get(ours.link(0)).status_code == 200
    assert [action for action, *_rest in actions()] == ["proposed", "answered", "withdrawn", "proposed"]


def test_what_was_decided_is_told_to_all_who_were_asked_and_to_the_coordinators(ours, coordinator):
    ours.propose()
    ours.say(0, "agree")
    assert Mail.objects.filter(template=DECIDED).count() == 0
    ours.say(1, "agree")

    mails = {mail.to: mail for mail in Mail.objects.filter(template=DECIDED)}
    assert sorted(mails) == [
        "albers@example.org",
        "coordinator@example.org",
        "haddad@example.org",
        "weiler@example.org",
    ]
    assert mails["albers@example.org"].subject == "Zugestimmt: „Stand beim Stadtfest“"
    assert "2 von 3 haben Ja gesagt." in " ".join(mails["albers@example.org"].text.split())
    assert "http://127.0.0.1:8000/ar/circle/kempten/" in mails["haddad@example.org"].text
    assert f"http://127.0.0.1:8000{ours.at_step()}" in mails["coordinator@example.org"].text
    coordinator.post(ours.at_step("done/"))
    ours.step.refresh_from_db()
    assert ours.step.state == StepState.DONE
    assert actions()[-1] == ("done", "coordinator", "Kempten")


# --- The end --------------------------------------------------------------------------------------------


def test_where_the_project_is_over_everything_can_be_read_and_nothing_changed(ours, world):
    ours.propose()
    world.end(ours.region)
    client = signed_in(world.people["network"])
    before = [
        list(model.objects.order_by("pk").values()) for model in (Circle, CircleMember, Step, StepAnswer)
    ]
    for address in (ours.at(), ours.at_step()):
        page = soup(client.get(address))
        main = page.select_one("main")
        assert "Stand beim Stadtfest" in main.text
        assert main.select("form, .workspace-action") == []
    for address in ours.every_address:
        if address in (ours.at(), ours.at_step()):
            continue
        for response in (
            client.get(address, follow=True),
            client.post(
                address, {**MEMBER, **STEP, "agreements_needed": "1", "silence_days": "0"}, follow=True
            ),
        ):
            assert said(response) == (
                "Das Projekt dieser Region ist zu Ende. Ihren Trägerkreis kann man nur noch lesen."
            )
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Circle, CircleMember, Step, StepAnswer)
    ]


# --- What was typed -------------------------------------------------------------------------------------


def test_hostile_words_are_text_in_the_admin_and_in_mails(ours, coordinator):
    pages = []
    for string in (string.replace("\0", "") for string in STRINGS):
        CircleMember.objects.update(name=string[:100], organisation=string[:150])
        ours.step = Step.objects.create(
            circle=ours.circle, title=string[:150], text=string, day=datetime.date(2030, 5, 4)
        )
        addresses = [
            ours.at_step("propose/"),
            ours.at_step("edit/"),
            ours.at_member(),
            ours.at_member(0, "remove/"),
        ]
        pages += [coordinator.get(address) for address in addresses]
        ours.propose()
        for number, choice in enumerate(("object", "agree", "agree")):
            ours.say(number, choice, comment=string)
        pages.append(coordinator.get(ours.at_step()))
    pages.append(coordinator.get(ours.at()))

    assert {page.status_code for page in pages} == {200}
    assert [harm for page in pages for harm in harm_in(parsed(page.content))] == []
    assert [harm for mail in Mail.objects.all() for harm in harm_in(parsed(mail.html))] == []


# --- What it costs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "queries"), [("circle", 19), ("step", 17), ("propose", 17), ("list", 16)])
def test_pages_ask_the_database_equally_often_however_many_steps_and_members(
    ours, world, coordinator, django_assert_num_queries, page, queries
):
    address = {
        "circle": ours.at(),
        "step": ours.at_step(),
        "propose": ours.at_step("propose/"),
        "list": "/admin/circle/",
    }[page]
    client = signed_in(world.people["network"]) if page == "list" else coordinator
    if page == "step":
        ours.propose()
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
    for number in range(8):
        member = CircleMember.objects.create(
            circle=ours.circle,
            name=f"Frau {number}",
            organisation="Verein",
            sector="municipal",
            field="engagement",
            email=f"frau{number}@example.org",
            language="de",
        )
        step = Step.objects.create(circle=ours.circle, title=f"Schritt {number}", day=timezone.localdate())
        StepAnswer.objects.create(step=step, member=member)
        if page == "step":
            StepAnswer.objects.create(step=ours.step, member=member)
    with django_assert_num_queries(queries):
        client.get(address)
