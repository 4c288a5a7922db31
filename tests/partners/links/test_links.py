"""Links are checked seldom and politely, and reported only when they lead nowhere on three days."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content import fetching
from partners.links import finding, selectors, services
from partners.models import CheckedLink, LinkUse
from tests.partners.freshness.world import World
from tests.services.rebuilding import built
from tests.services.web_server import rules_for, web_server

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TODAY = datetime.date(2027, 3, 10)
HOSTS = ("verein.de", "sport.de", "kultur.de")


def day(offset):
    return TODAY + datetime.timedelta(days=offset)


def answering(status, *, head=None):
    """Return what the server does: ``status``, for HEAD another one."""

    def answer(handler):
        handler.send_response(head if head and handler.command == "HEAD" else status)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@pytest.fixture
def web(monkeypatch):
    """A web server that is reached under several names; ``answers`` may be changed."""
    answers = {
        "/": answering(200),
        "/weg": answering(404),
        "/ohne-head": answering(200, head=405),
        "/gesperrt": answering(403),
        "/spaeter": answering(503),
        "/kaputt": answering(500),
    }
    with web_server(answers) as server:
        server.answers = answers
        monkeypatch.setattr(fetching, "RULES", rules_for(server, {host: ["127.0.0.1"] for host in HOSTS}))
        yield server


@pytest.fixture
def world():
    return built(World)


def link(server, path="/", host="verein.de"):
    return f"http://{host}:{server.port}{path}"


def anchor(url):
    return f'<p><a href="{url}">hier</a></p>'


def test_links_stand_in_texts_and_in_fields_for_addresses(world):
    page = world.offer(
        text=f'<p><a href="https://verein.de/a">a</a> <a href="mailto:x@verein.de">x</a> <a href="tel:1">1</a>'
        f'<a linktype="page" id="{world.haus.pk}">wir</a> <a href="https://haus.example.org/">Beispiel</a></p>'
        + anchor("https://verein.de/a"),
        place_mode="online",
        online_url="https://sport.de/raum",
    )
    assert sorted(finding.links_in(page)) == [
        "https://sport.de/raum",
        "https://verein.de/a",
        f"page:{world.haus.pk}",
    ]
    world.haus.website = "https://verein.de/"
    assert finding.links_in(world.haus) == ["https://verein.de/"]


def test_collecting_follows_what_entries_say(world):
    page = world.offer(text=anchor("https://verein.de/a") + anchor("https://verein.de/b"))
    assert services.collect(today=TODAY) == 2
    assert services.collect(today=TODAY) == 2
    assert set(LinkUse.objects.values_list("link__url", "translation_key", "organisation_key")) == {
        ("https://verein.de/a", page.translation_key, world.haus.translation_key),
        ("https://verein.de/b", page.translation_key, world.haus.translation_key),
    }
    page.text = anchor("https://verein.de/b")
    page.save_revision().publish()
    services.collect(today=TODAY)
    assert list(CheckedLink.objects.values_list("url", flat=True)) == ["https://verein.de/b"]
    page.unpublish()
    services.collect(today=TODAY)
    assert not CheckedLink.objects.exists()


@pytest.mark.parametrize(
    ("path", "methods", "failures"),
    [
        ("/", ["HEAD"], 0),
        ("/weg", ["HEAD", "GET"], 1),
        ("/ohne-head", ["HEAD", "GET"], 0),
        ("/gesperrt", ["HEAD", "GET"], 0),
        ("/spaeter", ["HEAD", "GET"], 0),
        ("/kaputt", ["HEAD", "GET"], 1),
    ],
)
def test_head_is_tried_before_get(world, web, path, methods, failures):
    world.offer(text=anchor(link(web, path)))
    services.collect(today=TODAY)
    assert services.check(today=TODAY) == 1
    assert [method for method, _path, _headers in web.requests] == methods
    assert {headers["User-Agent"] for _method, _path, headers in web.requests} == {
        "Mitmischen (+http://127.0.0.1:8000)"
    }
    checked = CheckedLink.objects.get()
    assert checked.failures == failures
    assert checked.next_check_on == day(1 if failures else 7)


def test_a_link_is_reported_after_three_days_and_not_before(world, web):
    page = world.offer(text=anchor(link(web, "/weg")))
    services.collect(today=TODAY)
    for offset in range(3):
        assert selectors.broken_links(world.haus) == []
        services.check(today=day(offset))
        # The next hours of the same day count nothing.
        CheckedLink.objects.update(next_check_on=day(offset))
        services.check(today=day(offset))
        CheckedLink.objects.update(next_check_on=day(offset + 1))
    (broken,) = selectors.broken_links(world.haus)
    assert (broken.page.pk, broken.url, broken.since, broken.status) == (
        page.pk,
        link(web, "/weg"),
        TODAY,
        404,
    )
    assert selectors.broken_links(world.sv) == []
    assert [found.url for found in selectors.broken_links_for(world.partner)] == [broken.url]
    # It works again.
    web.answers["/weg"] = answering(200)
    services.check(today=day(3))
    assert selectors.broken_links(world.haus) == []


def test_an_unknown_host_is_a_failure_with_a_reason_for_people(world, web):
    world.offer(text=anchor("http://gibt-es-nicht.de/"))
    services.collect(today=TODAY)
    for offset in range(3):
        services.check(today=day(offset))
    (broken,) = selectors.broken_links(world.haus)
    assert (broken.status, broken.reason) == (None, "unknown host")
    assert broken.message == fetching.MESSAGES["unknown host"]
    assert web.requests == []


def test_each_website_is_asked_once_an_hour_and_each_link_once_a_week(world, web):
    paths = ["/", "/?a", "/?b"]
    web.answers |= {path: answering(200) for path in paths}
    for number, host in enumerate(HOSTS):
        world.offer(f"Angebot {number}", text="".join(anchor(link(web, path, host)) for path in paths))
    services.collect(today=TODAY)

    def hosts_asked():
        before = len(web.requests)
        services.check(today=TODAY)
        return sorted(headers["Host"].partition(":")[0] for _m, _p, headers in web.requests[before:])

    assert hosts_asked() == sorted(HOSTS)
    assert hosts_asked() == sorted(HOSTS)
    assert hosts_asked() == sorted(HOSTS)
    assert hosts_asked() == []
    assert services.check(today=day(6)) == 0
    assert services.check(today=day(7)) == 3


def test_a_run_looks_at_forty_links_at_the_most(world, monkeypatch):
    monkeypatch.setattr(services, "fetch", lambda url, method: fetching.Answer(200, url, {}, b""))
    CheckedLink.objects.bulk_create(
        CheckedLink(url=f"https://verein{number}.de/", host=f"verein{number}.de", next_check_on=TODAY)
        for number in range(60)
    )
    assert services.check(today=TODAY) == 40
    assert services.check(today=TODAY) == 20


def test_we_never_ask_ourselves_but_look_into_the_tree(world, web, settings):
    gone = world.offer("Weg")
    texts = [
        f"{settings.BASE_URL}{world.haus.url}",
        f"{settings.BASE_URL}{gone.url}",
        f"{settings.BASE_URL}/de/search/?q=x",
        f"{settings.BASE_URL}/de/gibt-es-nicht/",
        f"{settings.BASE_URL}/tr/search/",
        f"{settings.BASE_URL}/api/v1/",
    ]
    world.offer(
        text="".join(map(anchor, texts))
        + f'<a linktype="page" id="{gone.pk}">x</a><a linktype="page" id="{world.haus.pk}">y</a>'
    )
    gone.unpublish()
    services.collect(today=TODAY)
    for offset in range(3):
        services.check(today=day(offset))
    assert web.requests == []
    broken = set(CheckedLink.objects.filter(failures=3).values_list("url", flat=True))
    assert broken == {texts[1], texts[3], f"page:{gone.pk}"}
    assert CheckedLink.objects.filter(failures=0).count() == 5
    assert sorted(found.url for found in selectors.broken_links(world.haus)) == sorted(
        ["", texts[1], texts[3]]
    )


def test_what_is_broken_costs_the_same_queries_for_any_number(world):
    counts = []
    for number in range(3):
        page = world.offer(f"Angebot {number}")
        row = CheckedLink.objects.create(
            url=f"https://verein.de/{number}", next_check_on=TODAY, failures=3, broken_since=TODAY, status=404
        )
        LinkUse.objects.create(
            link=row, translation_key=page.translation_key, organisation_key=world.haus.translation_key
        )
        if number in (0, 2):
            with CaptureQueriesContext(connection) as queries:
                assert len(selectors.broken_links(world.haus)) == number + 1
            counts.append(len(queries))
    assert counts == [2, 2]
