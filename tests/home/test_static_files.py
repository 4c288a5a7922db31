"""The public site's static files keep what readers were promised: small, logical, at home, in their script."""

import gzip
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from fontTools.ttLib import TTFont

from content.registry import all_kinds

STATIC = Path(apps.get_app_config("home").path) / "static" / "home"
STYLE_SHEET = STATIC / "css" / "site.css"
PHYSICAL = re.compile(
    r"(?:^|[{;\s])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|(?:min-|max-)?(?:width|height)|float|clear)\s*:"
    r"|text-align\s*:\s*(?:left|right)"
)
ALPHABETS = {
    "latin": "Größe façade ĞğİıŞş Șț Łódź €",
    "cyrillic": "Größe ҐґЄєІіЇї ЫЭЪё",
    "vazirmatn": "Größe ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي٠٩،؛؟ پچژگ ټډړښ ەێ",
}


def declarations():
    """Return the style sheet without comments and without the heads of media queries."""
    text = re.sub(r"/\*.*?\*/", "", STYLE_SHEET.read_text(), flags=re.DOTALL)
    return re.sub(r"@(?:media|page)[^{]*\{", "{", text)


def test_the_style_sheet_knows_start_and_end_but_not_left_and_right():
    assert PHYSICAL.findall(declarations()) == []


def test_the_search_for_physical_properties_finds_them():
    assert PHYSICAL.search("a { margin-left: 0; }")
    assert PHYSICAL.search("a { color: red; width: 2rem; }")
    assert not PHYSICAL.search("a { margin-inline-start: 0; inline-size: 2rem; }")


@pytest.mark.parametrize(
    "name", ["css/site.css", "js/site.js", "icons.svg", "illustrations.svg", "greetings.svg"]
)
def test_static_files_ask_no_third_party(name):
    addresses = re.findall(
        r"(?:https?:)?//[\w.-]+", re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(), flags=re.DOTALL)
    )
    assert set(addresses) <= {"http://www.w3.org"}


@pytest.mark.parametrize("script", ALPHABETS)
@pytest.mark.parametrize("weight", ["400", "800"])
def test_a_page_finds_all_letters_of_its_script_in_one_file(script, weight):
    font = TTFont(STATIC / "fonts" / f"commissioner-{script}-{weight}.woff2")
    assert {letter for letter in ALPHABETS[script] if ord(letter) not in font.getBestCmap()} == set()


@pytest.mark.parametrize("script", ALPHABETS)
def test_what_every_page_loads_leaves_room_for_its_text_below_100_kilobytes(script):
    fonts = sum(
        (STATIC / "fonts" / f"commissioner-{script}-{weight}.woff2").stat().st_size for weight in (400, 800)
    )
    texts = sum(
        len(gzip.compress((STATIC / name).read_bytes()))
        for name in ("css/site.css", "js/site.js", "icons.svg", "illustrations.svg")
    )
    assert fonts + texts < 80_000


def test_the_script_stays_a_small_comfort():
    assert (STATIC / "js" / "site.js").stat().st_size < 3_000


def test_every_font_file_is_used_and_every_used_one_is_there():
    used = set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', STYLE_SHEET.read_text()))
    assert used == {path.name for path in (STATIC / "fonts").glob("*.woff2")}


def test_every_icon_a_kind_or_a_facet_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    named = {
        icon for kind in all_kinds() for icon in (kind.icon, *(facet.icon for facet in kind.facets)) if icon
    }
    assert named - drawn == set()
    assert named


def test_every_icon_and_illustration_a_template_names_is_drawn():
    templates = "".join(path.read_text() for path in Path(settings.BASE_DIR).glob("*/templates/**/*.html"))
    for tag, sprite in (("icon", "icons.svg"), ("illustration", "illustrations.svg")):
        drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / sprite).read_text()))
        named = set(re.findall(rf'{{% {tag} "([^"]+)"', templates))
        assert named - drawn == set()
    assert '{% icon "' in templates
