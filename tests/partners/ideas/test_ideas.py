"""The idea box: anybody writes, a coordinator decides, everybody reads and supports."""

import datetime
import re
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.audit import AuditEntry
from content.mail.models import Mail
from partners.ideas import services
from partners.ideas.forms import DecisionForm, IdeaForm, SupportForm
from partners.joining.services import RegionEnded
from partners.models import Idea
from tests.factories.pages import PlainPageFactory, publish
from tests.hostile.judge import harm_in, parsed
from tests.hostile.strings import STRINGS
from tests.partners.joining.world import World, data_of, soup, token
from tests.services.rebuilding import built

pytestmark = pytest.mark.django_db

IDEA = {
    "title": "Eine Bank am Bahnhof",
    "text": "Viele warten dort.\n\nAuch Ältere.",
    "language": "de",
    "region": "kempten",
    "name": "Aylin",
    "email": "aylin@example.org",
}


@pytest.fixture
def world():
    return built(World)


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def log_in(world):
    def as_person(name):
        client = Client()
        client.force_login(world.people[name])
        return client

    return as_person


def send(reader, at="de", **fields):
    return reader.post(f"/{at}/ideas/new/", {"gate": token(IdeaForm), **IDEA, **fields})


def idea(world, **fields):
    """Return a kept idea for Kempten that everybody can read."""
    values = {
        "region": world.region,
        "title": "Eine Bank am Bahnhof",
        "text": "Viele warten dort.",
        "language": "de",
        "read_in": "de",
        "state": "published",
        "published_at": timezone.now(),
        **fields,
    }
    return Idea.objects.create(**values)


def titles(response):
    return [tag.text for tag in soup(response).select(".idea h2")]


def support(reader, found, *, language="de", sender="192.0.2.1", **fields):
    data = {"gate": token(SupportForm, found.pk), **fields}
    return reader.post(f"/{language}/ideas/{found.pk}/", data, REMOTE_ADDR=sender)


# --- Writing --------------------------------------------------------------------------------------------


def test_an_idea_is_kept_and_the_coordinators_are_told_once_a_day(world, reader):
    responses = [send(reader, "tr"), send(reader, "tr", title="Noch eine Bank")]

    assert [response["Location"] for response in responses] == ["/tr/ideas/sent/"] * 2
    kept = Idea.objects.get(title="Eine Bank am Bahnhof")
    assert (kept.text, kept.language, kept.read_in, kept.region_id, kept.name, kept.email, kept.state) == (
        "Viele warten dort.\n\nAuch Ältere.",
        "de",
        "tr",
        world.region.pk,
        "Aylin",
        "aylin@example.org",
        "waiting",
    )
    assert list(Mail.objects.values_list("to", flat=True)) == ["coordinator@example.org"]
    # Nobody reads it yet.
    assert titles(reader.get("/de/ideas/")) == []
    assert reader.get(f"/de/ideas/{kept.pk}/").status_code == 404


def test_the_form_asks_for_no_cookie_and_is_neither_indexed_nor_kept(world, reader):
    for response in (
        reader.get("/de/ideas/new/"),
        send(reader, title=""),
        send(reader),
        reader.get("/de/ideas/sent/"),
    ):
        assert not response.cookies
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in response["Cache-Control"]


def test_what_is_missing_is_named_and_what_was_typed_stays(world, reader):
    response = send(reader, title="", region="mond")

    page = soup(response)
    assert response.status_code == 422
    assert [link["href"] for link in page.select(".error-summary a")] == ["#id_title", "#id_region"]
    assert page.select_one("#id_title_error").text == "Geben Sie Ihrer Idee einen Namen."
    assert data_of(page)["text"] == IDEA["text"]
    assert Idea.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "chosen"), [("de", "de"), ("tr", "tr"), ("ar", "ar"), ("de-simple", "de")]
)
def test_the_language_of_the_page_is_the_first_guess(world, reader, language, chosen):
    assert data_of(soup(reader.get(f"/{language}/ideas/new/")))["language"] == chosen


