"""The targets: their names, what they are for, and the module that does each."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.machine import Fault, say


@dataclass(frozen=True)
class Target:
    """``function`` is a module and a callable without arguments that returns an exit code."""

    name: str
    meaning: str
    function: str


TARGETS = (
    Target("run", "run Homeward for real on 127.0.0.1 (PORT=8000, WEB_CONCURRENCY=2)", "starting:run"),
    Target("dev", "run with a server that reloads when code changes (PORT=8000)", "starting:develop"),
    Target("check", "quick look while working: lint without types, fast tests", "testing:check"),
    Target("test", "all tests, on SQLite and on PostgreSQL", "testing:test"),
    Target("lint", "all checks of code, templates, migrations, catalogs and locks", "linting:lint"),
    Target("messages", "collect the interface's messages into locale/ (needs gettext)", "messages:collect"),
    Target("lock", "write requirements/*.txt anew from pyproject.toml", "locks:lock"),
)


def main(arguments: Sequence[str]) -> int:
    """The exit code of the one target named; without a name, or for ``help``, the list."""
    name = arguments[0] if arguments else "help"
    target = next((target for target in TARGETS if target.name == name), None)
    if target is None:
        for known in TARGETS:
            say(f"  make {known.name:<9} {known.meaning}")
        return 0 if name == "help" else 2
    module, function = target.function.split(":")
    try:
        code: int = getattr(importlib.import_module(f"scripts.{module}"), function)()
    except Fault as fault:
        say(f"\nmake {name}: {fault}")
        return 1
    except KeyboardInterrupt:
        return 130
    return code
