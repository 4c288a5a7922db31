"""The page that translators land on: what lies there, in which order, and who takes care of what."""

import datetime
import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from content.index.models import IndexEntry
from content.index.services import index_page
from partners import services as partners
from tests.factories.pages import EventPageFactory, OrganisationPageFactory, RegionPageFactory, publish
from tests.translation.drafts.world import Desk
from translation import services
from translation.desk import selectors
from translation.desk import services as claims
from translation.desk.models import Claim
from translation.desk.selectors import Group
from translation.drafts import services as drafts
from translation.models import LanguageRule, Origin, PageTranslationState, TranslationWish

ADDRESS = "/admin/translation/desk/"


@pytest.fixture
def desk(db, client):
    desk = Desk()
    client.force_login(desk.aylin)
    return desk


def entries(desk, user=None, code="tr"):
    user = get_user_model().objects.get(pk=(user or desk.aylin).pk)
    return selectors.entries_of(user=user, locale=Locale.objects.get(language_code=code))


def groups(desk, user=None, code="tr"):
    """Return ``{title: group}`` of what lies on the desk."""
    return {entry.source.title: entry.group for entry in entries(desk, user, code)}


def another(desk, title, *, days=20, **values):
    start = timezone.localdate() + datetime.timedelta(days=days)
    page = publish(
        EventPageFactory(
            parent=desk.organisation, title=title, slug=title.lower(), start_date=start, **values
        )
    )
    services.follow_source(page=page)
    index_page(page)
    return page


def translated(page, code="tr"):
    return type(page).objects.get(translation_key=page.translation_key, locale__language_code=code)


def shown(client, query=""):
    """Return the titles of the desk in their order."""
    body = unescape(client.get(f"{ADDRESS}{query}").content.decode())
    return re.findall(r"<h3><a href=\"[^\"]*\"><bdi[^>]*>([^<]*)</bdi>", body)


def said(response):
    return [unescape(str(message)).strip() for message in get_messages(response.wsgi_request)]


def test_a_page_goes_through_the_groups_as_it_is_translated(desk):
    assert groups(desk)["World Café"] == Group.NEW
    desk.translate()
    assert groups(desk)["World Café"] == Group.MINE
    assert groups(desk, desk.deniz)["World Café"] == Group.OTHERS
    desk.submit()
    assert groups(desk)["World Café"] == Group.WAITING
    assert groups(desk, desk.deniz)["World Café"] == Group.READ
    desk.approve()
    assert "World Café" not in groups(desk)
    desk.republish(teaser="Kommen Sie!")
    assert groups(desk)["World Café"] == Group.CHANGED
    desk.republish(teaser="Kommt!", minor=True)
    assert groups(desk, code="ar")["World Café"] == Group.NEW


def test_what_came_back_comes_first_and_says_why_and_by_whom(desk, client):
    another(desk, "Sommerfest", days=2)
    desk.translate()
    desk.submit()
    drafts.send_back(target=desk.target(), by=desk.deniz, text="Bitte höflicher <b>")
    first = entries(desk)[0]
    assert (first.group, first.source.title) == (Group.BACK, "World Café")
    assert (first.said, first.sent_by) == ("Bitte höflicher <b>", desk.deniz)
    assert groups(desk, desk.deniz)["World Café"] == Group.OTHERS
    body = client.get(ADDRESS).content.decode()
    assert "Bitte höflicher &lt;b&gt;" in body
    assert "Deniz schreibt:" in body
    desk.submit()
    assert groups(desk)["World Café"] == Group.WAITING


def test_who_wrote_a_part_of_it_is_not_asked_to_read_it_unless_the_region_allows(desk):
    desk.translate()
    desk.save("Komm!", "Gelin!", by=desk.deniz)
    desk.submit()
    assert groups(desk, desk.deniz)["World Café"] == Group.WAITING
    LanguageRule.objects.create(scope=desk.region.translation_key, locale=desk.tr, may_approve_own=True)
    assert groups(desk, desk.deniz)["World Café"] == Group.READ
    assert (
        drafts.why_not_decide(
            target=desk.target(), submission=drafts.selectors.submission_of(desk.target()), user=desk.deniz
        )
        == ""
    )


