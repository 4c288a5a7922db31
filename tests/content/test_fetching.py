"""Fetching from outside: only public places, only what was looked at, never long, never much."""

import ast
import gzip
import ipaddress
import socket
import ssl
import subprocess
import threading
import time
import zlib
from pathlib import Path

import pytest

from content import fetching
from content.fetching import MESSAGES, FetchFailed, FetchRefused, fetch, is_public
from tests.services.web_server import rules_for, web_server

ROOT = Path(__file__).parents[2]
APPS = [path.parent for path in ROOT.glob("*/apps.py")] + [ROOT / "cms"]

NOT_PUBLIC = [
    # IPv4: first and last of each range of IANA's registry, and multicast.
    *("0.0.0.1", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255"),
    *("127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254", "172.16.0.0", "172.31.255.255"),
    *("192.0.0.1", "192.0.0.9", "192.0.0.170", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1"),
    *("192.168.0.0", "192.168.255.255", "192.175.48.1", "198.18.0.0", "198.19.255.255", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    # IPv6
    *("::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8"),
    *("64:ff9b::8.8.8.8", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "100:0:0:1::1"),
    *("2001::1", "2001:1::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:30::1", "2001:1ff:ffff::1"),
    *("2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "2620:4f:8000::1", "3fff::1", "3fff:fff::1"),
    *("5f00::1", "4000::1", "fc00::1", "fdff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1"),
]
PUBLIC = [
    *("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"),
    *("172.15.255.255", "172.32.0.0", "192.0.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255"),
    *("2001:200::1", "2001:4860:4860::8888", "2003::1", "2a00:1450:4001::1", "2606:4700::1111"),
]


def answer(content=b"hello", status=200, **headers):
    """Return an answer of the test server."""

    def send(handler):
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(content)

    return send


def redirect(location, status=302):
    return answer(b"", status, Location=location)


@pytest.fixture
def answers():
    return {"/": answer(Content_Type="text/calendar")}


@pytest.fixture
def names():
    return {"site.example": ["127.0.0.1"]}


@pytest.fixture
def server(answers, names, monkeypatch):
    with web_server(answers) as server:
        monkeypatch.setattr(fetching, "RULES", rules_for(server, names))
        server.url = f"http://site.example:{server.port}"
        yield server


# --- Which addresses --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_an_address_that_is_special_is_not_public(text):
    assert is_public(ipaddress.ip_address(text)) is False


@pytest.mark.parametrize("text", PUBLIC)
def test_an_address_beside_the_special_ones_is_public(text):
    assert is_public(ipaddress.ip_address(text)) is True


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_a_special_address_is_refused_as_a_host(text):
    host = f"[{text}]" if ":" in text else text
    with pytest.raises(FetchRefused) as refused:
        fetch(f"http://{host}/")
    assert refused.value.reason == "place"


@pytest.mark.parametrize("text", ["127.0.0.1", "10.0.0.1", "::1", "fe80::1%lo"])
def test_a_name_that_leads_to_a_special_address_is_refused_though_others_are_public(server, names, text):
    names["mixed.example"] = ["8.8.8.8", "2001:4860:4860::8888", text]
    rules = rules_for(server, names)
    fetching.RULES = fetching.Rules(ports=rules.ports, resolve=rules.resolve)
    with pytest.raises(FetchRefused, match=text) as refused:
        fetch(f"http://mixed.example:{server.port}/")
    assert refused.value.reason == "place"
    assert server.requests == []


def test_the_real_resolver_is_asked_and_this_machine_refused():
    with pytest.raises(FetchRefused) as refused:
        fetch("http://localhost/")
    assert refused.value.reason == "place"


def test_a_name_is_resolved_once_so_that_a_second_answer_changes_nothing(server):
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.0.2.1"]

    fetching.RULES = fetching.Rules(
        ports=fetching.RULES.ports, may_reach=fetching.RULES.may_reach, resolve=resolve
    )
    assert fetch(f"{server.url}/").content == b"hello"
    assert asked == ["site.example"]


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "017700000001", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1.", "1.2.3"),
        *(
            "134744072",
            "8.8.2056",
            "a.1",
            "a.0x10",
            "256.256.256.256",
            "１２７.0.0.1",
            "１２７。０。０。１",
            "8.8.8.8.8",
        ),
    ],
)
def test_a_number_in_the_place_of_a_name_is_refused(host):
    with pytest.raises(FetchRefused) as refused:
        fetch(f"http://{host}/")
    assert refused.value.reason == "address"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "example.org",
            "//example.org/",
            "ftp://example.org/",
            "file:///etc/passwd",
            "gopher://example.org/",
        ),
        *(
            "javascript:alert(1)",
            "data:,x",
            "http://",
            "http:///x",
            "https://:443/",
            "http://[::1/",
            "http://[v1.x]/",
        ),
        *(
            "http://user@example.org/",
            "http://user:pass@example.org/",
            "http://@example.org/",
            "http://:@example.org/",
        ),
        *(
            "http://example.org\\@127.0.0.1/",
            "http://example.org/\r\nHost: x",
            "http://exa mple.org/",
            " http://a.org/",
        ),
        *(
            "http://example.org:x/",
            "http://example.org:99999/",
            "http://exa%6dple.org/",
            "http://a..org/",
            "http://-ö-.org/",
        ),
        *("http://" + "a" * 64 + ".org/", "http://" + "a." * 130 + "org/", "http://example.org/\u2028"),
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(FetchRefused) as refused:
        fetch(url)
    assert refused.value.reason == "address"


@pytest.mark.parametrize("port", [0, 21, 22, 25, 81, 8000, 8080, 8443, 6379, 65535])
def test_other_ports_are_refused(port):
    with pytest.raises(FetchRefused, match=f"port {port}$") as refused:
        fetch(f"http://8.8.8.8:{port}/")
    assert refused.value.reason == "place"


def test_an_unknown_name_fails(server):
    with pytest.raises(FetchFailed) as failed:
        fetch("http://nowhere.example/")
    assert failed.value.reason == "unknown host"


def test_methods_that_change_something_are_not_sent(server):
    with pytest.raises(ValueError, match="POST"):
        fetch(f"{server.url}/", method="POST")
    assert server.requests == []


def test_no_app_sets_other_rules():
    """Tests do; whoever else opens the gate has to come by here."""
    found = []
    for app in APPS:
        for path in app.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", None)
                if name in ("RULES", "Rules") and path != ROOT / "content" / "fetching.py":
                    found.append(str(path))
    assert found == []
    assigned = [
        target.id
        for node in ast.walk(ast.parse((ROOT / "content" / "fetching.py").read_text()))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id == "RULES"
    ]
    assert assigned == ["RULES"]


# --- Answers ----------------------------------------------------------------------------------------------


def test_an_answer_has_status_address_headers_and_content(server):
    found = fetch(f"{server.url}/")
    assert (found.status, found.final_url, found.content) == (200, f"{server.url}/", b"hello")
    assert found.headers["content-type"] == "text/calendar"
    ((method, path, headers),) = server.requests
    assert (method, path, headers["Host"]) == ("GET", "/", f"site.example:{server.port}")
    assert headers["User-Agent"].startswith("Mitmischen (+http")
    assert "Cookie" not in headers


def test_the_head_of_an_answer_can_be_had_alone(server):
    found = fetch(f"{server.url}/", method="HEAD")
    assert (found.status, found.content, found.headers["content-length"]) == (200, b"", "5")
    assert server.requests[0][0] == "HEAD"


@pytest.mark.parametrize("status", [204, 304, 404, 500])
def test_every_status_is_an_answer(server, answers, status):
    answers["/other"] = answer(b"", status)
    assert fetch(f"{server.url}/other").status == status


def test_letters_beyond_ascii_are_sent_as_browsers_send_them(server, answers, names):
    names["xn--strae-oqa.example"] = ["127.0.0.1"]
    answers["/caf%C3%A9?q=%C3%BC&r=a%20b"] = answer()
    found = fetch(f"http://Straße.example:{server.port}/café?q=ü&r=a%20b#part")
    assert found.content == b"hello"
    assert server.requests[0][2]["Host"] == f"xn--strae-oqa.example:{server.port}"


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("x-gzip", gzip.compress), ("identity", bytes)],
)
def test_packed_content_is_unpacked(server, answers, coding, pack):
    answers["/packed"] = answer(pack(b"hello" * 1000), Content_Encoding=coding)
    assert fetch(f"{server.url}/packed").content == b"hello" * 1000


