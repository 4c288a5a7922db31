"""A new organisation joins: three steps, a link by mail, a coordinator who decides."""

import datetime
import re
import threading
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.template import Context, Template
from django.utils import timezone

from content.audit import AuditEntry
from content.mail.models import Mail
from organisations.models import OrganisationPage
from partners.joining import services
from partners.joining.forms import ClaimForm, DeclineForm, PersonForm, WhatForm, WhoForm
from partners.joining.models import ApplicationState
from partners.joining.similarity import are_similar
from partners.joining.steps import Steps
from partners.joining.views import FORMS
from partners.models import Application, Invitation
from tests.factories.pages import OrganisationPageFactory, publish
from tests.hostile.judge import harm_in, parsed
from tests.hostile.strings import STRINGS
from tests.partners.joining.world import CLAIM, PERSON, WHAT, WHO, Reader, data_of, soup, token

pytestmark = pytest.mark.django_db

LISTS = ("types", "fields_of_work", "languages_spoken")


def receivers():
    return sorted(Mail.objects.values_list("to", flat=True))


def confirmation_link():
    mail = Mail.objects.get(template="partners/mail/joining_confirm")
    return urlsplit(re.search(r"https?://\S+/join/confirm/\S+", mail.text)[0]).path


def waiting(reader, language="de", **kwargs):
    """Return an application that its sender has confirmed."""
    Reader(reader, language).send_all(**kwargs)
    assert reader.post(confirmation_link()).status_code == 200
    return Application.objects.get()


# --- The form -------------------------------------------------------------------------------------------


def test_three_steps_lead_to_a_mail_and_to_nothing_else(world, reader):
    response = Reader(reader).send_all()

    assert (response.status_code, response["Location"]) == (302, "/de/join/sent/")
    found = Application.objects.get()
    assert (found.name, found.types, found.region_id, found.language) == (
        "Frauen ohne Grenzen",
        ["association"],
        world.region.pk,
        "tr",
    )
    assert (found.teaser, found.fields_of_work, found.languages_spoken, found.place) == (
        "Wir kochen jeden Freitag zusammen.",
        ["integration"],
        ["de", "tr"],
        "Thingers",
    )
    assert (found.first_name, found.last_name, found.email, found.phone) == (
        "Elif",
        "Aydın",
        "elif@example.org",
        "+4983112345",
    )
    assert found.state == ApplicationState.UNCONFIRMED
    # Nobody but the sender hears of it, in the language that was chosen.
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.language) == ("elif@example.org", "tr")
    assert OrganisationPage.objects.filter(title="Frauen ohne Grenzen").count() == 0


def test_the_form_sets_no_cookie_is_not_indexed_and_not_kept(world, reader):
    shown = Reader(reader)
    answers = [shown.response, shown.press("next", **WHO), shown.press("next", **WHAT), shown.press("next")]
    answers.append(reader.get("/de/join/sent/"))

    for answer in answers:
        assert not answer.cookies
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer["Cache-Control"]
        assert soup(answer).find("meta", attrs={"name": "robots"})["content"] == "noindex, nofollow"
        assert soup(answer).select("main script") == []
    assert [answer.status_code for answer in answers] == [200, 200, 200, 422, 200]


def test_back_loses_nothing_not_even_what_is_not_valid_yet(world, reader):
    shown = Reader(reader)
    shown.press("next", **WHO)
    shown.press("next", **WHAT)
    shown.press("back", **PERSON | {"email": "elif at example"})
    assert shown.step == 1
    assert {name: data_of(shown.page).getlist(name) for name in WHAT} == {
        name: value if isinstance(value, list) else [value] for name, value in WHAT.items()
    }
    shown.press("back", teaser="")
    assert shown.step == 0
    assert data_of(shown.page).getlist("name") == ["Frauen ohne Grenzen"]
    assert data_of(shown.page).getlist("types") == ["association"]
    shown.press("next")
    assert (shown.step, data_of(shown.page)["teaser"], data_of(shown.page)["place"]) == (1, "", "Thingers")
    shown.press("next", **WHAT)
    assert shown.step == 2
    again = data_of(shown.page)
    assert {name: again[name] for name in PERSON} == PERSON | {"email": "elif at example"}


