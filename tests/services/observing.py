"""Looks at what other processes do."""

import time
from pathlib import Path


def processes_with(token):
    """Return ``{process id: command line}`` of running processes whose environment holds ``token``."""
    found = {}
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            if token.encode() in (directory / "environ").read_bytes():
                found[int(directory.name)] = (directory / "cmdline").read_bytes().decode().replace("\0", " ")
        except OSError:
            # It ended while we looked, or it is not ours to look at.
            continue
    return found


def wait_until(condition, seconds=20):
    """Return whether ``condition()`` came true within ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False
