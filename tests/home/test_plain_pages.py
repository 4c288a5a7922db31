"""Plain pages: every block is rendered and can be previewed."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory

from home.blocks import BodyBlock
from home.models import PlainPage
from tests.factories.pages import PlainPageFactory, publish
from tests.factories.sites import picture

BODY = [
    ("text", "<h2>Worum es geht</h2><p>Um <b>dich</b>.</p>"),
    ("quote", {"quote": "Beim Kochen habe ich Deutsch gelernt.", "source": "Teilnehmerin"}),
    ("callout", {"heading": "Gut zu wissen", "text": "<p>Kostenlos.</p>"}),
    ("question", {"question": "Muss ich Deutsch können?", "answer": "<p>Nein.</p>"}),
    ("steps", {"heading": "So geht es", "steps": ["Aussuchen", "Anrufen"]}),
    ("link", {"label": "Ansehen", "url": "https://example.org/"}),
]


def test_every_block_has_its_markup(client, site):
    body = [*BODY, ("picture", {"image": picture(), "alt_text": "Ein Tisch", "caption": "Viele Stimmen"})]
    publish(PlainPageFactory(parent=site.home, slug="alles", body=body))

    soup = BeautifulSoup(client.get("/de/alles/").content, "html.parser")

    assert soup.select_one(".blocks > .prose b").text == "dich"
    assert soup.select_one(".block-quote figcaption").text == "Teilnehmerin"
    assert soup.select_one(".callout h2").text == "Gut zu wissen"
    assert "Nein." in soup.select_one(".accordion details .prose").text
    assert [step.text.strip() for step in soup.select(".steps li")] == ["Aussuchen", "Anrufen"]
    assert soup.select_one(".blocks .buttons a")["href"] == "https://example.org/"
    assert soup.select_one(".block-image img")["alt"] == "Ein Tisch"
    assert "Ada" in soup.select_one(".block-image figcaption").text


def test_messengers_show_a_picture_of_the_site_where_a_page_has_none(client, site):
    publish(PlainPageFactory(parent=site.home, slug="ohne"))

    soup = BeautifulSoup(client.get("/de/ohne/").content, "html.parser")

    shown = {meta["property"]: meta["content"] for meta in soup.select("meta[property^='og:image']")}
    assert shown == {
        "og:image": "http://testserver/static/home/share.png",
        "og:image:width": "1200",
        "og:image:height": "630",
    }


def test_three_pictures_cost_as_many_queries_as_one(client, site, django_assert_num_queries):
    for number in (1, 3):
        body = [("picture", {"image": picture(), "alt_text": "x", "caption": ""}) for _ in range(number)]
        publish(PlainPageFactory(parent=site.home, slug=f"bilder-{number}", body=body))
        client.get(f"/de/bilder-{number}/")

    for number in (1, 3):
        with django_assert_num_queries(8):
            client.get(f"/de/bilder-{number}/")


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_every_block_can_be_previewed_and_explains_itself(rf, db, name):
    block = BodyBlock().child_blocks[name]
    assert block.meta.description
    assert block.meta.icon

    value = block.get_preview_value()
    context = {"bound_block": block.bind(value), "request": RequestFactory().get("/")}
    html = render_to_string(block.get_preview_template(value, context), context)

    assert "home/css/site.css" in html
    assert len(html) > 500


def test_pages_below_a_plain_page_are_linked(client, site):
    parent = publish(PlainPageFactory(parent=site.home, slug="oben"))
    publish(PlainPageFactory(parent=parent, title="Darunter", slug="darunter"))
    draft = PlainPageFactory(parent=parent, title="Entwurf", live=False)
    assert isinstance(draft, PlainPage)

    soup = BeautifulSoup(client.get("/de/oben/").content, "html.parser")

    assert [link.text for link in soup.select("nav .cards a")] == ["Darunter"]
