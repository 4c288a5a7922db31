"""Ports nobody else listens on."""

import socket
import time

from tools.processes import has_ended


def free_port():
    """Return a loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, *, process, seconds=30):
    """Return once something listens on ``port``; raises ``RuntimeError`` when ``process`` ends or time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if has_ended(process):
            raise RuntimeError(f"{process.args[0]} ended before it listened on {port}.")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args[0]} does not listen on {port} after {seconds} s.")