@pytest.mark.parametrize(
    ("content", "coding"),
    [(b"\x00\x01", "br"), (b"no gzip", "gzip"), (gzip.compress(b"hello" * 1000, mtime=0)[:-20], "gzip")],
)
def test_content_that_cannot_be_unpacked_fails(server, answers, content, coding):
    answers["/packed"] = answer(content, Content_Encoding=coding)
    with pytest.raises(FetchFailed) as failed:
        fetch(f"{server.url}/packed")
    assert failed.value.reason == "unreachable"


def test_nobody_listening_fails(server, names):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        fetching.RULES = fetching.Rules(
            ports=frozenset({port}), may_reach=fetching.RULES.may_reach, resolve=fetching.RULES.resolve
        )
        with pytest.raises(FetchFailed) as failed:
            fetch(f"http://site.example:{port}/")
    assert failed.value.reason == "unreachable"


@pytest.mark.parametrize(
    "text",
    [
        b"no http\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200,
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx",
    ],
)
def test_what_is_no_proper_answer_fails(server, answers, text):
    def send(handler):
        handler.wfile.write(text)
        handler.close_connection = True

    answers["/broken"] = send
    with pytest.raises(FetchFailed) as failed:
        fetch(f"{server.url}/broken")
    assert failed.value.reason == "unreachable"


