"""Makes a virtual environment with exactly the pinned requirements. Uses the standard library only.

Called as ``python3 tools/environment.py .venv requirements.txt [requirements-dev.txt]``. A stamp
inside the environment holds the hash of each file installed, so that a second call answers at once.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)


def fingerprint(path):
    """Return a hash over this Python's version and the content of ``path``: 64 hexadecimal digits."""
    return hashlib.sha256(sys.version.encode() + path.read_bytes()).hexdigest()


def create(environment):
    """Create the virtual environment ``environment`` unless it is there. Exits saying what is missing."""
    if (environment / "bin" / "python").exists():
        return
    print(f"Creating the virtual environment {environment}", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(environment)], check=False)
    if made.returncode:
        sys.exit(
            "Python could not create a virtual environment. On Debian and Ubuntu the package python3-venv "
            "is needed: apt-get install python3-venv"
        )


def install(environment, requirements):
    """Install those of the ``requirements`` files into ``environment`` that its stamps do not vouch for."""
    stamps = {environment / f"{path.name}.installed": path for path in requirements}
    stale = {
        stamp: path
        for stamp, path in stamps.items()
        if not stamp.exists() or stamp.read_text() != fingerprint(path)
    }
    if not stale:
        return
    print(f"Installing {', '.join(path.name for path in stale.values())}", flush=True)
    command = [
        environment / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    for path in stale.values():
        command += ["-r", path]
    if subprocess.run(command, check=False).returncode:
        sys.exit("The requirements could not be installed; pip says why above.")
    for stamp, path in stale.items():
        stamp.write_text(fingerprint(path))


def main(arguments):
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed; this is {sys.version.split()[0]}."
        )
    if len(arguments) < 2:
        sys.exit(__doc__)
    environment = Path(arguments[0])
    create(environment)
    install(environment, [Path(argument) for argument in arguments[1:]])


if __name__ == "__main__":
    main(sys.argv[1:])
