"""The locks in requirements/: how they are made, and what must be true of them."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

from scripts.machine import ROOT, Fault, run, say

#: Each lock with the extra of pyproject.toml it adds. Each is constrained by the one before,
#: so that one package never has two versions.
LOCKS = (("production", None), ("test", "test"), ("lint", "lint"))
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)


def lock() -> int:
    """Writes all locks for every system that Python 3.11 or newer runs on.

    Versions that still fit stay as they are; with UPGRADE=1 everything moves to the newest that fits.
    """
    from scripts.libraries import REQUIREMENTS, install_tool

    uv = install_tool("uv") / "uv"
    extras: list[str] = []
    previous: list[str] = []
    for name, extra in LOCKS:
        extras += ["--extra", extra] if extra else []
        target = f"{REQUIREMENTS.name}/{name}.txt"
        command = [str(uv), "pip", "compile", "pyproject.toml", *extras, "--output-file", target, *previous]
        command += ["--generate-hashes", "--universal", "--python-version", "3.11", "--quiet"]
        # An address in a lock would send everybody who installs from it to our package index.
        command += ["--no-emit-index-url", "--no-emit-find-links"]
        command += ["--upgrade"] if os.environ.get("UPGRADE") else []
        if run(command, environment={"UV_CUSTOM_COMPILE_COMMAND": "make lock"}):
            raise Fault(f"{target} could not be made (see above).")
        previous = ["--constraint", target]
        say(f"{target}: {len(pins(ROOT / target))} packages")
    return 0


def pins(path: Path) -> set[tuple[str, str]]:
    """Name and version of every pin; a package may have two, for different systems."""
    return {(normal(match["name"]), match["version"]) for match in _PIN.finditer(path.read_text())}


def faults(path: Path) -> list[str]:
    """What is wrong with one lock: an address, a pin without a checksum, anything not pinned."""
    text = path.read_text()
    found = []
    # A trailing backslash joins lines: what is left are whole requirements and comments.
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not _PIN.match(line):
            found.append(f"{path.name}: not pinned: {line.split()[0]}")
        elif "--hash=sha256:" not in line:
            found.append(f"{path.name}: no checksum: {line.split()[0]}")
    if re.search(r"https?:|file:|--(?:extra-)?index-url|--find-links", text):
        found.append(f"{path.name}: holds an address")
    return found


def missing(path: Path, extras: tuple[str, ...]) -> list[str]:
    """Dependencies that pyproject.toml declares and the lock does not pin: ``make lock`` was forgotten."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = list(project["dependencies"])
    for extra in extras:
        declared += project["optional-dependencies"][extra]
    pinned = {name for name, _ in pins(path)}
    names = [normal(re.split(r"[\s\[<>=!~;]", requirement)[0]) for requirement in declared]
    return [f"{path.name}: {name} is not locked; run make lock" for name in names if name not in pinned]


def all_faults() -> list[str]:
    """The faults of all locks, for ``make lint``."""
    found: list[str] = []
    extras: tuple[str, ...] = ()
    for name, extra in LOCKS:
        extras += (extra,) if extra else ()
        path = ROOT / "requirements" / f"{name}.txt"
        found += faults(path) + missing(path, extras)
    for path in sorted((ROOT / "requirements" / "tools").glob("*.txt")):
        found += faults(path)
    return found


def normal(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
