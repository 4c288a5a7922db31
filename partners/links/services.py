"""Collecting links and checking them: weekly, few at a time, each website seldom, and never ourselves."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from content import registry
from content.fetching import FetchError, FetchFailed, fetch

from .finding import OWN_PAGE, host_of, leads_somewhere, links_in, own_hosts
from .models import CheckedLink, LinkUse

#: Days between two checks; a link that failed is looked at again on the next day, until it counts as broken.
CHECK_EVERY = datetime.timedelta(days=7)
CHECK_AGAIN = datetime.timedelta(days=1)
#: Days on which a link has to lead nowhere before anybody hears of it.
FAILURES_UNTIL_BROKEN = 3
#: In one run, which is every hour: so many links at the most, and of each website so many.
MOST_PER_RUN = 40
MOST_PER_HOST = 1
#: Somebody is there, who does not like programs, or has no time just now.
NOT_BROKEN = frozenset({401, 402, 403, 405, 406, 429, 451, 503})
OK, NOT_FOUND = 200, 404


def collect(*, today=None):
    """Write down what published entries link to, and forget what none links to any more. Returns how many links."""
    today = today or timezone.localdate()
    wanted = {}
    for kind in registry.all_kinds():
        pages = kind.page_model.objects.filter(
            live=True, alias_of__isnull=True, locale__language_code=settings.LANGUAGE_CODE
        ).select_related("owner_page")
        for page in pages.iterator(chunk_size=200):
            owner = page if page.owns_content else page.owner_page
            for url in links_in(page):
                wanted[(url, page.translation_key)] = getattr(owner, "translation_key", None)
    urls = {url for url, _key in wanted}
    with transaction.atomic():
        CheckedLink.objects.bulk_create(
            [CheckedLink(url=url, host=host_of(url), next_check_on=today) for url in sorted(urls)],
            ignore_conflicts=True,
        )
        known = dict(CheckedLink.objects.values_list("url", "pk"))
        uses = {(known[url], key): owner for (url, key), owner in wanted.items()}
        stored = {
            (use.link_id, use.translation_key): use for use in LinkUse.objects.all().iterator(chunk_size=2000)
        }
        stale = [
            use.pk for key, use in stored.items() if key not in uses or uses[key] != use.organisation_key
        ]
        LinkUse.objects.filter(pk__in=stale).delete()
        LinkUse.objects.bulk_create(
            [
                LinkUse(link_id=pk, translation_key=key, organisation_key=owner)
                for (pk, key), owner in uses.items()
            ],
            ignore_conflicts=True,
        )
        CheckedLink.objects.filter(uses=None).delete()
    return len(urls)


def check(*, today=None):
    """Check the links whose turn it is, at most ``MOST_PER_RUN``. Returns how many were looked at."""
    today = today or timezone.localdate()
    ours = own_hosts()
    asked, looked_at = {}, 0
    due = CheckedLink.objects.filter(next_check_on__lte=today).order_by("next_check_on", "pk")
    for link in due.iterator(chunk_size=200):
        if looked_at == MOST_PER_RUN:
            break
        is_own = link.url.startswith(OWN_PAGE) or link.host in ours
        if not is_own and asked.get(link.host, 0) == MOST_PER_HOST:
            continue
        # Whoever moves the day on has the link; another worker passes it over.
        claimed = CheckedLink.objects.filter(pk=link.pk, next_check_on=link.next_check_on)
        if not claimed.update(next_check_on=today + CHECK_AGAIN):
            continue
        asked[link.host] = asked.get(link.host, 0) + (not is_own)
        looked_at += 1
        _note(link, *_outcome(link.url, is_own=is_own), today)
    return looked_at


def _outcome(url, *, is_own):
    """Return ``(status or None, reason)`` of asking for ``url``."""
    if is_own:
        return (OK if leads_somewhere(url) else NOT_FOUND), ""
    for method in ("HEAD", "GET"):
        try:
            answer = fetch(url, method=method)
        except FetchFailed as error:
            if error.reason == "large":
                return OK, ""
            outcome = None, error.reason
        except FetchError as error:
            # Another method leads to no other place.
            return None, error.reason
        else:
            outcome = answer.status, ""
            if answer.status < 400:
                break
    return outcome


def _note(link, status, reason, today):
    """Write down how a check ended."""
    changes = {"status": status, "reason": reason}
    if status is not None and (status < 400 or status in NOT_BROKEN):
        changes |= {
            "failures": 0,
            "broken_since": None,
            "failed_on": None,
            "next_check_on": today + CHECK_EVERY,
        }
    elif link.failed_on != today:
        is_broken = link.failures + 1 >= FAILURES_UNTIL_BROKEN
        changes |= {
            "failures": F("failures") + 1,
            "broken_since": link.broken_since or today,
            "failed_on": today,
            "next_check_on": today + (CHECK_EVERY if is_broken else CHECK_AGAIN),
        }
    CheckedLink.objects.filter(pk=link.pk).update(**changes)
