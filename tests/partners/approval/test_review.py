"""A coordinator decides by a link from a mail: nothing by GET, one thing by POST, about what was shown."""

import datetime
import re
import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, WorkflowState
from wagtail.users.models import UserProfile

from content.audit import AuditEntry
from content.mail.models import Mail
from content.models import SignedLink
from content.word_diffs import ADDED, DELETED, SAME, word_diff
from offers.models import OfferPage
from partners import services as teams
from partners.approval import selectors
from partners.approval.models import SentBack
from tests.factories.pages import OfferPageFactory, publish
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db


def person(name, group, language="de", **fields):
    user = get_user_model().objects.create_user(
        name, email=f"{name}@example.org", first_name=name.title(), **fields
    )
    user.groups.add(group)
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


class World:
    """An organisation that is looked after, its Elif, and coordinators Karim (in German) and Leyla (in Turkish)."""

    def __init__(self, site):
        self.site = site
        self.partner = person("elif", teams.ensure_partner_group(organisation=site.organisation))
        group = teams.ensure_coordinator_group(region=site.region)
        self.karim, self.leyla = person("karim", group), person("leyla", group, "tr")

    def submit(self, page, **fields):
        """Save ``fields`` of ``page`` as a draft, send it for approval, and return the state of the review."""
        page = type(page).objects.get(pk=page.pk)
        if not page.live and page.latest_revision_id:
            page = page.get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision(user=self.partner)
        return page.get_workflow().start(type(page).objects.get(pk=page.pk), self.partner)

    def new_offer(self, *, slug="naehen", **fields):
        page = OfferPageFactory(parent=self.site.organisation, slug=slug, title="Nähen", live=False)
        return page, self.submit(page, **fields)


@pytest.fixture
@built_once
def world(site):
    return World(site)


def mail_to(user):
    return Mail.objects.filter(to=user.email).order_by("-pk").first()


LINK = r"http://127\.0\.0\.1:8000(/\w+/review/\S+/)"


def link_in(mail):
    (link,) = re.findall(LINK, mail.text)
    return link


def decide(link, client=None, shown=None, **data):
    client = client or Client()
    if shown is None:
        found = re.search(r'name="shown" value="(\w*)"', client.get(link).content.decode())
        shown = found.group(1) if found else ""
    return client.post(link, {"shown": shown, **data})


def window_for_decision(client, page, state, action):
    """Open Wagtail's window and return where it sends its form."""
    address = f"/admin/pages/workflow/action/{page.pk}/{action}/{state.current_task_state.pk}/"
    return client.get(address).context["submit_url"]


def actions():
    return list(
        AuditEntry.objects.filter(action__in=("partners.approved", "partners.sent_back"))
        .order_by("pk")
        .values_list("action", "actor_label", "subject_label")
    )


# --- What is asked ---


def test_every_coordinator_is_asked_once_in_their_language_and_nobody_else(world):
    world.new_offer(teaser="Nähen für alle.")

    assert sorted(Mail.objects.values_list("to", "subject")) == [
        ("karim@example.org", "Bitte sehen Sie sich „Nähen“ an"),
        ("leyla@example.org", "Lütfen “Nähen” başlığına bakın"),
    ]
    assert link_in(mail_to(world.karim)).startswith("/de/review/")
    assert link_in(mail_to(world.leyla)).startswith("/tr/review/")
    assert SignedLink.objects.count() == 2


def test_the_network_office_is_asked_only_where_a_region_has_no_coordinators(world):
    person("nora", teams.ensure_network_group(home=world.site.home))
    world.new_offer()
    assert mail_to(get_user_model().objects.get(username="nora")) is None

    world.karim.groups.clear()
    world.leyla.groups.clear()
    other = OfferPageFactory(parent=world.site.organisation, slug="kochen", title="Kochen", live=False)
    world.submit(other)
    assert link_in(mail_to(get_user_model().objects.get(username="nora")))


def test_the_mail_of_something_new_says_all_of_it(world):
    world.new_offer(teaser="Nähen für alle.", text="<p>Jeden <b>Tag</b>.</p><p>Bis acht.</p>")

    mail = mail_to(world.karim)
    for text in (mail.text, mail.html):
        assert "Elif von Haus International möchte etwas Neues veröffentlichen" in text
        assert "Nähen für alle." in text
        assert "Jeden Tag." in text
    assert "<ins>" not in mail.html
    assert "[+" not in mail.text


