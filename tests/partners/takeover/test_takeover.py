"""An idea of one region becomes a draft of another: with credit, without what holds only there, and nothing hidden."""

import datetime
import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail.users.models import UserProfile

from content.credits import credit_of
from content.mail.models import Mail
from content.models import TaggedPage, Topic
from events.models import EventOrganiser, EventPage
from offers.models import OfferPage
from organisations.models import OrganisationPage
from partners.copying.models import PageCopy
from partners.models import Team
from partners.services import set_trust
from partners.takeover import selectors, services
from tests.factories import pages
from tests.factories.sites import picture
from tests.partners.freshness.world import World
from tests.services.rebuilding import built_once
from translation.services import write_translation

pytestmark = pytest.mark.django_db

IDEAS = reverse("partners_take_over_ideas")
TURKISH = {"title": "Dünya Kafesi", "teaser": "Birlikte konuşalım.", "text": "<p>Herkes davetli.</p>"}
DAY = datetime.date(2027, 12, 11)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    def capture():
        return django_capture_on_commit_callbacks(execute=True)

    return capture


@pytest.fixture
@built_once(committed=True)
def world():
    """Return the world with ``lena``, who works for SV Roth and wants what Haus International in Kempten has."""
    world = World("tr", "ar")
    world.lena = world.person("lena", world.sv)
    UserProfile.objects.update_or_create(user=world.partner, defaults={"preferred_language": "tr"})
    return world


