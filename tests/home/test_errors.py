"""What is not there, not any more, or broken."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.test.utils import override_settings
from django.urls import path
from wagtail.models import PageViewRestriction

from cms.urls import handler404, handler500, urlpatterns
from tests.factories.pages import PlainPageFactory, publish


def broken(request):
    raise RuntimeError("on purpose")


class UrlsWithABreak:
    urlpatterns = [path("de/broken/", broken), path("ar/broken/", broken), *urlpatterns]
    handler404, handler500 = handler404, handler500


@pytest.mark.parametrize(("code", "direction"), [("de", "ltr"), ("ar", "rtl")])
def test_not_found_is_said_in_the_readers_language_with_a_way_on(client, site, code, direction):
    site.present(site.imprint, code)

    response = client.get(f"/{code}/nirgends/")

    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    assert (soup.html["lang"], soup.html["dir"]) == (code, direction)
    assert soup.select_one("main .button")["href"] == f"/{code}/"
    assert soup.select_one("main form[role=search]")["action"] == f"/{code}/search/"
    assert dict(response.cookies) == {}


@override_settings(ROOT_URLCONF=UrlsWithABreak)
@pytest.mark.parametrize(("code", "direction"), [("de", "ltr"), ("ar", "rtl")])
def test_a_break_is_said_in_the_readers_language_without_asking_the_database(
    db, django_assert_num_queries, code, direction
):
    client = Client(raise_request_exception=False)

    with django_assert_num_queries(0):
        response = client.get(f"/{code}/broken/")

    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 500
    assert (soup.html["lang"], soup.html["dir"]) == (code, direction)
    assert soup.select_one("main .button")["href"] == f"/{code}/"
    assert "on purpose" not in soup.text


def expired(page):
    page.live, page.expired = False, True
    page.save()
    return page


def test_what_was_set_to_expire_is_gone_and_named(client, site):
    expired(publish(PlainPageFactory(parent=site.home, title="Sommerfest 2019", slug="sommerfest")))

    response = client.get("/de/sommerfest/")

    assert response.status_code == 410
    assert "Sommerfest 2019" in BeautifulSoup(response.content, "html.parser").select_one("main").text


def test_what_was_taken_back_is_not_named(client, site):
    page = publish(PlainPageFactory(parent=site.home, title="Geheimer Plan", slug="plan"))
    page.unpublish()

    response = client.get("/de/plan/")

    assert response.status_code == 404
    assert "Geheimer Plan" not in response.content.decode()


def test_what_was_closed_to_the_public_is_not_named_when_it_expires(client, site):
    page = publish(PlainPageFactory(parent=site.home, title="Internes Treffen", slug="intern"))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    expired(page)

    response = client.get("/de/intern/")

    assert response.status_code == 404
    assert "Internes Treffen" not in response.content.decode()
