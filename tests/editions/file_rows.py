"""Files of editions in the states in which people meet them."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks import default_task_backend
from pytest_django import DjangoCaptureOnCommitCallbacks

from editions import files
from editions.models import Edition, EditionFile
from editions.tasks import make_file, make_new_file
from tests.factories.editions import publish
from tests.factories.pages import SOPPageFactory, sop_steps

PDF = EditionFile.Kind.PDF
State = EditionFile.State
Commits = DjangoCaptureOnCommitCallbacks


def queued() -> list[int]:
    """The ids of the files that the worker would make."""
    return [result.args[0] for result in default_task_backend.results if result.task.name == make_file.name]


def to_be_made_anew() -> list[int]:
    """The ids of the editions that were published, announced or confirmed."""
    return [
        result.args[0] for result in default_task_backend.results if result.task.name == make_new_file.name
    ]


def edition() -> Edition:
    return publish(SOPPageFactory(title="Return", live=False, **sop_steps(2)))


def wished(**values: Any) -> EditionFile:
    row = files.wish(edition(), PDF)
    if values:
        EditionFile.objects.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
    default_task_backend.clear()
    return row


def older(minutes: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(minutes=minutes)


def made(content: bytes = b"%PDF-1.7 the file") -> EditionFile:
    row = wished()
    row.file.save("pdf", ContentFile(content), save=False)
    row.state = State.MADE
    row.save()
    return row


def address(row: EditionFile, kind: str = "pdf") -> str:
    return f"{row.edition.page.specific.url}editions/{row.edition.number}.{kind}"