def test_soon_comes_before_wished_for_comes_before_the_alphabet_comes_before_what_is_over(desk, client):
    for title, days in (("Abend", 20), ("Zirkus", 3), ("Basar", 20), ("Yoga", 6)):
        another(desk, title, days=days)
    over = another(desk, "Aalfest", days=20)
    type(over).objects.filter(pk=over.pk).update(start_date=timezone.localdate() - datetime.timedelta(days=3))
    IndexEntry.objects.filter(translation_key=over.translation_key).update(
        ends_at=timezone.now() - datetime.timedelta(days=2), starts_at=None
    )
    basar = Page.objects.get(title="Basar", locale__language_code="de")
    wish = {"translation_key": basar.translation_key, "locale": desk.tr}
    today = timezone.localdate()
    TranslationWish.objects.create(**wish, day=today, count=2)
    TranslationWish.objects.create(**wish, day=today - datetime.timedelta(days=89), count=3)
    TranslationWish.objects.create(**wish, day=today - datetime.timedelta(days=90), count=100)
    TranslationWish.objects.create(translation_key=basar.translation_key, locale=desk.ar, day=today, count=7)
    found = [title for title in shown(client) if title in ("Abend", "Zirkus", "Basar", "Yoga", "Aalfest")]
    assert found == ["Zirkus", "Yoga", "Basar", "Abend", "Aalfest"]
    by_title = {entry.source.title: entry for entry in entries(desk)}
    assert by_title["Basar"].wishes == 5
    assert by_title["Zirkus"].is_start
    assert by_title["Abend"].urgent_at is None


def test_words_to_do_are_those_the_workbench_counts(desk, client):
    def both():
        (words,) = {selectors.words_to_do([desk.event.translation_key], desk.tr)[desk.event.translation_key]}
        response = client.get(reverse("translation_workbench", args=[desk.target().pk]))
        return words, response.context["words"]

    assert both() == (14, 14)
    desk.save("Komm!", "Gel!")
    assert both() == (13, 13)
    desk.save("World Café", "Makine", origin=Origin.MACHINE)
    assert both() == (13, 13)
    desk.translate()
    desk.save("World Café", "Dünya Kafesi")
    assert both() == (0, 0)
    desk.submit()
    desk.approve()
    desk.republish(teaser="Kommen Sie doch!")
    assert both() == (3, 3)


def test_somebody_takes_a_page_and_others_see_it_and_may_take_it_over(desk, client):
    address = reverse("translation_claim", args=[desk.target().pk])
    response = client.post(address, {"action": "claim", "next": f"{ADDRESS}?group=new"})
    assert response["Location"] == f"{ADDRESS}?group=new"
    assert said(response) == ["„World Café“ gehört Ihnen. Alle sehen, dass Sie daran arbeiten."]
    assert groups(desk)["World Café"] == Group.MINE
    assert groups(desk, desk.deniz)["World Café"] == Group.OTHERS
    assert desk.save("Komm!", "Gel!", by=desk.deniz).target == "Gel!"
    client.force_login(desk.deniz)
    assert "Aylin kümmert sich darum" in client.get(ADDRESS).content.decode()
    client.post(address, {"action": "hand_back"})
    assert Claim.objects.get().translator == desk.aylin
    client.post(address, {"action": "claim"})
    assert Claim.objects.get().translator == desk.deniz
    assert client.post(address, {"action": "hand_back", "next": "//example.org/"})["Location"] == (
        f"{ADDRESS}?language=tr"
    )
    assert Claim.objects.count() == 0


def test_a_day_is_set_shown_and_refused_when_it_is_over(desk, client):
    address = reverse("translation_claim", args=[desk.target().pk])
    today = timezone.localdate()
    client.post(address, {"action": "claim"})
    for days, group in ((8, Group.MINE), (7, Group.DUE), (0, Group.DUE)):
        day = today + datetime.timedelta(days=days)
        client.post(address, {"action": "due", "due_on": day.isoformat()})
        assert Claim.objects.get().due_on == day
        assert groups(desk)["World Café"] == group
    response = client.post(address, {"action": "due", "due_on": "2020-01-01"})
    assert said(response)[-1:] == [
        "Fertig bis: 2020-01-01 – Dieser Tag ist vorbei. Wählen Sie heute oder einen späteren Tag, oder lassen Sie "
        "das Feld leer."
    ]
    assert Claim.objects.get().due_on == today
    client.post(address, {"action": "due", "due_on": ""})
    assert Claim.objects.get().due_on is None
    claims.claim(target=desk.target(), user=desk.deniz)
    client.post(address, {"action": "due", "due_on": today.isoformat()})
    assert Claim.objects.get().due_on is None


