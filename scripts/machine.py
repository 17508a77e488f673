"""The machine we run on: where things lie, which programs it has, what may be installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What belongs to this machine only: secrets, stamps, the tool that makes locks. Ignored by git.
RUN_FOLDER = ROOT / ".run"
APPS = (
    "content",
    "accounts",
    "editions",
    "glossary",
    "search",
    "translation",
    "guidelines",
    "directory",
    "casestudies",
    "portal",
)


class Fault(Exception):
    """Something a person can mend; the message says how. Shown without a traceback."""


def say(text: str) -> None:
    """Flushed at once, so that our lines and those of the programs we start keep their order."""
    print(text, flush=True)


def everything_required() -> bool:
    """True where nothing may be missing or skipped: the machine that decides whether a change lands."""
    return os.environ.get("REQUIRE_EVERYTHING", "") not in {"", "0"}


def run(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
) -> int:
    """The exit code of a program whose output goes where ours goes."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        check=False,
    ).returncode


def install_packages(packages: Sequence[str]) -> bool:
    """Whether Debian's packages were installed; tries only as root, with apt-get, and never asks."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installing with apt-get: {' '.join(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    if run(install, environment=quiet) == 0:
        return True
    return run(["apt-get", "update", "--quiet"]) == 0 and run(install, environment=quiet) == 0


def chromium() -> str | None:
    """The system's Chromium, by whichever name it has."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    return None


def languages_without_font() -> list[str]:
    """Codes of our languages that no installed font covers; all of them where fontconfig is missing."""
    languages = ["km", "lo", "my", "th", "vi", "zh-cn"]
    if not shutil.which("fc-list"):
        return languages
    return [
        language
        for language in languages
        if not subprocess.run(
            ["fc-list", f":lang={language}", "family"], capture_output=True, text=True, check=False
        ).stdout.strip()
    ]


def processors() -> int:
    """How many processors we may use; a container may be given fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):  # Linux
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
