"""A Redis server of the suite's own, on a free port, without persistence."""

import shutil
import subprocess
import tempfile

from tests.services.free_port import free_port, wait_for_port
from tools.processes import start, stop


class RedisServer:
    """``url`` is its address. ``stop`` and ``start`` let a test see what happens without it, on the same port."""

    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        self.process = start(
            [
                shutil.which("redis-server"),
                "--port",
                self.port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                tempfile.gettempdir(),
            ],
            stdout=subprocess.DEVNULL,
        )
        wait_for_port(self.port, process=self.process)

    def stop(self):
        if self.process:
            stop(self.process)
            self.process = None
