"""The files of an edition: wished for, made by a task, stored, and served as they are.

Publication only wishes; nothing that goes wrong here reaches it. Whoever asks for a file that is not there
wishes for it too: one row an edition and kind, so that no number of readers makes more than one task.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import F, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import http_date

from editions import signals
from editions.models import Edition, EditionFile, VersionedPage
from editions.pdf.chromium import Failure, PrintingFailed, executable
from editions.pdf.making import make_pdf
from editions.public.addresses import address

logger = logging.getLogger(__name__)

#: How long a wish may wait before somebody asks again: the worker was stopped, or lost its task.
PATIENCE = datetime.timedelta(minutes=10)
#: After a failure, the pause before the next attempt; three times as long after each further one.
FIRST_PAUSE = datetime.timedelta(minutes=5)
#: The last comes about ten hours after the first. Then only an editor starts it again.
MOST_ATTEMPTS = 6
#: How many files one run of the periodic job hands to the worker.
AT_ONCE = 100
#: A worker that was ended in the middle, again and again: what it makes is too much for the machine.
INTERRUPTED = "interrupted"

KINDS = {kind.value: kind for kind in EditionFile.Kind}
TYPES = {
    EditionFile.Kind.PDF: "application/pdf",
    EditionFile.Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def connect() -> None:
    """Called once, when the app is ready."""
    signals.edition_published.connect(_on_published, dispatch_uid="editions.files")
    signals.edition_announced.connect(_on_announced, dispatch_uid="editions.files")


def _on_published(sender: type[VersionedPage], edition: Edition, starter: bool, **kwargs: Any) -> None:
    """One task, and nothing else: publishing shall cost little. The task makes the row.

    Starter content is many pages at once; only what people print most is made before anybody asks.
    """
    from editions.tasks import make_new_file, make_starter_file

    if not starter:
        make_new_file.enqueue(edition.pk)
    elif sender.pdf_at_once:
        make_starter_file.enqueue(edition.pk)


def _on_announced(sender: type[VersionedPage], edition: Edition, **kwargs: Any) -> None:
    from editions.tasks import make_new_file

    make_new_file.enqueue(edition.pk)


# ---- Wishing


def wish(edition: Edition, kind: EditionFile.Kind) -> EditionFile:
    """The file's row, and a task where one is needed."""
    row, is_new = EditionFile.objects.get_or_create(edition=edition, kind=kind)
    if is_new:
        _enqueue(row)
    elif row.state == EditionFile.State.WANTED and row.changed_at < timezone.now() - PATIENCE:
        _ask_again(row)
    return row


def try_again(row: EditionFile) -> None:
    """From the beginning, however often it failed."""
    EditionFile.objects.filter(pk=row.pk).update(
        state=EditionFile.State.WANTED, attempts=0, changed_at=timezone.now()
    )
    _enqueue(row)


def _ask_again(row: EditionFile) -> None:
    """Of all who find the same row at the same moment, one hands it to the worker."""
    unchanged = EditionFile.objects.filter(pk=row.pk, changed_at=row.changed_at)
    if unchanged.update(state=EditionFile.State.WANTED, changed_at=timezone.now()):
        _enqueue(row)


def _enqueue(row: EditionFile) -> None:
    from editions.tasks import make_file

    make_file.enqueue(row.pk)


def retry_files() -> None:
    """The periodic job: wishes that nobody took up, and failures after a pause that grows."""
    now = timezone.now()
    forgotten = Q(state=EditionFile.State.WANTED, changed_at__lt=now - PATIENCE)
    given_up = EditionFile.objects.filter(forgotten, attempts__gte=MOST_ATTEMPTS)
    given_up.update(state=EditionFile.State.FAILED, error=INTERRUPTED, changed_at=now)
    due = forgotten
    for attempts in range(MOST_ATTEMPTS):
        pause = FIRST_PAUSE * 3 ** max(attempts - 1, 0)
        due |= Q(state=EditionFile.State.FAILED, attempts=attempts, changed_at__lt=now - pause)
    rows = EditionFile.objects.filter(due)
    if executable() is None:
        rows = rows.exclude(state=EditionFile.State.FAILED, error=Failure.MISSING)
    for row in rows.order_by("changed_at")[:AT_ONCE]:
        _ask_again(row)


# ---- Making


