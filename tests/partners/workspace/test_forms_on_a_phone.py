"""Forms and lists of the admin on a phone: nothing leaves the screen, in both directions of writing."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Locale, TaskState
from wagtail.users.models import UserProfile

from content import registry
from content.languages import direction
from content.mail.models import Mail
from content.transfer.services import keep_uploaded_sheet
from partners.models import Report, Team, TeamKind
from tests.partners.freshness.world import World
from tests.services.judges import axe_violations
from translation.exchange.files import FORMATS, write
from translation.exchange.services import PageFiles, document_of
from translation.files.services import keep_file
from translation.services import ensure_translator_group

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]

#: What stands at either side beyond the screen, and is not in a box of its own that is moved by a finger.
TOO_WIDE = """[...document.querySelectorAll('#main *, .messages *')]
    .filter(each => !each.closest('svg, .w-sr-only, [hidden], [data-side-panel], .Draftail-BlockToolbar'))
    .filter(each => !each.matches('input[type=file]'))
    .filter(each => each.getClientRects().length && getComputedStyle(each).visibility !== 'hidden')
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
    .filter(each => {
        for (let box = each.parentElement; box && box.id !== 'main'; box = box.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return false;
        return true;
    })
    .map(each => each.outerHTML.slice(0, 80))"""


#: Views that are ours from top to bottom; of the others Wagtail makes the most.
OURS = (
    *("/admin/contacts/", "/admin/help/", "/admin/kinds/", "/admin/mails/", "/admin/people/"),
    *("/admin/reader-reports/", "/admin/reports/audit-log/", "/admin/to-confirm/", "/admin/translation/"),
)
#: Wagtail's window, of which the head and the cross to close it are not ours.
WINDOW = ".modal-body"
DECIDE = "admin/pages/workflow/action/<page_id>/<action_name>/<task_state_id>/"
COLUMNS = "owner,slug,state,title,teaser,offer_kind,target_groups"
ROW = "haus-international,neu,published,Neu hier,Für alle.,information,everybody"


@pytest.mark.parametrize("language", ["de", "ar"])
def test_forms_and_lists_fit_a_phone(page, client, live_server, language):
    world = World("tr", "ar")
    offer = world.offer("Donaudampfschifffahrtsgesellschaftskapitänskurs für alle, die es werden wollen")
    event = world.event("Fest der Nachbarschaft", contact=world.contact)
    report = Report.objects.create(page=offer, reason="closed", language="de", text="Seit Mai.")
    network = get_user_model().objects.create_user("netz", "netz@example.org")
    network.groups.add(Team.objects.get(kind=TeamKind.NETWORK).group)
    arabic = Locale.objects.get(language_code="ar")
    hanan = get_user_model().objects.create_user("hanan", "hanan@example.org")
    hanan.groups.add(ensure_translator_group(locale=arabic))
    name, po_file = write(document_of(offer, arabic), FORMATS["po"])
    of_pages = keep_file(
        file_format=PageFiles(hanan), locale=arabic, user=hanan, file_name=name, data=po_file
    )
    # One that would come in, and one that is refused.
    sheets = {
        slug: keep_uploaded_sheet(
            user=network, kind=registry.kind(slug), file_name="liste.csv", data=f"{COLUMNS}\n{row}".encode()
        )
        for slug, row in {"offers": ROW, "events": ROW.replace("haus", "keine")}.items()
    }
    now = timezone.now()
    mail = Mail.objects.create(
        key="1", to=world.contact.email, text="Guten Tag", state="sent", created_at=now, due_at=now
    )
    team = Team.objects.get(subject=world.haus.translation_key)
    offer.teaser = "Jetzt auch am Abend."
    offer.save_revision(user=world.partner)
    offer.get_workflow().start(offer, world.partner)
    edit = f"/admin/pages/{event.pk}"
    addresses = {
        world.partner: [
            *(f"/admin/pages/add/events/eventpage/{world.haus.pk}/", f"{edit}/edit/"),
            *(f"{edit}/history/", f"/admin/pages/{offer.pk}/edit/"),
            *("/admin/contacts/", f"/admin/contacts/edit/{world.contact.pk}/", "/admin/account/"),
            *(f"/admin/contacts/{what}/{world.contact.pk}/" for what in ("usage", "history", "delete")),
            *("/admin/contacts/new/", "/admin/images/", "/admin/images/add/"),
            *(
                "/admin/documents/",
                "/admin/documents/multiple/add/",
                "/admin/help/",
                "/admin/help/add-an-event/",
            ),
            *("/admin/to-confirm/", "/admin/reader-reports/", f"/admin/reader-reports/{report.pk}/"),
        ],
        network: [
            *("/admin/reports/audit-log/", "/admin/mails/", "/admin/kinds/offers/", "/admin/kinds/events/"),
            *(
                "/admin/kinds/offers/import/",
                f"/admin/pages/{world.kempten.pk}/",
                "/admin/pages/search/?q=Fest",
            ),
            *(f"/admin/kinds/{slug}/import/{sheet.pk}/" for slug, sheet in sheets.items()),
            *("/admin/kinds/offers/choose_parent/", f"/admin/mails/inspect/{mail.pk}/"),
        ],
        hanan: [
            *("/admin/translation/desk/", "/admin/translation/files/ar/"),
            f"/admin/translation/files/ar/{of_pages.pk}/",
        ],
        # The last one has the window with what is to be decided.
        world.coordinator: [
            *(f"/admin/people/{team.pk}/", "/admin/translation/glossary/", "/admin/translation/memory/"),
            *("/admin/translation/matrix/", f"/admin/translation/matrix/{offer.pk}/"),
            *(f"{edit}/delete/", f"{edit}/unpublish/", f"/admin/pages/{offer.pk}/edit/"),
        ],
    }
    wrong = {}
    page.set_viewport_size({"width": 360, "height": 800})
    for user, paths in addresses.items():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        for path in paths:
            assert page.goto(path).status == 200, path
            assert page.locator("html").get_attribute("dir") == direction(language)
            judged = axe_violations(page) if path.startswith(OURS) else []
            led_elsewhere = [] if page.url == f"{live_server.url}{path}" else [page.url]
            if found := [*led_elsewhere, *page.evaluate(TOO_WIDE), *judged]:
                wrong[path] = found
    state = TaskState.objects.get(workflow_state__object_id=str(offer.pk))
    window = reverse("wagtailadmin_pages:workflow_action", args=[offer.pk, "reject", state.pk])
    page.evaluate("url => void ModalWorkflow({url, onload: {}})", window)
    page.locator(f"{WINDOW} form").wait_for()
    # It fades in, and what is half transparent has no contrast.
    expect(page.locator(".modal.in, .modal.show")).to_have_css("opacity", "1")
    found = [
        *page.evaluate(TOO_WIDE.replace("#main *", f"{WINDOW} *")),
        *axe_violations(page, WINDOW, DECIDE),
    ]
    assert (wrong, found) == ({}, [])
