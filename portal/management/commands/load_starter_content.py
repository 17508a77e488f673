"""What a new installation holds."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.starter_content.loading import entry_count, load
from portal.starter_content.reading import FOLDER, StarterContentError, read_starter_content


class Command(BaseCommand):
    help = "Load the starter content; what an editor has changed or deleted is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--folder", type=Path, default=FOLDER, help="read another folder of the same form"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError with every problem of every file; nothing is loaded then."""
        try:
            content = read_starter_content(options["folder"])
        except StarterContentError as error:
            raise CommandError(
                f"{error}\nNothing was loaded: {len(error.problems)} problem(s) in the files above."
            ) from error
        silent = options["verbosity"] == 0
        bar: tqdm[Any] = tqdm(total=entry_count(content), unit=" entries", disable=silent)
        with bar:
            rows, pages = load(content, dry_run=options["dry_run"], tick=bar.update)
        if not silent:
            prefix = "Would be done. " if options["dry_run"] else ""
            self.stdout.write(f"{prefix}Words, countries, terms: {rows}")
            self.stdout.write(f"{prefix}Pages: {pages}")
