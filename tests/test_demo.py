"""``make demo``, run as a newcomer runs it, from a copy of the sources in an empty directory."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import pytest
from django.db import connection

from tests.services.free_port import free_port
from tests.services.observing import processes_with, wait_until
from tools.processes import start, stop

ROOT = Path(__file__).parents[1]
NOT_SOURCES = (".git", ".venv", "var", "node_modules", "__pycache__", "staticfiles", "*.mo")


class Demo:
    """One ``make demo``: ``seconds`` until it printed its table, ``lines`` of what it printed."""

    def __init__(self, directory, **variables):
        self.port = free_port()
        self.token = uuid.uuid4().hex
        given = {"PORT": self.port, "VENV": sys.prefix, "PYTHON": sys.executable, **variables}
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.began = time.monotonic()
        self.process = start(
            ["make", "demo", *(f"{name}={value}" for name, value in given.items())],
            cwd=directory,
            env={**environment, "TOKEN": self.token},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines = []

    def wait(self):
        """Return when the table is printed."""
        for line in self.process.stdout:
            self.lines.append(line.strip())
            if "Ctrl-C" in line:
                self.seconds = time.monotonic() - self.began
                return
        raise AssertionError("\n".join(self.lines))

    def get(self, path):
        """Return status, content type and text of an answer."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read().decode()

    def interrupt(self):
        """Press Ctrl-C: the whole foreground group gets the signal."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(30)

    def __enter__(self):
        self.wait()
        return self

    def __exit__(self, *error):
        stop(self.process)
        self.process.stdout.close()


@pytest.fixture
def copy(tmp_path):
    """A copy of the sources, nothing prepared."""
    return shutil.copytree(ROOT, tmp_path / "copy", ignore=shutil.ignore_patterns(*NOT_SOURCES))


@pytest.mark.long
def test_it_serves_the_site_and_the_second_time_within_ten_seconds(copy):
    with Demo(copy) as first:
        assert f"Deutsch          http://127.0.0.1:{first.port}/de/" in first.lines
        status, kind, text = first.get("/admin/login/")
        assert (status, kind) == (200, "text/html")
        style = text.split('<link rel="stylesheet" href="', 1)[1].split('"', 1)[0]
        assert first.get(style)[:2] == (200, "text/css")
        # Nothing was compiled before; the source language has its own words all the same.
        menu = first.get("/de/")[2].split('<ul class="nav-list">', 1)[1].split("</ul>", 1)[0]
        assert [name for name in ("Angebote", "Termine", "Organisationen") if name not in menu] == []
        first.interrupt()
        assert wait_until(lambda: processes_with(first.token) == {})
    with Demo(copy) as second:
        assert second.seconds < 10
        assert second.get("/admin/login/")[0] == 200


def test_a_port_in_use_is_said_before_anything_is_prepared(copy):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = subprocess.run(
            ["make", "demo", f"PORT={port}", f"VENV={sys.prefix}"],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode != 0
    assert f"Port {port} is in use. Another one: make demo PORT={port + 1}" in refused.stderr
    assert not (copy / "var").exists()


@pytest.mark.postgres
@pytest.mark.services
@pytest.mark.long
def test_on_postgresql_and_redis_a_worker_and_beat_stand_beside_the_server_and_go_with_it(
    copy, redis_server, snapshots, django_db_blocker
):
    settings = connection.settings_dict
    name = f"demo_{uuid.uuid4().hex[:8]}"
    address = f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{name}"
    with django_db_blocker.unblock():
        snapshots.copy_to(name)
    with Demo(copy, DATABASE_URL=address, REDIS_URL=redis_server.url) as demo:

        def running():
            return " ".join(processes_with(demo.token).values())

        assert demo.get("/admin/login/")[0] == 200
        assert wait_until(lambda: "cms worker" in running() and "cms beat" in running())
        assert not list((copy / "var").glob("db.sqlite3"))
        # The server dies; nothing that stood beside it stays.
        granian = next(id for id, command in processes_with(demo.token).items() if "granian" in command)
        os.kill(granian, signal.SIGKILL)
        assert demo.process.wait(40) != 0
        assert processes_with(demo.token) == {}