def test_what_is_missing_is_named_at_its_field_and_what_was_typed_stays(world, reader):
    shown = Reader(reader)
    shown.press("next", name="Frauen ohne Grenzen")

    assert (shown.response.status_code, shown.step) == (422, 0)
    assert [link["href"] for link in shown.page.select(".error-summary a")] == ["#id_types_0", "#id_region"]
    assert [tag.text for tag in shown.page.select(".field .error")] == [
        "Kreuzen Sie mindestens eine Antwort an.",
        "Wählen Sie Ihre Region.",
    ]
    assert data_of(shown.page)["name"] == "Frauen ohne Grenzen"
    for field in shown.page.select('[aria-invalid="true"]'):
        described = field.get("aria-describedby") or field.find_parent("fieldset")["aria-describedby"]
        assert all(shown.page.find(id=one) for one in described.split())


def test_the_last_step_sums_up_what_was_written(world, reader):
    shown = Reader(reader)
    shown.press("next", **WHO)
    shown.press("next", **WHAT)

    assert [tag.text for tag in shown.page.select(".join-summary dd")] == [
        "Frauen ohne Grenzen",
        "Verein",
        "Kempten",
        "Türkçe",
        "Wir kochen jeden Freitag zusammen.",
        "Migration und Integration",
        "Deutsch, Türkisch",
        "Thingers",
    ]


def test_who_jumps_to_the_last_step_is_led_to_the_first_that_is_missing(world, reader):
    data = {"step": "2", "typed": "forged", "gate": token(ClaimForm), **PERSON, "next": "1"}
    response = reader.post("/de/join/", data)

    assert response.status_code == 422
    assert soup(response).select_one('input[name="step"]')["value"] == "0"
    assert Application.objects.count() == 0


def test_a_field_that_is_gone_since_the_page_was_opened_does_no_harm(world, reader):
    shown = Reader(reader)
    typed = Steps(FORMS, {0: {"gone": ["x"], "name": ["Frauen ohne Grenzen"]}}).packed
    shown.response = reader.post("/de/join/", {"step": "1", "typed": typed, "back": "1"})

    assert (shown.response.status_code, data_of(shown.page)["name"]) == (200, "Frauen ohne Grenzen")


def test_a_program_that_fills_in_the_trap_is_thanked_and_nothing_is_kept(world, reader):
    shown = Reader(reader)
    response = shown.send_all(person=PERSON | {"website": "https://example.org"})

    assert response["Location"] == "/de/join/sent/"
    assert Application.objects.count() == 0


def test_one_connection_can_send_so_many_a_day_and_one_address_gets_three_mails(world, reader):
    locations = [
        Reader(reader).send_all(who=WHO | {"name": f"Verein {number}"}).get("Location") for number in range(4)
    ]

    # The answer does not say that the fourth was one too many for this address.
    assert locations == ["/de/join/sent/"] * 4
    assert Application.objects.count() == 3
    assert receivers() == ["elif@example.org"] * 3


def test_a_region_that_has_ended_is_not_offered_and_takes_nothing(world, reader):
    shown = Reader(reader)
    shown.press("next", **WHO)
    shown.press("next", **WHAT)
    world.end(world.region)
    shown.press("next", **PERSON)

    assert (shown.response.status_code, shown.step) == (422, 0)
    options = [tag["value"] for tag in shown.page.select("#id_region option")]
    assert options == ["", "roth"]
    assert Application.objects.count() == 0


def test_a_region_page_leads_to_the_form_with_the_region_chosen(world, reader):
    (link,) = soup(reader.get(world.region.url)).select('.page-actions a[href^="/de/join/"]')

    assert link["href"] == "/de/join/?region=kempten"
    assert data_of(soup(reader.get(link["href"])))["region"] == "kempten"