def test_the_mail_of_a_change_shows_old_and_new_words(world):
    offer = publish(
        OfferPageFactory(
            parent=world.site.organisation, slug="naehen", title="Nähen", teaser="Montags um acht."
        )
    )
    world.submit(offer, teaser="Dienstags um acht.")

    mail = mail_to(world.karim)
    assert "[– Montags –][+ Dienstags +] um acht." in mail.text
    assert "<del>Montags</del><ins>Dienstags</ins> um acht." in mail.html
    assert "Wir helfen beim Ausfüllen" not in mail.text


def test_sentences_are_marked_with_the_language_that_the_page_is_in(world):
    page, _state = world.new_offer(teaser="Sewing for everybody.")
    found = []
    for code in ("de", "en"):
        OfferPage.objects.filter(pk=page.pk).update(
            locale=Locale.objects.get_or_create(language_code=code)[0]
        )
        body = Client().get(link_in(mail_to(world.leyla))).content.decode()
        found.append(re.search(r"<dd([^>]*)>Sewing for everybody\.", body).group(1))
    assert found == [' lang="de" dir="ltr"', ' lang="en" dir="ltr"']


def test_what_somebody_typed_is_text_in_the_mail_and_on_the_page(world):
    world.new_offer(teaser="<img src=x onerror=alert(1)> & [x](y)")

    mail = mail_to(world.karim)
    page = Client().get(link_in(mail)).content.decode()
    for html in (mail.html, page):
        assert "<img src=x" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img src=x onerror=alert(1)> & [x](y)" in mail.text


def test_word_by_word():
    assert word_diff("Montags um acht", "Dienstags um acht") == [
        (DELETED, "Montags"),
        (ADDED, "Dienstags"),
        (SAME, " um acht"),
    ]
    assert word_diff("", "neu") == [(ADDED, "neu")]
    assert word_diff("alt", "") == [(DELETED, "alt")]
    assert word_diff("", "") == []
    long = "Wort\n" * 5000
    assert word_diff(long, f"{long}noch eins")[-1] == (ADDED, "noch eins")


# --- What is answered ---


def test_looking_changes_nothing_and_needs_no_login(world):
    page, _state = world.new_offer()
    link = link_in(mail_to(world.karim))

    for _look in range(2):
        response = Client().get(link)
        assert (response.status_code, response["Referrer-Policy"]) == (200, "no-referrer")
    assert Client().head(link).status_code == 200

    assert OfferPage.objects.get(pk=page.pk).live is False
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert "sessionid" not in response.cookies


def test_the_page_can_be_seen_as_readers_would(world):
    world.new_offer(teaser="Nähen für alle.")

    response = Client().get(f"{link_in(mail_to(world.karim))}preview/")

    assert response.status_code == 200
    assert "Nähen für alle." in response.content.decode()
    assert Client().get("/de/review/x.y/preview/").status_code == 404


def test_approving_publishes_and_tells_whoever_wrote_it(world):
    page, _state = world.new_offer()

    response = decide(link_in(mail_to(world.karim)), decision="approve")

    assert response.status_code == 200
    assert "Es ist veröffentlicht." in response.content.decode()
    assert OfferPage.objects.get(pk=page.pk).live is True
    assert actions() == [("partners.approved", "karim", "Nähen")]
    assert AuditEntry.objects.get(action="partners.approved").detail == {"way": "link"}
    assert mail_to(world.partner).subject == "„Nähen“ ist veröffentlicht"
    assert page.url in mail_to(world.partner).text
    assert Client().get(page.url).status_code == 200


