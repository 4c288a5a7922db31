"""Forms and lists of the admin on a phone: nothing leaves the screen, in both directions of writing."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile

from content.languages import direction
from partners.models import Report, Team, TeamKind
from tests.partners.freshness.world import World
from tests.services.judges import axe_violations

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
    *("/admin/contacts/", "/admin/help/", "/admin/kinds/", "/admin/mails/", "/admin/reader-reports/"),
    *("/admin/reports/audit-log/", "/admin/to-confirm/"),
)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_forms_and_lists_fit_a_phone(page, client, live_server, language):
    world = World("ar")
    offer = world.offer("Donaudampfschifffahrtsgesellschaftskapitänskurs für alle, die es werden wollen")
    event = world.event("Fest der Nachbarschaft", contact=world.contact)
    report = Report.objects.create(page=offer, reason="closed", language="de", text="Seit Mai.")
    network = get_user_model().objects.create_user("netz", "netz@example.org")
    network.groups.add(Team.objects.get(kind=TeamKind.NETWORK).group)
    edit = f"/admin/pages/{event.pk}"
    addresses = {
        world.partner: [
            *(f"/admin/pages/add/events/eventpage/{world.haus.pk}/", f"{edit}/edit/", f"{edit}/delete/"),
            *(f"{edit}/unpublish/", f"{edit}/history/", f"/admin/pages/{offer.pk}/edit/"),
            *("/admin/contacts/", f"/admin/contacts/edit/{world.contact.pk}/", "/admin/account/"),
            *(f"/admin/contacts/usage/{world.contact.pk}/", "/admin/images/", "/admin/images/add/"),
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
            if found := [*page.evaluate(TOO_WIDE), *judged]:
                wrong[path] = found
    assert wrong == {}