def test_a_claim_ends_when_the_translation_is_published_and_not_before(desk):
    claims.claim(target=desk.target(), user=desk.aylin)
    claims.claim(target=desk.target("ar"), user=desk.hanan)
    desk.translate()
    desk.submit()
    assert Claim.objects.count() == 2
    desk.approve()
    assert [claim.translator for claim in Claim.objects.all()] == [desk.hanan]


def test_what_nobody_wants_in_a_language_does_not_lie_there(desk):
    PageTranslationState.objects.filter(translation_key=desk.event.translation_key, locale=desk.tr).update(
        is_wanted=False
    )
    assert "World Café" not in groups(desk)
    assert "World Café" in groups(desk, desk.hanan, "ar")


def test_the_list_is_narrowed_by_group_region_kind_and_words_and_bad_choices_count_as_none(desk, client):
    other = publish(RegionPageFactory(parent=desk.region.get_parent(), title="Landkreis Roth", slug="roth"))
    club = publish(OrganisationPageFactory(parent=other, title="SV Illertal", slug="sv"))
    for page in (other, club):
        services.follow_source(page=page)
    desk.save("Komm!", "Gel!")
    everything = shown(client)
    assert shown(client, "?group=mine") == ["World Café"]
    assert sorted(shown(client, f"?region={other.translation_key}")) == ["Landkreis Roth", "SV Illertal"]
    assert shown(client, "?kind=organisations&q=illert") == ["SV Illertal"]
    assert shown(client, "?q=zzz") == []
    for query in ("?group=zzz", "?region=zzz", "?kind=zzz", "?page=zzz", "?language=zzz"):
        assert shown(client, query) == everything


def test_translators_see_their_languages_only_and_nobody_else_gets_in(desk, client):
    english = Locale.objects.get_or_create(language_code="en")[0]
    desk.hanan.groups.add(services.ensure_translator_group(locale=english))
    client.force_login(desk.hanan)
    body = client.get(f"{ADDRESS}?language=tr").content.decode()
    assert re.findall(r'href="\?language=(\w+)"', body) == ["en", "ar"]
    assert reverse("translation_workbench", args=[desk.target("tr").pk]) not in body
    assert client.post(
        reverse("translation_claim", args=[desk.target("tr").pk]), {"action": "claim"}
    ).status_code in (
        302,
        403,
    )
    assert Claim.objects.count() == 0
    partner = desk.person("partner")
    partner.groups.add(partners.ensure_partner_group(organisation=desk.organisation))
    client.force_login(partner)
    assert client.get(ADDRESS)["Location"] == "/admin/"


def test_translators_land_here_and_others_where_they_did(desk, client):
    assert client.get("/admin/")["Location"] == ADDRESS
    coordinator = desk.person("coordinator")
    coordinator.groups.add(partners.ensure_coordinator_group(region=desk.region))
    coordinator.groups.add(services.ensure_translator_group(locale=desk.tr))
    client.force_login(coordinator)
    response = client.get("/admin/")
    assert response.status_code == 200
    client.force_login(get_user_model().objects.create_superuser("chefin"))
    assert client.get("/admin/").status_code == 200


def many(desk, number):
    """Add pages below the organisation as rows alone: the desk reads no more of them."""
    sources, targets, states = [], [], []
    for place, (parent, rows) in enumerate(
        ((desk.organisation, sources), (translated(desk.organisation), targets))
    ):
        for index in range(number):
            page = Page(
                title=f"Seite {index}",
                slug=f"seite-{index}",
                depth=parent.depth + 1,
                path=Page._get_path(parent.path, parent.depth + 1, index + 100),
                locale=parent.locale,
                content_type=desk.event.content_type,
                live=True,
                url_path=f"{parent.url_path}seite-{index}/",
            )
            if place:
                page.translation_key = sources[index].translation_key
            else:
                states.append(PageTranslationState(translation_key=page.translation_key, locale=desk.tr))
            rows.append(page)
    Page.objects.bulk_create([*sources, *targets])
    PageTranslationState.objects.bulk_create(states)


def test_a_hundred_pages_cost_as_many_queries_as_one(desk, client, django_assert_num_queries):
    desk.translate()
    desk.submit()
    claims.claim(target=translated(desk.region), user=desk.deniz)
    client.get(ADDRESS)
    # Ten are the desk's. The session, the account with its rights and profile, and the languages of a page are six.
    with django_assert_num_queries(16):
        client.get(ADDRESS)
    many(desk, 100)
    with django_assert_num_queries(16):
        response = client.get(ADDRESS)
    assert len(response.context["page"].object_list) == 50
    assert response.context["page"].paginator.count > 100
