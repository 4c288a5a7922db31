"""What the demo promises to show, by name: regions, organisations, offers, events, vocabularies, people."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import WorkflowState

from content.models import Topic
from content.vocabularies import SpokenLanguage, TargetGroup
from events.models import EventPage
from offers.models import OfferPage
from offers.vocabularies import Stage
from organisations.models import Contact, OrganisationPage, RegionPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]

PLACES = {
    "Kempten (Allgäu)": ["Innenstadt", "Sankt Mang", "Thingers", "Bühl", "Leubas"],
    "Landkreis Roth": [
        *("Roth", "Hilpoltstein", "Wendelstein", "Schwanstetten", "Rednitzhembach", "Georgensgmünd"),
        *("Allersberg", "Thalmässing", "Greding", "Heideck", "Spalt", "Abenberg", "Büchenbach"),
        *("Röttenbach", "Kammerstein", "Rohr"),
    ],
    "Überregional": [],
}
ORGANISATIONS = {
    "Kempten (Allgäu)": [
        "Haus International",
        "Integrationsbeirat der Stadt Kempten",
        "Koordinierungsstelle Engagement",
        "Mosaik Frauen e.V.",
        "Ukrainische Initiative Allgäu",
        "Syrisch-Deutscher Freundeskreis Iller",
        "SV Illertal",
        "Wohlfahrtsverband Allgäu – Beratung & Kleiderstube",
        "Stadtteilbüro Thingers",
    ],
    "Landkreis Roth": [
        "Kontaktstelle Engagement Landkreis Roth",
        "Netzwerk Vielfalt Roth",
        "Kindergarten Sonnenblume Hilpoltstein",
        "Theatergruppe Zwischentöne Wendelstein",
        "TSV Rezattal Georgensgmünd",
        "Familienzentrum am Markt",
    ],
    "Überregional": ["LBE Bayern e.V.", "Bundesamt für Migration und Flüchtlinge"],
}
#: (region, kind or "join_in") → titles.
OFFERS = {
    ("Kempten (Allgäu)", "information"): [
        "Wegweiser Ehrenamt in fünf Sprachen",
        "Infostunde: Was ist ein Verein?",
    ],
    ("Landkreis Roth", "information"): ["Newsletter & Aushang „Neu hier“", "Sprechstunde Ehrenamtskarte"],
    ("Überregional", "information"): ["Infomappe Versicherung & Führungszeugnis"],
    ("Kempten (Allgäu)", "qualification"): [
        "Seminar Vereinsgründung, Recht & Steuern",
        "Fotografieren im Verein",
    ],
    ("Landkreis Roth", "qualification"): ["Kurs Sprachmittler:in", "Übungsleiter-Schnupperkurs"],
    ("Überregional", "qualification"): [
        "Freiwilligen-Management für Migrantenorganisationen",
        "Online: Förderanträge leicht gemacht",
    ],
    ("Kempten (Allgäu)", "service"): [
        "Engagementberatung, donnerstags 9–11 Uhr",
        "Hilfe beim Ausfüllen von Anträgen",
        "Raum & Technik leihen",
    ],
    ("Landkreis Roth", "service"): ["Beratung Interkulturelle Öffnung"],
    ("Überregional", "funding"): ["Mini-Fonds bis 500 €"],
    ("Kempten (Allgäu)", "networking"): ["Stammtisch der Migrantenvereine", "Gemeinsamer Vereinskalender"],
    ("Landkreis Roth", "join_in"): [
        "„Goldstückchen“: Workshops geben",
        "Tandem Sprache & Kochen",
        "Vorlese-Eltern im Kindergarten",
    ],
    ("Kempten (Allgäu)", "join_in"): ["Hausaufgabenhilfe", "Repair-Café-Team", "Begleitung zum Amt"],
}
EVENTS = {
    "World Café: „MitmischerInnen“ in Kempten gesucht",
    "World Café – Neuauflage",
    "Stadtgespräch",
    "Sprachcafé",
    "Trägerkreis Kempten: Sitzung",
    "Trägerkreis Roth: öffentlicher Teil",
    "Seminar Vereinsgründung",
    "Tag der offenen Tür",
    "Interkultureller Herbst: Eröffnung",
    "Lesung in drei Sprachen",
    "Gemeinsam kochen",
    "Fußballturnier der Nachbarschaften",
    "Theater: „Zwischen den Stühlen“",
    "Treffen der Sprachvermittler:innen",
    "Familienfest Roth",
    "Online-Erfahrungsaustausch Kempten–Roth",
    "Deutsch am Abend",
    "Ausflug an den Rothsee",
}


def german(model):
    """Return what there is in German, but for what waits for a coordinator, as ``tests.partners.approval`` says."""
    waiting = [state.object_id for state in WorkflowState.objects.active()]
    return model.objects.filter(locale__language_code="de").exclude(pk__in=waiting)


def by_slug(model, slug):
    return german(model).get(slug=slug)


def region_of(page):
    return next(line.title for line in page.get_ancestors() if line.specific_class is RegionPage)


def test_the_regions_have_their_quarters_and_municipalities_and_one_has_ended():
    regions = {region.title: region for region in german(RegionPage)}
    assert {title: regions[title].places for title in PLACES} == PLACES
    assert [title for title, region in regions.items() if region.has_ended] == ["Musterstadt am Lech"]


def test_initiator_funder_and_carriers_are_those_of_the_invitation():
    roles = {
        (role.role, role.organisation.title) for role in german(RegionPage).get(slug="kempten").roles.all()
    }
    assert roles >= {
        ("initiator", "LBE Bayern e.V."),
        ("funder", "Bundesamt für Migration und Flüchtlinge"),
        ("carrier", "Haus International"),
        ("carrier", "Integrationsbeirat der Stadt Kempten"),
    }


def test_every_organisation_stands_in_its_region():
    found = {}
    for page in german(OrganisationPage).order_by("path"):
        found.setdefault(region_of(page), []).append(page.title)
    assert {region: sorted(titles) for region, titles in found.items()} == {
        region: sorted(titles) for region, titles in ORGANISATIONS.items()
    }


def test_every_offer_is_there_in_its_region_and_kind():
    found = {}
    for page in german(OfferPage):
        kind = "join_in" if page.purpose == "join_in" else page.offer_kind
        found.setdefault((region_of(page), kind), set()).add(page.title)
    assert found == {place: set(titles) for place, titles in OFFERS.items()}


def test_offers_differ_in_costs_stage_end_place_and_what_they_inherit():
    offers = list(german(OfferPage))
    assert {offer.costs for offer in offers} == {"free", "donation", "reduced", "paid"}
    assert {offer.stage for offer in offers} == set(Stage.values)
    today = timezone.localdate()
    ends = [offer.valid_until for offer in offers]
    assert None in ends
    assert min(end for end in ends if end) < today < max(end for end in ends if end)
    assert {offer.place_mode for offer in offers} == {"on_site", "online", "mobile"}
    assert {bool(offer.contact_id) for offer in offers} == {True, False}
    assert {bool(offer.place_name) for offer in offers} == {True, False}
    assert [offer.title for offer in offers if offer.car_needed] == ["Übungsleiter-Schnupperkurs"]


def test_what_offers_promise_by_name():
    helper = by_slug(OfferPage, "hausaufgabenhilfe")
    assert (helper.german_level, helper.commitment) == ("b1", "weekly")
    assert by_slug(OfferPage, "vorlese-eltern").german_level == "none"
    assert by_slug(OfferPage, "repair-cafe-team").commitment == "one_off"
    company = by_slug(OfferPage, "begleitung-zum-amt")
    assert company.stage == "paused"
    assert {"ar", "uk", "tr"} <= set(company.languages_spoken)


def test_every_event_is_there():
    assert set(german(EventPage).values_list("title", flat=True)) == EVENTS


def test_the_new_world_cafe_is_what_the_invitation_forgot():
    event = by_slug(EventPage, "world-cafe-neuauflage")
    assert (event.start_date.month, event.start_date.day, event.reply_by.day) == (12, 12, 10)
    assert set(event.diets) == {"vegetarian", "halal"}
    assert set(event.interpretation) == {"ar", "uk", "tr"}
    assert (event.childcare, event.capacity) == ("yes", 80)


def test_the_first_world_cafe_is_kept_with_its_press_text_and_results():
    event = by_slug(EventPage, "world-cafe-2015")
    assert str(event.start_date) == "2015-12-12"
    assert "»MitmischerInnen« in Kempton gesucht" in event.press_text
    assert "Trägerkreis" in event.results


def test_events_recur_and_single_dates_are_cancelled_or_moved():
    assert by_slug(EventPage, "stadtgespraech").rrule == "FREQ=MONTHLY;BYDAY=2WE"
    cafe, tournament = by_slug(EventPage, "sprachcafe"), by_slug(EventPage, "fussballturnier")
    assert cafe.rrule == "FREQ=WEEKLY;BYDAY=TH"
    today = timezone.localdate()
    assert [str(day) > str(today) for day in cafe.excluded_dates] == [True]
    assert len(tournament.moved_dates) == 1


def test_events_show_every_status_readers_can_meet():
    assert by_slug(EventPage, "deutsch-am-abend").status == "full"
    assert by_slug(EventPage, "ausflug-rothsee").status == "cancelled"
    assert not by_slug(EventPage, "traegerkreis-kempten").is_listed
    assert by_slug(EventPage, "traegerkreis-roth").is_listed
    party = by_slug(EventPage, "familienfest-roth")
    assert (party.costs, party.step_free, party.sign_language) == ("free", "yes", "yes")
    assert by_slug(EventPage, "erfahrungsaustausch").place_mode == "online"
    series = german(EventPage).filter(series="Interkultureller Herbst").values_list("title", flat=True)
    assert set(series) == {
        "Interkultureller Herbst: Eröffnung", "Lesung in drei Sprachen", "Gemeinsam kochen"
    }  # fmt: skip


def test_the_vocabularies_are_complete():
    assert [topic.name for topic in Topic.objects.order_by("pk")] == [
        *("Sprache", "Schule & Kinder", "Sport", "Kultur & Musik", "Kochen", "Natur", "Gesundheit"),
        *("Beruf", "Recht & Behörden", "Politik & Mitreden", "Begegnung", "Digitales"),
    ]
    assert list(TargetGroup.values) == [
        *("everybody", "newcomers", "women", "families", "youth", "seniors"),
        *("associations", "disability", "professionals"),
    ]
    assert list(SpokenLanguage.values) == [
        *("de", "en", "tr", "ar", "uk", "ru", "fa", "ro", "it", "fr", "gsg")
    ]


def test_contacts_are_invented():
    contacts = list(Contact.objects.all())
    assert len(contacts) >= 17
    assert [c.email for c in contacts if not c.email.endswith("@example.org")] == []
    digits = [re.sub(r"\D", "", contact.phone) for contact in contacts]
    assert [number for number in digits if not re.fullmatch(r"(49|0)8999998\d{3}", number)] == []
    people = get_user_model().objects.values_list("email", flat=True)
    assert [address for address in people if not address.endswith("@example.org")] == []
