"""Readers say what is wrong: in three taps without JavaScript, and by keyboard alone; nothing stands in the way."""

import pytest
from django.core import mail

from content.mail.models import Mail
from organisations.messages import MessageForm
from partners.models import Report
from partners.voices.forms import ReportForm
from tests.partners.voices.world import World
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db):
    return World()


@pytest.fixture
def slow_reader(monkeypatch):
    """The form asks nobody to be slow: a test is quicker than any reader."""
    monkeypatch.setattr(ReportForm, "shortest", ReportForm.shortest * 0)
    monkeypatch.setattr(MessageForm, "shortest", MessageForm.shortest * 0)


@pytest.fixture
def phone(chromium, live_server):
    """A phone's browser without JavaScript, and without a cookie at the end."""
    context = chromium.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport={"width": 360, "height": 640},
        has_touch=True,
        locale="tr-TR",
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def test_three_taps_report_a_mistake_without_javascript(world, phone, slow_reader):
    page = world.turkish(world.offer)
    phone.goto(page.url)

    phone.get_by_role("link", name="Yanlış bir şey mi var?").tap()
    phone.get_by_label("Bu artık yok").tap()
    phone.get_by_role("button", name="Bildirimi gönder").tap()

    phone.get_by_role("heading", name="Teşekkürler!", level=1).wait_for()
    kept = Report.objects.get()
    assert (kept.page_id, kept.reason, kept.language) == (world.offer.pk, "closed", "tr")
    assert [message.to for message in mail.outbox] == [["partner@example.org"]]


def test_a_report_is_sent_and_answered_by_keyboard_alone(world, page, client, live_server, slow_reader):
    page.goto(world.offer.url)
    tab_to(page, "Stimmt etwas nicht?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/**")
    tab_to(page, "time", by="value")
    page.keyboard.press("ArrowDown")
    tab_to(page, "text", by="name")
    page.keyboard.type("Jetzt in der Gerberstraße")
    page.keyboard.press("Tab")
    page.keyboard.type("leserin@example.org")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vielen Dank!").wait_for()
    kept = Report.objects.get()
    assert (kept.reason, kept.text, kept.address) == (
        "place",
        "Jetzt in der Gerberstraße",
        "leserin@example.org",
    )

    client.force_login(world.people["partner"])
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto("/admin/reader-reports/")
    tab_to(page, "Nähkurs")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/reader-reports/{kept.pk}/")
    tab_to(page, "text", by="name")
    page.keyboard.type("Danke, jetzt steht es richtig da.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Die Antwort ist unterwegs.").wait_for()
    assert Mail.objects.get(template="partners/mail/report_answer").to == "leserin@example.org"


FOCUSED = """by => {
    const focused = document.activeElement;
    return by === "text" ? focused.textContent.trim() : focused.getAttribute(by) || "";
}"""


def tab_to(page, wanted, *, by="text"):
    """Press the tabulator until what has the focus is called ``wanted``."""
    for _each in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, by) == wanted:
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


@pytest.mark.node
@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_forms_have_no_barrier_and_fit_a_phone(world, page, language):
    shown = world.offer if language == "de" else world.offer.get_translation(world.locale(language))
    page.set_viewport_size({"width": 360, "height": 740})
    found = {}
    for path, button in (("report", ".form button"), ("contact", "form[action*=message] button")):
        page.goto(f"/{language}/{path}/{shown.pk}/")
        assert page.locator("html").get_attribute("lang") == language
        found[path] = judged(page)
        page.locator(button).first.click()
        page.locator(".error-summary").wait_for()
        found[f"{path} again"] = judged(page)
    assert found == {name: ([], 0) for name in found}


def judged(page):
    wide = page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
    return axe_violations(page), wide
