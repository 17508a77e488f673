"""The virtual environment and what is installed into it, from locks whose every file has a checksum."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

from scripts.locks import pins
from scripts.machine import ROOT, Fault, run, say

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
STAMP = VENV / "installed-locks.json"


def install(name: str) -> Path:
    """The environment's Python, with the lock ``requirements/{name}.txt`` installed.

    Does nothing where the same lock, or one that holds all of it, was installed last.
    """
    make_venv(VENV)
    lock = REQUIREMENTS / f"{name}.txt"
    installed: dict[str, str] = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    if installed.get(lock.name) == _checksum(lock):
        return PYTHON
    say(f"Installing {len(pins(lock))} packages from requirements/{lock.name}; the first time takes minutes.")
    STAMP.unlink(missing_ok=True)  # an installation that breaks off leaves nothing to rely on
    _pip_install(PYTHON, lock)
    held = [other for other in sorted(REQUIREMENTS.glob("*.txt")) if pins(other) <= pins(lock)]
    STAMP.write_text(json.dumps({other.name: _checksum(other) for other in held}, indent=2))
    return PYTHON


def make_venv(folder: Path) -> None:
    """Raises Fault where this Python cannot make one, as Debian's without python3-venv."""
    if (folder / "bin" / "python").exists():
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Fault(
            f"this Python ({sys.executable}) cannot make a virtual environment: its modules venv and "
            "ensurepip are missing.\nOn Debian and Ubuntu: apt-get install python3-venv"
        )
    say(f"Making a virtual environment in {folder.relative_to(ROOT)}")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=False)
    if made.returncode:
        raise Fault(f"the virtual environment in {folder} could not be made (see above).")


def install_tool(name: str) -> Path:
    """The ``bin`` folder of a small environment of its own, with the lock of one tool in it."""
    folder = ROOT / ".run" / name
    lock = REQUIREMENTS / "tools" / f"{name}.txt"
    stamp = folder / "checksum"
    if not stamp.exists() or stamp.read_text() != _checksum(lock):
        make_venv(folder)
        _pip_install(folder / "bin" / "python", lock)
        stamp.write_text(_checksum(lock))
    return folder / "bin"


def _pip_install(python: Path, lock: Path) -> None:
    command: list[str | Path] = [python, "-m", "pip", "install", "--require-hashes", "--quiet", "--no-input"]
    if run([*command, "--disable-pip-version-check", "-r", lock]):
        raise Fault(
            f"the packages of {lock.relative_to(ROOT)} could not be installed (see above). The first "
            "start needs a way to a package index; later starts do not."
        )


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