def test_a_program_and_a_double_click_are_thanked_and_keep_nothing_more(world, reader):
    send(reader, website="https://example.org")
    assert Idea.objects.count() == 0
    gate = token(IdeaForm)
    assert [send(reader, gate=gate).status_code for _time in range(2)] == [302, 302]
    assert Idea.objects.count() == 1


def test_nothing_is_taken_for_a_region_that_has_ended(world, reader):
    world.end(world.region)

    assert [tag["value"] for tag in soup(reader.get("/de/ideas/new/")).select("#id_region option")] == [
        "",
        "roth",
    ]
    assert send(reader).status_code == 422
    with pytest.raises(RegionEnded):
        services.submit(region=world.end(world.region), title="x", text="y", language="de", read_in="de")
    assert Idea.objects.count() == 0


# --- Reading --------------------------------------------------------------------------------------------


def test_ideas_stand_in_their_own_language_and_direction(world, reader):
    idea(world, title="مقعد عند المحطة", text="ينتظر كثيرون هناك.", language="ar")
    idea(world, title="نیمکت", text="می‌خواهیم بنشینیم.", language="fa")
    idea(world, title="Sitzbank", region=world.other_region)
    page = soup(reader.get("/de/ideas/"))

    assert [(tag.text, tag.a["lang"], tag.a["dir"]) for tag in page.select(".idea h2")] == [
        ("Sitzbank", "de", "ltr"),
        ("نیمکت", "fa", "rtl"),
        ("مقعد عند المحطة", "ar", "rtl"),
    ]
    assert page.html["dir"] == "ltr"


def test_the_list_is_narrowed_by_region_and_turned_page_by_page(world, reader):
    for number in range(21):
        idea(world, title=f"Idee {number}")
    idea(world, title="Für Roth", region=world.other_region)

    assert titles(reader.get("/de/ideas/?region=roth")) == ["Für Roth"]
    assert len(titles(reader.get("/de/ideas/?region=kempten"))) == 20
    second = reader.get("/de/ideas/?region=kempten&page=2")
    assert titles(second) == ["Idee 0"]
    assert soup(second).select_one('a[rel="prev"]')["href"] == "?region=kempten&page=1"
    # What nobody could have clicked leads somewhere all the same.
    assert titles(reader.get("/de/ideas/?region=kempten&page=x"))[0] == "Idee 20"
    assert len(titles(reader.get("/de/ideas/?region=mond"))) == 20


def test_the_list_costs_the_same_with_one_idea_and_with_twenty(world, reader):
    counted = []
    idea(world)
    reader.get("/de/ideas/")
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            reader.get("/de/ideas/")
        counted.append(len(queries))
        for number in range(19):
            idea(world, title=f"Idee {number}", region=world.other_region)

    assert counted[0] == counted[1]


def test_only_what_is_published_in_a_region_that_is_public_can_be_read(world, reader):
    hidden = idea(world, title="Verborgen", state="hidden")
    away = idea(world, title="Weg", region=world.other_region)
    world.other_region.unpublish()

    assert titles(reader.get("/de/ideas/")) == []
    for found in (hidden, away):
        assert reader.get(f"/de/ideas/{found.pk}/").status_code == 404
        assert support(reader, found).status_code == 404


def test_the_box_is_reached_from_the_door_and_from_every_region(world, reader):
    plain = publish(PlainPageFactory(parent=world.home, title="Ideenkiste", slug="ideenkiste", door="ideas"))
    links = {
        page: [
            link["href"]
            for link in soup(reader.get(page.url)).select(".page-actions a")
            if "/ideas/" in link["href"]
        ]
        for page in (plain, world.region, world.organisation)
    }

    assert links == {
        plain: ["/de/ideas/new/", "/de/ideas/"],
        world.region: ["/de/ideas/new/?region=kempten", "/de/ideas/?region=kempten"],
        world.organisation: [],
    }


# --- "I like it" ----------------------------------------------------------------------------------------


def test_everybody_counts_once_a_day_and_idea_and_gets_the_same_answer(world, reader):
    first, second = idea(world), idea(world, title="Zweite")
    answers = [
        support(reader, first),
        support(reader, first),
        support(reader, first, sender="192.0.2.2"),
        support(reader, second),
    ]

    assert [soup(answer).select_one('[role="status"]').text for answer in answers] == [
        "Vielen Dank! Es zählt einmal am Tag. Wer Sie sind, erfährt niemand."
    ] * 4
    assert [answer.status_code for answer in answers] == [200] * 4
    assert not any(answer.cookies for answer in answers)
    assert list(Idea.objects.order_by("pk").values_list("supporters", flat=True)) == [2, 1]


