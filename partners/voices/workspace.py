"""What readers have to say, in the workspace: a thing to do for an organisation, panels for regions."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.languages import language
from content.searches.selectors import missed_words
from partners.workspace.registry import Panel, Task

from .selectors import open_reports_for

#: After what an organisation is asked to confirm today, before what can wait.
URGENCY = 20
#: Reports and words that a panel names; the list of reports has all of them.
MOST_IN_PANEL = 5
MOST_WORDS_IN_PANEL = 10


def tasks(audience, entries, today):
    """Return one thing to do for all open reports on pages of the organisations; one query for any number."""
    found = _open_reports_on(audience.user, audience.organisations)
    if not found:
        return []
    oldest = found[0]
    if len(found) == 1:
        label = _("A reader says of “%(title)s”: %(reason)s") % {
            "title": oldest.page.title,
            "reason": oldest.get_reason_display(),
        }
        url = reverse("partners_reader_report", args=[oldest.pk])
    else:
        label = ngettext("%(count)s report by a reader", "%(count)s reports by readers", len(found))
        label %= {"count": len(found)}
        url = reverse("partners_reader_reports")
    return [
        Task(key="reader-reports", urgency=URGENCY, label=label, url=url, icon_name="flag", note=oldest.text)
    ]


def panels(audience, today):
    """Return what readers report in the regions, and what they search for there and do not find; three queries."""
    if not audience.regions:
        return []
    found = _open_reports_on(audience.user, audience.regions)
    codes = {code for region in audience.regions for code in region.language_codes()}
    words = [
        (row, language(row.language)) for row in missed_words(languages=codes, limit=MOST_WORDS_IN_PANEL)
    ]
    return [
        Panel(
            key="reader-reports",
            title=_("Reports by readers"),
            template="partners/voices/panel_reports.html",
            context={"reports": found[:MOST_IN_PANEL]},
            count=len(found),
            order=15,
        ),
        Panel(
            key="missed-words",
            title=_("Searched for and not found"),
            template="partners/voices/panel_searches.html",
            context={"words": words},
            order=60,
        ),
    ]


def _open_reports_on(user, pages):
    """Return the open reports on ``pages`` and what is below them, the oldest first."""
    if not pages:
        return []
    within = reduce(or_, (Q(page__path__startswith=page.path) for page in pages))
    return list(open_reports_for(user).filter(within))