def test_another_address_of_the_name_is_tried_when_one_does_not_answer(server, names):
    names["two.example"] = ["127.0.0.2", "127.0.0.1"]
    fetching.RULES = fetching.Rules(
        ports=fetching.RULES.ports, may_reach=lambda address: True, resolve=fetching.RULES.resolve
    )
    assert fetch(f"http://two.example:{server.port}/").content == b"hello"


# --- Redirects --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_also_relative_ones(server, answers, status):
    answers["/a/start"] = redirect("../b?x=ä".encode().decode("latin-1"), status)
    answers["/b?x=%C3%A4"] = answer(b"arrived")
    found = fetch(f"{server.url}/a/start")
    assert (found.content, found.final_url) == (b"arrived", f"{server.url}/b?x=%C3%A4")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://10.0.0.1/", "place"),
        ("http://169.254.169.254/latest/meta-data/", "place"),
        ("http://[::ffff:7f00:1]/", "place"),
        ("http://inside.example/", "place"),
        ("http://8.8.8.8:6379/", "place"),
        ("http://2130706433/", "address"),
        ("file:///etc/passwd", "address"),
        ("http://user:pass@site.example/", "address"),
        ("http://[::1", "address"),
    ],
)
def test_a_redirect_to_where_we_do_not_go_is_refused(server, answers, names, location, reason):
    names["inside.example"] = ["10.1.2.3"]
    resolve = rules_for(server, names).resolve
    fetching.RULES = fetching.Rules(
        ports=fetching.RULES.ports,
        may_reach=fetching.RULES.may_reach,
        # Numbers resolve to themselves, as they do for the system.
        resolve=lambda host, port: [host] if host[0].isdigit() or ":" in host else resolve(host, port),
    )
    answers["/start"] = redirect(location)
    with pytest.raises(FetchRefused) as refused:
        fetch(f"{server.url}/start")
    assert refused.value.reason == reason
    assert [path for _method, path, _headers in server.requests] == ["/start"]


def test_a_circle_of_redirects_fails_at_once(server, answers):
    answers["/a"], answers["/b"] = redirect("/b"), redirect("/a")
    with pytest.raises(FetchFailed) as failed:
        fetch(f"{server.url}/a")
    assert (failed.value.reason, len(server.requests)) == ("redirects", 2)


@pytest.mark.parametrize(("number", "arrives"), [(5, True), (6, False)])
def test_five_redirects_are_followed_and_no_more(server, answers, number, arrives):
    for step in range(number):
        answers[f"/{step}"] = redirect(f"/{step + 1}")
    answers[f"/{number}"] = answer(b"arrived")
    if arrives:
        assert fetch(f"{server.url}/0").content == b"arrived"
    else:
        with pytest.raises(FetchFailed) as failed:
            fetch(f"{server.url}/0")
        assert failed.value.reason == "redirects"
        assert len(server.requests) == 6


# --- Time and size ----------------------------------------------------------------------------------------


def dripping(first):
    """Send ``first`` and then a byte every tenth of a second, so that no single read takes long."""

    def send(handler):
        handler.wfile.write(first)
        for _each in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    return send