def test_sending_back_tells_why_and_the_form_says_it_too(world, client):
    page, state = world.new_offer()

    response = decide(
        link_in(mail_to(world.karim)), decision="send_back", reason="facts", text="Wann ist es?"
    )

    assert "Es ist zurückgeschickt." in response.content.decode()
    assert OfferPage.objects.get(pk=page.pk).live is False
    assert actions() == [("partners.sent_back", "karim", "Nähen")]
    assert AuditEntry.objects.get(action="partners.sent_back").detail == {"way": "link", "reason": "facts"}
    mail = mail_to(world.partner)
    assert mail.subject == "Bitte ändern Sie „Nähen“ noch einmal"
    assert "Wann ist es?" in mail.text
    assert [found.pk for found in selectors.returned_pages(world.partner)] == [page.pk]
    client.force_login(world.partner)
    form = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Wann ist es?" in form


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"decision": "send_back", "text": "Wann?"}, "Wählen Sie einen Grund"),
        ({"decision": "send_back", "reason": "other"}, "Schreiben Sie, was geändert werden soll"),
        ({}, "Es ist noch nichts entschieden"),
    ],
)
def test_an_answer_without_a_reason_is_asked_for_again(world, data, complaint):
    world.new_offer()
    link = link_in(mail_to(world.karim))

    response = decide(link, **data)

    assert response.status_code == 422
    body = response.content.decode()
    assert complaint in body
    assert data.get("text", "") in body
    assert decide(link, decision="approve").status_code == 200


# --- What must not happen ---


def test_a_link_works_once(world):
    world.new_offer()
    link = link_in(mail_to(world.karim))
    decide(link, decision="approve")

    assert decide(link, decision="approve", shown="").status_code == 410
    assert Client().get(link).status_code == 410
    assert len(actions()) == 1


def test_the_second_coordinator_is_told_that_the_first_was_quicker(world):
    world.new_offer()
    decide(link_in(mail_to(world.karim)), decision="approve")

    response = decide(link_in(mail_to(world.leyla)), decision="send_back", reason="double", shown="x")

    assert response.status_code == 410
    assert "Karim" in response.content.decode()
    assert SentBack.objects.count() == 0


def test_what_has_changed_since_is_shown_anew_before_anything_is_done(world):
    page, _state = world.new_offer(teaser="Nähen für alle.")
    link = link_in(mail_to(world.karim))
    shown = re.search(r'name="shown" value="(\w+)"', Client().get(link).content.decode()).group(1)
    newer = OfferPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    newer.teaser = "Nähen gegen Geld."
    newer.save_revision(user=world.karim)

    response = decide(link, decision="approve", shown=shown)

    assert response.status_code == 409
    body = response.content.decode()
    assert "Nähen gegen Geld." in body
    assert OfferPage.objects.get(pk=page.pk).live is False
    assert decide(link, decision="approve").status_code == 200
    assert OfferPage.objects.get(pk=page.pk).teaser == "Nähen gegen Geld."


@pytest.mark.parametrize("way", ["withdrawn", "left", "switched off", "ended", "expired", "deleted"])
def test_a_link_does_nothing_when_its_time_is_over(world, way):
    page, state = world.new_offer()
    link = link_in(mail_to(world.karim))
    shown = re.search(r'name="shown" value="(\w+)"', Client().get(link).content.decode()).group(1)
    match way:
        case "withdrawn":
            state.cancel(user=world.partner)
        case "left":
            world.karim.groups.clear()
        case "switched off":
            get_user_model().objects.filter(pk=world.karim.pk).update(is_active=False)
        case "ended":
            region = world.site.region
            region.runs_until = timezone.localdate() - datetime.timedelta(days=1)
            region.save()
        case "expired":
            SignedLink.objects.update(expires_at=timezone.now())
        case "deleted":
            page.delete()

    answers = [Client().get(link), decide(link, decision="approve", shown=shown)]

    assert [answer.status_code for answer in answers] in ([410, 410], [404, 404])
    assert not OfferPage.objects.filter(pk=page.pk, live=True).exists()
    assert actions() == []


def test_nobody_is_asked_in_a_region_whose_project_has_ended(world):
    region = world.site.region
    region.runs_until = timezone.localdate() - datetime.timedelta(days=1)
    region.save()
    world.new_offer()
    assert Mail.objects.count() == 0


def test_a_decision_in_the_admin_tells_whoever_wrote_it_too(world):
    _page, state = world.new_offer()

    state.current_task_state.reject(user=world.karim, comment="Bitte mit Uhrzeit.")

    assert "Bitte mit Uhrzeit." in mail_to(world.partner).text
    assert [mail.to for mail in Mail.objects.order_by("pk")].count("elif@example.org") == 1


