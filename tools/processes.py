"""Starts child processes that cannot outlive what started them, and stops them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

PR_SET_PDEATHSIG = 1


def _die_with_parent(death_signal):
    """Return a function that, run in a child, has Linux send it ``death_signal`` when its parent ends.

    It covers the one case no handler can: the parent is killed with -9. Elsewhere it does nothing.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def set_death_signal():
        prctl(PR_SET_PDEATHSIG, death_signal)

    return set_death_signal


def start(command, *, death_signal=signal.SIGTERM, **options):
    """Start ``command`` (a list) in its own process group and return its ``subprocess.Popen``.

    The own group keeps Ctrl-C in a terminal from reaching the child before us, and lets ``stop`` reach
    grandchildren. ``options`` go to ``Popen``.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        start_new_session=True,
        preexec_fn=_die_with_parent(death_signal),  # noqa: PLW1509  (no threads yet where this is called)
        **options,
    )


def has_ended(process):
    """Return whether ``process`` has ended, leaving it a zombie: its id, and that of its group, stay its own."""
    if process.returncode is not None:
        return True
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def ask_to_end(process, stop_signal=signal.SIGTERM):
    """Send ``process`` a signal unless it has ended."""
    if not has_ended(process):
        os.kill(process.pid, stop_signal)


def stop(process, *, stop_signal=signal.SIGTERM, grace=10):
    """Ask ``process`` to end, wait up to ``grace`` seconds, then end what is left of its whole group.

    Look at it with ``has_ended`` before, not with ``poll``: once its exit code was fetched, its id may be given to
    somebody else, and nothing is done here.
    """
    if process.returncode is not None:
        return
    ask_to_end(process, stop_signal)
    deadline = time.monotonic() + grace
    while not has_ended(process) and time.monotonic() < deadline:
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
