"""Files of editions: wished for at publication, made by the worker, served, and tried again when they fail."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django_tasks import default_task_backend

from editions import files
from editions.models import Edition, EditionFile
from editions.pdf import chromium
from editions.pdf.chromium import Failure, PrintingFailed, print_to_pdf
from editions.publication import as_starter_content
from editions.tasks import make_file, make_starter_file
from tests.editions.file_rows import (
    PDF,
    Commits,
    State,
    edition,
    made,
    older,
    queued,
    to_be_made_anew,
    wished,
)
from tests.factories.editions import publish
from tests.factories.pages import ChecklistPageFactory, GuidancePageFactory, SOPPageFactory, sop_steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


# ---- Wishes


def test_publishing_asks_for_the_pdf(django_capture_on_commit_callbacks: Commits) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        published = edition()
    assert to_be_made_anew() == [published.pk]


def test_an_announced_edition_has_its_pdf_before_its_day(django_capture_on_commit_callbacks: Commits) -> None:
    page = SOPPageFactory(title="Return", live=False, **sop_steps(1))
    publish(page)
    page.purpose = "Later."
    with django_capture_on_commit_callbacks(execute=True):
        coming = publish(page, "major", effective=datetime.date(2100, 1, 1))
    assert to_be_made_anew() == [coming.pk]


def test_of_starter_content_only_checklists_are_made_at_once(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), as_starter_content():
        for page in (ChecklistPageFactory(live=False), GuidancePageFactory(live=False)):
            page.save_revision().publish(log_action=False)
    unasked = [
        result for result in default_task_backend.results if result.task.name == make_starter_file.name
    ]
    [checklist] = [Edition.objects.get(pk=result.args[0]) for result in unasked]
    assert checklist.page.specific_class.__name__ == "ChecklistPage"
    assert queued() == []


def test_a_reader_is_not_kept_waiting_by_starter_content() -> None:
    assert make_starter_file.priority < make_file.priority


def test_unasked_starter_files_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    prints: list[Edition] = []

    def print_it(edition: Edition) -> bytes:
        prints.append(edition)
        return b"%PDF-1.7"

    monkeypatch.setattr(files, "make_pdf", print_it)
    published = edition()
    files.make_unasked(published.pk)
    files.make_unasked(published.pk)
    assert prints == [published]


def test_confirmed_starter_content_gets_its_pdf_anew(django_capture_on_commit_callbacks: Commits) -> None:
    page = ChecklistPageFactory(live=False)
    with as_starter_content():
        page.save_revision().publish(log_action=False)
    page.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    assert to_be_made_anew() == [Edition.objects.get(page=page.pk).pk]


def test_a_file_that_is_made_anew_takes_the_place_of_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    row = made(b"%PDF-1.7 not approved")
    monkeypatch.setattr(files, "make_pdf", lambda edition: b"%PDF-1.7 approved")
    files.make_anew(row.edition_id)
    row.refresh_from_db()
    assert row.state == State.MADE
    assert row.file.read() == b"%PDF-1.7 approved"


def test_a_wish_is_one_row_and_one_task_however_often_it_is_made() -> None:
    published = edition()
    for _reader in range(5):
        files.wish(published, PDF)
    assert EditionFile.objects.count() == len(queued()) == 1


def test_a_wish_that_nobody_took_up_is_made_again() -> None:
    row = wished(changed_at=older(11))
    files.wish(row.edition, PDF)
    files.wish(row.edition, PDF)
    assert queued() == [row.pk]


def test_a_failed_file_is_not_made_again_by_readers() -> None:
    row = wished(state=State.FAILED, attempts=1, changed_at=older(60))
    files.wish(row.edition, PDF)
    assert queued() == []


# ---- Making


def test_a_made_file_is_stored_below_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "make_pdf", lambda edition: b"%PDF-1.7 made")
    row = wished()
    files.make(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == (State.MADE, "", 1)
    assert row.file.name == f"editions/{row.edition.code}/1.0.pdf"
    assert row.file.read() == b"%PDF-1.7 made"


def test_a_file_made_anew_leaves_no_old_one(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    row = made()
    monkeypatch.setattr(files, "make_pdf", lambda edition: b"%PDF-1.7 newer")
    files.try_again(row)
    files.make(row.pk)
    row.refresh_from_db()
    assert row.file.read() == b"%PDF-1.7 newer"
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 1


def test_what_is_taken_down_while_it_is_made_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    row = wished()

    def take_down_meanwhile(edition: Edition) -> bytes:
        EditionFile.objects.get(pk=row.pk).delete()
        return b"%PDF-1.7 dangerous"

    monkeypatch.setattr(files, "make_pdf", take_down_meanwhile)
    files.make(row.pk)
    assert not EditionFile.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_whatever_a_maker_raises_is_kept_as_its_kind_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(edition: Edition) -> bytes:
        raise ZeroDivisionError("at secret.example.org")

    monkeypatch.setattr(files, "make_pdf", fail)
    row = wished()
    files.make(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error) == (State.FAILED, "ZeroDivisionError")


@pytest.mark.parametrize(
    ("lines", "failure"),
    [
        ("exit 1", Failure.CRASHED),
        ("kill -9 $$", Failure.CRASHED),
        ('echo "no PDF" > "$TARGET"', Failure.UNREADABLE),
        ('printf "%%PDF-1.7\\n" > "$TARGET"', Failure.UNREADABLE),
        (': > "$TARGET"', Failure.UNREADABLE),
        ("exit 0", Failure.UNREADABLE),
    ],
)
def test_a_browser_that_fails_leaves_a_failed_file(
    browser_that: Callable[[str], None], lines: str, failure: Failure
) -> None:
    browser_that(lines)
    row = wished()
    files.make(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == (State.FAILED, failure, 1)


@pytest.mark.slow
def test_a_browser_that_hangs_is_ended_with_its_helpers(
    browser_that: Callable[[str], None], settings: Any, tmp_path: Path
) -> None:
    settings.CHROMIUM_TIMEOUT = 0.5
    browser_that(f"(sleep 2; touch {tmp_path}/still-alive) &\nsleep 60")
    before = time.monotonic()
    with pytest.raises(PrintingFailed) as raised:
        print_to_pdf("<p>Here</p>")
    assert raised.value.kind == Failure.TIMEOUT
    assert time.monotonic() - before < 5
    time.sleep(2.2)
    assert not (tmp_path / "still-alive").exists()


def test_a_missing_browser_is_no_attempt(settings: Any) -> None:
    settings.CHROMIUM = "no-such-browser"
    row = wished()
    files.make(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == (State.FAILED, Failure.MISSING, 0)


def test_the_browser_learns_no_secret(
    browser_that: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "very-secret")
    browser_that(f"env > {tmp_path}/environment")
    with pytest.raises(PrintingFailed):
        print_to_pdf("<p>Here</p>")
    assert "very-secret" not in (tmp_path / "environment").read_text()


def test_nothing_of_a_print_is_left(
    browser_that: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(chromium.tempfile, "tempdir", str(folder))
    browser_that("exit 1")
    with pytest.raises(PrintingFailed):
        print_to_pdf("<p>Here</p>")
    assert not list(folder.iterdir())


def test_publication_succeeds_whatever_the_browser_does(
    django_capture_on_commit_callbacks: Commits, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.CHROMIUM = "no-such-browser"
    with django_capture_on_commit_callbacks(execute=True):
        published = edition()
    assert published.page.live
    assert EditionFile.objects.get(edition=published).state == State.FAILED


# ---- Trying again


def test_the_periodic_job_takes_up_forgotten_wishes_and_leaves_young_ones() -> None:
    row = wished(changed_at=older(11))
    files.wish(publish(GuidancePageFactory(live=False)), PDF)
    default_task_backend.clear()
    files.retry_files()
    files.retry_files()
    assert queued() == [row.pk]


@pytest.mark.parametrize(("attempts", "minutes", "due"), [(1, 4, 0), (1, 6, 1), (3, 40, 0), (3, 50, 1)])
def test_pauses_between_attempts_grow(attempts: int, minutes: int, due: int) -> None:
    wished(state=State.FAILED, error=Failure.CRASHED, attempts=attempts, changed_at=older(minutes))
    files.retry_files()
    assert len(queued()) == due


def test_at_last_it_is_given_up() -> None:
    wished(state=State.FAILED, error=Failure.CRASHED, attempts=6, changed_at=older(60 * 24 * 30))
    files.retry_files()
    assert queued() == []


def test_a_wish_that_ends_the_worker_each_time_is_given_up() -> None:
    row = wished(attempts=6, changed_at=older(11))
    files.retry_files()
    row.refresh_from_db()
    assert (row.state, row.error) == (State.FAILED, files.INTERRUPTED)
    assert queued() == []


def test_what_lacked_a_browser_is_made_once_there_is_one(browser_that: Callable[[str], None]) -> None:
    row = wished(state=State.FAILED, error=Failure.MISSING, attempts=0, changed_at=older(60 * 24 * 365))
    files.retry_files()
    assert queued() == []
    browser_that("exit 0")
    files.retry_files()
    assert queued() == [row.pk]
