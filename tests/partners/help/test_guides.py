"""The guides say what is on the screen, in both languages, and the admin shows them."""

import re
from gettext import GNUTranslations
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override
from lxml import html
from markdown_it import MarkdownIt
from wagtail.admin.menu import admin_menu
from wagtail.users.models import UserProfile

from partners.help import selectors

GUIDES = sorted(
    (language, path.stem)
    for language in selectors.LANGUAGES
    for path in (selectors.DIRECTORY / language).glob("*.md")
)


def tree(language, slug, directory=None):
    """Return the guide as a reader of Markdown outside the platform sees it."""
    path = (directory or selectors.DIRECTORY) / language / f"{slug}.md"
    return html.fromstring(f"<div>{MarkdownIt().enable('table').render(path.read_text())}</div>")


def words_of_catalogues(language):
    """Return all texts that the screen can show in ``language``: ours, the supplement's, those of libraries."""
    words = set()
    for directory in [*(Path(config.path) / "locale" for config in apps.get_app_configs()), Path("locale")]:
        # English is the language of the texts themselves.
        compiled = directory / language / "LC_MESSAGES" / "django.mo"
        source = directory / "en" / "LC_MESSAGES" / "django.po"
        if language == "en" and source.exists():
            for entry in polib.pofile(str(source)):
                words |= {entry.msgid, entry.msgid_plural}
        elif language != "en" and compiled.exists():
            with compiled.open("rb") as stream:
                words |= set(GNUTranslations(stream)._catalog.values())
    return words


@pytest.fixture(scope="module")
def on_screen():
    """A function that says whether a label is on the screen in a language; "…" stands for any words."""
    words = {language: words_of_catalogues(language) for language in selectors.LANGUAGES}

    names = {language: {word.lower() for word in found} for language, found in words.items()}
    # "%(model_name)s hinzufügen" is on the screen with the name of each kind.
    halves = {
        language: [halves for word in found if len(halves := re.split(r"%\(\w+\)s", word)) == 2]
        for language, found in words.items()
    }

    def is_on_screen(language, label):
        if label.lower() in names[language]:
            return True
        between = [
            label[len(before) : len(label) - len(after)]
            for before, after in halves[language]
            if (before + after).strip() and label.startswith(before) and label.endswith(after)
        ]
        return any(word in {"…", "XLSX", "CSV"} or word.lower() in names[language] for word in between)

    return is_on_screen


def test_every_guide_is_written_in_both_languages():
    assert selectors.slugs("de") == selectors.slugs("en")
    assert len(selectors.slugs("de")) == 15


@pytest.mark.parametrize(("language", "slug"), GUIDES)
def test_a_guide_begins_with_its_only_heading_of_the_first_level(language, slug):
    guide = tree(language, slug)
    assert guide[0].tag == "h1"
    assert len(guide.findall(".//h1")) == 1


@pytest.mark.parametrize("language", selectors.LANGUAGES)
def test_the_first_guide_lists_all_others_once(language):
    links = [selectors.linked_slug(link.get("href")) for link in tree(language, "index").iter("a")]
    assert sorted(links) == sorted(selectors.slugs(language) - {"index"})


@pytest.mark.parametrize(("language", "slug"), GUIDES)
def test_every_link_of_a_guide_leads_to_a_guide(language, slug):
    links = [link.get("href") for link in tree(language, slug).iter("a")]
    assert [link for link in links if selectors.linked_slug(link) not in selectors.slugs(language)] == []


@pytest.mark.parametrize(("language", "slug"), GUIDES)
def test_what_stands_in_bold_is_on_the_screen(language, slug, on_screen):
    labels = [
        part
        for strong in tree(language, slug).iter("strong")
        for part in " ".join(strong.text_content().split()).split(" → ")
    ]
    assert [label for label in labels if not on_screen(language, label)] == []


def test_a_word_that_is_nowhere_on_the_screen_is_noticed(on_screen):
    assert not on_screen("de", "Veranstaltung eintragen lassen")
    assert not on_screen("de", "Unsinn hinzufügen")
    assert not on_screen("en", "Veröffentlichen")


@pytest.fixture
def reader(admin_client, admin_user):
    """A function that opens a guide in the admin in a language, and returns the tree of the page."""

    def open_guide(language, address):
        profile = UserProfile.get_for_user(admin_user)
        profile.preferred_language = language
        profile.save()
        answer = admin_client.get(address)
        assert answer.status_code == 200
        return html.fromstring(answer.content)

    return open_guide


def test_the_admin_shows_a_guide_in_the_language_of_the_reader(reader):
    page = reader("de", reverse("partners_help_guide", args=["confirm"]))
    (article,) = page.iter("article")
    assert (article.get("lang"), article.get("dir")) == ("de", "ltr")
    assert article.findtext("h1") == "Einen Eintrag bestätigen"
    assert page.find_class("help-note") == []
    assert [link.get("href") for link in page.find_class("help-languages")[0].iter("a")] == [
        "/admin/help/confirm/?language=en"
    ]


def test_whoever_reads_in_another_language_is_shown_english_a_note_and_the_words_of_the_own_screen(reader):
    page = reader("ar", reverse("partners_help_guide", args=["add-an-event"]))
    (article,) = page.iter("article")
    assert (page.get("lang"), page.get("dir"), article.get("lang")) == ("ar", "rtl", "en")
    assert "الإنجليزية" in page.find_class("help-note")[0].text_content()
    first = article.find(".//li")
    assert [bdi.text for bdi in first.iter("bdi")] == ["منظمتي", "عمَّ تريدون الإعلان؟", "شيء آخر"]
    # The brackets belong to the English sentence, which runs from the left.
    assert "My organisation (منظمتي), choose" in " ".join(first.text_content().split())
    assert first.find(".//bdi").get("lang") == "ar"


def test_another_language_can_be_chosen_and_is_kept_from_guide_to_guide(reader):
    page = reader("ar", "/admin/help/?language=de")
    (article,) = page.iter("article")
    assert article.get("lang") == "de"
    assert list(article.iter("bdi")) == []
    links = [link.get("href") for link in article.iter("a")]
    assert links[0] == "/admin/help/add-an-event/?language=de"
    assert [link.get("href") for link in page.find_class("help-languages")[0].iter("a")] == ["/admin/help/"]


def test_a_language_that_no_guide_has_is_not_followed(reader):
    (article,) = reader("de", "/admin/help/?language=../../de").iter("article")
    assert article.get("lang") == "de"


@pytest.mark.parametrize("slug", ["nothing-like-this", "README"])
def test_there_is_no_other_guide(admin_client, slug):
    assert admin_client.get(reverse("partners_help_guide", args=[slug]), follow=True).status_code == 404


def test_tags_in_a_guide_are_text(tmp_path, monkeypatch):
    monkeypatch.setattr(selectors, "DIRECTORY", tmp_path)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "bad.md").write_text(
        "# Bad\n\n<script>alert(1)</script> [one](javascript:alert(1)) **<b>Help</b>**\n"
    )
    with override("ar"):
        body = html.fromstring(f"<div>{selectors.guide('bad', language='en', address_of=str).body}</div>")
    assert {element.tag for element in body.iter()} == {"div", "p", "strong"}
    assert "<script>alert(1)</script>" in body.text_content()


def test_the_menu_has_one_help_and_it_is_ours(admin_user):
    request = RequestFactory().get("/admin/")
    request.user = admin_user
    items = [item for item in admin_menu.menu_items_for_request(request) if item.name == "help"]
    assert [item.url for item in items] == ["/admin/help/"]
