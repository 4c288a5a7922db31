"""What readers must not see is nowhere: the public site is walked through in every language, looking for one word."""

import datetime
import re
from collections import deque
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from content.index.pending import write_pending
from offers.models import OfferPage
from organisations.models import Contact
from tests.factories.pages import (
    DirectoryPageFactory,
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    publish,
)
from tests.matrix import world
from tests.matrix.world import CANARY, canary

LINK = re.compile(
    r"""(?:href|src|action)=["']([^"']+)["']|<(?:loc|id|uri)>([^<]+)<|"(?:url|api_url|next|previous)": ?"([^"]+)\""""
)
LIMIT = 4000
KINDS = ("offers", "events", "organisations")


@pytest.fixture(scope="module")
def site(snapshots, django_db_blocker):
    """A site with something hidden in every way that things can be hidden."""
    with django_db_blocker.unblock():
        made = world.build()
        hide_more(made)
        write_pending()
        yield made
        snapshots.restore("initial")


def hide_more(site):
    """Add what the matrix does not need: what is over, switched off, closed above, or closed in one language."""
    for slug in KINDS:
        publish(DirectoryPageFactory(parent=site.home, title=slug.title(), slug=slug, kind_slug=slug))
    parent = site.own.organisation
    # What has expired is still named at its address, so that nobody searches in vain; the rest of it is gone.
    publish(
        EventPageFactory(
            parent=parent,
            title="Vorbei",
            slug="vorbei",
            teaser=canary("abgelaufen"),
            expire_at=timezone.now() - datetime.timedelta(days=1),
        )
    )
    call_command("publish_scheduled")
    _event(parent, "zurueckgezogen").unpublish()
    _event(parent, "geplant", go_live_at=timezone.now() + datetime.timedelta(days=9))
    for kind in (PageViewRestriction.LOGIN, PageViewRestriction.GROUPS):
        restriction = PageViewRestriction.objects.create(
            page=_event(parent, f"nur-{kind}"), restriction_type=kind
        )
        restriction.groups.add(Group.objects.first())
    closed = publish(
        OrganisationPageFactory(parent=site.region, title=canary("geschlossen"), slug=canary("geschlossen"))
    )
    _event(closed, "darunter")
    # Closed later than it was published, and in one language only.
    turkish = closed.get_translation(Locale.objects.get(language_code="tr"))
    PageViewRestriction.objects.create(page=turkish, restriction_type=PageViewRestriction.LOGIN)
    without = publish(
        RegionPageFactory(parent=site.home, title="Ohne Termine", slug="ohne", inactive_kinds=["events"])
    )
    elsewhere = publish(OrganisationPageFactory(parent=without, title="Kulturverein", slug="kulturverein"))
    _event(elsewhere, "abgeschaltet")
    Contact.objects.create(
        organisation_key=parent.translation_key,
        name=canary("unbenutzt"),
        email=f"{canary('unbenutzt')}@example.org",
    )
    # The hidden picture and document lie in a closed collection, and no public page shows them.
    shown = OfferPage.objects.filter(translation_key=site.foreign.offer.translation_key)
    shown.update(image=None, text="<p>Jeden Tag.</p>")
    private = Collection.objects.get(pk=site.foreign.collection.pk)
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.PASSWORD, password=canary("passwort")
    )
    # A public page that links to what is hidden, and one that nothing is wrong with.
    link = f'<p>Mehr <a linktype="page" id="{site.foreign.hidden_offer.pk}">steht hier</a>.</p>'
    # Its contact's address is for people who press a button, and on no page that a machine collects.
    person = Contact.objects.create(
        organisation_key=parent.translation_key, name="Aylin Demir", email=f"{canary('adresse')}@example.org"
    )
    publish(OfferPageFactory(parent=parent, title="Mit Verweis", slug="verweis", text=link, contact=person))


def _event(parent, ending, **fields):
    return publish(EventPageFactory(parent=parent, title=canary(ending), slug=canary(ending), **fields))