# --- Names that mean the same ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Haus International",
        "Haus Internationnal",
        "haus-international",
        "House International",
        "International Haus e.V.",
        "Haus International Kempten e. V.",
        "Häus Intérnational",
    ],
)
def test_a_name_spelled_a_little_differently_is_similar(name):
    assert are_similar("Haus International", name)


@pytest.mark.parametrize(
    "name", ["Haus der Jugend", "Mosaik Frauen", "International Sport Club", "Haus", "e.V.", "!"]
)
def test_another_name_is_not(name):
    assert not are_similar("Haus International", name)


def test_who_types_a_name_that_is_here_already_is_shown_it_and_can_go_on(world, reader):
    publish(OrganisationPageFactory(parent=world.other_region, title="Haus International", slug="dort"))
    hidden = OrganisationPageFactory(
        parent=world.region, title="Haus Internationale", slug="entwurf", live=False
    )
    shown = Reader(reader)
    shown.press("next", **WHO | {"name": "Haus Internationnal e.V."})

    assert shown.step == 1
    assert [link["href"] for link in shown.page.select(".note a")] == [world.organisation.url]
    assert hidden.title not in shown.response.content.decode()
    shown.press("next", **WHAT)
    assert shown.step == 2


def test_the_coordinator_sees_similar_names_drafts_among_them(world, reader, log_in):
    hidden = OrganisationPageFactory(
        parent=world.region, title="Frau ohne Grenzen", slug="entwurf", live=False
    )
    found = waiting(reader)

    page = soup(log_in("coordinator").get(f"/admin/joining/{found.pk}/"))
    assert [link.text for link in page.select(".inbox-hint a")] == [hidden.title]


# --- The link in the mail -------------------------------------------------------------------------------


def test_looking_at_the_link_does_nothing_and_confirming_tells_the_coordinators(world, reader):
    Reader(reader).send_all()
    link = confirmation_link()
    shown = reader.get(link)
    assert "Frauen ohne Grenzen" in shown.content.decode()
    assert Application.objects.get().state == ApplicationState.UNCONFIRMED

    assert reader.post(link).status_code == 200
    assert Application.objects.get().state == ApplicationState.WAITING
    assert receivers() == ["coordinator@example.org", "elif@example.org"]
    assert reader.post(link).status_code == 410


def test_without_coordinators_the_network_office_is_told(world, reader):
    world.people["coordinator"].groups.clear()
    waiting(reader)

    assert receivers() == ["elif@example.org", "network@example.org"]


def test_a_region_that_ended_meanwhile_makes_the_link_invalid(world, reader):
    Reader(reader).send_all()
    world.end(world.region)

    assert reader.get(confirmation_link()).status_code == 404
    assert reader.post(confirmation_link()).status_code == 404
    assert receivers() == ["elif@example.org"]


# --- The decision ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "expected"),
    [("coordinator", 200), ("network", 200), ("foreign-coordinator", 302), ("foreign-partner", 302)],
)
def test_only_those_who_coordinate_the_region_see_and_decide(world, reader, log_in, person, expected):
    found = waiting(reader)
    client = log_in(person)

    assert client.get(f"/admin/joining/{found.pk}/").status_code == expected
    assert ("Frauen ohne Grenzen" in client.get("/admin/joining/", follow=True).content.decode()) == (
        expected == 200
    )
    client.post(f"/admin/joining/{found.pk}/", {"do": "approve"})
    found.refresh_from_db()
    assert (found.state == ApplicationState.APPROVED) == (expected == 200)


def test_nobody_sees_what_is_not_confirmed(world, reader, log_in):
    Reader(reader).send_all()
    client = log_in("coordinator")

    assert "Frauen ohne Grenzen" not in client.get("/admin/joining/").content.decode()
    assert client.get(f"/admin/joining/{Application.objects.get().pk}/").status_code == 302


