"""Everything that must happen on time, of all rooms, in one list.

``manage.py run_periodic`` runs what is due. A new job is one entry in ``JOBS``.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.core.management import call_command
from django.db.models import F, Q
from django.utils import timezone

from accounts.outbox import prune_outbox
from editions.files import retry_files
from editions.public.rendering import keep_texts
from editions.retiring.taking_down import delete_files_left
from editions.reviewing.reminders import remind_owners
from editions.telling.mailing import start_telling
from portal.models.periodic import PeriodicRun

logger = logging.getLogger(__name__)

#: The ticker wakes a little early or late; without this much room a job of every minute would run
#: every second minute.
ROOM = timedelta(seconds=5)
#: After this time a run that never ended counts as broken off (the machine was switched off), and the job may
#: start again. Until then a second process leaves it alone.
BROKEN_OFF = timedelta(hours=1)


@dataclass(frozen=True)
class Job:
    """``run`` takes nothing, may raise anything, and must bear being run twice in a row.

    ``name`` is the row's key: renaming a job makes it run at once.
    """

    name: str
    run: Callable[[], object]
    every: timedelta


def _command(name: str) -> Callable[[], object]:
    return partial(call_command, name, verbosity=0)


MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

JOBS: tuple[Job, ...] = (
    Job("publish scheduled revisions", _command("publish_scheduled"), MINUTE),
    Job("forget sessions that ended", _command("clearsessions"), DAY),
    Job("forget old results of background tasks", _command("prune_db_task_results"), DAY),
    Job("forget old mail in the outbox", prune_outbox, DAY),
    Job("delete files of texts taken down that are still there", delete_files_left, DAY),
    Job("tell subscribers what changed", start_telling, MINUTE),
    Job("make files of editions that are missing", retry_files, 5 * MINUTE),
    Job("remind owners of reviews", remind_owners, DAY),
    Job("make the texts of editions that nobody has read yet", keep_texts, 5 * MINUTE),
)


@dataclass
class Report:
    """Names of the jobs that ran, those of them that failed, and those that were not due."""

    succeeded: list[str]
    failed: list[str]
    not_due: list[str]


def run_due(jobs: Iterable[Job] = JOBS) -> Report:
    """Runs every job that is due and that no other process runs now; one failure never stops the next."""
    report = Report([], [], [])
    for job in jobs:
        if not _claim(job, timezone.now()):
            report.not_due.append(job.name)
            continue
        error = _run(job)
        PeriodicRun.objects.filter(name=job.name).update(last_finished=timezone.now(), last_error=error)
        (report.failed if error else report.succeeded).append(job.name)
    return report


def _claim(job: Job, now: datetime) -> bool:
    """Whether we may run the job: one UPDATE decides, so of two processes only one gets it."""
    PeriodicRun.objects.get_or_create(name=job.name)
    never = Q(last_started=None)
    due = Q(last_started__lte=now - job.every + ROOM)
    ended = Q(last_finished__gte=F("last_started")) | Q(last_started__lte=now - BROKEN_OFF)
    free = PeriodicRun.objects.filter(never | (due & ended), name=job.name)
    return free.update(last_started=now) == 1


def _run(job: Job) -> str:
    """Runs the job; an empty text, or where it failed and how, without a word of the error's message."""
    try:
        job.run()
    except Exception as error:  # noqa: BLE001  whatever one job raises, the next must run
        place = _place(error)
        logger.error("Periodic job '%s' failed: %s", job.name, place.splitlines()[0])
        return place
    return ""


def _place(error: Exception) -> str:
    """The kind of error and the calls that led there, innermost first."""
    calls = reversed(traceback.extract_tb(error.__traceback__))
    lines = [f"{call.filename}:{call.lineno} in {call.name}" for call in calls]
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__} at " + "\n".join(lines)
