"""The worker for background tasks, without two log lines for each task that went well."""

from __future__ import annotations

import logging

from django_tasks_db.compat import TASKS_LOGGER
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorkerCommand


class Command(DatabaseWorkerCommand):
    """Loading the starter content alone queues thousands; failures must not drown among them."""

    def configure_logging(self, verbosity: int) -> None:
        """As everywhere else: warnings and errors, and with --verbosity 2 or more what the package says."""
        super().configure_logging(verbosity)
        if verbosity == 1:
            logging.getLogger(TASKS_LOGGER).setLevel(logging.WARNING)