def make(pk: int) -> None:
    """Makes the wished-for file, or records why not. Never raises for what the file's maker did wrong."""
    row = EditionFile.objects.select_related("edition").filter(pk=pk, state=EditionFile.State.WANTED).first()
    if row is None:
        return
    if not row.edition.content:  # taken down
        row.delete()
        return
    # Counted before the attempt, so that one which ends the worker counts too.
    EditionFile.objects.filter(pk=pk).update(attempts=F("attempts") + 1, changed_at=timezone.now())
    try:
        data = _data(row)
    except PrintingFailed as failure:
        _fail(row, failure.kind)
    except Exception as error:  # noqa: BLE001  whatever a maker raises, editors see that it failed
        _fail(row, type(error).__name__)
    else:
        _store(row, data)


def make_anew(edition: int) -> None:
    """The PDF of the edition with this id, also where there is one.

    That happens when starter content is confirmed: its PDF says that nobody had approved it.
    """
    row, is_new = EditionFile.objects.get_or_create(edition_id=edition, kind=EditionFile.Kind.PDF)
    if not is_new:
        EditionFile.objects.filter(pk=row.pk).update(state=EditionFile.State.WANTED, attempts=0)
    make(row.pk)
    # Its Word document says so too; that one is made when somebody asks.
    for word in EditionFile.objects.filter(edition_id=edition, kind=EditionFile.Kind.WORD):
        word.delete()


def make_unasked(edition: int) -> None:
    """The PDF of the edition with this id, unless somebody has asked for it meanwhile and got it."""
    row, _is_new = EditionFile.objects.get_or_create(edition_id=edition, kind=EditionFile.Kind.PDF)
    make(row.pk)


def _data(row: EditionFile) -> bytes:
    if row.kind == EditionFile.Kind.PDF:
        return make_pdf(row.edition)
    from editions.word.exporting import make_word

    return make_word(row.edition)


def _fail(row: EditionFile, error: str) -> None:
    """A missing browser is no attempt: it may be installed next year, and then the file is made."""
    logger.error("The %s of edition %s was not made: %s", row.kind, row.edition_id, error)
    values: dict[str, Any] = {"attempts": 0} if error == Failure.MISSING else {}
    EditionFile.objects.filter(pk=row.pk).update(
        state=EditionFile.State.FAILED, error=error[:120], changed_at=timezone.now(), **values
    )


def _store(row: EditionFile, data: bytes) -> None:
    """Keeps the file, unless the edition was taken down while it was made: then its row is gone."""
    before = row.file.name
    row.file.save(f"{row.kind}", ContentFile(data), save=False)
    kept = EditionFile.objects.filter(pk=row.pk).update(
        state=EditionFile.State.MADE, file=row.file.name, error="", changed_at=timezone.now()
    )
    unneeded = row.file.name if not kept else before if before != row.file.name else None
    if unneeded:
        row.file.storage.delete(unneeded)


# ---- Serving


def answer(request: HttpRequest, page: Any, edition: Edition, kind: str) -> HttpResponseBase:
    """The file, or a page that says that it is being made. ``kind`` is ``pdf`` or ``docx``."""
    from editions.public.views import gone

    wanted = KINDS[kind]
    row = EditionFile.objects.filter(edition=edition.pk, kind=wanted).first()
    if row is not None and row.file:
        response = _file(row, page, edition)
        if response is not None:
            return response
        EditionFile.objects.filter(pk=row.pk).update(file="")  # the storage has lost it
        try_again(row)
        return _not_yet(request, page, edition, row)
    if not edition.content:
        return gone(request, page)
    return _not_yet(request, page, edition, wish(edition, wanted))


def _file(row: EditionFile, page: Any, edition: Edition) -> FileResponse | None:
    """Kept by browsers for a few minutes only, and then asked for again with a few bytes: what was taken down
    must not go on living in caches. None where the storage has no such file.
    """
    try:
        file = row.file.open("rb")
    except OSError:
        return None
    name = f"homeward-{page.slug}-{edition.order}-{edition.language}.{row.kind}"
    response = FileResponse(file, filename=name, content_type=TYPES[EditionFile.Kind(row.kind)])
    tag = hashlib.sha256(f"{row.file.name} {row.changed_at.isoformat()}".encode()).hexdigest()[:32]
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Last-Modified"] = http_date(row.changed_at.timestamp())
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _not_yet(request: HttpRequest, page: Any, edition: Edition, row: EditionFile) -> HttpResponse:
    """503: come back later. Unlike 202, no program saves this page as if it were the file, and no cache keeps it."""
    failed = row.state == EditionFile.State.FAILED
    context = {
        "page": page,
        "edition": edition,
        "kind": EditionFile.Kind(row.kind).label,
        "failed": failed,
        "address": address(page),
        "edition_address": f"{address(page)}editions/{edition.order}/",
        "file_address": request.path,
    }
    response = render(request, "editions/print/not_yet.html", context, status=503)
    response.headers["Retry-After"] = "3600" if failed else "30"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
