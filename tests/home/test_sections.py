"""Blocks that an app or a plugin adds to somebody else's page."""

import pytest
from bs4 import BeautifulSoup
from wagtail import hooks

from content import registry
from content.registry import Section
from tests.factories.pages import OfferPageFactory, publish

TEMPLATE = "content/words.html"


@pytest.fixture
def section():
    """Return a function that adds a section for the time of a test."""
    added = []

    def add(**facts):
        facts = {"slug": "extra", "template": TEMPLATE, "context": lambda page, request: None} | facts
        hook = hooks.register_temporarily("register_content_section", lambda: Section(**facts))
        hook.__enter__()
        added.append(hook)
        registry.clear()

    yield add
    for hook in reversed(added):
        hook.__exit__(None, None, None)
    registry.clear()


def words(text):
    return lambda page, request: {"words": {"text": f"{text} {page.title} {request.path}", "is_strong": True}}


def strong(client, address):
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    return [tag.text for tag in soup.select(".detail-layout strong")]


def test_a_section_stands_on_the_pages_of_its_kinds_only(client, site, section):
    publish(OfferPageFactory(parent=site.organisation, title="Nähkurs", slug="kurs"))
    section(kinds=("offers",), context=words("Dazu"))

    assert strong(client, "/de/kempten/haus/kurs/") == ["Dazu Nähkurs /de/kempten/haus/kurs/"]
    assert strong(client, "/de/kempten/haus/") == []


def test_a_section_without_kinds_stands_on_all_in_the_order_they_ask_for(client, site, section):
    section(slug="second", order=20, context=words("zwei"))
    section(slug="first", order=10, context=words("eins"))

    assert [text.split()[0] for text in strong(client, "/de/kempten/haus/")] == ["eins", "zwei"]


def test_a_section_may_have_nothing_to_say(client, site, section):
    section()

    assert strong(client, "/de/kempten/haus/") == []


def test_what_a_section_says_is_text_and_never_markup(client, site, section):
    section(context=lambda page, request: {"words": {"text": "<script>alert(1)</script>"}})

    assert b"<script>alert" not in client.get("/de/kempten/haus/").content
