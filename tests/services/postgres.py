"""A PostgreSQL server of the suite's own, in a temporary directory, gone when the suite ends."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.services.free_port import free_port, wait_for_port
from tests.services.groups import postgres_program
from tools.processes import start, stop

# Nothing of value is kept: a crash may lose everything, so nothing waits for the disk.
OPTIONS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")


@contextmanager
def postgres_server():
    """Start a server and yield its URL, a database included. PostgreSQL refuses root, so root becomes ``postgres``."""
    directory = Path(tempfile.mkdtemp(prefix="mitmischen-postgres-"))
    identity = {}
    if os.geteuid() == 0:
        shutil.chown(directory, "postgres", "postgres")
        identity = {"user": "postgres", "group": "postgres", "extra_groups": []}
    try:
        data = directory / "data"
        subprocess.run(
            [
                postgres_program("initdb"),
                "-D",
                data,
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=directory,
            **identity,
        )
        port = free_port()
        options = [part for option in OPTIONS for part in ("-c", option)]
        with (directory / "log").open("wb") as log:
            # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
            server = start(
                [
                    postgres_program("postgres"),
                    "-D",
                    data,
                    "-p",
                    port,
                    "-k",
                    directory,
                    "-h",
                    "127.0.0.1",
                    *options,
                ],
                death_signal=signal.SIGINT,
                stdout=log,
                stderr=log,
                cwd=directory,
                **identity,
            )
        try:
            wait_for_port(port, process=server)
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            stop(server, stop_signal=signal.SIGINT)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
