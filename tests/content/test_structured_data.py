"""schema.org data in pages, read back the way a browser and a search engine do."""

import html.parser
import json

import pytest
from django.test import RequestFactory

from content.structured_data import breadcrumb_list, json_ld_script, page_data
from tests.factories import pages
from tests.services.rebuilding import built_once


class Scripts(html.parser.HTMLParser):
    """Collects the text of script elements, and everything that is no script."""

    def __init__(self):
        super().__init__()
        self.texts, self.strangers, self.inside = [], [], False

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "script"
        if not self.inside:
            self.strangers.append(tag)

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.texts.append(data)
        elif data.strip():
            self.strangers.append(data)


def parsed(script):
    parser = Scripts()
    parser.feed(script)
    return parser


@pytest.mark.parametrize(
    "hostile",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "a\u2028b\u2029c",
        '"};alert(1)//',
        "&lt;b&gt;",
        "]]>",
    ],
)
def test_nothing_in_the_data_leaves_its_element(hostile):
    parser = parsed(json_ld_script({"name": hostile}, nonce="abc"))

    assert parser.strangers == []
    assert json.loads("".join(parser.texts)) == {"name": hostile}


def test_no_data_gives_no_element():
    assert json_ld_script([]) == ""


def test_breadcrumbs_count_from_one():
    items = breadcrumb_list([("Start", "http://x/"), ("Kempten", "http://x/k/")])["itemListElement"]

    assert [(item["position"], item["name"]) for item in items] == [(1, "Start"), (2, "Kempten")]


@pytest.fixture
def request_():
    return RequestFactory().get("/")


@pytest.fixture
@built_once
def organisation(db):
    region = pages.RegionPageFactory(parent=pages.start_site("de"))
    return pages.OrganisationPageFactory(parent=region, types=["municipality"])


def test_a_volunteers_offer_is_a_job_posting_for_volunteers(organisation, request_):
    offer = pages.publish(pages.OfferPageFactory(parent=organisation, purpose="join_in"))

    (data,) = page_data(offer, request_)

    assert (data["@type"], data["employmentType"]) == ("JobPosting", "VOLUNTEER")
    assert "inLanguage" not in data


def test_support_is_a_service(organisation, request_):
    offer = pages.publish(pages.OfferPageFactory(parent=organisation, purpose="get_support"))

    (data,) = page_data(offer, request_)

    assert (data["@type"], data["name"]) == ("Service", offer.title)
    assert "inLanguage" not in data


def test_a_town_office_is_a_government_organisation(organisation, request_):
    assert page_data(organisation, request_)[0]["@type"] == "GovernmentOrganization"


def test_a_repeated_event_is_a_series_with_its_dates(
    organisation, request_, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        event = pages.publish(
            pages.EventPageFactory(parent=organisation, rrule="FREQ=WEEKLY", status="cancelled")
        )

    (data,) = page_data(event, request_)

    assert data["@type"] == "EventSeries"
    assert len(data["subEvent"]) == 6
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert data["location"]["address"]["postalCode"] == "87439"