def test_approving_makes_a_draft_in_the_region_a_team_and_an_invitation(world, reader, log_in):
    found = waiting(reader)
    response = log_in("coordinator").post(f"/admin/joining/{found.pk}/", {"do": "approve"})

    assert response["Location"] == f"/admin/joining/{found.pk}/"
    page = OrganisationPage.objects.get(title="Frauen ohne Grenzen")
    assert (page.live, page.get_parent().pk, page.slug) == (False, world.region.pk, "frauen-ohne-grenzen")
    assert (page.teaser, page.types, page.places, page.languages_spoken) == (
        "Wir kochen jeden Freitag zusammen.",
        ["association"],
        ["Thingers"],
        ["de", "tr"],
    )
    assert page.get_latest_revision_as_object().title == "Frauen ohne Grenzen"
    user = get_user_model().objects.get(email="elif@example.org")
    assert (user.first_name, user.last_name, user.is_active) == ("Elif", "Aydın", False)
    assert list(user.groups.all()) == [world.team(page).group]
    assert not world.team(page).publishes_at_once
    assert Invitation.objects.get().user == user
    (mail,) = Mail.objects.filter(template="partners/mail/invitation")
    assert (mail.to, mail.language) == ("elif@example.org", "tr")
    entry = AuditEntry.objects.get(action="partners.joining.approved")
    assert (entry.actor_label, entry.subject_label) == ("coordinator", "Frauen ohne Grenzen")
    # The profile is complete enough to be published.
    assert page.missing_for_publication() == {}
    # Readers see nothing of it.
    assert reader.get("/de/kempten/frauen-ohne-grenzen/").status_code == 404


def test_a_name_without_latin_letters_gets_a_page_too(world, reader):
    for name in ("جمعية السلام", "🌻🌻🌻"):
        Application.objects.all().delete()
        Mail.objects.all().delete()
        found = waiting(reader, who=WHO | {"name": name})
        page = services.approve(application=found, by=world.people["coordinator"])
        assert (page.title, bool(page.slug)) == (name, True)


def test_approving_twice_makes_one_organisation(world, reader, log_in):
    found = waiting(reader)
    for _time in range(2):
        log_in("coordinator").post(f"/admin/joining/{found.pk}/", {"do": "approve"})

    assert OrganisationPage.objects.filter(title="Frauen ohne Grenzen").count() == 1
    with pytest.raises(services.AlreadyDecided):
        services.decline(application=found, reason="Doch nicht.", by=world.people["coordinator"])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_coordinators_who_approve_at_the_same_moment_make_one_organisation(world):
    found = Application.objects.create(
        kind="join",
        state="waiting",
        region=world.region,
        name="Frauen ohne Grenzen",
        first_name="Elif",
        email="elif@example.org",
        language="de",
    )
    start, said = threading.Barrier(4), []

    def approve():
        start.wait()
        try:
            said.append(services.approve(application=found, by=world.people["coordinator"]).title)
        except services.AlreadyDecided:
            said.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["Frauen ohne Grenzen", "too late", "too late", "too late"]
    assert OrganisationPage.objects.filter(title="Frauen ohne Grenzen", alias_of=None).count() == 1
    assert Mail.objects.filter(template="partners/mail/invitation").count() == 1


def test_nobody_joins_a_region_that_has_ended(world, reader, log_in):
    found = waiting(reader)
    world.end(world.region)
    log_in("network").post(f"/admin/joining/{found.pk}/", {"do": "approve"})

    found.refresh_from_db()
    assert found.state == ApplicationState.WAITING
    assert OrganisationPage.objects.filter(title="Frauen ohne Grenzen").count() == 0


