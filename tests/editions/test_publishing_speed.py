"""What the guard costs, beside what Wagtail's own publishing costs in the same run."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision, TaskState

from editions.models import Edition, VersionedPage
from tests.factories.editions import person_with, publish, submit
from tests.factories.pages import SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db

#: The issue's limits.
MOST_QUERIES, MOST_TIME = 12, 1.25
ROUNDS = 25


def page_with(steps: int) -> Any:
    page = SOPPageFactory(title=f"Procedure {steps}", live=False, **sop_steps(steps))
    publish(page)
    return page


def approved_text(page: Any, words: str) -> Revision:
    page.purpose = words
    waiting = submit(page, person_with(), change="correction", note="Why.")
    page.current_workflow_state.cancel()
    TaskState.objects.filter(pk=waiting.pk).update(
        status=TaskState.STATUS_APPROVED, finished_by=person_with(), finished_at=timezone.now()
    )
    return Revision.objects.get(pk=waiting.revision_id)


def without_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    def save(self: Any, *args: Any, **kwargs: Any) -> None:
        super(VersionedPage, self).save(*args, **kwargs)

    monkeypatch.setattr(VersionedPage, "save", save)


@pytest.fixture(autouse=True)
def worker_beside(settings: Any) -> None:
    """As in an installation: a task is a row that another process works through."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def queries_of(revision: Revision) -> int:
    """All that a publication asks, with what follows its commit."""
    with CaptureQueriesContext(connection) as captured, TestCase.captureOnCommitCallbacks(execute=True):
        revision.publish()
    return len(captured)


@pytest.mark.parametrize("steps", [5, 60])
def test_the_guard_adds_few_queries_however_long_the_text(
    steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_with(steps)
    guarded = queries_of(approved_text(page, "One."))
    plain = approved_text(page, "Two.")
    with monkeypatch.context() as patch:
        without_guard(patch)
        unguarded = queries_of(plain)
    assert guarded - unguarded <= MOST_QUERIES


def test_the_queries_do_not_grow_with_the_number_of_editions() -> None:
    page = page_with(5)
    few = queries_of(approved_text(page, "One."))
    for number in range(10):
        approved_text(page, f"Words {number}.").publish()
    assert queries_of(approved_text(page, "Last.")) == few


@pytest.mark.slow
@pytest.mark.sqlite  # there the database's own work counts as ours; elsewhere another process does it
def test_the_guard_adds_little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_with(60)
    guarded, unguarded = [], []
    for number in range(ROUNDS):
        # Turn by turn, so that whatever else the machine does meets both alike.
        text = approved_text(page, f"Guarded {number}.")
        guarded.append(_seconds(text))
        text = approved_text(page, f"Plain {number}.")
        with monkeypatch.context() as patch:
            without_guard(patch)
            unguarded.append(_seconds(text))
    assert Edition.objects.filter(page=page.pk).count() == ROUNDS + 1
    # The fastest of each: whatever is slower met something else on the machine.
    assert min(guarded) <= min(unguarded) * MOST_TIME


def _seconds(revision: Revision) -> float:
    started = time.process_time()
    revision.publish()
    return time.process_time() - started