@pytest.mark.parametrize(
    ("name", "action", "detail"),
    [
        ("approve", "partners.approved", {"way": "admin"}),
        ("reject", "partners.sent_back", {"way": "admin"}),
    ],
)
def test_a_decision_in_the_admin_is_in_the_audit_log_too(world, client, name, action, detail):
    page, state = world.new_offer()
    client.force_login(world.karim)

    client.post(
        window_for_decision(client, page, state, name),
        {"comment": "Bitte mit Uhrzeit."},
    )

    entry = AuditEntry.objects.get(action__in=("partners.approved", "partners.sent_back"))
    assert (entry.action, entry.actor_label, entry.subject_label) == (action, "karim", "Nähen")
    assert entry.detail == detail


def test_nothing_is_decided_in_the_admin_about_a_region_whose_project_has_ended(world, client):
    page, state = world.new_offer()
    client.force_login(world.karim)
    address = window_for_decision(client, page, state, "approve")
    region = world.site.region
    region.runs_until = timezone.localdate() - datetime.timedelta(days=1)
    region.save()

    client.post(address)

    assert OfferPage.objects.get(pk=page.pk).live is False
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert actions() == []


def test_who_sends_something_again_is_decided_about_by_a_new_link(world):
    page, state = world.new_offer()
    first = {user: link_in(mail_to(user)) for user in (world.karim, world.leyla)}
    decide(first[world.karim], decision="send_back", reason="facts")
    state.refresh_from_db()
    state.resume(user=world.partner)

    for link in first.values():
        assert decide(link, decision="approve", shown="x").status_code == 410
    assert OfferPage.objects.get(pk=page.pk).live is False
    assert decide(link_in(mail_to(world.leyla)), decision="approve").status_code == 200
    assert OfferPage.objects.get(pk=page.pk).live is True
    assert actions() == [("partners.sent_back", "karim", "Nähen"), ("partners.approved", "leyla", "Nähen")]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_coordinators_who_decide_at_the_same_moment_one_is_heard(world, mailoutbox):
    page, _state = world.new_offer()
    links = [re.search(LINK, mail.body).group(1) for mail in mailoutbox]
    shown = [
        re.search(r'name="shown" value="(\w+)"', Client().get(link).content.decode()).group(1)
        for link in links
    ]
    start, answers = threading.Barrier(4), []

    def answer(link, shown, **data):
        start.wait()
        try:
            answers.append(decide(link, shown=shown, **data).status_code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=answer, args=(link, saw), kwargs=data)
        for link, saw in zip(links, shown, strict=True)
        for data in ({"decision": "approve"}, {"decision": "send_back", "reason": "double"})
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 410, 410, 410]
    assert len(actions()) == 1
    assert Mail.objects.filter(template="partners/mail/decision").count() == 1
    is_approved = actions()[0][0] == "partners.approved"
    assert OfferPage.objects.get(pk=page.pk).live is is_approved


def test_trusted_organisations_publish_at_once_and_nobody_is_asked(world, client):
    team = world.partner.groups.get().team
    teams.set_trust(team=team, publishes_at_once=True)
    page = OfferPageFactory(parent=world.site.organisation, slug="naehen", title="Nähen", live=False)
    assert page.permissions_for_user(world.partner).can_publish() is True
    assert Mail.objects.count() == 0


def test_what_nobody_has_said_of_something_new_is_left_out(world):
    world.new_offer(step_free="yes")
    text = mail_to(world.karim).text
    assert "Stufenloser Eingang" in text
    assert "noch nicht bekannt" not in text.lower()
    assert "unbekannt" not in text.lower()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "wie: über den Link in der E-Mail; Grund: Es fehlt etwas, was man wissen muss"),
        ("en", "how: by the link in the mail; reason: Something is missing that people need to know"),
    ],
)
def test_the_audit_log_tells_in_words_how_and_why_a_page_was_sent_back(world, language, words):
    world.new_offer()
    decide(link_in(mail_to(world.karim)), decision="send_back", reason="facts", text="Wann?")
    with override(language):
        assert AuditEntry.objects.get(action="partners.sent_back").detail_text == words
