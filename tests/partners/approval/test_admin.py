"""In the admin too, coordinators decide about what they were shown, and one of them decides."""

import json
import re
import threading

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from content.audit import AuditEntry
from content.mail.models import Mail
from offers.models import OfferPage
from partners import services as teams
from tests.factories.pages import OrganisationPageFactory, publish
from tests.partners.approval.test_review import LINK, World, person
from tests.partners.workspace.test_twins import fields_of

pytestmark = pytest.mark.django_db

CHANGED = "hat sich geändert, seit Sie ihn geöffnet haben"
CLOSED = "jemand anderes hat entschieden, oder es wurde zurückgezogen"
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


@pytest.fixture
def world(site):
    return World(site)


@pytest.fixture
def offer(world):
    page, _state = world.new_offer(teaser="Nähen für alle.")
    return page


def change(page, by, teaser="Nähen gegen Geld."):
    newer = OfferPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    newer.teaser = teaser
    return newer.save_revision(user=by)


def editor(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def window(page, action="approve"):
    state = TaskState.objects.filter(workflow_state__object_id=str(page.pk)).latest("pk")
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])


def sent_from(opened):
    """Return where Wagtail's window, as JSON, sends its form."""
    html = json.loads(opened.content)["html"]
    return html.split('<form action="')[1].split('"')[0].replace("&amp;", "&")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def decided():
    actions = ("partners.approved", "partners.sent_back")
    return list(AuditEntry.objects.filter(action__in=actions).values_list("action", "actor_label"))


# --- In the editor ---


def test_what_the_form_shows_is_approved(world, offer):
    karim = signed_in(world.karim)
    fields = fields_of(karim.get(editor(offer)))

    karim.post(editor(offer), fields | APPROVE)

    assert OfferPage.objects.get(pk=offer.pk).live is True
    assert decided() == [("partners.approved", "karim")]


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_what_has_changed_since_the_form_was_opened_is_shown_before_anything_is_decided(world, offer, action):
    karim = signed_in(world.karim)
    fields = fields_of(karim.get(editor(offer)))
    newest = change(offer, world.leyla)

    answer = karim.post(
        editor(offer), fields | APPROVE | {"workflow-action-name": action}, follow=True
    ).content.decode()

    assert CHANGED in answer
    assert "Nähen gegen Geld." in answer
    page = OfferPage.objects.get(pk=offer.pk)
    assert (page.live, page.latest_revision_id, decided()) == (False, newest.pk, [])
    karim.post(editor(offer), fields_of(karim.get(editor(offer))) | APPROVE)
    assert OfferPage.objects.get(pk=offer.pk).teaser == "Nähen gegen Geld."


def test_a_version_that_somebody_saved_over_counts_as_changed(world, offer):
    """Wagtail saves by itself into the revision that it has made: the id stays, and what it says does not."""
    karim = signed_in(world.karim)
    first = change(offer, world.leyla, "Nähen.")
    fields = fields_of(karim.get(editor(offer)))
    newer = OfferPage.objects.get(pk=offer.pk).get_latest_revision_as_object()
    newer.teaser = "Nähen gegen Geld."
    newer.save_revision(user=world.leyla, overwrite_revision=first)

    answer = karim.post(editor(offer), fields | APPROVE, follow=True)

    assert CHANGED in answer.content.decode()
    assert OfferPage.objects.get(pk=offer.pk).live is False


def test_what_saved_itself_while_a_coordinator_typed_is_what_they_approve(world, offer):
    karim = signed_in(world.karim)
    fields = fields_of(karim.get(editor(offer))) | {"teaser": "Nähen ab acht."}
    saved = karim.post(editor(offer), fields, headers={"accept": "application/json"}).json()
    own = {"overwrite_revision_id": str(saved["revision_id"])}

    karim.post(editor(offer), fields | own | APPROVE)

    page = OfferPage.objects.get(pk=offer.pk)
    assert (page.live, page.teaser) == (True, "Nähen ab acht.")


@pytest.mark.parametrize("left_out", ["loaded_revision_id", "loaded_revision_created_at"])
def test_a_form_that_does_not_say_what_it_showed_decides_nothing(world, offer, left_out):
    karim = signed_in(world.karim)
    fields = fields_of(karim.get(editor(offer)))
    del fields[left_out]

    assert CHANGED in karim.post(editor(offer), fields | APPROVE, follow=True).content.decode()
    assert OfferPage.objects.get(pk=offer.pk).live is False


def test_an_older_version_opened_to_bring_it_back_is_bound_like_the_newest(world, offer):
    karim = signed_in(world.karim)
    oldest = OfferPage.objects.get(pk=offer.pk).latest_revision_id
    change(offer, world.leyla, "Nähen.")
    fields = fields_of(karim.get(editor(offer)))
    change(offer, world.leyla)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[offer.pk, oldest])

    assert CHANGED in karim.post(address, fields | APPROVE, follow=True).content.decode()
    assert OfferPage.objects.get(pk=offer.pk).live is False


@pytest.mark.parametrize("way", ["decided", "withdrawn"])
def test_what_is_settled_already_is_not_decided_again_and_nothing_is_saved(world, offer, way):
    karim = signed_in(world.karim)
    fields = fields_of(karim.get(editor(offer)))
    state = TaskState.objects.get(workflow_state__object_id=str(offer.pk))
    if way == "decided":
        state.reject(user=world.leyla)
    else:
        state.workflow_state.cancel(user=world.partner)
    before = OfferPage.objects.get(pk=offer.pk).latest_revision_id

    answer = karim.post(editor(offer), fields | APPROVE | {"teaser": "Anders."}, follow=True)

    assert CLOSED in answer.content.decode()
    page = OfferPage.objects.get(pk=offer.pk)
    assert (page.live, page.latest_revision_id) == (False, before)


