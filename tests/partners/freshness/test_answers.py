"""The answers behind the links: nothing by GET, one thing by POST, without login, without a review, undoable."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from content.audit import AuditEntry
from content.mail.models import Mail
from content.visibility import visible_pages
from offers.models import OfferPage
from partners.freshness import letters, selectors, services
from partners.freshness.models import Withdrawal
from tests.services.rebuilding import built
from translation.models import PageTranslationState

from .world import DUE, World, day

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def world():
    return built(World, "tr", "ar")


def links(text=None):
    """Return the addresses in a mail, or in the newest one that waits, without the site."""
    text = text or Mail.objects.order_by("-pk").first().text
    return re.findall(r"http://127\.0\.0\.1:8000(/\w[^\s]*)", text)


def answer_link(page):
    """Return the address that a contact gets for ``page``."""
    due = selectors.Due(page, page, None, None, DUE, None, DUE)
    receiver = letters.Receiver("contact-1", "elif@example.org", "Elif", "de")
    return re.sub(r"^http://[^/]+", "", letters._answer_link(receiver, due.page))


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def actions():
    return list(
        AuditEntry.objects.filter(action__startswith="partners.")
        .order_by("pk")
        .values_list("action", "actor_label", "subject_label")
    )


def test_the_mail_has_three_answers_for_each_entry_and_one_for_all(world):
    for title in ("Sprachkurs", "Beratung"):
        world.offer(title)
    services.remind(today=day(-14))
    found = links()
    assert len([link for link in found if "/fresh/all/" in link]) == 1
    answers = [link.rpartition("=")[2] for link in found if "?answer=" in link]
    assert answers == ["right", "change", "gone"] * 2


def test_looking_changes_nothing_and_pressing_confirms_in_every_language(
    world, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = world.offer()
    link = answer_link(page)
    before = page.latest_revision_id
    for _attempt in range(2):
        assert client.get(f"{link}?answer=right").status_code == 200
        assert client.head(link).status_code == 200
    assert fresh(page).confirmed_on == page.confirmed_on

    assert client.post(link, {"answer": "right", "shown": selectors.binding_of(page)}).status_code == 200

    today = timezone.localdate()
    for row in OfferPage.objects.filter(translation_key=page.translation_key):
        assert (row.confirmed_on, row.confirmed_by) == (today, "Haus International")
    assert OfferPage.objects.filter(translation_key=page.translation_key).count() == 3
    assert fresh(page).latest_revision_id == before
    assert actions() == [("partners.confirmed", "", "Sprachkurs")]
    assert client.post(link, {"answer": "right"}).status_code == 410
    assert client.get(link).status_code == 410


def test_a_confirmation_publishes_no_draft_and_outdates_no_translation(
    world, django_capture_on_commit_callbacks
):
    from content import registry

    with django_capture_on_commit_callbacks(execute=True):
        page = world.offer()
    with django_capture_on_commit_callbacks(execute=True):
        registry.localiser().write_translation(
            page=page,
            language_code="tr",
            sentences={"title": "Dil kursu", "teaser": "Gelin.", "text": "<p>Yardım.</p>"},
        )
    page = fresh(page)
    page.title = "Noch nicht fertig"
    page.save_revision()
    states = list(PageTranslationState.objects.order_by("pk").values_list("state", "source_digest"))
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm(page=page, way=services.Way.LINK, today=DUE)

    page = fresh(page)
    assert page.title == "Sprachkurs"
    assert page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.confirmed_on) == ("Noch nicht fertig", DUE)
    turkish = world.present(page, "tr")
    assert (turkish.title, turkish.confirmed_on) == ("Dil kursu", DUE)
    assert list(PageTranslationState.objects.order_by("pk").values_list("state", "source_digest")) == states

    # Publishing the draft later, or the translation, keeps what was confirmed.
    page.latest_revision.publish()
    turkish.latest_revision.publish()
    assert fresh(page).confirmed_on == DUE
    assert world.present(page, "tr").confirmed_on == DUE


def test_all_at_once(world, client):
    pages = [world.offer("Eins", offset=-500), world.offer("Zwei", offset=-500)]
    services.remind()
    (link,) = [link for link in links() if "/fresh/all/" in link]
    shown = client.get(link)
    assert [page.title in shown.content.decode() for page in pages] == [True, True]
    assert "changed since" not in shown.content.decode()
    binding = re.search(r'name="shown" value="(\w+)"', shown.content.decode())[1]
    assert client.post(link, {"shown": binding}).status_code == 200
    assert {fresh(page).confirmed_on for page in pages} == {timezone.localdate()}
    assert client.post(link, {"shown": binding}).status_code == 410


def test_who_saw_another_text_is_shown_the_new_one_first(world, client):
    page = world.offer()
    link = answer_link(page)
    shown = selectors.binding_of(page)
    page.teaser = "Jetzt anders."
    page.save_revision().publish()
    answer = client.post(link, {"answer": "right", "shown": shown})
    assert answer.status_code == 409
    assert "Jetzt anders." in answer.content.decode()
    assert fresh(page).confirmed_on == page.confirmed_on
    assert (
        client.post(link, {"answer": "right", "shown": selectors.binding_of(fresh(page))}).status_code == 200
    )


def test_what_no_longer_exists_leaves_readers_and_comes_back_by_the_link(
    world, client, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = world.offer()
    page.title = "Entwurf"
    page.save_revision()
    page = fresh(page)
    link = answer_link(page)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(link, {"answer": "gone", "shown": selectors.binding_of(page)})
    assert answer.status_code == 200
    rows = OfferPage.objects.filter(translation_key=page.translation_key)
    assert [row.live for row in rows] == [False] * 3
    assert not visible_pages(model=OfferPage).exists()
    # Its address says that it was here.
    gone = client.get(page.url)
    assert (gone.status_code, gone.headers["Cache-Control"]) == (410, "no-cache")
    assert sorted(Mail.objects.values_list("to", flat=True)) == [
        "koordination@example.org",
        "partner@example.org",
    ]
    back, other = [link for mail in mailoutbox for link in links(mail.body) if "/fresh/back/" in link]
    assert client.get(back).status_code == 200
    assert not fresh(page).live
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(back, {"shown": ""}).status_code == 200
    page = fresh(page)
    assert (page.live, page.title, page.expired) == (True, "Sprachkurs", False)
    assert page.get_latest_revision_as_object().title == "Entwurf"
    assert [row.live for row in rows.all()] == [True] * 3
    assert client.get(page.url).status_code == 200
    # The other one's link has nothing left to do.
    assert client.get(other).status_code == 410
    assert [action for action, *_rest in actions()] == ["partners.withdrawn", "partners.restored"]


def test_the_link_back_works_for_fourteen_days(world):
    services.withdraw(page=world.offer())
    from content.signed_links import SignedLink

    link = SignedLink.objects.filter(purpose=letters.UNDO).first()
    assert round((link.expires_at - link.created_at).total_seconds() / 86400, 3) == 14


def test_an_organisation_is_not_taken_down_by_a_link(world, client):
    link = answer_link(world.haus)
    answer = client.post(link, {"answer": "gone", "shown": selectors.binding_of(world.haus)})
    assert answer.status_code == 200
    assert fresh(world.haus).live
    assert not Withdrawal.objects.exists()
    assert list(Mail.objects.values_list("to", flat=True)) == ["koordination@example.org"]
    with pytest.raises(ValueError, match="coordinators"):
        services.withdraw(page=world.haus)


def test_a_change_without_an_account_goes_to_the_team(world, client):
    page = world.offer()
    link = answer_link(page)
    shown = selectors.binding_of(page)
    empty = client.post(link, {"answer": "change", "text": " ", "shown": shown})
    assert empty.status_code == 422
    assert not Mail.objects.exists()
    words = "Jetzt dienstags <b>um 17 Uhr</b>"
    assert client.post(link, {"answer": "change", "text": words, "shown": shown}).status_code == 200
    (mail,) = Mail.objects.all()
    assert mail.to == "partner@example.org"
    assert words in mail.text
    assert "<b>" not in mail.html
    assert fresh(page).confirmed_on == page.confirmed_on


@pytest.mark.parametrize("answer", ["", "delete", "right\x00"])
def test_an_unknown_answer_does_nothing_and_uses_no_link(world, client, answer):
    page = world.offer()
    link = answer_link(page)
    shown = selectors.binding_of(page)
    assert client.post(link, {"answer": answer, "text": "getippt", "shown": shown}).status_code == 422
    assert "getippt" in client.post(link, {"answer": answer, "text": "getippt"}).content.decode()
    assert client.post(link, {"answer": "right", "shown": shown}).status_code == 200


def test_only_who_may_change_the_page_is_led_to_the_form(world, client):
    page = world.offer()
    form = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert form not in client.get(answer_link(page)).content.decode()
    world.partner.email = "elif@example.org"
    world.partner.save()
    assert form in client.get(answer_link(page)).content.decode()


def test_a_forged_link_is_refused(world, client):
    link = answer_link(world.offer())
    assert client.get(link.replace("/fresh/", "/fresh/back/")).status_code == 404
    assert client.post(link[:-4] + "abc/", {"answer": "right"}).status_code == 404


# --- in the admin ---------------------------------------------------------------------------------------------


def test_coordinators_confirm_what_they_heard_on_the_phone(world, client):
    page = world.offer("Überfällig", offset=-500)
    other = world.offer("Fremd", parent=world.sv, offset=-500)
    client.force_login(world.coordinator)
    body = client.get(reverse("partners_freshness")).content.decode()
    assert "Überfällig" in body
    assert "089 99998001" in body
    assert "Fremd" not in body
    client.post(reverse("partners_freshness_confirm", args=[page.pk]))
    client.post(reverse("partners_freshness_confirm", args=[other.pk]))
    assert fresh(page).confirmed_on == timezone.localdate()
    assert fresh(other).confirmed_on == other.confirmed_on
    (entry,) = AuditEntry.objects.filter(action="partners.confirmed")
    assert (entry.actor_label, entry.subject_label, entry.detail) == (
        "koordination",
        "Überfällig",
        {"way": "phone"},
    )


def test_a_partner_confirms_without_a_review(world, client):
    page = world.offer(offset=-500)
    client.force_login(world.partner)
    client.post(reverse("partners_freshness_confirm", args=[page.pk]))
    assert fresh(page).confirmed_on == timezone.localdate()
    assert not fresh(page).workflow_in_progress
    assert AuditEntry.objects.get(action="partners.confirmed").detail == {"way": "account"}
