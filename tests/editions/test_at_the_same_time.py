"""Two editors publishing at once: one wins, the other is told, and no number is skipped or used twice.

With real threads and real commits, so these tests run on PostgreSQL only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from wagtail.models import Revision, TaskState

from editions.models import Edition, Standing
from tests.factories.editions import person_with, publish, submit
from tests.factories.pages import LawPageFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def law() -> Any:
    page = LawPageFactory(title="Law on return", gist="First words.", live=False)
    publish(page)
    return page


def approved_text(page: Any, words: str, change: str) -> Revision:
    """A text that somebody else has approved and that nobody has published yet."""
    page.gist = words
    waiting = submit(page, person_with(), change=change, note="Why.", effective=timezone.localdate())
    TaskState.objects.filter(pk=waiting.pk).update(
        status=TaskState.STATUS_APPROVED, finished_by=person_with(), finished_at=timezone.now()
    )
    page.current_workflow_state.cancel()
    TaskState.objects.filter(pk=waiting.pk).update(status=TaskState.STATUS_APPROVED)
    revision: Revision = waiting.revision
    return revision


def all_at_once(*jobs: Callable[[], object]) -> list[BaseException | None]:
    """Runs each in its own thread and connection, as close together as possible; what each raised."""
    barrier = threading.Barrier(len(jobs))
    raised: list[BaseException | None] = [None] * len(jobs)

    def run(index: int) -> None:
        try:
            barrier.wait()
            jobs[index]()
        except ValidationError as refusal:
            raised[index] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[index]) for index in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def labels(page: Any) -> list[str]:
    return [
        edition.label for edition in Edition.objects.filter(page=page.pk).order_by("major", "minor", "text")
    ]


def test_the_same_text_published_twice_at_once_makes_one_edition(law: Any) -> None:
    revision = approved_text(law, "New words.", "minor")
    all_at_once(*[Revision.objects.get(pk=revision.pk).publish for _press in range(4)])
    assert labels(law) == ["1.0", "1.1"]


def test_of_two_texts_the_newer_one_stays_and_the_other_is_told(law: Any) -> None:
    older = approved_text(law, "Older words.", "minor")
    newer = approved_text(law, "Newer words.", "minor")
    raised = all_at_once(Revision.objects.get(pk=older.pk).publish, Revision.objects.get(pk=newer.pk).publish)
    law.refresh_from_db()
    assert law.gist == "Newer words."
    made = 2 - sum(1 for refusal in raised if refusal)
    assert labels(law) == ["1.0", *[f"1.{number}" for number in range(1, made + 1)]]
    assert Standing.objects.get(page=law.pk).current.revision_id == newer.pk


def test_many_texts_at_once_use_each_number_once(law: Any) -> None:
    texts = [approved_text(law, f"Words {number}.", "correction") for number in range(8)]
    raised = all_at_once(*[Revision.objects.get(pk=text.pk).publish for text in texts])
    made = len(texts) - sum(1 for refusal in raised if refusal)
    assert made >= 1
    assert labels(law) == ["1.0", *[f"1.0-{number}" for number in range(2, made + 2)]]


def test_pages_do_not_wait_for_each_other() -> None:
    pages = [LawPageFactory(title=f"Law {number}", live=False) for number in range(4)]
    texts = [approved_text(page, "Words.", "") for page in pages]
    raised = all_at_once(*[Revision.objects.get(pk=text.pk).publish for text in texts])
    assert raised == [None] * 4
    assert [labels(page) for page in pages] == [["1.0"]] * 4