def test_people_of_another_organisation_learn_nothing(world, offer, site):
    other = publish(OrganisationPageFactory(parent=site.region, slug="sv", title="SV Illertal"))
    stranger = signed_in(person("fremd", teams.ensure_partner_group(organisation=other)))

    answer = stranger.post(editor(offer), APPROVE, follow=True)

    assert answer.redirect_chain == [("/admin/", 302)]
    body = answer.content.decode()
    assert ("SV Illertal" in body, CHANGED in body, CLOSED in body, "Nähen" in body) == (
        True,
        False,
        False,
        False,
    )
    assert decided() == []


# --- In Wagtail's window ---


def test_the_window_shows_what_is_decided_about_and_decides_about_that(world, offer):
    karim = signed_in(world.karim)
    opened = karim.get(window(offer))
    assert "Nähen für alle." in json.loads(opened.content)["html"]

    karim.post(sent_from(opened), {"comment": "gut"})

    assert OfferPage.objects.get(pk=offer.pk).live is True
    assert decided() == [("partners.approved", "karim")]


def test_the_window_shows_what_has_changed_and_keeps_what_was_typed(world, offer):
    karim = signed_in(world.karim)
    opened = karim.get(window(offer, "reject"))
    change(offer, world.leyla)

    answer = karim.post(
        sent_from(opened), {"comment": "Wann denn?"}, headers={"x-requested-with": "XMLHttpRequest"}
    )

    html = json.loads(answer.content)["html"]
    for words in (CHANGED, "Nähen gegen Geld.", "Wann denn?"):
        assert words in html
    assert decided() == []
    karim.post(sent_from(answer), {"comment": "Wann denn?"})
    assert decided() == [("partners.sent_back", "karim")]


@pytest.mark.parametrize("shown", ["", "?shown=", "?shown=0123"])
def test_who_was_shown_nothing_is_led_to_the_page_first(world, offer, shown):
    answer = signed_in(world.karim).post(window(offer) + shown, follow=True)

    assert answer.redirect_chain == [(editor(offer), 302)]
    assert CHANGED in answer.content.decode()
    assert OfferPage.objects.get(pk=offer.pk).live is False


def test_a_window_of_a_former_review_decides_nothing_about_the_next(world, offer):
    karim = signed_in(world.karim)
    former = sent_from(karim.get(window(offer)))
    state = TaskState.objects.get(workflow_state__object_id=str(offer.pk))
    state.reject(user=world.leyla)
    state.workflow_state.refresh_from_db()
    state.workflow_state.resume(user=world.partner)

    assert CLOSED in karim.post(former, follow=True).content.decode()
    assert OfferPage.objects.get(pk=offer.pk).live is False


# --- At the same moment ---


def together(doings):
    threads = [threading.Thread(target=doing) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["editor", "window"])
def test_of_two_who_decide_in_the_admin_at_the_same_moment_one_is_heard(world, place, mailoutbox):
    for number in range(4):
        page, _state = world.new_offer(slug=f"naehen-{number}")
        clients = [signed_in(world.karim), signed_in(world.leyla)]
        if place == "editor":
            requests = [(editor(page), fields_of(each.get(editor(page))) | APPROVE) for each in clients]
        else:
            requests = [(sent_from(each.get(window(page))), {"comment": ""}) for each in clients]
        start, statuses = threading.Barrier(2), []

        def decide(client, address, data, start=start, statuses=statuses):
            connection.ensure_connection()
            start.wait()
            try:
                statuses.append(client.post(address, data).status_code)
            finally:
                connection.close()

        together(
            [
                lambda client=client, request=request, decide=decide: decide(client, *request)
                for client, request in zip(clients, requests, strict=True)
            ]
        )

        assert statuses == [302, 302]
        assert OfferPage.objects.get(pk=page.pk).live is True
        assert len(decided()) == number + 1
        assert Mail.objects.filter(template="partners/mail/decision").count() == number + 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["editor", "window", "link"])
def test_a_draft_that_is_being_saved_is_waited_for_and_shown(world, offer, place, mailoutbox):
    karim = signed_in(world.karim)
    if place == "editor":
        address, data = editor(offer), fields_of(karim.get(editor(offer))) | APPROVE
    elif place == "window":
        address, data = sent_from(karim.get(window(offer))), {"comment": ""}
    else:
        address = next(
            re.search(LINK, mail.body).group(1) for mail in mailoutbox if mail.to == [world.karim.email]
        )
        data = {"shown": karim.get(address).context_data["shown"], "decision": "approve"}
    statuses = []

    def decide():
        try:
            statuses.append(karim.post(address, data).status_code)
        finally:
            connection.close()

    approving = threading.Thread(target=decide)
    with transaction.atomic():
        change(offer, world.leyla)
        approving.start()
        # It waits for what is being saved, or else has decided by then.
        approving.join(timeout=1)
    approving.join()

    assert statuses == [409 if place == "link" else 302]
    page = OfferPage.objects.get(pk=offer.pk)
    assert (page.live, decided()) == (False, [])
    assert page.get_latest_revision_as_object().teaser == "Nähen gegen Geld."
