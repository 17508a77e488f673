"""``make test`` and ``make check``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from scripts import postgresql
from scripts.libraries import install
from scripts.linting import quick_checks, report
from scripts.machine import (
    ROOT,
    Fault,
    chromium,
    everything_required,
    install_packages,
    languages_without_font,
    processors,
    say,
)

FAST = "not browser and not slow and not postgresql"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
#: pytest's last line: counts and time between signs of equality.
_SUMMARY = re.compile(r"^=+ .*\bin \d[\d.]*s\b.*=+$")


def test() -> int:
    """All tests on SQLite, then those that use the database again on PostgreSQL.

    What this machine lacks is installed where that is possible, else named and left out. With
    REQUIRE_EVERYTHING=1 nothing may be left out: not by us, and not by a test that skips itself.
    """
    python = install("test")
    lacking = _browser_lacking() + _postgresql_lacking()
    if lacking and everything_required():
        raise Fault(f"everything is required, but {'; '.join(lacking)}.")
    for sentence in lacking:
        say(f"Left out: {sentence}.")

    on_sqlite = "not postgresql" if chromium() else "not postgresql and not browser"
    outcomes = [_run(python, "SQLite", ["-m", on_sqlite], {"DATABASE_URL": ""})]
    with ExitStack() as stack:
        if programs := postgresql.binaries():
            address = stack.enter_context(postgresql.server(programs))
            outcomes.append(
                _run(
                    python,
                    "PostgreSQL",
                    ["-m", "not browser and not sqlite", "-p", "tests.plugins.database_only"],
                    {"DATABASE_URL": address},
                )
            )
    say("")
    for sentence in lacking:
        say(f"Left out: {sentence}.")
    for _, name, summary in outcomes:
        say(f"{name}:\n{summary}")
    return next((code for code, _, _ in outcomes if code), 0)


def check() -> int:
    """The checks and tests that take seconds, for the time of working. Not enough for landing."""
    python = install("lint")
    faults = report(quick_checks(python))
    code, _, summary = _run(python, "SQLite, fast tests", ["-m", FAST], {"DATABASE_URL": ""})
    say(f"\n{summary}")
    return faults or code


def _run(
    python: Path, name: str, options: Sequence[str], variables: Mapping[str, str]
) -> tuple[int, str, str]:
    """Exit code, ``name`` and pytest's summary line of one run; its output is shown as it comes."""
    say(f"\nTests on {name}")
    workers = max(2, min(4, processors()))
    # By group: one worker sets the browser's site up, one loads all starter content.
    command = [str(python), "-m", "pytest", "-n", str(workers), "--dist", "loadgroup"]
    command += ["-p", "tests.plugins.require_everything"]
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    data = tempfile.mkdtemp(prefix="homeward-test-")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATA_DIR": data,
        **variables,
    }
    if everything_required():
        environment["HOMEWARD_REQUIRE_EVERYTHING"] = "1"
    process = subprocess.Popen(
        [*command, *colour, *options], cwd=ROOT, env=environment, stdout=subprocess.PIPE, bufsize=0
    )
    try:
        summary = _show(process)
        return process.wait(), name, summary
    finally:
        if process.poll() is None:  # Ctrl-C: pytest heard it too and says what it had so far
            process.wait()
        shutil.rmtree(data, ignore_errors=True)


def _show(process: subprocess.Popen[bytes]) -> str:
    """Passes the output on dot by dot and keeps its last summary line."""
    assert process.stdout
    line, summary = b"", "pytest ended without a summary"
    while chunk := process.stdout.read(4096):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        *whole, line = (line + chunk).split(b"\n")
        for text in (part.decode(errors="replace").rstrip() for part in whole):
            if _SUMMARY.match(_COLOUR.sub("", text)):
                summary = text
    return summary


def _browser_lacking() -> list[str]:
    """What the tests in a browser need and this machine does not have, after trying to install it."""
    if not chromium() or languages_without_font():
        install_packages(["chromium", "fontconfig", "fonts-noto-core", "fonts-noto-cjk"])
    lacking = []
    if not chromium():
        lacking.append("tests in a browser, because there is no Chromium (Debian: apt-get install chromium)")
    if languages := languages_without_font():
        lacking.append(
            f"a look at text in {', '.join(languages)}, because there is no font for it "
            "(Debian: apt-get install fonts-noto-core fonts-noto-cjk)"
        )
    return lacking


def _postgresql_lacking() -> list[str]:
    if not postgresql.binaries():
        install_packages(["postgresql"])
    if postgresql.binaries():
        return []
    return ["the run on PostgreSQL, because there is no server (Debian: apt-get install postgresql)"]
