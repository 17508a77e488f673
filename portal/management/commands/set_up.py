"""Brings one installation up to date, in one process, leaving out what is up to date already."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from tqdm import tqdm

from editions.upgrading import give_first_editions, pages_without_editions
from portal import set_up


class Command(BaseCommand):
    help = "Catalogs, static files, database, starter content; each only if something changed."
    requires_system_checks: list[str] = []  # `make lint` runs them; here they would cost each start seconds

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accounts",
            type=Path,
            metavar="FILE",
            help="make one account for each role, once, and write their passwords to this file",
        )

    def handle(self, *args: Any, accounts: Path | None = None, **options: Any) -> None:
        set_up.make_folders()
        self._step("catalogs", set_up.catalogs)
        self._step("static files", set_up.static_files)
        self._step("database", lambda: set_up.once("database", set_up.schema_files(), self._migrate))
        self._step("public address", set_up.public_site)
        # Before starter content: a newer file then makes a new text of the edition that the page has got.
        self._step("first editions", lambda: set_up.once("first editions", [], self._give_first_editions))
        self._step(
            "starter content", lambda: set_up.once("starter content", set_up.starter_files(), self._load)
        )
        if accounts:
            self._step("accounts", lambda: set_up.once("accounts", [], lambda: self._make_accounts(accounts)))

    def _step(self, name: str, do: Callable[[], bool]) -> None:
        """Says how long a step took, or that there was nothing to do; ``do`` answers which."""
        begun = time.monotonic()
        changed = do()
        outcome = f"done ({time.monotonic() - begun:.1f} s)" if changed else "unchanged, skipped"
        self.stdout.write(f"Set up: {name}: {outcome}")
        self.stdout.flush()

    def _migrate(self) -> None:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)

    def _give_first_editions(self) -> None:
        pages = len(pages_without_editions())
        bar: tqdm[Any] = tqdm(total=pages, unit=" pages", disable=pages == 0)
        with bar:
            give_first_editions(bar.update)

    def _load(self) -> None:
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # else a line for each page that is made
        call_command("load_starter_content", stdout=self.stdout, stderr=self.stderr)
        call_command("check", tags=["database"], databases=["default"], stdout=self.stdout)

    def _make_accounts(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        # What it prints are passwords. They stand in the file; `make run` shows them once, at the end.
        call_command("create_role_accounts", file=str(file), stdout=StringIO())
