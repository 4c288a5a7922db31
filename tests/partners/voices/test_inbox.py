"""The list of reports in the admin: who sees which, answering by mail, putting away, taking up again."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from content.mail.models import Mail
from partners.models import Report
from partners.voices import selectors, services
from tests.factories.pages import publish
from tests.hostile.judge import harm_in, parsed
from tests.hostile.strings import STRINGS

pytestmark = pytest.mark.django_db

INBOX = "/admin/reader-reports/"


@pytest.fixture
def reports(world):
    """Return a report on each organisation, on a region and on a page of no region, by name."""
    pages = {
        "own": world.offer,
        "other": world.other,
        "region": world.region,
        "plain": world.plain,
    }
    return {
        name: Report.objects.create(
            page_id=page.pk, language="de", reason="time", text=f"Wort {name}", address="leserin@example.org"
        )
        for name, page in pages.items()
    }


@pytest.fixture
def log_in(client, world):
    def as_person(name):
        client.force_login(world.people[name])
        return client

    return as_person


def seen(client):
    soup = BeautifulSoup(client.get(INBOX).content, "html.parser")
    return {tag.text.split()[-1] for tag in soup.select(".reports .report-text")}


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("partner", {"own"}),
        ("foreign", {"other"}),
        ("coordinator", {"own", "region"}),
        ("foreign-coordinator", {"other"}),
        ("network", {"own", "other", "region", "plain"}),
    ],
)
def test_everybody_sees_the_reports_on_the_pages_they_keep(world, reports, log_in, person, names):
    client = log_in(person)

    assert seen(client) == names
    for name, report in reports.items():
        status = client.get(f"{INBOX}{report.pk}/", follow=False).status_code
        assert (name, status) == (name, 200 if name in names else 302)


@pytest.mark.parametrize("do", ["answer", "done", "open"])
def test_nobody_acts_on_the_report_of_another_organisation(world, reports, log_in, do):
    log_in("foreign").post(f"{INBOX}{reports['own'].pk}/", {"do": do, "text": "Danke"})

    reports["own"].refresh_from_db()
    assert (reports["own"].state, Mail.objects.count()) == ("open", 0)


def test_translators_have_no_list_and_no_link_to_one(world, reports, log_in):
    client = log_in("translator")

    assert client.get(INBOX).status_code == 302
    assert INBOX not in client.get("/admin/").content.decode()
    assert INBOX in log_in("partner").get("/admin/").content.decode()


def test_an_answer_goes_to_the_reader_in_the_language_the_page_was_read_in(world, log_in):
    turkish = world.turkish(world.offer)
    report = services.report(
        page=turkish, reason="place", text="Kapı kapalı", address="okur@example.org", sender="192.0.2.1"
    )
    Mail.objects.all().delete()
    response = log_in("partner").post(
        f"{INBOX}{report.pk}/", {"do": "answer", "text": "Danke!\nJetzt stimmt es."}, follow=True
    )

    report.refresh_from_db()
    mail = Mail.objects.get()
    assert (report.state, report.answer, report.settled_by) == (
        "answered",
        "Danke!\nJetzt stimmt es.",
        world.people["partner"],
    )
    assert (mail.to, mail.language, mail.headers) == ("okur@example.org", "tr", {})
    assert mail.subject == "Mitmischen: bildiriminize yanıt"
    assert "  > Danke!\n  > Jetzt stimmt es.\n" in mail.text
    assert f"http://127.0.0.1:8000{turkish.url}" in mail.text
    assert "partner@example.org" not in mail.text + mail.html
    assert "Die Antwort ist unterwegs." in response.content.decode()
    assert seen(log_in("partner")) == set()


def test_an_empty_answer_is_asked_for_again(world, reports, log_in):
    response = log_in("partner").post(f"{INBOX}{reports['own'].pk}/", {"do": "answer", "text": " "})

    reports["own"].refresh_from_db()
    assert (response.status_code, reports["own"].state) == (422, "open")
    assert "Schreiben Sie, was die Person wissen soll." in response.content.decode()


def test_who_left_no_address_cannot_be_answered(world, reports, log_in):
    report = reports["own"]
    Report.objects.filter(pk=report.pk).update(address="")
    client = log_in("partner")

    assert "do=answer" not in client.get(f"{INBOX}{report.pk}/").content.decode()
    client.post(f"{INBOX}{report.pk}/", {"do": "answer", "text": "Danke"})
    report.refresh_from_db()
    assert (report.state, Mail.objects.count()) == ("open", 0)
    with pytest.raises(ValueError, match="no address"):
        services.answer(report=report, text="Danke", by=world.people["partner"])


def test_a_report_is_put_away_and_taken_up_again(world, reports, log_in):
    client, report = log_in("partner"), reports["own"]
    client.post(f"{INBOX}{report.pk}/", {"do": "done"})
    report.refresh_from_db()
    assert (report.state, report.settled_by, seen(client)) == ("done", world.people["partner"], set())
    assert "Wort own" in client.get(f"{INBOX}?settled=1").content.decode()

    client.post(f"{INBOX}{report.pk}/", {"do": "open"})
    report.refresh_from_db()
    assert (report.state, report.settled_by, seen(client)) == ("open", None, {"own"})


def test_two_who_answer_at_once_send_one_answer(world, reports):
    report = reports["own"]
    services.answer(report=report, text="Danke", by=world.people["partner"])

    with pytest.raises(services.AlreadySettled):
        services.answer(report=report, text="Vielen Dank", by=world.people["coordinator"])
    with pytest.raises(services.AlreadySettled):
        services.put_away(report=report, by=world.people["coordinator"])
    assert Mail.objects.count() == 1
    assert services.take_up_again(report=report) is False


def test_the_second_who_answers_is_told_that_somebody_was_quicker(world, reports, log_in):
    services.put_away(report=reports["own"], by=world.people["coordinator"])
    response = log_in("partner").post(
        f"{INBOX}{reports['own'].pk}/", {"do": "answer", "text": "Danke"}, follow=True
    )

    assert "Jemand anderes hat diese Meldung inzwischen erledigt." in response.content.decode()
    assert Mail.objects.count() == 0


def test_in_a_region_that_has_ended_nobody_but_the_network_office_sees_reports(world, reports, log_in):
    world.region.runs_until = timezone.localdate() - datetime.timedelta(days=1)
    publish(world.region)

    assert seen(log_in("partner")) == set()
    assert seen(log_in("coordinator")) == set()
    assert "own" in seen(log_in("network"))


@pytest.mark.parametrize("number", [1, 25])
def test_the_list_asks_as_often_for_one_report_as_for_many(world, log_in, number, django_assert_num_queries):
    for index in range(number):
        Report.objects.create(page_id=world.offer.pk, language="de", reason="time", text=f"Wort {index}")
    user = world.people["partner"]

    with django_assert_num_queries(3):
        assert len([report.page.title for report in selectors.open_reports_for(user)]) == number


def test_what_an_answer_says_is_text_in_mail_and_list(world, reports, log_in):
    client, report = log_in("partner"), reports["own"]
    for words in STRINGS:
        if "\0" in words:
            again = client.post(f"{INBOX}{report.pk}/", {"do": "answer", "text": words})
            assert again.status_code == 422
            continue
        Mail.objects.all().delete()
        Report.objects.filter(pk=report.pk).update(state="open")
        services.answer(report=report, text=words, by=world.people["partner"])
        (mail,) = Mail.objects.all()
        assert harm_in(parsed(mail.html)) == []
        assert (mail.subject, mail.headers) == ("Mitmischen: Antwort auf Ihre Meldung", {})
        shown = parsed(client.get(f"{INBOX}{report.pk}/").content)
        assert harm_in(shown.css_first(".people")) == []