def test_looking_at_an_idea_and_programs_count_nothing(world, reader):
    found = idea(world)
    reader.get(f"/de/ideas/{found.pk}/")
    support(reader, found, website="https://example.org")
    support(reader, found, gate="forged")
    support(reader, found, gate=token(SupportForm, found.pk + 1))

    found.refresh_from_db()
    assert found.supporters == 0


def test_an_ended_region_keeps_its_ideas_and_counts_nothing(world, reader):
    found = idea(world)
    world.end(world.region)
    page = soup(reader.get(f"/de/ideas/{found.pk}/"))

    assert page.h1.text == "Eine Bank am Bahnhof"
    assert page.select("main form") == []
    assert soup(reader.get("/de/ideas/?region=kempten")).select('main a[href*="/ideas/new/"]') == []
    assert support(reader, found).status_code == 404
    with pytest.raises(RegionEnded):
        services.support(idea=Idea.objects.get(), sender="192.0.2.1")
    assert Idea.objects.get().supporters == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_like_an_idea_at_once_nobody_is_lost(world):
    found = idea(world)
    start = threading.Barrier(6)

    def like(number):
        start.wait()
        for sender in (f"192.0.2.{number}", "192.0.2.99"):
            services.support(idea=found, sender=sender)
        connection.close()

    threads = [threading.Thread(target=like, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found.refresh_from_db()
    assert found.supporters == 7


# --- Deciding -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "allowed"),
    [("coordinator", True), ("network", True), ("foreign-coordinator", False), ("foreign-partner", False)],
)
def test_only_those_who_coordinate_the_region_see_and_decide(world, log_in, person, allowed):
    found = idea(world, state="waiting", published_at=None)
    client = log_in(person)

    assert (client.get(f"/admin/ideas/{found.pk}/").status_code == 200) == allowed
    assert (found.title in client.get("/admin/ideas/", follow=True).content.decode()) == allowed
    client.post(f"/admin/ideas/{found.pk}/", {"state": "published"})
    found.refresh_from_db()
    assert (found.state == "published") == allowed


def test_what_is_published_is_public_with_its_answer_and_its_author_hears_of_it(world, reader, log_in):
    send(reader, "tr")
    found = Idea.objects.get()
    log_in("coordinator").post(
        f"/admin/ideas/{found.pk}/", {"state": "published", "answer": "Gute Idee!\nWir fragen die Stadt."}
    )

    assert titles(reader.get("/de/ideas/")) == ["Eine Bank am Bahnhof"]
    page = soup(reader.get(f"/de/ideas/{found.pk}/"))
    assert [tag.text for tag in page.select(".prose p")] == ["Viele warten dort.", "Auch Ältere."]
    assert page.select_one("#answer").find_next("p").text == "Gute Idee!Wir fragen die Stadt."
    assert "Aylin" in page.text
    assert "aylin@example.org" not in str(page)
    (mail,) = Mail.objects.filter(template="partners/mail/idea_decided")
    assert (mail.to, mail.language) == ("aylin@example.org", "tr")
    assert f"/tr/ideas/{found.pk}/" in mail.text
    assert "> Gute Idee!\n  > Wir fragen die Stadt." in mail.text
    entry = AuditEntry.objects.get(action="partners.ideas.published")
    assert (entry.actor_label, entry.detail) == ("coordinator", {"idea": found.pk})


def test_hiding_needs_a_reason_which_the_author_gets(world, reader, log_in):
    send(reader)
    found, client = Idea.objects.get(), log_in("coordinator")
    refused = client.post(f"/admin/ideas/{found.pk}/", {"state": "hidden", "answer": "Das bleibt stehen."})
    assert refused.status_code == 422
    assert data_of(soup(refused)).get("answer", "") == "Das bleibt stehen."
    client.post(f"/admin/ideas/{found.pk}/", {"state": "hidden", "reason": "Das ist Werbung."})

    (mail,) = Mail.objects.filter(template="partners/mail/idea_decided")
    assert "> Das ist Werbung." in mail.text
    assert re.search(r"/ideas/\d", mail.text) is None
    assert reader.get(f"/de/ideas/{found.pk}/").status_code == 404


def test_saying_the_same_twice_writes_once(world):
    found = idea(world, state="waiting", email="aylin@example.org")
    for _time in range(2):
        services.publish(idea=found, answer="Ja.", by=world.people["coordinator"])

    assert Mail.objects.count() == 1
    assert AuditEntry.objects.filter(action="partners.ideas.published").count() == 1


def test_in_an_ended_region_ideas_can_only_be_hidden(world, log_in):
    found = idea(world, state="waiting", published_at=None)
    world.end(world.region)
    client = log_in("network")
    client.post(f"/admin/ideas/{found.pk}/", {"state": "published"})
    found.refresh_from_db()
    assert found.state == "waiting"

    client.post(f"/admin/ideas/{found.pk}/", {"state": "hidden", "reason": "Zu spät."})
    found.refresh_from_db()
    assert found.state == "hidden"


def test_addresses_go_after_the_answer_and_what_nobody_sees_after_half_a_year(world):
    now = timezone.now()

    def ago(days):
        return now - datetime.timedelta(days=days)

    idea(world, title="beantwortet", email="a@example.org", decided_at=ago(31))
    idea(world, title="gerade", email="b@example.org", decided_at=ago(29))
    idea(world, title="verborgen", state="hidden", decided_at=ago(181))
    idea(world, title="vergessen", state="waiting", created_at=ago(181))
    idea(world, title="neu", state="waiting", created_at=ago(179))
    services.forget()

    assert sorted(Idea.objects.values_list("title", "email")) == [
        ("beantwortet", ""),
        ("gerade", "b@example.org"),
        ("neu", ""),
    ]


# --- What strangers type --------------------------------------------------------------------------------


def test_hostile_words_are_text_in_every_field_that_shows_them_again(world):
    template = (
        '{% load gate %}{% include "content/form_errors.html" %}'
        '{% for field in form %}{% include "content/form_field.html" %}{% endfor %}'
    )
    found = []
    for string in STRINGS:
        for form_class in (IdeaForm, DecisionForm):
            form = form_class(dict.fromkeys(form_class.base_fields, string))
            assert form.errors
            html = Template(template).render(Context({"form": form}))
            found += [(string, harm) for harm in harm_in(parsed(html))]

    assert found == []


def test_hostile_words_are_text_on_public_pages_in_the_admin_and_in_mails(world, reader, log_in):
    client, found, pages = log_in("coordinator"), [], []
    for number, string in enumerate(string.replace("\0", "") for string in STRINGS):
        kept = services.submit(
            region=world.region,
            title=string[:100],
            text=string,
            name=string[:80],
            language="de",
            read_in="de",
            email=f"aylin{number}@example.org",
        )
        if number % 4:
            services.publish(idea=kept, answer=string, by=world.people["coordinator"])
            pages.append(reader.get(f"/de/ideas/{kept.pk}/"))
        else:
            services.hide(idea=kept, reason=string, by=world.people["coordinator"])
            pages.append(client.get(f"/admin/ideas/{kept.pk}/"))
    pages += [reader.get(f"/de/ideas/?page={number}") for number in range(1, 5)]
    pages += [client.get(f"/admin/ideas/?state={state}") for state in ("published", "hidden")]

    assert {page.status_code for page in pages} == {200}
    found += [harm for page in pages for harm in harm_in(parsed(page.content))]
    found += [harm for mail in Mail.objects.all() for harm in harm_in(parsed(mail.html))]
    assert found == []
    assert {len(mail.subject.splitlines()) for mail in Mail.objects.all()} == {1}
    assert Mail.objects.count() == len(STRINGS) + 1


def test_an_idea_cannot_be_in_a_language_that_nobody_here_writes(world, reader):
    assert send(reader, language="gsg").status_code == 422
    with pytest.raises(ValidationError):
        services.submit(region=world.region, title="", text="", language="de", read_in="de")
