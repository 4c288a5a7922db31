"""Runs the site's processes together: all start, and as soon as one ends, all end.

Without REDIS_URL that is the web server and what a beat would do; with it a Celery worker and beat stand beside it.
"""

import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tools.processes import ask_to_end, has_ended, start, stop

ROOT = Path(__file__).parents[1]


def commands(*, port, redis_url):
    """Return ``{name: command}`` of what has to run to serve the site at ``port``."""
    processes = {
        "web server": [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", 1, "--blocking-threads", 1,
            "--host", "127.0.0.1", "--port", port, "--log-level", "warning", "--no-ws", "cms.wsgi:application",
        ],
    }  # fmt: skip
    if redis_url:
        celery = [sys.executable, "-m", "celery", "-A", "cms"]
        processes["worker"] = [*celery, "worker", "--concurrency", 1, "--loglevel", "warning"]
        processes["beat"] = [*celery, "beat", "--loglevel", "warning", "--pidfile="]
    else:
        processes["housekeeping"] = [sys.executable, "manage.py", "housekeeping", "--every", 600]
    return processes


def is_free(port):
    """Return whether a server can listen on ``port`` of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class _Probe:
    """One request that waits until the site answers it, while we keep an eye on the processes."""

    def __init__(self, port):
        self.port = port
        self.socket = None

    def answered(self):
        """Return whether an answer has come. The port opens seconds before there is one."""
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=1)
                self.socket.sendall(f"HEAD / HTTP/1.0\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
            if not select.select([self.socket], [], [], 0)[0]:
                return False
            answer = self.socket.recv(1)
        except OSError:
            answer = b""
        if self.socket is not None:
            self.socket.close()
            self.socket = None
        return bool(answer)


def run(processes, *, port, when_ready):
    """Run ``processes`` (``{name: command}``) until one ends or a signal comes; return an exit code.

    ``when_ready()`` is called once ``port`` answers a request. Nothing that was started is left behind.
    """
    signals = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Noted and acted on below: raised from here, it could strike between starting and remembering a process.
        signal.signal(number, lambda number, frame: signals.append(number))
    running, ended = {}, []
    probe = _Probe(port)
    announced = False
    try:
        for name, command in processes.items():
            running[name] = start(command, cwd=ROOT, stdin=subprocess.DEVNULL)
        while not signals:
            for name, process in running.items():
                if has_ended(process):
                    ended.append((name, process))
                    return 1
            if not announced and probe.answered():
                announced = True
                when_ready()
            time.sleep(0.1)
        return 0
    finally:
        for process in running.values():
            ask_to_end(process)
        for process in running.values():
            stop(process)
        for name, process in ended:
            message = f"The {name} ended with exit code {process.returncode}."
            print(message, file=sys.stderr, flush=True)
