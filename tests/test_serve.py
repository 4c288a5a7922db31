"""The site's processes live and die together, whatever ends the one that started them."""

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.services.free_port import free_port
from tests.services.observing import processes_with, wait_until
from tools import serve
from tools.processes import stop

ROOT = Path(__file__).parents[1]
# Listens at once, answers a second later; the file it makes says when.
WEB_SERVER = """
import http.server, pathlib, sys, time
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler)
time.sleep(1)
pathlib.Path(sys.argv[2]).touch()
server.serve_forever()
"""
SLEEPER = "import os, time; os.fork(); time.sleep(600)"


@pytest.fixture
def supervised(tmp_path):
    """Start a supervisor of a web server and a second process that has a child of its own."""
    started = []

    def start(second=SLEEPER):
        port, token = free_port(), uuid.uuid4().hex
        program = (
            "import sys; from tools.serve import run\n"
            f"web = [sys.executable, '-c', {WEB_SERVER!r}, '{port}', {str(tmp_path / 'answering')!r}]\n"
            f"worker = [sys.executable, '-c', {second!r}]\n"
            f"sys.exit(run({{'web server': web, 'worker': worker}}, port={port}, "
            "when_ready=lambda: print('ready', flush=True)))"
        )
        with (tmp_path / "messages").open("w") as messages:
            process = subprocess.Popen(
                [sys.executable, "-c", program],
                cwd=ROOT,
                env={**os.environ, "TOKEN": token},
                stdout=subprocess.PIPE,
                stderr=messages,
                text=True,
                start_new_session=True,
            )
        started.append(process)
        return process, token

    yield start
    for process in started:
        stop(process)
        process.stdout.close()


def test_it_says_ready_when_the_server_answers_and_not_before(supervised, tmp_path):
    process, token = supervised()
    assert process.stdout.readline() == "ready\n"
    assert (tmp_path / "answering").exists()
    assert wait_until(lambda: len(processes_with(token)) == 4)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_that_was_started(supervised, number):
    process, token = supervised()
    process.stdout.readline()
    assert wait_until(lambda: len(processes_with(token)) == 4)
    process.send_signal(number)
    assert process.wait(20) == 0
    assert processes_with(token) == {}


def test_when_one_process_ends_the_others_are_stopped_and_it_is_named(supervised, tmp_path):
    process, token = supervised(second="import time; time.sleep(2); raise SystemExit(7)")
    assert process.wait(20) == 1
    assert processes_with(token) == {}
    assert "The worker ended with exit code 7." in (tmp_path / "messages").read_text()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems cannot notice it")
def test_processes_do_not_outlive_a_supervisor_that_was_killed(supervised):
    process, token = supervised(second="import time; time.sleep(600)")
    process.stdout.readline()
    process.kill()
    assert wait_until(lambda: processes_with(token) == {})


def test_a_worker_and_beat_stand_beside_the_server_only_where_there_is_a_broker():
    assert list(serve.commands(port=8000, redis_url="")) == ["web server", "housekeeping"]
    assert list(serve.commands(port=8000, redis_url="redis://localhost")) == ["web server", "worker", "beat"]
