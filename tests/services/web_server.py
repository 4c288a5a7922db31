"""A web server on this machine that answers what a test says, and the rules under which it may be reached."""

import ipaddress
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from content import fetching

LOOPBACK = ipaddress.ip_address("127.0.0.1")


@contextmanager
def web_server(answers, *, tls=None):
    """Serve ``answers``, a dict of path → function that gets the request handler; yields the server.

    ``server.port``, ``server.requests``: ``[(method, path, headers)]``. ``tls``: an ``ssl.SSLContext``.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.requests.append((self.command, self.path, dict(self.headers)))
            try:
                answers[self.path](self)
            except OSError:
                # Whoever asked has had enough.
                self.close_connection = True

        do_HEAD = do_GET

        def log_message(self, *args):
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            """Say nothing about connections that the other side gave up."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.port = server.server_port
    server.requests = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def rules_for(server, names):
    """Return the ``Rules`` under which ``server`` is reached, and beside it what everybody may reach.

    ``names``: host name → list of addresses, instead of the resolver; other names are unknown.
    """

    def resolve(host, port):
        if host not in names:
            raise OSError(f"{host} is unknown")
        return names[host]

    return fetching.Rules(
        ports=fetching.Rules().ports | {server.port},
        may_reach=lambda address: address == LOOPBACK or fetching.is_public(address),
        resolve=resolve,
    )
