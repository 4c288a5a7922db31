"""From an address to its page: as Wagtail does it, in fewer queries."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from tests.factories.pages import PlainPageFactory, publish
from tests.services.rebuilding import built_once


@pytest.fixture
@built_once
def deep(site):
    page = site.region
    for number in range(3):
        page = publish(PlainPageFactory(parent=page, title=f"Ebene {number}", slug=f"ebene-{number}"))
    return page


def test_a_page_is_found_at_any_depth_with_the_same_number_of_queries(
    client, site, deep, django_assert_num_queries
):
    publish(PlainPageFactory(parent=site.home, title="Oben", slug="oben"))
    client.get("/de/oben/")

    with django_assert_num_queries(6):
        assert client.get("/de/oben/").status_code == 200
    with django_assert_num_queries(7):  # and the region's funding sentences
        assert client.get("/de/kempten/ebene-0/ebene-1/ebene-2/").status_code == 200


def test_no_part_of_the_way_may_be_wrong(client, site, deep):
    assert client.get("/de/kempten/ebene-1/ebene-2/").status_code == 404
    assert client.get("/de/ebene-0/").status_code == 404
    assert client.get("/de/kempten/ebene-0/ebene-1/ebene-2/mehr/").status_code == 404


def test_a_draft_is_not_found_but_what_is_below_it_is(client, site, deep):
    parent = deep.get_parent().specific
    parent.unpublish()

    assert client.get(parent.get_url()).status_code == 404
    assert client.get("/de/kempten/ebene-0/ebene-1/ebene-2/").status_code == 200


def test_a_restriction_above_a_page_closes_it_in_every_language(client, site, deep):
    site.present(deep, "tr")
    address = "kempten/ebene-0/ebene-1/ebene-2/"
    assert client.get(f"/tr/{address}").status_code == 200

    PageViewRestriction.objects.create(page=site.region, restriction_type="login")

    for code in ("de", "tr"):
        response = client.get(f"/{code}/{address}")
        assert response.status_code == 302
        assert "login" in response["Location"]


def test_breadcrumbs_lead_up_to_the_start(client, site, deep):
    soup = BeautifulSoup(client.get("/de/kempten/ebene-0/ebene-1/ebene-2/").content, "html.parser")

    assert [link["href"] for link in soup.select(".breadcrumbs a")] == [
        "/de/",
        "/de/kempten/",
        "/de/kempten/ebene-0/",
        "/de/kempten/ebene-0/ebene-1/",
    ]