def test_declining_needs_a_reason_which_the_person_gets(world, reader, log_in):
    found = waiting(reader)
    client = log_in("coordinator")
    refused = client.post(f"/admin/joining/{found.pk}/", {"do": "decline", "reason": " "})
    assert refused.status_code == 422
    assert [tag.text for tag in soup(refused).select(".field .error")] == [
        "Schreiben Sie, warum nicht, damit die Person es versteht."
    ]

    client.post(
        f"/admin/joining/{found.pk}/", {"do": "decline", "reason": "Sie sind in Füssen.\nDort ist es gut."}
    )
    (mail,) = Mail.objects.filter(template="partners/mail/joining_declined")
    assert (mail.to, mail.language) == ("elif@example.org", "tr")
    assert "> Sie sind in Füssen.\n  > Dort ist es gut." in mail.text
    assert get_user_model().objects.filter(email="elif@example.org").count() == 0
    assert (
        AuditEntry.objects.get(action="partners.joining.declined").subject_label
        == "Beitritt einer Organisation"
    )


def test_what_nobody_needs_any_more_is_forgotten(world, reader):
    now = timezone.now()
    ages = {
        "unconfirmed": ("unconfirmed", {"created_at": now - datetime.timedelta(days=10)}),
        "fresh": ("unconfirmed", {"created_at": now - datetime.timedelta(days=8)}),
        "waiting": ("waiting", {"created_at": now - datetime.timedelta(days=400)}),
        "approved": ("approved", {"decided_at": now - datetime.timedelta(days=91)}),
        "declined": ("declined", {"decided_at": now - datetime.timedelta(days=89)}),
    }
    for name, (state, days) in ages.items():
        Application.objects.create(
            kind="join", region=world.region, name=name, state=state, language="de", **days
        )

    services.forget()
    assert sorted(Application.objects.values_list("name", flat=True)) == ["declined", "fresh", "waiting"]


# --- Claiming -------------------------------------------------------------------------------------------


def test_a_profile_that_nobody_looks_after_can_be_claimed_and_one_with_a_team_cannot(world, reader):
    address = f"/de/claim/{world.organisation.pk}/"
    (link,) = soup(reader.get(world.organisation.url)).select('main a[href^="/de/claim/"]')
    assert (link["href"], link.text) == (address, "Das sind wir")
    assert reader.get(address).status_code == 200

    assert soup(reader.get(world.other.url)).select('main a[href^="/de/claim/"]') == []
    assert reader.get(f"/de/claim/{world.other.pk}/").status_code == 404


def test_nothing_can_be_claimed_in_an_ended_region_nor_what_is_not_public(world, reader):
    draft = OrganisationPageFactory(parent=world.region, title="Entwurf", slug="entwurf", live=False)
    assert reader.get(f"/de/claim/{draft.pk}/").status_code == 404
    world.end(world.region)

    assert soup(reader.get(world.organisation.url)).select('main a[href^="/de/claim/"]') == []
    assert reader.get(f"/de/claim/{world.organisation.pk}/").status_code == 404
    assert world.claim(reader).status_code == 404


def test_a_claim_that_is_approved_brings_its_sender_into_the_team(world, reader, log_in):
    response = world.claim(reader)
    assert (response.status_code, response["Location"]) == (302, "/de/join/sent/")
    assert not response.cookies
    reader.post(confirmation_link())
    found = Application.objects.get()
    assert (found.kind, found.organisation_id, found.words) == (
        "claim",
        world.organisation.pk,
        CLAIM["words"],
    )

    log_in("coordinator").post(f"/admin/joining/{found.pk}/", {"do": "approve"})
    user = get_user_model().objects.get(email="elif@example.org")
    assert list(user.groups.all()) == [world.team(world.organisation).group]
    assert OrganisationPage.objects.filter(locale__language_code="de").count() == 2
    # Now somebody looks after it.
    assert reader.get(f"/de/claim/{world.organisation.pk}/").status_code == 404


def test_a_claim_of_a_profile_that_has_gone_cannot_be_approved(world, reader, log_in):
    world.claim(reader)
    reader.post(confirmation_link())
    found = Application.objects.get()
    OrganisationPage.objects.get(pk=world.organisation.pk).delete()
    response = log_in("coordinator").post(f"/admin/joining/{found.pk}/", {"do": "approve"}, follow=True)

    assert "Das Profil gibt es nicht mehr." in response.content.decode()
    found.refresh_from_db()
    assert found.state == ApplicationState.WAITING


