"""Runs what is due, once or for ever."""

from __future__ import annotations

import logging
import signal
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from portal.periodic import run_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs everything that must happen on time and is due: publishing, pruning, reminders."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="keep running and look again after so many seconds, instead of once",
        )

    def handle(self, *args: Any, every: float | None = None, **options: Any) -> None:
        if every is None:
            report = run_due()
            self.stdout.write(
                f"{len(report.succeeded)} done, {len(report.failed)} failed, {len(report.not_due)} not due"
            )
            if report.failed:
                raise CommandError(f"failed: {', '.join(report.failed)}")
        elif every < 1:
            raise CommandError("--every must be one second or more")
        else:
            _Ticker(every).run()


class _Ticker:
    """One process that looks again and again, so that Django is not loaded anew each minute."""

    def __init__(self, every: float) -> None:
        self.every = every
        self.working = False
        self.asked_to_stop = False

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        while not self.asked_to_stop:
            begun = time.monotonic()
            self.working = True
            self._round()
            self.working = False
            if not self.asked_to_stop:
                time.sleep(max(0.0, self.every - (time.monotonic() - begun)))

    def _round(self) -> None:
        close_old_connections()  # a database that was restarted meanwhile
        try:
            run_due()
        except DatabaseError as error:
            logger.error(
                "Periodic jobs: the database did not answer (%s); trying again.", type(error).__name__
            )
        close_old_connections()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        """Lets a job come to its end; while waiting, ends at once."""
        self.asked_to_stop = True
        if not self.working:
            sys.exit(0)