@pytest.fixture
@built_once
def event(world):
    """Return an event with everything that can hold only where it is, translated into Turkish."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page = world.event(
            "World Café",
            slug="world-cafe",
            teaser="Reden Sie mit.",
            text="<p>Alle sind willkommen.</p>",
            event_type="world_cafe",
            start_date=DAY,
            reply_mode="please",
            reply_channels=["email"],
            reply_by=DAY - datetime.timedelta(days=2),
            place_name="Haus International",
            city="Kempten",
            public_transport="Residenz",
            step_free="yes",
            how_to_find="Eingang im Hof",
            series="Interkultureller Herbst",
            results="<p>Viele Ideen.</p>",
            press_text="Einladung",
            status="full",
            contact=world.contact,
            image=picture(),
            catering="food",
            target_groups=["women"],
            confirmed_by="Elif",
        )
        EventOrganiser.objects.create(event=page, organisation=world.sv)
        TaggedPage.objects.create(
            content_object=page, tag=Topic.objects.create(name="Begegnung", slug="begegnung")
        )
    with TestCase.captureOnCommitCallbacks(execute=True):
        write_translation(page=page, language_code="tr", sentences=TURKISH)
    return EventPage.objects.get(pk=page.pk)


def address(page, into=None):
    return reverse("partners_take_over", args=[page.pk]) + (f"?into={into.pk}" if into else "")


def form(into, **data):
    return {"token": str(uuid.uuid4()), "into": into.pk, **data}


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def texts(found, selector):
    return [" ".join(each.get_text(" ").split()) for each in found.select(selector)]


def drafts(world):
    return EventPage.objects.child_of(world.sv)


def test_text_topics_and_facts_come_along_and_what_is_local_is_empty(client, world, event):
    client.force_login(world.lena)
    response = client.post(address(event), form(world.sv))
    draft = drafts(world).get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    for page in (draft, draft.get_latest_revision_as_object()):
        assert (page.title, page.teaser, page.text) == (event.title, event.teaser, event.text)
        assert (page.event_type, page.catering, page.target_groups) == ("world_cafe", "food", ["women"])
        assert page.reply_mode == "please"
        assert [row.tag.slug for row in page.tagged_topics.all()] == ["begegnung"]
        fresh = EventPage()
        for name in EventPage.local_fields:
            if name != "organisers":
                assert (name, getattr(page, name)) == (name, getattr(fresh, name))
        assert list(page.organisers.all()) == []
        assert (page.credit, page.credit_page_id) == ("Haus International, Kempten", event.pk)
    assert (draft.live, draft.owner_page_id, draft.region_page_id) == (False, world.sv.pk, world.roth.pk)
    assert draft.translation_key != event.translation_key
    unchanged = EventPage.objects.get(pk=event.pk)
    assert (unchanged.live, unchanged.city, unchanged.credit) == (True, "Kempten", "")


def test_what_is_missing_then_is_named_before_readers_see_it(client, world, event):
    client.force_login(world.lena)
    client.post(address(event), form(world.sv))
    assert set(drafts(world).get().missing_for_publication()) == {
        "start_date",
        "start_time",
        "place_name",
        "reply_channels",
    }


def test_readers_see_whose_idea_it_was_with_a_link_in_their_language(client, world, event, committed):
    client.force_login(world.lena)
    client.post(address(event), form(world.sv))
    draft = drafts(world).get()
    draft.start_date, draft.all_day, draft.city, draft.reply_mode = DAY, True, "Roth", "none"
    with committed():
        draft.save_revision().publish()
    client.logout()
    said = {"de": "Die Idee stammt von:", "tr": "Fikir sahibi:", "ar": "صاحب الفكرة:"}
    for code, words in said.items():
        page = EventPage.objects.get(translation_key=draft.translation_key, locale__language_code=code)
        credited = EventPage.objects.get(translation_key=event.translation_key, locale__language_code=code)
        (line,) = [
            line for line in soup(client.get(page.url)).select("p.confirmed") if words in line.get_text()
        ]
        assert " ".join(line.get_text(" ").split()) == f"{words} Haus International, Kempten"
        assert line.a["href"] == credited.url
        assert line.a.get("lang", "de") == "de"
    turkish = EventPage.objects.get(translation_key=draft.translation_key, locale__language_code="tr")
    assert turkish.title == "Dünya Kafesi"


def test_a_credited_page_that_readers_do_not_find_is_named_without_a_link(client, world, event, committed):
    with committed():
        copy = services.take_over(page=event, into=world.sv, user=world.lena, token=uuid.uuid4()).page
        copy.start_date, copy.all_day, copy.city, copy.reply_mode = DAY, True, "Roth", "none"
        copy.save_revision().publish()

    def line():
        found = soup(client.get(EventPage.objects.get(pk=copy.pk).url)).select("p.confirmed")
        return next(each for each in found if "Die Idee stammt von:" in each.get_text())

    assert line().a is not None
    with committed():
        event.unpublish()
    assert (line().a, "Haus International, Kempten" in line().get_text()) == (None, True)
    with committed():
        Page.objects.get(pk=event.pk).delete()
    assert (line().a, "Haus International, Kempten" in line().get_text()) == (None, True)


def test_whoever_takes_over_what_was_taken_over_credits_who_had_the_idea(world, event, committed):
    with committed():
        copy = services.take_over(page=event, into=world.sv, user=world.lena, token=uuid.uuid4()).page
        copy.start_date, copy.all_day, copy.city, copy.reply_mode = DAY, True, "Roth", "none"
        copy.save_revision().publish()
    again = services.take_over(
        page=EventPage.objects.get(pk=copy.pk), into=world.haus, user=world.partner, token=uuid.uuid4()
    ).page
    assert (again.credit, again.credit_page_id) == ("Haus International, Kempten", event.pk)


def test_a_draft_over_the_page_stays_where_it_is(client, world, event):
    event.text = "<p>Noch geheim.</p>"
    event.title = "Noch geheim"
    event.save_revision()
    client.force_login(world.lena)
    asked = client.get(address(event))
    client.post(address(event), form(world.sv))
    draft = drafts(world).get()
    assert (draft.title, draft.text) == ("World Café", "<p>Alle sind willkommen.</p>")
    assert draft.get_latest_revision_as_object().text == "<p>Alle sind willkommen.</p>"
    assert "eheim" not in asked.content.decode()


def test_those_who_had_the_idea_are_told_in_their_language_once(client, world, event):
    client.force_login(world.lena)
    sent = form(world.sv)
    first, second = (client.post(address(event), sent) for _each in range(2))
    assert first["Location"] == second["Location"]
    assert drafts(world).count() == PageCopy.objects.count() == 1
    (mail,) = Mail.objects.filter(template="partners/mail/taken_over")
    assert (mail.to, mail.language) == ("partner@example.org", "tr")
    assert mail.subject == "SV Roth, “World Café” fikrinizi beğendi"
    for words in ("“Roth” bölgesindeki “SV Roth”", "Haus International, Kempten", event.url):
        assert words in " ".join(mail.text.split())
        assert (
            words in " ".join(BeautifulSoup(mail.html, "html.parser").get_text(" ").split())
            or words == event.url
        )
    drafts(world).get().delete()
    gone = client.post(address(event), sent)
    assert (gone["Location"], drafts(world).count()) == (reverse("wagtailadmin_home"), 0)
    assert Mail.objects.filter(template="partners/mail/taken_over").count() == 1


def test_only_what_is_public_and_an_idea_is_taken_over(client, world, event, committed):
    with committed():
        draft = pages.EventPageFactory(parent=world.haus, title="Geheim", live=False)
        unlisted = world.event("Sitzung", slug="sitzung", is_listed=False)
        closed = world.offer("Intern")
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
        long_over = world.offer("Alt", valid_until=datetime.date(2020, 1, 1))
        switched_off = world.offer("Aus")
    turkish = world.present(event, "tr")
    client.force_login(world.lena)
    assert client.get(address(event)).status_code == 200
    assert client.get(address(switched_off)).status_code == 200
    region = type(world.kempten).objects.get(pk=world.kempten.pk)
    region.inactive_kinds = ["offers"]
    pages.publish(region)
    refused = [
        draft,
        unlisted,
        closed,
        long_over,
        switched_off,
        turkish,
        world.haus,
        world.kempten,
        world.home,
    ]
    before = Page.objects.count()
    for page in refused:
        for response in (client.get(address(page)), client.post(address(page), form(world.sv))):
            assert (page.title, response.status_code, response["Location"]) == (
                page.title,
                302,
                reverse("wagtailadmin_home"),
            )
    assert Page.objects.count() == before


def test_it_goes_only_where_the_person_may_add(client, world, event):
    client.force_login(world.lena)
    kempten_too = world.organisation("Mosaik", world.kempten)
    other = world.organisation("TSV Roth", world.roth)
    for into in (world.haus, kempten_too, other, world.roth):
        response = client.post(address(event), form(into))
        assert (into.title, response.status_code) == (into.title, 422)
    assert EventPage.objects.filter(locale=event.locale).count() == 1
    # Their own region has nothing to take over from itself, and who may add nowhere else is not asked.
    client.force_login(world.partner)
    assert client.get(address(event)).status_code == 302
    outsider = world.person("niemand", world.sv)
    outsider.groups.clear()
    client.force_login(outsider)
    assert client.get(address(event)).status_code == 302


def test_a_region_that_has_ended_or_does_without_the_kind_takes_nothing_over(client, world, event):
    client.force_login(world.lena)
    region = type(world.roth).objects.get(pk=world.roth.pk)
    region.inactive_kinds = ["events"]
    pages.publish(region)
    assert client.get(address(event)).status_code == 302
    region.inactive_kinds, region.runs_until = [], datetime.date(2020, 1, 1)
    pages.publish(region)
    assert client.get(address(event)).status_code == 302
    region.runs_until = None
    pages.publish(region)
    assert client.get(address(event)).status_code == 200


def test_who_may_add_to_several_chooses_one_and_is_told_what_comes_along(client, world, event):
    world.organisation("TSV Roth", world.roth)
    coordinator = world.person("koordination-roth", world.roth)
    client.force_login(coordinator)
    shown = soup(client.get(address(event, into=world.sv)))
    assert texts(shown, "select[name=into] option") == ["—", "SV Roth · Roth", "TSV Roth · Roth"]
    assert texts(shown, "option[selected]") == ["SV Roth · Roth"]
    assert texts(shown, ".takeover-what h2") == ["Das kommt mit", "Das tragen Sie neu ein"]
    nothing = client.post(address(event), {"token": str(uuid.uuid4()), "into": ""})
    assert (nothing.status_code, texts(soup(nothing), "[role=alert]")) == (
        422,
        ["Wählen Sie eine Organisation."],
    )
    client.post(address(event), form(OrganisationPage.objects.get(title="TSV Roth", locale=event.locale)))
    assert EventPage.objects.get(credit_page_id=event.pk).owner_page.title == "TSV Roth"


def test_the_list_shows_what_readers_find_in_other_regions(client, world, event, committed):
    with committed():
        world.offer("Nähkurs")
        world.offer("Eigenes", parent=world.sv)
        pages.OfferPageFactory(parent=world.haus, title="Geheim", live=False)
    client.force_login(world.lena)

    def titles(query=""):
        return texts(soup(client.get(IDEAS + query)), "a.preset strong")

    assert titles() == ["Nähkurs", "World Café"]
    assert titles("?q=Nähkurs") == ["Nähkurs"]
    assert titles("?q=Eigenes") == titles("?q=Geheim") == []
    (card, _other) = soup(client.get(f"{IDEAS}?into={world.sv.pk}")).select("a.preset")
    assert card["href"] == address(OfferPage.objects.get(title="Nähkurs", locale=event.locale), world.sv)
    assert texts(card, "span:last-child")[-1] == "Haus International · Kempten"
    assert selectors.own_regions(world.lena) == {world.roth.pk}


def test_the_way_there_begins_where_something_new_does(client, world):
    set_trust(team=Team.objects.get(subject=world.sv.translation_key), publishes_at_once=True)
    client.force_login(world.lena)
    shown = soup(client.get(reverse("partners_new", args=[world.sv.pk])))
    (link,) = [each["href"] for each in shown.select("a") if each["href"].startswith(IDEAS)]
    client.force_login(world.person("koordination-roth", world.roth))
    buttons = {
        each.get_text().strip(): each["href"]
        for each in soup(client.get("/admin/")).select("a.workspace-button")
    }
    assert buttons["Eine Idee übernehmen"] == IDEAS
    client.force_login(world.lena)
    assert (link, client.get(link).status_code) == (f"{IDEAS}?into={world.sv.pk}", 200)
    outsider = world.person("niemand", world.sv)
    outsider.groups.clear()
    client.force_login(outsider)
    assert client.get(IDEAS).status_code == 302


@pytest.mark.parametrize("count", [1, 4])
def test_the_pages_cost_the_same_for_few_and_for_many(
    client, world, event, count, committed, django_assert_num_queries
):
    with committed():
        for number in range(count):
            world.offer(f"Kurs {number}")
            world.organisation(f"Verein {number}", world.roth)
    client.force_login(world.person("koordination-roth", world.roth))
    for url in (IDEAS, address(event)):
        client.get(url)
    with django_assert_num_queries(20):
        client.get(IDEAS)
    with django_assert_num_queries(20):
        client.get(address(event))


def test_a_page_without_credit_costs_its_readers_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert credit_of(EventPage(title="World Café")) is None
