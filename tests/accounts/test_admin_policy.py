"""The admin's Content Security Policy: everything works under it, and nothing slipped in runs."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from content.models import Picture
from tests.accounts.people import PASSWORD
from tests.factories.pages import EventPageFactory, publish
from tests.factories.sites import picture
from tests.services.browser import follow
from tests.services.judges import axe_violations

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=\"ran='attribute'\"><script>ran='element'</script>"


@pytest.fixture
def violations(page):
    """What the browser refused: ``["directive blocked-address view", …]``, gathered from all pages and frames."""
    found = []
    page.expose_function("noteViolation", lambda text: found.append(text))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', event => window.noteViolation && "
        "noteViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile} ${location.pathname}`))"
    )
    page.on(
        "console",
        lambda line: found.append(line.text) if "Content Security Policy" in line.text else None,
    )
    return found


@pytest.fixture
def signed_in(page, roles):
    page.goto("/admin/login/")
    page.get_by_label("Benutzername oder E-Mail-Adresse").fill("ada")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Anmelden", exact=True))
    return page


def test_an_editor_works_under_the_policy(signed_in, violations, site, tmp_path):
    page = signed_in
    event = publish(EventPageFactory(parent=site.organisation, title="Sprachcafé"))
    picture("Garten")
    for path in (
        "",
        "pages/",
        f"pages/{site.organisation.pk}/",
        "images/",
        "documents/",
        "reports/locked/",
        "account/",
    ):
        page.goto(f"/admin/{path}")
        page.wait_for_load_state("networkidle")

    page.goto(f"/admin/pages/{event.pk}/edit/")
    page.wait_for_load_state("networkidle")
    rich = page.locator(".Draftail-Editor [contenteditable=true]").first
    rich.click()
    page.keyboard.type("Ein Satz.")
    expect(rich).to_contain_text("Ein Satz.")
    page.locator("[data-chooser-action-choose]:visible").first.click()
    dialog = page.locator(".modal.in, [role=dialog]:visible").first
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"/admin/pages/{event.pk}/edit/")
    page.get_by_role("button", name="Vorschau").first.click()
    frame = page.frame_locator("iframe#w-preview-iframe, iframe[title]").first
    expect(frame.locator("h1")).to_contain_text("Sprachcafé")

    page.goto("/admin/images/add/")
    page.locator("input[type=file]").first.set_input_files(Picture.objects.first().file.path)
    page.wait_for_load_state("networkidle")
    page.goto("/admin/images/multiple/add/")
    page.locator("input[type=file]").first.set_input_files(Picture.objects.first().file.path)
    expect(page.locator("#upload-list form")).to_be_visible()
    page.goto("/django-admin/")
    page.wait_for_load_state("networkidle")
    assert violations == []


def test_what_slipped_into_a_page_does_not_run(signed_in, violations, site):
    page = signed_in
    event = publish(EventPageFactory(parent=site.organisation, title=HOSTILE))
    for path in (
        f"/admin/pages/{site.organisation.pk}/",
        f"/admin/pages/{event.pk}/edit/",
        f"/admin/pages/{event.pk}/history/",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.ran") is None
    assert violations == []
    # As if a view had forgotten to escape: an attribute never runs, whatever it says.
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", HOSTILE)
    page.wait_for_timeout(500)
    assert page.evaluate("window.ran") is None
    assert any("script-src-attr" in violation for violation in violations)


@pytest.mark.node
@pytest.mark.parametrize("language", ["de", "ar"])
def test_taking_a_second_factor_away_is_a_page_for_everybody(signed_in, roles, language):
    UserProfile.objects.create(user=roles["administrator"], preferred_language=language)
    Authenticator.objects.create(user=roles["coordinator"], type="totp", data={})
    for width in (360, 1280):
        signed_in.set_viewport_size({"width": width, "height": 800})
        signed_in.goto(f"/admin/users/{roles['coordinator'].pk}/second-factor/")
        assert signed_in.locator("html").get_attribute("lang") == language
        assert axe_violations(signed_in) == []


def test_the_admin_says_what_it_allows(client, roles):
    client.force_login(roles["administrator"])
    policy = client.get("/admin/")["Content-Security-Policy"]
    directives = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert directives["script-src-attr"] == ["'none'"]
    assert directives["object-src"] == ["'none'"]
    for name in ("base-uri", "form-action", "frame-ancestors", "connect-src"):
        assert directives[name] == ["'self'"]
    assert "'unsafe-eval'" not in policy


def test_pages_for_signing_in_and_public_pages_allow_no_inline_script(client, roles, site):
    for path in ("/admin/login/", "/admin/password_reset/", site.home.url, "/nirgends/"):
        policy = client.get(path, follow=True)["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy
        assert "object-src 'none'" in policy
