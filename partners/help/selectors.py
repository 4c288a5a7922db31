"""Reads the guides: Markdown in ``docs/editors/<language>/``, the same names in every language."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt
from markdown_it.token import Token

DIRECTORY = settings.BASE_DIR / "docs" / "editors"
#: The languages the guides are written in. Whoever reads neither is shown the second.
LANGUAGES = ("de", "en")
#: The guide that lists the others.
INDEX = "index"

# Tags in a guide are shown as text: the guides need none, and a slip would break the page.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Guide:
    """``body`` is HTML without the heading, which is ``title``."""

    slug: str
    language: str
    title: str
    body: str


def language_to_read(code):
    """Return the language in which somebody who works in ``code`` reads the guides."""
    return code if code in LANGUAGES else LANGUAGES[1]


def slugs(language):
    """Return the names of all guides in ``language``, in no particular order."""
    return {path.stem for path in (DIRECTORY / language).glob("*.md")}


def linked_slug(address):
    """Return which guide a link inside a guide leads to, or None for any other link."""
    name, dot, ending = address.partition(".")
    return name if dot and ending == "md" and "/" not in name else None


def word_on_screen(label):
    """Return what the admin says in the active language where an English guide says ``label``, or None.

    A path of several words, "Account → More actions", is looked up word by word.
    """
    words = []
    for word in label.split(" → "):
        # Names of fields are small letters in the sources and begin with a capital on the screen.
        shown = next(
            (
                text
                for text in (gettext(word), gettext(word[:1].lower() + word[1:]))
                if text.lower() != word.lower()
            ),
            None,
        )
        if shown is None:
            return None
        words.append(capfirst(shown))
    return " → ".join(words)


def _with_words_on_screen(children):
    """Add to each label, which is what stands in bold, the word that the reader sees instead."""
    together = []
    for position, child in enumerate(children):
        together.append(child)
        if child.type == "strong_close":
            shown = word_on_screen(children[position - 1].content)
            if shown:
                added = format_html(' (<bdi lang="{}">{}</bdi>)', get_language(), shown)
                together.append(Token("html_inline", "", 0, content=added))
    return together


def guide(slug, *, language, address_of):
    """Return the ``Guide`` called ``slug``, or None where there is none.

    ``address_of(slug)`` gives the addresses for the links from one guide to another. In English guides the labels
    are followed by their words in the active language, so that whoever works in Arabic finds the button.
    """
    if slug not in slugs(language):
        return None
    tokens = _markdown.parse((DIRECTORY / language / f"{slug}.md").read_text(encoding="utf-8"))
    # A guide begins with its heading: three tokens, the text in the middle.
    title, rest = tokens[1].content, tokens[3:]
    for token in rest:
        for child in token.children or ():
            target = linked_slug(child.attrGet("href") or "") if child.type == "link_open" else None
            if target:
                child.attrSet("href", address_of(target))
        if token.children and language == "en" and get_language() != "en":
            token.children = _with_words_on_screen(token.children)
    body = _markdown.renderer.render(rest, _markdown.options, {})
    return Guide(slug=slug, language=language, title=title, body=mark_safe(body))  # noqa: S308 (no tags of others)