def test_the_token_of_another_profile_opens_no_claim(world, reader):
    response = world.claim(reader, gate=token(ClaimForm, world.other.translation_key))

    assert response.status_code == 422
    assert data_of(soup(response))["first_name"] == "Elif"
    assert Application.objects.count() == 0


# --- What strangers type --------------------------------------------------------------------------------


def test_a_name_is_no_advertising(world, reader):
    shown = Reader(reader)
    for name in ("Gewinne auf https://example.org", "www.example.org", "Jetzt example.com/neu"):
        assert shown.press("next", **WHO | {"name": name}).status_code == 422
    assert shown.press("next", **WHO | {"name": "Bürgerverein St.Martin e.V."}).status_code == 200


def shown_hostile(string):
    """Return the forms that show ``string`` again in all of their fields, as a view would bind them."""
    for form in (WhoForm, WhatForm, PersonForm, ClaimForm, DeclineForm):
        yield form({name: [string] if name in LISTS else string for name in form.base_fields})


def test_hostile_words_are_text_in_every_field_that_shows_them_again(world):
    template = (
        '{% load gate %}{% include "content/form_errors.html" %}'
        '{% for field in form %}{% include "partners/joining/_field.html" %}{% endfor %}'
    )
    found = []
    for string in STRINGS:
        for form in shown_hostile(string):
            html = Template(template).render(Context({"form": form}))
            assert "tile" in html
            found += [(string, harm) for harm in harm_in(parsed(html))]

    assert found == []


def test_hostile_words_are_text_on_every_page_of_the_form(world, reader):
    found = []
    for number, string in enumerate(STRINGS[::9]):
        shown = Reader(reader, sender=f"192.0.2.{number}")
        pages = [shown.press("next", **WHO | {"name": string, "types": [string], "language": string})]
        shown.press("next", **WHO)
        pages.append(shown.press("next", **WHAT | {"teaser": string, "place": string}))
        pages.append(shown.press("next", **dict.fromkeys(PERSON, string)))
        pages.append(world.claim(reader, **dict.fromkeys(CLAIM, string)))
        found += [(string, harm) for page in pages for harm in harm_in(parsed(page.content))]
        assert [page.status_code for page in pages][-2:] == [422, 422]

    assert found == []


def test_hostile_words_are_text_in_mails_in_the_admin_and_on_the_page(world, reader, log_in):
    client, found = log_in("coordinator"), []
    coordinator = world.people["coordinator"]
    for number, string in enumerate(string.replace("\0", "") for string in STRINGS):
        words = dict.fromkeys(("name", "teaser", "place", "words", "first_name", "last_name"), string[:80])
        application = services.apply(
            kind="join",
            region=world.region,
            language="de",
            email=f"elif{number}@example.org",
            phone="+4983112345",
            types=["association"],
            **words,
        )
        Application.objects.filter(pk=application.pk).update(state="waiting", confirmed_at=timezone.now())
        pages = [client.get(f"/admin/joining/{application.pk}/")]
        if number % 8:
            services.decline(application=application, reason=string, by=coordinator)
        else:
            page = services.approve(application=application, by=coordinator)
            pages.append(reader.get(publish(page).url))
        found += [(string, harm) for page in pages for harm in harm_in(parsed(page.content))]
        assert [page.status_code for page in pages] == [200] * len(pages)
    found += [("list", harm) for harm in harm_in(parsed(client.get("/admin/joining/?decided=1").content))]
    for mail in Mail.objects.all():
        found += [(mail.subject, harm) for harm in harm_in(parsed(mail.html))]
        assert len(mail.subject.splitlines()) == 1
    assert Mail.objects.count() == 2 * len(STRINGS)
    assert found == []
