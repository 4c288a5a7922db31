"""Members of a steering circle agree by a link, without an account; the public page shows what came of it."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.audit import AuditEntry
from content.mail.models import Mail
from content.models import SignedLink
from partners.circle import services
from partners.circle.models import Circle, CircleMember, Step, StepAnswer, StepState
from partners.tasks import close_steps
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db

HOSTILE = "<img src=x onerror=alert(1)>"


class World:
    """A circle of three, of whom two have to agree."""

    def __init__(self, site):
        self.region = site.region
        self.circle = Circle.objects.create(region=site.region, agreements_needed=2)
        self.members = [
            self.member("Albers", "Stadt", "municipal", "integration", shows_name=True),
            self.member("Weiler", "Agentur", "independent", "engagement"),
            self.member("Haddad", "Freundeskreis", "independent", "integration", language="ar"),
        ]
        self.step = Step.objects.create(
            circle=self.circle, title="Stand beim Stadtfest", text="Für alle.", day=datetime.date(2030, 5, 4)
        )

    def member(self, name, organisation, sector, field, **more):
        return CircleMember.objects.create(
            circle=self.circle,
            name=f"Frau {name}",
            organisation=organisation,
            sector=sector,
            field=field,
            email=f"{name.lower()}@example.org",
            **{"language": "de", **more},
        )

    def propose(self):
        services.propose(step=self.step)

    def link(self, number):
        mail = Mail.objects.get(to=self.members[number].email, template="partners/mail/circle")
        (link,) = re.findall(r"http://127\.0\.0\.1:8000(/\w+/circle/answer/\S+/)", mail.text)
        return link

    def end(self):
        self.region.runs_until = timezone.localdate() - datetime.timedelta(days=1)
        self.region.save()

    @property
    def state(self):
        self.step.refresh_from_db()
        return self.step.state

    @property
    def page(self):
        return Client().get(f"/de/circle/{self.region.slug}/")


@pytest.fixture
@built_once
def world(site):
    return World(site)


def shown_at(link):
    return re.search(r'name="shown" value="(\w+)"', Client().get(link).content.decode()).group(1)


def say(link, choice, shown=None, **more):
    return Client().post(link, {"shown": shown or shown_at(link), "choice": choice, **more})


def choices():
    return list(StepAnswer.objects.order_by("member_id").values_list("choice", flat=True))


def test_every_active_member_is_asked_once_in_their_language(world):
    CircleMember.objects.filter(pk=world.members[1].pk).update(is_active=False)
    world.propose()
    with pytest.raises(services.CannotPropose):
        world.propose()

    assert sorted(Mail.objects.values_list("to", "subject")) == [
        ("albers@example.org", "Stimmen Sie zu: „Stand beim Stadtfest“?"),
        ("haddad@example.org", "هل توافق: «Stand beim Stadtfest»؟"),
    ]
    assert world.link(2).startswith("/ar/")


def test_looking_answers_nothing(world):
    world.propose()
    for _look in range(2):
        response = Client().get(world.link(0))
        assert (response.status_code, response["Referrer-Policy"]) == (200, "no-referrer")
    assert choices() == [""] * 3
    assert "Stand beim Stadtfest" in response.content.decode()


def test_enough_agreements_decide_at_once(world):
    world.propose()
    assert say(world.link(0), "agree").status_code == 200
    assert world.state == StepState.PROPOSED
    late = shown_at(world.link(1))
    say(world.link(2), "agree")
    assert world.state == StepState.AGREED
    assert say(world.link(1), "object", shown=late).status_code == 410
    assert choices() == ["agree", "", "agree"]
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "partners.circle.proposed",
        "partners.circle.answered",
        "partners.circle.answered",
        "partners.circle.decided",
    ]
    assert "2 von 3 stimmten bis" in world.page.content.decode()


def test_objections_decide_when_agreement_is_impossible(world):
    world.propose()
    say(world.link(0), "object")
    assert world.state == StepState.PROPOSED
    say(world.link(1), "object")
    assert world.state == StepState.NOT_AGREED


@pytest.mark.parametrize(
    ("silence_days", "objections", "state"),
    [(14, 0, StepState.AGREED), (14, 1, StepState.AGREED), (0, 0, StepState.NOT_AGREED)],
)
def test_silence_counts_only_where_the_circle_says_so(world, silence_days, objections, state):
    Circle.objects.update(silence_days=silence_days)
    world.propose()
    for number in range(objections):
        say(world.link(number), "object")
    close_steps()
    assert world.state == StepState.PROPOSED
    Step.objects.update(answers_until=timezone.localdate() - datetime.timedelta(days=1))
    close_steps()
    close_steps()
    assert world.state == state
    assert AuditEntry.objects.filter(action="partners.circle.decided").count() == 1


def test_a_link_works_once(world):
    world.propose()
    link = world.link(0)
    shown = shown_at(link)
    say(link, "agree")
    assert say(link, "object", shown=shown).status_code == 410
    assert Client().get(link).status_code == 410
    assert choices()[0] == "agree"


def test_a_step_that_changed_is_shown_anew_before_anything_is_answered(world):
    world.propose()
    shown = shown_at(world.link(0))
    Step.objects.update(text="Nur für manche.")
    response = say(world.link(0), "agree", shown=shown)
    assert response.status_code == 409
    assert "Nur für manche." in response.content.decode()
    assert choices() == [""] * 3


def test_an_answer_without_a_choice_is_asked_for_again(world):
    world.propose()
    response = say(world.link(0), "")
    assert response.status_code == 422
    assert say(world.link(0), "agree").status_code == 200


@pytest.mark.parametrize("way", ["left", "address", "ended", "expired", "over", "deleted"])
def test_a_link_does_nothing_when_its_time_is_over(world, way):
    world.propose()
    link = world.link(0)
    shown = shown_at(link)
    match way:
        case "left":
            CircleMember.objects.update(is_active=False)
        case "address":
            CircleMember.objects.update(email="other@example.org")
        case "ended":
            world.end()
        case "expired":
            SignedLink.objects.update(expires_at=timezone.now())
        case "over":
            Step.objects.update(answers_until=timezone.localdate() - datetime.timedelta(days=1))
        case "deleted":
            StepAnswer.objects.all().delete()
    answers = [Client().get(link).status_code, say(link, "agree", shown=shown).status_code]
    assert answers == ([404, 404] if way == "address" else [410, 410])
    assert [choice for choice in choices() if choice] == []


def test_nothing_acts_in_a_region_whose_project_has_ended(world):
    world.propose()
    world.end()
    Step.objects.update(answers_until=timezone.localdate() - datetime.timedelta(days=1))
    close_steps()
    assert world.state == StepState.PROPOSED
    Step.objects.update(state=StepState.PLANNED)
    with pytest.raises(services.CannotPropose):
        world.propose()
    assert Mail.objects.count() == 3


def test_the_public_page_has_two_sectors_with_two_fields_each_and_the_steps_by_day(world):
    for day, title in ((datetime.date(2029, 5, 4), "Früher"), (datetime.date(2031, 5, 4), "Später")):
        Step.objects.create(circle=world.circle, title=title, day=day)
    page = BeautifulSoup(world.page.content, "html.parser")
    found = {}
    for sector in page.select("section[aria-labelledby^=sector-]"):
        fields = sector.select(".circle-field")
        found[sector.h2.get_text()] = {
            field.h3.get_text(): [member.get_text(strip=True) for member in field.select("li")]
            for field in fields
        }
    assert found == {
        "Kommunen": {"Bürgerschaftliches Engagement": [], "Migration und Integration": ["Frau AlbersStadt"]},
        "Freie Träger": {
            "Bürgerschaftliches Engagement": ["Agentur"],
            "Migration und Integration": ["Freundeskreis"],
        },
    }
    steps = [step.h3.get_text() for step in page.select(".circle-step")]
    assert steps == ["Früher", "Stand beim Stadtfest", "Später"]


def test_the_public_page_shows_names_only_with_consent_and_never_addresses(world):
    world.propose()
    say(world.link(0), "agree")
    body = world.page.content.decode()
    assert "Frau Albers" in body
    assert "Agentur" in body
    for hidden in ("Frau Weiler", "Frau Haddad", "example.org"):
        assert hidden not in body
    assert '<h3 lang="de" dir="auto">Stand beim Stadtfest</h3>' in body
    assert Client().get("/de/circle/nirgends/").status_code == 404


def test_what_somebody_typed_is_text_everywhere(world):
    Step.objects.update(title=HOSTILE, text=HOSTILE)
    CircleMember.objects.update(organisation=HOSTILE, name=HOSTILE)
    world.propose()
    answer = Client().get(world.link(0)).content.decode()
    mail = Mail.objects.get(to="albers@example.org").html
    for html in (answer, mail, world.page.content.decode()):
        assert "<img src=x" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_the_page_asks_the_database_equally_often_however_long_the_timeline(world, client):
    address = f"/de/circle/{world.region.slug}/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        Step.objects.create(circle=world.circle, title=f"Schritt {number}", day=datetime.date(2030, 6, 1))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
