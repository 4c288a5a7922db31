"""Reads around links: which of them lead nowhere, by organisation or person."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.fetching import MESSAGES
from content.permissions import changeable_pages

from .finding import OWN_PAGE
from .models import LinkUse
from .services import FAILURES_UNTIL_BROKEN


@dataclass(frozen=True)
class BrokenLink:
    """A link in the source page ``page`` that leads nowhere since ``since``; ``url`` is "" for a page of ours."""

    page: Any
    url: str
    since: datetime.date
    status: int | None
    reason: str

    @property
    def message(self):
        """Return what is wrong, in the active language."""
        if not self.url:
            return _("The page it leads to is not published any more.")
        if self.status is None:
            return MESSAGES[self.reason]
        return _("There is nothing at this address any more (answer %(status)d).") % {"status": self.status}


def broken_links(organisation):
    """Return the ``BrokenLink`` of an organisation's entries, the longest broken first. Two queries for any number."""
    return _broken(LinkUse.objects.filter(organisation_key=organisation.translation_key))


def broken_links_for(user):
    """Return the ``BrokenLink`` of the pages that ``user`` may change."""
    return _broken(
        LinkUse.objects.filter(translation_key__in=changeable_pages(user).values("translation_key"))
    )


def _broken(uses):
    uses = list(uses.filter(link__failures__gte=FAILURES_UNTIL_BROKEN).select_related("link"))
    pages = {
        page.translation_key: page
        for page in Page.objects.filter(
            translation_key__in={use.translation_key for use in uses},
            locale__language_code=settings.LANGUAGE_CODE,
            live=True,
        )
    }
    found = [
        BrokenLink(
            page=pages[use.translation_key],
            url="" if use.link.url.startswith(OWN_PAGE) else use.link.url,
            since=use.link.broken_since,
            status=use.link.status,
            reason=use.link.reason,
        )
        for use in uses
        if use.translation_key in pages
    ]
    return sorted(found, key=lambda link: (link.since, link.page.title, link.url))
