"""Glossaries, memories and their files in a browser, on phones and wide screens."""

import os
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from tests.partners.joining.test_joining_browser import log_in
from tests.services.browser import follow
from tests.services.judges import axe_violations
from translation.glossary import tbx
from translation.glossary.models import Term
from translation.glossary.services import save_term
from translation.memory.services import unit_of
from translation.services import ensure_translator_group

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TERMS = (
    ("MitMischen", "", "keep", "So heißt das Netzwerk, in jeder Sprache."),
    ("Ehrenamt", {"tr": "gönüllülük", "ar": "العمل التطوّعي"}, "suggested", ""),
    ("Verein", {"tr": "dernek", "ar": "جمعية"}, "required", "Eingetragen oder nicht"),
    ("Migranten", {"tr": "yabancılar", "ar": "أجانب"}, "forbidden", "Das klingt nach Fremden."),
    ("Donaudampfschifffahrtsgesellschaftskapitän", {"tr": "kaptan", "ar": "قبطان"}, "required", ""),
)
UNITS = (
    (
        "Kommen Sie zum <1>World Café</1>.",
        {"tr": "<1>World Café</1>’ye gelin.", "ar": "تعالوا إلى <1>World Café</1>."},
    ),
    (
        "Für das leibliche Wohl ist gesorgt. " * 6,
        {"tr": "Yiyecek ve içecek var. " * 6, "ar": "الطعام متوفّر. " * 6},
    ),
)


def make(code, name):
    """Fill a language with words; return a translator whose admin speaks it."""
    locale = Locale.objects.get(language_code=code)
    for source, target, rule, note in TERMS:
        save_term(locale=locale, source=source, target=target and target[code], rule=rule, note=note)
    for source, target in UNITS:
        unit_of(locale=locale, source=source, target=target[code]).save()
    user = get_user_model().objects.create_user(name, first_name="Ayla", last_name="Öz")
    user.groups.set([ensure_translator_group(locale=locale)])
    UserProfile.objects.update_or_create(
        user=user, defaults={"preferred_language": "ar" if code == "ar" else "de"}
    )
    return user


@pytest.fixture
def site(transactional_db, site):
    return site


def file_for(code, tmp_path):
    """Return a TBX file of which one entry is new, one changed, one unchanged and one not taken."""
    locale = Locale.objects.get(language_code=code)
    save_term(locale=locale, source="Fest", target="x", rule="required")
    data = tbx.write(locale).decode().replace(">deprecatedTerm-admn-sts<", ">admittedTerm-admn-sts<")
    data = data.replace("</body>", f'<termEntry><langSet xml:lang="{code}"/></termEntry></body>')
    Term.objects.filter(locale=locale, source="Fest").delete()
    path = tmp_path / "begriffe.tbx"
    path.write_text(data, encoding="utf-8")
    return path


@pytest.mark.node
@pytest.mark.parametrize("code", ["tr", "ar"])
def test_every_page_is_accessible_and_as_wide_as_the_screen(site, page, client, live_server, tmp_path, code):
    log_in(page, client, live_server, make(code, f"translator-{code}"))
    term = Term.objects.filter(locale__language_code=code).first()
    path = file_for(code, tmp_path)
    glossary, memory = (f"/admin/translation/{slug}/{code}/" for slug in ("glossary", "memory"))
    found = {}

    def judge(name, width):
        if "SHOTS" in os.environ:
            page.screenshot(path=Path(os.environ["SHOTS"], f"{name}-{code}-{width}.png"), full_page=True)
        within = page.evaluate("document.documentElement.scrollWidth")
        found[f"{name} at {width}"] = [*axe_violations(page), within - width]

    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for name, address in {
            "glossary": glossary,
            "glossary-nothing": f"{glossary}?q=nichts",
            "glossary-add": f"{glossary}add/",
            "glossary-change": f"{glossary}{term.pk}/",
            "glossary-delete": f"{glossary}{term.pk}/delete/",
            "glossary-import": f"{glossary}import/",
            "memory": memory,
            "memory-import": f"{memory}import/",
        }.items():
            page.goto(address)
            judge(name, width)
        page.goto(memory)
        follow(page.locator(".words-do a").first)
        judge("memory-delete", width)
        page.goto(f"{glossary}add/")
        follow(page.locator(".words-form button").first)
        judge("glossary-mistake", width)
        page.goto(f"{glossary}import/")
        page.locator("input[type=file]").set_input_files(path)
        follow(page.locator(".words-form button"))
        expect(page.locator(".words-counts strong")).to_have_text(["1", "1", "4", "1"])
        judge("glossary-preview", width)
    assert found == {name: [0] for name in found}


def test_a_file_comes_in_and_a_term_is_added_without_javascript(
    site, chromium, client, live_server, tmp_path
):
    user = make("tr", "translator-tr")
    path = file_for("tr", tmp_path)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, client, live_server, user)
    page.goto("/admin/translation/glossary/")
    follow(page.locator(".words-bar a").nth(1))
    page.locator("input[type=file]").set_input_files(path)
    follow(page.locator(".words-form button"))
    follow(page.locator(".words-sheet button"))
    expect(page.locator(".words-term")).to_have_count(6)
    follow(page.locator(".words-bar a").first)
    page.get_by_label("Wort im Original").fill("Garten")
    page.get_by_label("In der Übersetzung").fill("bahçe")
    page.get_by_label("Meist so übersetzen").check()
    follow(page.locator(".words-form button").first)
    expect(page.locator(".words-term")).to_have_count(7)
    context.close()
