"""``make lint``: every check of code, templates, migrations, catalogs and locks."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts import locks, messages
from scripts.libraries import install
from scripts.machine import (
    APPS,
    ROOT,
    RUN_FOLDER,
    Fault,
    everything_required,
    install_packages,
    processors,
    say,
)

#: Spaces a level in templates; djhtml would otherwise guess it from each file anew.
TEMPLATE_INDENT = "2"
#: Migrations whose new columns are NOT NULL, but with a default in the database: old code may leave them out.
#: On SQLite the linter cannot see that, since Django writes the whole table anew for such a column.
WITH_DEFAULTS_IN_THE_DATABASE = ("0002_editions",)


@dataclass(frozen=True)
class Check:
    """``look`` returns what is wrong, in words; empty when nothing is."""

    name: str
    look: Callable[[], str]


def lint() -> int:
    """Runs all checks, also after one that found something, and says at the end which did."""
    python = install("lint")
    checks = [*_checks_of_types_and_django(python), *quick_checks(python)]
    if not shutil.which("xgettext"):
        install_packages(["gettext"])
    if shutil.which("xgettext"):
        checks.insert(
            1, Check("catalogs hold all messages (make messages)", lambda: messages.difference(python))
        )
    elif everything_required():
        raise Fault("everything is required, but gettext is missing (Debian: apt-get install gettext).")
    else:
        say("Left out: whether the catalogs hold all messages; gettext is missing (apt-get install gettext).")
    return report(checks)


def quick_checks(python: Path) -> list[Check]:
    """Those that take seconds."""
    return [
        _program("ruff check", python, "ruff", "check", "."),
        _program("ruff format", python, "ruff", "format", "--check", "."),
        _program("import-linter", python, "lint-imports", "--no-cache"),
        _program("djhtml", python, "djhtml", "--check", "--tabwidth", TEMPLATE_INDENT, "templates"),
        Check("locks", lambda: "\n".join(locks.all_faults())),
    ]


def report(checks: Iterable[Check]) -> int:
    """Runs checks side by side, shows each result as it comes, and returns 1 if any found something."""
    found = []
    with ThreadPoolExecutor(processors()) as pool:
        pending = [(check, pool.submit(_timed, check)) for check in checks]
        for check, future in pending:
            text, seconds = future.result()
            say(f"{'FAULT' if text else 'ok   '} {check.name} ({seconds:.1f} s)")
            if text:
                found.append(check.name)
                say(text.rstrip() + "\n")
    say(f"\nFaults: {', '.join(found)}" if found else "\nNo faults.")
    return 1 if found else 0


def _checks_of_types_and_django(python: Path) -> list[Check]:
    data = RUN_FOLDER / "lint"
    data.mkdir(parents=True, exist_ok=True)
    tests = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATA_DIR": str(data)}
    linted = [app for app in APPS if (ROOT / app / "migrations").is_dir()]
    return [
        _program("mypy", python, "mypy", ".", variables=tests),
        _django("system checks", python, "check", "--fail-level", "WARNING", variables=tests),
        _django("models have migrations", python, "makemigrations", "--check", "--dry-run", variables=tests),
        _django(
            "migrations are safe",
            python,
            # A first migration changes nothing that anybody uses yet.
            *("lintmigrations", "--no-cache", "--ignore-initial-migrations", "--quiet", "ok", "ignore"),
            *("--ignore-name", *WITH_DEFAULTS_IN_THE_DATABASE),
            *("--include-apps", *linted),
            variables={**tests, "DJANGO_SETTINGS_MODULE": "portal.settings.lint"},
        ),
    ]


def _timed(check: Check) -> tuple[str, float]:
    begun = time.monotonic()
    try:
        text = check.look()
    except Fault as fault:  # a check that could not be made has not been passed
        text = str(fault)
    return text, time.monotonic() - begun


def _program(name: str, python: Path, *command: str, variables: Mapping[str, str] | None = None) -> Check:
    return Check(name, lambda: _output(python.with_name(command[0]), *command[1:], variables=variables))


def _django(name: str, python: Path, *command: str, variables: Mapping[str, str]) -> Check:
    return Check(name, lambda: _output(python, "manage.py", *command, variables=variables))


def _output(*command: str | Path, variables: Mapping[str, str] | None = None) -> str:
    """What a program printed, if it found something; else nothing."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(variables or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return (result.stdout or f"exit code {result.returncode}") if result.returncode else ""
