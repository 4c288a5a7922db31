"""Who keeps a page, and which reports somebody reads."""

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Page

from content.lineage import lineage_of
from content.permissions import changeable_pages
from partners.membership import language_for
from partners.models import Team, TeamKind
from partners.selectors import name_of, people_to_write_to

from .models import Report, ReportState


@dataclass(frozen=True)
class Keeper:
    """Somebody who is told what readers say about a page.

    ``key``: tells keepers apart, without a name in it. ``has_account``: False for an organisation's contact, who is
    asked where nobody of the organisation has an account. ``ask``: the address of somebody who can help then, or "".
    """

    key: str
    name: str
    email: str
    language: str
    has_account: bool = True
    ask: str = ""


def keepers_of(page):
    """Return the ``Keeper`` objects of the source ``page``: the first of these that anybody can be reached at.

    The people of its organisation; its contact, or the organisation's; the coordinators of its region; the network
    office.
    """
    page = page.specific
    lineage = lineage_of(page)
    people = _people(TeamKind.PARTNER, lineage.owner)
    if people:
        return people
    above = _people(TeamKind.COORDINATOR, lineage.scope) or _people_of(
        Team.objects.filter(kind=TeamKind.NETWORK)
    )
    return _contact(page, lineage.owner, above) or above


def _people(kind, page):
    if page is None:
        return []
    return _people_of(Team.objects.filter(kind=kind, subject=page.translation_key))


def _people_of(teams):
    return [
        Keeper(f"user{user.pk}", name_of(user), user.email, language_for(user))
        for user in people_to_write_to(teams)
    ]


def _contact(page, owner, above):
    if owner is None:
        return []
    contact = getattr(page, "contact", None) or owner.contact
    if contact is None or not contact.email:
        return []
    ask = above[0].email if above else ""
    return [
        Keeper(
            f"contact{contact.pk}",
            contact.name,
            contact.email,
            settings.LANGUAGE_CODE,
            has_account=False,
            ask=ask,
        )
    ]


def page_in(page, language_code):
    """Return ``page`` as readers of a language see it; itself where they do not."""
    versions = Page.objects.filter(translation_key=page.translation_key, live=True)
    return versions.filter(locale__language_code=language_code).first() or page


def reports_for(user):
    """Return the reports that ``user`` reads and answers, as a queryset: those on pages that they may change."""
    return Report.objects.filter(page__in=changeable_pages(user).values("pk")).select_related("page")


def open_reports_for(user):
    """Return those that nobody has answered or put away, the oldest first."""
    return reports_for(user).filter(state=ReportState.OPEN).order_by("created_at", "pk")