def walked(client, start):
    """Return ``{address: body}`` of everything that can be reached from the addresses ``start``."""
    waiting, seen, bodies = deque(start), set(start), {}
    while waiting:
        address = waiting.popleft()
        assert len(bodies) < LIMIT, "the walk finds no end"
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        body = content.decode(errors="replace")
        headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
        bodies[address] = f"{headers} {body}"
        assert response.status_code < 500, address
        for found in (*LINK.findall(body), (response.headers.get("Location", ""),)):
            target = _inside(unescape("".join(found)), address)
            if target and target not in seen:
                seen.add(target)
                waiting.append(target)
    return bodies


def _inside(link, base):
    """Return the address of ``link`` on this site, "" for others and for a second facet on top of a first."""
    parts = urlsplit(link)
    if parts.scheme not in ("", "http", "https") or parts.netloc not in (
        "",
        "localhost",
        "127.0.0.1:8000",
        "testserver",
    ):
        return ""
    path = parts.path or urlsplit(base).path
    if not path.startswith("/"):
        path = urlsplit(base).path.rsplit("/", 1)[0] + f"/{path}"
    if path.startswith(("/static/", "/media/", "/admin/", "/django-admin/")) or parts.query.count("=") > 1:
        return ""
    return f"{path}?{parts.query}" if parts.query else path


def starts():
    """Return where readers and machines begin, and what somebody who knows the word would try."""
    for code in [language for language, _name in settings.LANGUAGES]:
        yield from (f"/{code}/", f"/{code}/search/?q={CANARY}", f"/{code}/gibt-es-nicht/")
        for kind in KINDS:
            for query in ("", f"?q={CANARY}", "?sort=title"):
                yield f"/{code}/{kind}/{query}"
            yield from (f"/api/v1/{code}/{kind}/", f"/api/v1/{code}/{kind}/?q={CANARY}")
    yield from ("/", "/sitemap.xml", "/robots.txt", "/api/v1/", "/api/v1/openapi.json", "/api/v1/kinds/")


def hidden_addresses(site):
    """Return the addresses of everything that is hidden, in every language."""
    for page in Page.objects.filter(title__startswith=CANARY).specific():
        if page.url:
            yield page.url
            yield from (f"{page.url}event.ics", f"/{page.locale.language_code}/wish/{page.pk}/")
            yield f"/{page.locale.language_code}/contact/{page.pk}/"
            yield f"/{page.locale.language_code}/contact/{page.pk}/message/"
            yield f"/{page.locale.language_code}/report/{page.pk}/"
            yield from (f"/api/v1/{page.locale.language_code}/{kind}/{page.slug}/" for kind in KINDS)
    yield site.foreign.document.url


@pytest.mark.django_db
def test_what_is_hidden_is_nowhere_in_public(site):
    bodies = walked(Client(), list(starts()))
    leaks = {
        address: sorted(set(re.findall(rf"{CANARY}-[\w-]+", body)))
        for address, body in bodies.items()
        if f"{CANARY}-" in body
    }
    assert leaks == {}, "\n".join(f"{address} {words}" for address, words in leaks.items())
    # The walk has been everywhere.
    for part in (
        ".atom",
        "/event.ics",
        "/api/v1/tr/events/",
        "/wish/",
        "/contact/",
        "/report/",
        "/search/?q=",
        "/uk/roth/",
    ):
        assert any(part in address for address in bodies), part
    # And it would have found: the same things of the same organisation that are public are in all of these.
    for address in ("/sitemap.xml", "/ar/offers/", "/api/v1/tr/offers/", "/de/offers/feed.atom"):
        assert "lernen-sv-illertal" in bodies[address], address


@pytest.mark.django_db
def test_who_knows_the_address_of_something_hidden_learns_nothing_more(site):
    client = Client()
    shown = []
    for address in set(hidden_addresses(site)):
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode(errors="replace")
        is_gate = 'name="password"' in text
        # The way to the login or the password form leads back to the address, and "not found" says what was not found.
        for echo in (
            (address, address.rstrip("/").rpartition("/")[2])
            if response.status_code != 200 or is_gate
            else ()
        ):
            text = text.replace(echo, "")
        if re.search(rf"{CANARY}-", text) or (response.status_code == 200 and not is_gate):
            shown.append((address, response.status_code, sorted(set(re.findall(rf"{CANARY}-[\w-]+", text)))))
    assert shown == [], "\n".join(map(str, shown))