@pytest.mark.parametrize(
    "first", [b"", b"HTTP/1.1 200 OK\r\nX-Drip: ", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"]
)
def test_the_time_limit_is_for_everything_together(server, answers, first):
    answers["/drip"] = dripping(first)
    began = time.monotonic()
    with pytest.raises(FetchFailed) as failed:
        fetch(f"{server.url}/drip", timeout=0.5)
    assert failed.value.reason == "slow"
    assert 0.4 < time.monotonic() - began < 2


def test_redirects_get_no_time_of_their_own(server, answers):
    def slow(location):
        def send(handler):
            time.sleep(0.3)
            redirect(location)(handler)

        return send

    answers.update({f"/{step}": slow(f"/{step + 1}") for step in range(5)})
    with pytest.raises(FetchFailed) as failed:
        fetch(f"{server.url}/0", timeout=0.5)
    assert failed.value.reason == "slow"
    assert len(server.requests) == 2


def test_a_resolver_that_does_not_answer_is_not_waited_for(server):
    done = threading.Event()
    fetching.RULES = fetching.Rules(
        ports=fetching.RULES.ports, resolve=lambda host, port: done.wait(30) and ["8.8.8.8"]
    )
    with pytest.raises(FetchFailed) as failed:
        fetch("http://site.example/", timeout=0.2)
    done.set()
    assert failed.value.reason == "slow"


@pytest.mark.parametrize(("size", "fits"), [(1000, True), (1001, False)])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_content_has_a_limit(server, answers, size, fits, coding):
    content = b"x" * size
    answers["/large"] = answer(
        gzip.compress(content) if coding == "gzip" else content, Content_Encoding=coding
    )
    if fits:
        assert fetch(f"{server.url}/large", max_bytes=1000).content == content
    else:
        with pytest.raises(FetchFailed) as failed:
            fetch(f"{server.url}/large", max_bytes=1000)
        assert failed.value.reason == "large"


def test_content_without_an_end_is_not_read_to_its_end(server, answers):
    sent = []

    def endless(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            handler.wfile.write(b"x" * 65536)
            sent.append(65536)

    answers["/endless"] = endless
    with pytest.raises(FetchFailed) as failed:
        fetch(f"{server.url}/endless", max_bytes=100_000)
    assert failed.value.reason == "large"
    # What is in the buffers of two sockets beyond that.
    assert sum(sent) < 20_000_000


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked(server, answers, monkeypatch):
    bomb = gzip.compress(b"\0" * 200_000_000)
    assert len(bomb) < fetching.MAX_BYTES
    answers["/bomb"] = answer(bomb, Content_Encoding="gzip")
    import tracemalloc

    tracemalloc.start()
    with pytest.raises(FetchFailed) as failed:
        fetch(f"{server.url}/bomb", timeout=30)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert failed.value.reason == "large"
    assert peak < 4 * fetching.MAX_BYTES + len(bomb)


# --- Encryption -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for ``site.example``, signed by itself."""
    directory = tmp_path_factory.mktemp("tls")
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    command += ["-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=site.example"]
    command += ["-addext", "subjectAltName=DNS:site.example"]
    subprocess.run(command, cwd=directory, check=True, capture_output=True)
    return directory


@pytest.fixture
def tls_server(certificate, answers, names, monkeypatch):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    asked = []
    context.sni_callback = lambda sock, name, context: asked.append(name)
    names["other.example"] = ["127.0.0.1"]
    with web_server(answers, tls=context) as server:
        server.names_asked_for = asked
        monkeypatch.setattr(fetching, "RULES", rules_for(server, names))
        yield server


def test_the_certificate_is_asked_for_and_checked_by_the_name(tls_server, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    assert fetch(f"https://site.example:{tls_server.port}/").content == b"hello"
    assert tls_server.names_asked_for == ["site.example"]


def test_the_certificate_of_another_name_is_not_accepted(tls_server, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    with pytest.raises(FetchFailed, match="other.example") as failed:
        fetch(f"https://other.example:{tls_server.port}/")
    assert failed.value.reason == "unreachable"
    assert tls_server.requests == []


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(tls_server):
    with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED") as failed:
        fetch(f"https://site.example:{tls_server.port}/")
    assert failed.value.reason == "unreachable"
    assert tls_server.requests == []


def test_a_server_that_never_ends_its_greeting_is_left(names, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        monkeypatch.setattr(
            fetching,
            "RULES",
            fetching.Rules(
                ports=frozenset({port}),
                may_reach=lambda address: True,
                resolve=lambda host, port: ["127.0.0.1"],
            ),
        )
        with pytest.raises(FetchFailed) as failed:
            fetch(f"https://site.example:{port}/", timeout=0.3)
    assert failed.value.reason == "slow"


# --- Words ------------------------------------------------------------------------------------------------


def test_every_reason_that_is_given_has_words():
    source = (ROOT / "content" / "fetching.py").read_text()
    given = {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("FetchRefused", "FetchFailed")
    }
    assert given == set(MESSAGES)


def test_a_reason_is_explained_in_the_active_language():
    from django.utils.translation import override

    with override("de"):
        assert str(FetchFailed("slow").message) == (
            "Diese Website braucht zu lange für eine Antwort. Bitte versuchen Sie es später noch einmal."
        )
