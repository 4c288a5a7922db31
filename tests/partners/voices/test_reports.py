"""Readers report what is not right: the form, who is told, when a page is doubted, and what is forgotten."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from content.mail.models import Mail
from organisations.models import Contact
from partners.models import Report
from partners.voices import services
from partners.voices.forms import ReportForm
from tests.factories.pages import publish
from tests.hostile.judge import harm_in, parsed
from tests.hostile.strings import STRINGS
from tests.partners.voices.world import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def send(reader, page, *, language="de", sender="192.0.2.1", token=None, **fields):
    data = {"gate": token or opened(ReportForm, page), "reason": "time", **fields}
    return reader.post(f"/{language}/report/{page.pk}/", data, REMOTE_ADDR=sender)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def receivers():
    return sorted(Mail.objects.filter(template="partners/mail/report").values_list("to", flat=True))


# --- The form ---------------------------------------------------------------------------------------------


def test_pages_of_every_kind_regions_and_plain_pages_lead_to_the_form(world, reader):
    for page in (world.offer, world.organisation, world.region, world.plain):
        (link,) = soup(reader.get(page.url)).select(f'a[href="/de/report/{page.pk}/"]')
        assert link.text.strip() == "Stimmt etwas nicht?"
        assert reader.get(link["href"]).status_code == 200


def test_looking_at_the_form_keeps_nothing_and_sets_no_cookie(world, reader):
    response = reader.get(f"/de/report/{world.offer.pk}/")

    assert not response.cookies
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert soup(response).find("meta", attrs={"name": "robots"})["content"] == "noindex, nofollow"
    assert Report.objects.count() == 0


def test_a_reason_is_enough(world, reader):
    response = send(reader, world.offer)

    kept = Report.objects.get()
    assert (response.status_code, soup(response).h1.text) == (200, "Vielen Dank!")
    assert not response.cookies
    assert (kept.page_id, kept.reason, kept.text, kept.address, kept.language, kept.state) == (
        world.offer.pk,
        "time",
        "",
        "",
        "de",
        "open",
    )


def test_a_report_on_a_translation_is_kept_with_the_source_and_the_language_it_was_read_in(world, reader):
    turkish = world.turkish(world.offer)
    response = send(reader, turkish, language="tr", text="Saat 10'da", address="okur@example.org")

    kept = Report.objects.get()
    assert (kept.page_id, kept.language, kept.text, kept.address) == (
        world.offer.pk,
        "tr",
        "Saat 10'da",
        "okur@example.org",
    )
    assert soup(response).h1.text == "Teşekkürler!"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reason": ""}, "Wählen Sie aus, was nicht stimmt."),
        ({"reason": "other"}, "Sagen Sie in wenigen Worten, was nicht stimmt."),
        ({"address": "kein-at"}, "gültige E-Mail-Adresse"),
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_is_kept(world, reader, fields, message):
    response = send(reader, world.offer, **{"text": "" if "reason" in fields else "Um 10 Uhr", **fields})

    page = soup(response)
    assert response.status_code == 422
    assert message in page.select_one(".error-summary").text
    assert page.select_one("textarea").text.strip() == ("" if "reason" in fields else "Um 10 Uhr")
    assert [tag["value"] for tag in page.select("input[checked]")] == [
        value for value in [fields.get("reason", "time")] if value
    ]
    assert page.select_one("[name=address]").get("value", "") == fields.get("address", "")
    assert Report.objects.count() == 0


def test_a_program_is_thanked_like_everybody_and_nothing_is_kept(world, reader):
    good = send(reader, world.offer)
    bad = send(reader, world.offer, website="https://example.org", text="Buy!")

    assert Report.objects.count() == 1
    assert (bad.status_code, soup(bad).main.get_text(" ", strip=True)) == (
        good.status_code,
        soup(good).main.get_text(" ", strip=True),
    )


def test_a_double_click_is_one_report(world, reader):
    token = opened(ReportForm, world.offer)
    answers = [send(reader, world.offer, token=token) for _each in range(2)]

    assert [response.status_code for response in answers] == [200, 200]
    assert Report.objects.count() == 1


def test_one_sender_sends_so_many_a_day(world, reader, monkeypatch):
    monkeypatch.setattr(ReportForm, "per_day", 2)
    statuses = [send(reader, world.offer, text=f"Nr. {number}").status_code for number in range(3)]

    assert statuses == [200, 200, 422]
    assert Report.objects.count() == 2


def test_a_token_of_another_page_opens_nothing(world, reader):
    response = send(reader, world.offer, token=opened(ReportForm, world.organisation))

    assert response.status_code == 422
    assert Report.objects.count() == 0


def _hidden(world):
    PageViewRestriction.objects.create(page=world.offer, restriction_type=PageViewRestriction.LOGIN)


def _unpublished(world):
    world.offer.unpublish()


def _ended(world):
    world.region.runs_until = timezone.localdate() - datetime.timedelta(days=1)
    publish(world.region)


@pytest.mark.parametrize("change", [_hidden, _unpublished, _ended])
def test_there_is_no_form_for_what_is_hidden_or_over(world, reader, change):
    token = opened(ReportForm, world.offer)
    change(world)

    assert reader.get(f"/de/report/{world.offer.pk}/").status_code == 404
    assert send(reader, world.offer, token=token).status_code == 404
    assert Report.objects.count() == 0


def test_the_form_stands_in_the_language_of_its_page_only(world, reader):
    assert reader.get(f"/tr/report/{world.offer.pk}/").status_code == 404
    assert reader.get("/de/report/999999/").status_code == 404


# --- Who is told ------------------------------------------------------------------------------------------


def test_the_people_of_the_organisation_are_told_each_in_their_language(world, reader):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=world.people["partner"], defaults={"preferred_language": "tr"})
    second = get_user_model().objects.create_user("second", "second@example.org")
    second.groups.add(world.teams["partner"].group)
    send(reader, world.offer, text="Erst ab 10 Uhr.\nWirklich.", address="leserin@example.org")

    kept = Report.objects.get()
    mails = {mail.to: mail for mail in Mail.objects.all()}
    assert sorted(mails) == ["partner@example.org", "second@example.org"]
    german, turkish = mails["second@example.org"], mails["partner@example.org"]
    assert (german.language, german.subject) == ("de", "Mitmischen: Stimmt „Nähkurs“ noch?")
    assert (turkish.language, turkish.subject) == ("tr", "Mitmischen: “Nähkurs” hâlâ doğru mu?")
    assert "  > Erst ab 10 Uhr.\n  > Wirklich.\n" in german.text
    assert "Der Tag oder die Uhrzeit stimmt nicht" in german.text
    assert f"http://127.0.0.1:8000/admin/reader-reports/{kept.pk}/" in german.text
    # The reader's address is in the list of reports, for those who answer, and in no mail.
    assert "leserin@example.org" not in german.text + german.html + str(german.headers)


def test_everybody_gets_one_mail_a_day_about_a_page_however_often_it_is_reported(world, reader):
    for number in range(3):
        send(reader, world.offer, sender=f"192.0.2.{number}")
    send(reader, world.organisation)

    assert Report.objects.count() == 4
    assert receivers() == ["partner@example.org"] * 2


def _nobody_in(world, *teams):
    for name in teams:
        world.teams[name].group.user_set.update(is_active=False)


def test_where_nobody_has_an_account_the_contact_is_told_and_answers_the_coordinators(world, reader):
    _nobody_in(world, "partner")
    send(reader, world.offer)

    mail = Mail.objects.get()
    assert mail.to == "nesrin@example.org"
    assert mail.headers["Reply-To"] == "coordinator@example.org"
    assert "/admin/" not in mail.text + mail.html
    assert "http://127.0.0.1:8000/de/kempten/mosaik/naehkurs/" in mail.text


def test_without_a_contact_the_coordinators_are_told_and_without_them_the_network_office(world, reader):
    _nobody_in(world, "partner")
    Contact.objects.all().delete()
    send(reader, world.offer)
    assert receivers() == ["coordinator@example.org"]

    _nobody_in(world, "coordinator")
    send(reader, world.organisation)
    assert receivers() == ["coordinator@example.org", "network@example.org"]


def test_a_region_is_its_coordinators_and_a_page_of_no_region_the_network_offices(world, reader):
    send(reader, world.region)
    send(reader, world.plain)

    assert receivers() == ["coordinator@example.org", "network@example.org"]


# --- Doubt ------------------------------------------------------------------------------------------------


def asked():
    """Return to whom mails went that ask whether an entry is still right, the first first."""
    questions = Mail.objects.filter(template="partners/mail/freshness").order_by("pk")
    return list(questions.values_list("to", flat=True))


def test_two_readers_within_a_week_have_the_contact_asked_and_one_does_not(world, reader):
    send(reader, world.offer, sender="192.0.2.1")
    send(reader, world.organisation, sender="192.0.2.2")
    assert asked() == []

    send(reader, world.turkish(world.offer), language="tr", sender="192.0.2.3")
    assert asked() == ["nesrin@example.org"]
    assert "Nähkurs" in Mail.objects.get(to="nesrin@example.org").text


def test_one_reader_who_sends_twice_is_one(world, reader):
    for text in ("Um 10 Uhr", "Um 11 Uhr"):
        send(reader, world.offer, text=text)

    assert list(Report.objects.order_by("pk").values_list("counts", flat=True)) == [True, False]
    assert asked() == []


def test_two_reports_with_more_than_a_week_between_do_not_count_together(world, reader):
    send(reader, world.offer)
    Report.objects.update(created_at=timezone.now() - datetime.timedelta(days=7, minutes=1))
    send(reader, world.offer, sender="192.0.2.2")

    assert asked() == []


def test_reports_that_led_to_a_question_are_used_up(world, reader):
    for number, used_up in enumerate([0, 2, 2, 4]):
        send(reader, world.offer, sender=f"192.0.2.{number}")
        assert Report.objects.exclude(asked_at=None).count() == used_up


def test_nobody_is_asked_to_confirm_a_region_or_a_plain_page(world, reader):
    for page in (world.region, world.plain):
        for number in range(2):
            send(reader, page, sender=f"192.0.2.{number}")

    assert Report.objects.count() == 4
    assert asked() == []


# --- Forgetting -------------------------------------------------------------------------------------------


def test_addresses_are_erased_a_month_after_the_answer_and_after_half_a_year_without_one(world):
    today = timezone.now()

    def kept(days, settled=None, state="open"):
        return Report.objects.create(
            page_id=world.offer.pk,
            language="de",
            reason="time",
            address="leserin@example.org",
            state=state,
            created_at=today - datetime.timedelta(days=days),
            settled_at=settled and today - datetime.timedelta(days=settled),
        )

    reports = {
        "answered long ago": kept(90, settled=31, state="answered"),
        "put away long ago": kept(90, settled=31, state="done"),
        "answered lately": kept(90, settled=29, state="answered"),
        "open": kept(179),
        "open for half a year": kept(181),
        "last year": kept(366),
    }
    services.forget_readers()

    left = dict(Report.objects.values_list("pk", "address"))
    assert {name for name, report in reports.items() if left.get(report.pk)} == {"answered lately", "open"}
    assert {name for name, report in reports.items() if report.pk not in left} == {"last year"}


# --- Hostile strings --------------------------------------------------------------------------------------


#: What gets through the form.
TYPED = [words for words in STRINGS if "\0" not in words]


def test_hostile_words_are_words_in_the_form_and_in_the_list(world, reader, client, monkeypatch):
    monkeypatch.setattr(ReportForm, "per_day", 1000)
    client.force_login(world.people["partner"])
    for words in STRINGS:
        again = send(reader, world.offer, text=words, address=words)
        assert (again.status_code, harm_in(parsed(again.content))) == (422, [])
        # A byte that no database takes is refused, and everything else is text.
        assert send(reader, world.offer, text=words).status_code == (422 if "\0" in words else 200)
    reports = Report.objects.all()
    assert len(reports) == len(TYPED)
    for report in reports:
        root = parsed(client.get(f"/admin/reader-reports/{report.pk}/").content)
        words = root.css_first(".report-words").text(separator=" ")
        assert harm_in_words(root) == []
        assert words.split() == report.text.split()
    for number in (1, 2, 3, 4):
        root = parsed(client.get(f"/admin/reader-reports/?p={number}").content)
        assert harm_in_words(root) == []


def harm_in_words(root):
    """Return the harm in the part of an admin page that is ours: Wagtail's own frame has scripts of its own."""
    return harm_in(root.css_first(".people"))


def test_hostile_words_are_words_in_mails(world):
    for number, words in enumerate(TYPED):
        Mail.objects.all().delete()
        services.report(page=world.offer, reason="other", text=words, sender=f"192.0.2.{number}")
        (mail,) = Mail.objects.filter(template="partners/mail/report")
        assert harm_in(parsed(mail.html)) == []
        assert (mail.headers, mail.subject) == ({}, "Mitmischen: Stimmt „Nähkurs“ noch?")
