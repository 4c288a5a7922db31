"""The one way to fetch something from outside: calendars that partners name, links that are checked.

Addresses come from people, so a server of ours could be sent where only it can go. Every name is resolved here,
every address it has must be public, and the connection goes to the very address that was looked at; a name that
answers differently a moment later changes nothing. Redirects go through the same. Time and size are limited in
total, after unpacking.
"""

import http.client
import io
import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import idna
from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 2 * 1024 * 1024
TIMEOUT = 5
MAX_REDIRECTS = 5

#: Reason → what it means for the person who typed the address.
MESSAGES = {
    "address": _("This is no web address. It begins with https:// and has no user name or password in it."),
    "place": _("This address leads to a place that is not public. Only public websites can be read."),
    "unknown host": _("There is no website at this address. Check how it is written."),
    "unreachable": _("This website does not answer properly at the moment. Try again later."),
    "slow": _("This website takes too long to answer. Try again later."),
    "large": _("What is at this address is too large."),
    "redirects": _(
        "This address sends us on too often. Open it in your browser and copy the address from there."
    ),
}


class FetchError(Exception):
    """Nothing was fetched. ``reason``: a key of ``MESSAGES``; ``message``: for people, in the active language."""

    def __init__(self, reason, detail=""):
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason

    @property
    def message(self):
        return MESSAGES[self.reason]


class FetchRefused(FetchError):
    """The address, or one it sends us on to, is none that we go to. Trying again will not help."""


class FetchFailed(FetchError):
    """The other side did not give what was asked for."""


@dataclass(frozen=True)
class Answer:
    """What came back: any status, ``headers`` with their names in lower case, ``content`` unpacked.

    Of headers that came more than once, the last one counts. ``content`` is empty for HEAD.
    """

    status: int
    final_url: str
    headers: dict[str, str]
    content: bytes


# From the IANA registries of special-purpose addresses, IPv4 and IPv6, and of multicast. Named one by one: what
# Python calls global has changed between its releases, and counts multicast and site-local addresses among it.
_NOT_PUBLIC = [
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # this link; clouds give out their secrets here
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]
# All IPv6 addresses that IANA gives to anybody are in here. What is outside: this machine, this link, private ones,
# multicast, and IPv4 addresses in disguise (mapped, compatible, NAT64).
_IPV6_UNICAST = ipaddress.ip_network("2000::/3")


def is_public(address):
    """Return whether an ``ipaddress`` address is one that anybody on the internet can reach."""
    if address.version == 6 and address not in _IPV6_UNICAST:
        return False
    return not any(address in network for network in _NOT_PUBLIC) and address.is_global


def _resolve(host, port):
    """Return the texts of all addresses that ``host`` has. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(entry[4][0] for entry in found))


@dataclass(frozen=True)
class Rules:
    """Where we go. Tests fetch from this machine under rules of their own; nothing else may set any."""

    ports: frozenset[int] = frozenset({80, 443})
    may_reach: Callable = is_public
    resolve: Callable = _resolve


# No argument and no setting, so that neither a form nor an environment variable can open it.
RULES = Rules()


class _Deadline:
    def __init__(self, seconds):
        self._end = time.monotonic() + seconds

    def left(self):
        """Return the seconds left, more than 0. Raises ``FetchFailed``."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchFailed("slow")
        return left


class _TimedReader(io.RawIOBase):
    """Reads from a socket until the deadline, however little each read brings."""

    def __init__(self, sock, deadline):
        self._sock, self._deadline = sock, deadline

    def readable(self):
        return True

    def readinto(self, buffer):
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


class _TimedSocket:
    """As much of a socket as ``http.client`` uses."""

    def __init__(self, sock, deadline):
        self._sock, self._deadline = sock, deadline

    def makefile(self, mode):
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))

    def sendall(self, data):
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def close(self):
        """Leave it to ``_request``: ``http.client`` closes before it reads the body of an answer that ends so."""


