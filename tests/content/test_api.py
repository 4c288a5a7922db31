"""The public API: what readers can see and nothing else, as its own document says."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate

from cms.wsgi import application
from content import registry
from organisations.models import Contact
from tests.factories.pages import EventPageFactory, OfferPageFactory, OrganisationPageFactory, publish
from tests.services.rebuilding import built_once

FACTORIES = {
    "offers": OfferPageFactory,
    "events": EventPageFactory,
    "organisations": OrganisationPageFactory,
}
#: How often a list asks the database, however long it is.
QUERIES = {"offers": 14, "events": 14, "organisations": 13}


def read(client, path, **parameters):
    """Return the JSON of an answer, which must be a good one."""
    answer = client.get(f"/api/v1/{path}", parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
@built_once
def offer(offer):
    """An offer that is there in every language."""
    registry.localiser().make_present(page=offer)
    return offer


def test_it_says_which_kinds_and_languages_there_are(client, home, settings):
    told = read(client, "kinds/")
    assert [kind["slug"] for kind in told["kinds"]] == [kind.slug for kind in registry.all_kinds()]
    assert [row["code"] for row in told["languages"]] == [row.code for row in settings.LANGUAGE_TABLE]
    assert told["languages"][-1] == {"code": "ar", "name": "العربية", "direction": "rtl"}
    assert read(client, told["kinds"][0]["url"].partition("/api/v1/")[2])["total"] == 0


def test_an_entry_has_its_texts_with_their_language_and_its_facts_with_keys_and_labels(client, offer):
    (entry,) = read(client, "tr/offers/")["items"]
    assert entry["language"] == "tr"
    assert entry["id"] == str(offer.translation_key)
    assert entry["url"].endswith("/tr/kempten/haus-international/hilfe-bei-antraegen/")
    assert entry["texts"]["title"] == {
        "text": "Hilfe bei Anträgen",
        "language": "de",
        "direction": "ltr",
        "html": None,
    }
    german = read(client, "de/offers/")["items"][0]
    for fact in ("offer_kind", "target_groups", "car_needed", "step_free"):
        keys = [value["value"] for value in entry["facts"][fact]["values"]]
        assert keys == [value["value"] for value in german["facts"][fact]["values"]]
    assert entry["facts"]["car_needed"]["values"][0]["value"] is False
    assert entry["facts"]["offer_kind"]["values"][0]["value"] == "information"
    assert entry["facts"]["capacity"]["values"] == []
    assert entry["owner"]["title"]["text"] == "Haus International"


def test_a_translated_text_says_so(client, offer):
    registry.localiser().write_translation(
        page=offer, language_code="ar", sentences={"title": "مساعدة", "text": "<p>نحن نساعد.</p>"}
    )
    entry = read(client, f"ar/offers/{offer.slug}/")
    assert entry["texts"]["title"] == {"text": "مساعدة", "language": "ar", "direction": "rtl", "html": None}
    assert entry["texts"]["text"]["html"] == "<p>نحن نساعد.</p>"
    assert entry["texts"]["teaser"]["language"] == "de"
    assert {alternate["language"] for alternate in entry["alternates"]} == {
        "de",
        "de-simple",
        "en",
        "tr",
        "uk",
        "ar",
    }


def test_an_entry_is_found_by_slug_and_by_id_in_every_language(client, offer):
    for name in (offer.slug, offer.translation_key):
        assert read(client, f"uk/offers/{name}/")["slug"] == offer.slug


def test_a_slug_that_two_have_is_answered_with_their_ids(client, offer, region):
    other = publish(OrganisationPageFactory(parent=region))
    twin = publish(OfferPageFactory(parent=other, slug=offer.slug))
    answer = client.get(f"/api/v1/de/offers/{offer.slug}/")
    assert answer.status_code == 409
    assert str(twin.translation_key) in answer.json()["detail"]


def test_lists_are_narrowed_by_the_parameters_of_the_public_list(client, offer, organisation):
    funds = publish(OfferPageFactory(parent=organisation, offer_kind="funding", title="Mini-Fonds"))
    registry.localiser().make_present(page=funds)
    assert read(client, "de/offers/")["total"] == 2
    found = read(client, "tr/offers/", kind="funding", region="kempten")
    assert [entry["texts"]["title"]["text"] for entry in found["items"]] == ["Mini-Fonds"]
    assert read(client, "de/offers/", kind=["funding", "information"])["total"] == 2
    assert [entry["slug"] for entry in read(client, "de/offers/", q="Anträgen")["items"]] == [offer.slug]


def test_long_lists_come_in_parts(client, organisation):
    for _number in range(3):
        publish(OfferPageFactory(parent=organisation))
    everything = [entry["id"] for entry in read(client, "de/offers/")["items"]]
    parts = [read(client, "de/offers/", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [part["total"] for part in parts] == [3, 3, 3]
    assert [[entry["id"] for entry in part["items"]] for part in parts] == [
        everything[:2],
        everything[2:],
        [],
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("limit=0", "“limit” takes a number from 1 to 100"),
        ("limit=101", "“limit”"),
        ("offset=-1", "“offset”"),
        ("offset=100001", "“offset”"),
        ("limit=5&limit=6", "twice"),
        ("kind=nonsense", "“kind” does not take “nonsense”"),
        ("colour=red", "no parameter “colour”"),
        ("sort=price", "title, newest"),
        ("from=2026-12-31", "no parameter “from”"),
        ("q=" + "x" * 201, "200 characters"),
        ("q=%00", "characters of text"),
    ],
)
def test_a_parameter_that_is_not_understood_is_refused_by_name(client, home, query, words):
    answer = client.get(f"/api/v1/de/offers/?{query}")
    assert answer.status_code == 422
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("query", ["from=31.12.2026", "to=20261231", "when=never"])
def test_a_day_that_is_none_is_refused(client, home, query):
    assert client.get(f"/api/v1/de/events/?{query}").status_code == 422


@pytest.mark.parametrize(
    "path", ["xx/offers/", "de/nothing/", "de/offers/nothing/", "de/offers/%00/", "nothing/", ""]
)
def test_what_is_not_there_is_not_found(client, home, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404


def test_what_readers_may_not_see_is_not_in_it(client, organisation, offer, event):
    OfferPageFactory(parent=organisation, title="Geheimer Entwurf", slug="geheim", live=False)
    meeting = publish(EventPageFactory(parent=organisation, title="Geheime Sitzung", is_listed=False))
    for path in ("offers/", "events/", "organisations/"):
        assert "Geheim" not in json.dumps(read(client, f"de/{path}"))
    for path in ("offers/geheim/", f"events/{meeting.slug}/", f"events/{meeting.translation_key}/"):
        assert client.get(f"/api/v1/de/{path}").status_code == 404


def test_no_address_of_a_person_is_in_it(client, organisation, offer):
    organisation.contact = Contact.objects.create(
        organisation_key=organisation.translation_key,
        name="Elif Sandıkçı",
        email="elif@example.org",
        phone="+498999998101",
    )
    publish(organisation)
    for path in ("organisations/", "organisations/haus-international/", "offers/", f"offers/{offer.slug}/"):
        text = json.dumps(read(client, f"de/{path}"))
        assert "@" not in text
        assert "99998" not in text


def test_the_title_of_a_hidden_page_that_a_page_refers_to_is_not_told(client, organisation, offer, region):
    funder = publish(OrganisationPageFactory(parent=region, title="Noch geheim", slug="funder"))
    offer.funded_by = funder
    publish(offer)
    told = read(client, f"de/offers/{offer.slug}/")["facts"]["funded_by"]["values"]
    assert told == [{"value": "funder", "label": "Noch geheim"}]
    funder.unpublish()
    assert read(client, f"de/offers/{offer.slug}/")["facts"]["funded_by"]["values"] == []


def test_answers_may_be_kept_and_set_no_cookie(client, offer):
    answer = client.get("/api/v1/de/offers/")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    again = client.get("/api/v1/de/offers/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    offer.teaser = "Jetzt mit Tee."
    publish(offer)
    changed = client.get("/api/v1/de/offers/", headers={"If-None-Match": answer["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("kind", registry.all_kinds(), ids=lambda kind: kind.slug)
def test_a_list_asks_the_database_as_often_for_three_entries_as_for_one(
    client, kind, organisation, offer, event
):
    path = f"/api/v1/de/{kind.slug}/"
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        assert read(client, f"de/{kind.slug}/")["total"] == 1
    parent = organisation.get_parent() if kind.slug == "organisations" else organisation
    for _number in range(2):
        publish(FACTORIES[kind.slug](parent=parent))
    client.get(path)
    with CaptureQueriesContext(connection) as three:
        assert read(client, f"de/{kind.slug}/")["total"] == 3
    assert (len(one), len(three)) == (QUERIES[kind.slug], QUERIES[kind.slug])


# --- The document -----------------------------------------------------------------------------------------


def test_the_document_is_valid_and_knows_every_kind_with_its_facets(client, offer):
    document = read(client, "openapi.json")
    validate(document)
    assert document["openapi"].startswith("3.1")
    for kind in registry.all_kinds():
        operation = document["paths"][f"/api/v1/{{language}}/{kind.slug}/"]["get"]
        parameters = {parameter["name"] for parameter in operation["parameters"]}
        assert parameters > {"language", "q", "sort", "limit", "offset"}
        assert {facet.slug for facet in kind.facets} - {"topic", "place"} <= parameters
        assert ("from" in parameters) == (kind.dates is not None)


@pytest.fixture
def api_schema(offer, event):
    # The server's own entry point is called in the test's transaction, whose connection it must not close.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_a_machine_that_tries_what_the_document_allows_and_forbids_finds_nothing(api_schema, mode):
    for result in api_schema.get_all_operations():
        operation = result.ok()
        if mode is schemathesis.GenerationMode.NEGATIVE and not operation.definition.raw["parameters"]:
            continue  # What takes nothing cannot be given something wrong.
        cases = operation.as_strategy(generation_mode=mode)

        @settings(
            max_examples=15,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def attempt(case):
            case.call_and_validate()

        attempt()
