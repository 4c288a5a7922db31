"""Last year's entry again: beside the old one, on another day, in all languages, by who may do that."""

import datetime
import uuid
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, WorkflowState

from content.models import TaggedPage, Topic
from events.models import EventOrganiser, EventPage
from offers.models import OfferPage
from partners.copying import dates, services
from partners.copying.models import PageCopy
from partners.models import Team
from partners.services import set_trust
from tests.factories import pages
from tests.factories.sites import picture
from tests.partners.freshness.world import World
from tests.services.rebuilding import built_once
from translation.services import write_translation

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
TURKISH = {"title": "Dünya Kafesi", "teaser": "Birlikte konuşalım.", "text": "<p>Herkes davetli.</p>"}


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
@built_once(committed=True)
def world():
    return World("tr", "ar")


@pytest.fixture
def last_day():
    """Return the day of the event: some months ago, so that a year later is to come."""
    return TODAY() - datetime.timedelta(days=100)


@pytest.fixture
@built_once
def event(world, last_day):
    """Return an event of last year with everything that an event can have, translated into Turkish."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page = world.event(
            "World Café",
            slug="world-cafe",
            text="<p>Alle sind willkommen.</p>",
            start_date=last_day,
            reply_by=last_day - datetime.timedelta(days=2),
            status="cancelled",
            results="<p>Viele Ideen.</p>",
            press_text="Einladung",
            contact=world.contact,
            image=picture(),
            confirmed_on=last_day,
            confirmed_by="Elif",
            locked=True,
            expire_at=timezone.now() + datetime.timedelta(days=1),
        )
        EventOrganiser.objects.create(event=page, organisation=world.sv)
        topic = Topic.objects.create(name="Begegnung", slug="begegnung")
        TaggedPage.objects.create(content_object=page, tag=topic)
    with TestCase.captureOnCommitCallbacks(execute=True):
        write_translation(page=page, language_code="tr", sentences=TURKISH)
    return EventPage.objects.get(pk=page.pk)


@pytest.fixture
def trusted(world):
    set_trust(team=Team.objects.get(subject=world.haus.translation_key), publishes_at_once=True)
    return world.partner


def address(page):
    return reverse("partners_copy", args=[page.pk])


def form(button="draft", when="year", **data):
    return {"token": str(uuid.uuid4()), "when": when, "other_day": "", button: "1", **data}


def copies(page):
    return EventPage.objects.filter(locale=page.locale, title=page.title).exclude(pk=page.pk)


def said(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [" ".join(each.get_text(" ").split()) for each in soup.select("[role=alert] li")]


def test_four_clicks_bring_last_years_event_back_in_all_languages(
    client, world, event, trusted, last_day, committed
):
    client.force_login(trusted)
    # The list is where partners are after signing in. First click: copy.
    listed = BeautifulSoup(client.get("/admin/").content, "html.parser")
    (link,) = [a["href"] for a in listed.select("a") if a["href"] == address(event)]
    asked = BeautifulSoup(client.get(link).content, "html.parser")
    # Second click: the choice. Third click: the button.
    sent = {field["name"]: field["value"] for field in asked.select("form.copying input[type=hidden]")}
    sent["when"] = asked.select_one("input[value=year]")["value"]
    sent[asked.select_one("button.workspace-action-main")["name"]] = "1"
    with committed():
        response = client.post(link, sent, follow=True)
    assert response.redirect_chain == [(f"/admin/?organisation={world.haus.pk}", 302)]
    assert "„World Café“ ist wieder online, auch auf: Türkçe." in response.content.decode()
    copy = copies(event).get()
    new_day = last_day + datetime.timedelta(weeks=52)
    titles = {"de": "World Café", "tr": "Dünya Kafesi", "ar": "World Café"}
    for code, title in titles.items():
        page = EventPage.objects.get(translation_key=copy.translation_key, locale__language_code=code)
        assert (page.live, page.title, page.start_date) == (True, title, new_day)
        public = client.get(page.url)
        shown = BeautifulSoup(public.content, "html.parser")
        assert public.status_code == 200
        assert title in shown.h1.get_text()
        assert shown.select_one(f'time[datetime^="{new_day}"]') is not None
        assert shown.select_one(f'time[datetime^="{last_day}"]') is None


def test_a_copy_has_everything_but_what_told_of_the_time_that_is_over(client, world, event, last_day):
    client.force_login(world.partner)
    response = client.post(address(event), form())
    copy = copies(event).get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    for page in (copy, copy.get_latest_revision_as_object()):
        assert page.start_date == last_day + datetime.timedelta(weeks=52)
        assert page.reply_by == page.start_date - datetime.timedelta(days=2)
        assert (page.status, page.results, page.press_text) == ("planned", "", "")
        assert (page.confirmed_on, page.confirmed_by) == (None, "")
        assert (page.locked, page.expire_at, page.first_published_at) == (False, None, None)
        assert (page.contact, page.image, page.text) == (event.contact, event.image, event.text)
        assert [row.organisation_id for row in page.organisers.all()] == [world.sv.pk]
        assert [row.tag.slug for row in page.tagged_topics.all()] == ["begegnung"]
    assert (copy.live, copy.slug, copy.title) == (False, "world-cafe-1", "World Café")
    assert copy.get_parent().pk == world.haus.pk
    assert copy.translation_key != event.translation_key
    unchanged = EventPage.objects.get(pk=event.pk)
    assert (unchanged.start_date, unchanged.status, unchanged.live) == (last_day, "cancelled", True)
    assert [row.organisation_id for row in unchanged.organisers.all()] == [world.sv.pk]


def test_sending_the_form_twice_makes_one_copy(client, world, event):
    client.force_login(world.partner)
    sent = form()
    first, second = (client.post(address(event), sent) for _each in range(2))
    assert first["Location"] == second["Location"]
    assert copies(event).count() == PageCopy.objects.count() == 1
    copies(event).get().delete()
    gone = client.post(address(event), sent)
    assert gone["Location"] == reverse("wagtailadmin_home")
    assert copies(event).count() == 0


def test_whoever_is_not_trusted_sends_the_copy_for_approval(client, world, event, committed):
    client.force_login(world.partner)
    asked = BeautifulSoup(client.get(address(event)).content, "html.parser")
    assert [button["name"] for button in asked.select("form.copying button")] == ["submit", "draft"]
    # Pressing a button that was not there saves a draft.
    client.post(address(event), form("publish"))
    draft = copies(event).get()
    assert (draft.live, draft.current_workflow_state) == (False, None)
    draft.delete()
    client.post(address(event), form("submit"))
    copy = copies(event).get()
    assert not copy.live
    task = copy.current_workflow_state.current_task_state
    with committed():
        task.approve(user=world.coordinator)
    turkish = EventPage.objects.get(translation_key=copy.translation_key, locale__language_code="tr")
    assert (turkish.live, turkish.title) == (True, "Dünya Kafesi")
    assert copy.workflow_states.get().status == WorkflowState.STATUS_APPROVED


def test_what_is_missing_is_named_and_nothing_is_copied(client, event, trusted):
    EventPage.objects.filter(pk=event.pk).update(start_time=None, end_time=None)
    client.force_login(trusted)
    sent = form("publish")
    response = client.post(address(event), sent)
    assert response.status_code == 422
    assert said(response) == [
        "Die Uhrzeit fehlt. Sagen Sie, wann es losgeht, oder kreuzen Sie „ganztägig“ an.",
    ]
    assert copies(event).count() == PageCopy.objects.count() == 0
    # The same form can still save a draft.
    del sent["publish"]
    assert client.post(address(event), sent).status_code == 302
    assert copies(event).count() == 1


def test_a_day_that_is_over_is_not_published(client, event, trusted):
    client.force_login(trusted)
    response = client.post(address(event), form("publish", "week"))
    assert said(response) == ["An diesem Tag wäre es schon vorbei. Wählen Sie einen Tag, der noch kommt."]
    assert copies(event).count() == 0


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("", "Geben Sie den neuen Tag an."),
        ("31.02.2027", "Bitte ein gültiges Datum eingeben."),
        ("9999-12-31", "Dieser Tag ist zu weit weg. Prüfen Sie das Jahr."),
    ],
)
def test_another_day_has_to_be_a_day(client, world, event, day, message):
    client.force_login(world.partner)
    response = client.post(address(event), form(when="other", other_day=day))
    assert response.status_code == 422
    shown = BeautifulSoup(response.content, "html.parser")
    assert [each.get_text() for each in shown.select(".copying-error")] == [message]
    assert shown.select_one("input[value=other]").has_attr("checked")
    assert copies(event).count() == 0


def test_another_day_is_taken(client, world, event):
    client.force_login(world.partner)
    day = TODAY() + datetime.timedelta(days=30)
    client.post(address(event), form(when="other", other_day=day.isoformat()))
    assert copies(event).get().start_date == day


def test_each_choice_shows_where_it_leads(client, world, event):
    EventPage.objects.filter(pk=event.pk).update(start_date=datetime.date(2027, 12, 11), reply_by=None)
    client.force_login(world.partner)
    shown = BeautifulSoup(client.get(address(event)).content, "html.parser")
    assert [
        (choice.strong.get_text(), choice.dd.get_text() if choice.dd else None)
        for choice in shown.select(".copying-choice")
    ] == [
        ("Eine Woche später", "Samstag, 18. Dezember 2027"),
        ("Ein Jahr später, am gleichen Wochentag", "Samstag, 9. Dezember 2028"),
        ("Ein Jahr später, am gleichen Datum", "Montag, 11. Dezember 2028"),
        ("An einem anderen Tag", None),
    ]


def test_sentences_with_a_day_are_shown_before_anything_is_published(client, world, event):
    EventPage.objects.filter(pk=event.pk).update(
        start_date=datetime.date(2027, 12, 11),
        teaser="Das World Café 2027. Kommen Sie!",
        text="<p>Wir sehen uns am 11. Dezember um 14 Uhr. Es gibt Tee.</p><p>Anmeldung bis 9.12. bei Elif.</p>",
        results="<p>Am 11. Dezember kamen viele.</p>",
    )
    client.force_login(world.partner)
    shown = BeautifulSoup(client.get(address(event)).content, "html.parser")
    assert [each.get_text() for each in shown.select(".copying-hint li")] == [
        "Das World Café 2027.",
        "Wir sehen uns am 11. Dezember um 14 Uhr.",
        "Anmeldung bis 9.12. bei Elif.",
    ]


def test_an_offer_is_valid_for_longer_and_runs_again(client, world):
    offer = world.offer("Kurs", stage="ended", valid_until=datetime.date(2026, 2, 28))
    client.force_login(world.partner)
    client.post(address(offer), form(when="date"))
    copy = OfferPage.objects.exclude(pk=offer.pk).get(locale=offer.locale)
    assert (copy.valid_until, copy.stage) == (datetime.date(2027, 2, 28), "running")


def test_an_offer_without_a_last_day_is_asked_for_none(client, world):
    offer = world.offer("Kurs", stage="idea")
    client.force_login(world.partner)
    assert b"copying-when" not in client.get(address(offer)).content
    client.post(address(offer), form())
    copy = OfferPage.objects.exclude(pk=offer.pk).get(locale=offer.locale)
    assert (copy.valid_until, copy.stage) == (None, "idea")


def test_of_a_draft_what_was_written_last_is_copied(client, world):
    draft = pages.OfferPageFactory(parent=world.haus, title="Kurs", live=False)
    draft.teaser = "Neu geschrieben."
    draft.save_revision()
    client.force_login(world.partner)
    client.post(address(draft), form())
    assert OfferPage.objects.exclude(pk=draft.pk).get(locale=draft.locale).teaser == "Neu geschrieben."


def test_of_a_public_page_what_readers_see_is_copied(client, world, event):
    event.teaser = "Noch nicht freigegeben."
    event.save_revision()
    client.force_login(world.partner)
    client.post(address(event), form())
    assert copies(event).get().teaser == "Wir reden miteinander."


def test_who_may_copy(client, world, event, django_user_model):
    """A table: each person, each page, and whether there is a copy afterwards."""
    outsider = world.person("sv", world.sv)
    elsewhere = world.person("roth", world.roth)
    office = django_user_model.objects.create_superuser("chefin", "chefin@example.org")
    turkish = EventPage.objects.get(translation_key=event.translation_key, locale__language_code="tr")
    table = [
        (world.partner, event, 302),
        (world.coordinator, event, 302),
        (office, event, 302),
        (outsider, event, 403),
        (elsewhere, event, 403),
        # A translation, the organisation itself, its region and the start page are not copied by anybody.
        *[
            (user, page, 403)
            for user in (world.partner, world.coordinator, office)
            for page in (turkish, world.haus, world.kempten, world.home)
        ],
    ]
    # Administrators alone are told by Wagtail's pages what they may; for the others a refusal leads home.
    for user, page, status in table:
        client.force_login(user)
        before = Page.objects.count()
        get, post = client.get(address(page)), client.post(address(page), form())
        assert Page.objects.count() - before == (1 if status == 302 else 0), (user, page)
        refused = [each["Location"] == "/admin/" for each in (get, post) if each.status_code == 302]
        assert (refused == [True, True]) is (status == 403), (user, page)
        assert (get.status_code == 200) is (status == 302), (user, page)


def test_where_the_project_is_over_nothing_is_copied(client, world, event):
    type(world.kempten).objects.filter(pk=world.kempten.pk).update(
        runs_until=TODAY() - datetime.timedelta(days=1)
    )
    client.force_login(world.partner)
    client.post(address(event), form())
    assert copies(event).count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_however_many_entries_there_are(
    client, world, event, count, django_assert_num_queries
):
    for number in range(count):
        world.event(f"Fest {number}")
    client.force_login(world.partner)
    client.get(address(event))
    with django_assert_num_queries(17):
        client.get(address(event))


def test_a_copy_that_fails_halfway_leaves_nothing(world, event, trusted):
    EventPage.objects.filter(pk=event.pk).update(teaser="")
    page = EventPage.objects.get(pk=event.pk)
    before = Page.objects.count()
    with pytest.raises(services.CannotPublish) as refused:
        services.copy_page(
            page=page,
            by=dates.YEAR_OF_WEEKS,
            user=trusted,
            token=uuid.uuid4(),
            then=services.Then.PUBLISH,
        )
    assert refused.value.messages == [
        "„Kurztext“ fehlt. Ohne diese Angabe kann die Seite nicht veröffentlicht werden."
    ]
    assert Page.objects.count() == before


def test_a_leap_day_becomes_the_day_before():
    leap_day = datetime.date(2028, 2, 29)
    assert dates.new_first_day(leap_day, dates.When.DATE) == datetime.date(2029, 2, 28)
    assert dates.new_first_day(leap_day, dates.When.YEAR).weekday() == leap_day.weekday()


def test_languages_of_a_region_come_along_and_no_others(world, event, trusted, committed):
    locale = Locale.objects.get(language_code="tr")
    with committed():
        copied = services.copy_page(
            page=event, by=dates.YEAR_OF_WEEKS, user=trusted, token=uuid.uuid4(), then=services.Then.PUBLISH
        )
    assert copied.languages == ("tr",)
    assert (
        EventPage.objects.get(translation_key=copied.page.translation_key, locale=locale).title
        == "Dünya Kafesi"
    )