@dataclass(frozen=True)
class _Target:
    """An address taken apart. ``host`` is in ASCII, ``path`` begins with a slash and carries the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self):
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self):
        return f"{self.scheme}://{self.netloc}{self.path}"


_DEFAULT_PORTS = {"http": 80, "https": 443}
# White space, control characters, and the backslash that browsers read as a slash.
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
# Hosts that end so are numbers to the resolver: 2130706433, 0x7f.1, 0177.0.0.1.
_ENDS_IN_A_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)

# Letters of domain names, and the underscore that some hosts have all the same.
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")


def _take_apart(url):
    if _UNSAFE.search(url):
        raise FetchRefused("address", "characters that no address has")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused("address", str(error)) from error
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise FetchRefused("address", "no http or https, or no host")
    if "[" in parts.netloc and ":" not in parts.hostname:
        raise FetchRefused("address", "brackets around what is no IPv6 address")
    if "@" in parts.netloc:
        raise FetchRefused("address", "a user name or a password")
    port = _DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in RULES.ports:
        raise FetchRefused("place", f"port {port}")
    path = iri_to_uri(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
    return _Target(parts.scheme, _ascii_host(parts.hostname), port, path)


def _ascii_host(host):
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if _ENDS_IN_A_NUMBER.search(host) or ":" in host:
        raise FetchRefused("address", "a number in the place of a name")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError as error:
            raise FetchRefused("address", str(error)) from error
    # Once more: full-width digits have become digits.
    if not _HOST.fullmatch(host) or _ENDS_IN_A_NUMBER.search(host):
        raise FetchRefused("address", "no name that a host can have")
    return host


def _addresses(target, deadline):
    """Return the public addresses of the target. Raises ``FetchRefused`` when a single one is not public."""
    answers = queue.SimpleQueue()

    def ask():
        try:
            answers.put(RULES.resolve(target.host, target.port))
        except OSError as error:
            answers.put(error)

    # The system's resolver takes no time limit; a thread can be left to itself.
    threading.Thread(target=ask, daemon=True, name=f"resolve {target.host}").start()
    try:
        found = answers.get(timeout=deadline.left())
    except queue.Empty as error:
        raise FetchFailed("slow", "resolving the name") from error
    if isinstance(found, OSError) or not found:
        raise FetchFailed("unknown host", target.host) from (found or None)
    for text in found:
        # A zone ("fe80::1%eth0") names an interface of this machine.
        if "%" in text or not RULES.may_reach(ipaddress.ip_address(text)):
            raise FetchRefused("place", f"{target.host} is {text}")
    return found


def _connect(target, deadline):
    """Return a socket to the target, encrypted where it should be. Raises ``OSError``."""
    failure = None
    for address in _addresses(target, deadline):
        try:
            sock = socket.create_connection((address, target.port), timeout=deadline.left())
        except OSError as error:
            failure = error
            continue
        if target.scheme == "http":
            return sock
        try:
            # The certificate must be the name's, although the connection goes to a number.
            sock.settimeout(deadline.left())
            return ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)
        except BaseException:
            sock.close()
            raise
    raise failure


def _request(target, method, max_bytes, deadline):
    """Return the ``Answer`` of the target itself, a redirect as it is."""
    connection = http.client.HTTPConnection(target.host, target.port)
    headers = {
        "Host": target.netloc,
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "User-Agent": f"Mitmischen (+{settings.WAGTAILADMIN_BASE_URL})",
    }
    try:
        with _connect(target, deadline) as sock:
            connection.sock = _TimedSocket(sock, deadline)
            connection.request(method, target.path, headers=headers)
            with connection.getresponse() as response:
                received = {name.lower(): value for name, value in response.getheaders()}
                content = b"" if method == "HEAD" else _body(response, received, max_bytes)
                return Answer(response.status, target.url, received, content)
    except TimeoutError as error:
        raise FetchFailed("slow") from error
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise FetchFailed("unreachable", str(error)) from error


def _body(response, headers, max_bytes):
    """Return the unpacked body, never holding more than a piece above ``max_bytes``."""
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FetchFailed("unreachable", f"packed as {coding}")
    # 32: zlib sees itself whether gzip or deflate was meant.
    unpacker = None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    content = bytearray()
    received = 0
    while piece := response.read(64 * 1024):
        received += len(piece)
        if unpacker:
            piece = unpacker.decompress(piece, max_bytes + 1 - len(content))
        content += piece
        if len(content) > max_bytes or received > max_bytes:
            raise FetchFailed("large")
    # ``length`` is what the other side promised and did not send; None where it promised nothing.
    if response.length or (unpacker and not unpacker.eof and received):
        raise FetchFailed("unreachable", "the body ends in its middle")
    return bytes(content)


def fetch(url, *, method="GET", max_bytes=MAX_BYTES, timeout=TIMEOUT):
    """Return the ``Answer`` from ``url``, after at most five redirects.

    ``max_bytes``: of the body, packed and unpacked. ``timeout``: seconds for everything together, names and
    redirects included. Raises ``FetchRefused`` and ``FetchFailed``; a status of 404 or 500 is an answer.
    """
    if method not in ("GET", "HEAD"):
        raise ValueError(f"{method} could change something elsewhere; only GET and HEAD are sent.")
    deadline = _Deadline(timeout)
    seen = set()
    while True:
        target = _take_apart(url)
        if target in seen or len(seen) > MAX_REDIRECTS:
            raise FetchFailed("redirects", target.url)
        seen.add(target)
        answer = _request(target, method, max_bytes, deadline)
        if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
            return answer
        try:
            # Header values arrive as Latin-1; an address with other letters was sent as UTF-8.
            location = answer.headers["location"].encode("latin-1").decode("utf-8", "replace")
            url = urljoin(target.url, location)
        except ValueError as error:
            raise FetchRefused("address", str(error)) from error
