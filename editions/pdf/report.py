"""What editors see of files that could not be made, or that still wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from content.languages import BY_CODE
from editions.files import INTERRUPTED, try_again
from editions.models import EditionFile
from editions.pdf.chromium import Failure
from editions.reviewing.reports import EditorsReportView, may_read_reports


@dataclass(frozen=True)
class FileRow:
    """``again`` is the address that starts it once more."""

    title: str
    language: str
    edition: str
    kind: str
    state: str
    reason: str
    attempts: int
    changed_at: Any
    address: str
    again: str


def words_for(error: str) -> str:
    """Why a file was not made. For what only a developer understands, the name of the error."""
    if error == INTERRUPTED:
        return str(_("The server was interrupted each time while it made the file"))
    if error in Failure.values:
        return str(Failure(error).label)
    return error


class AgainColumn(Column):
    """A button in each row."""

    cell_template_name = "editions/admin/try_again.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["csrf_token"] = get_token(parent_context["request"])
        return context


class FilesView(EditorsReportView):
    """Files that failed or wait, the latest first. Constant queries."""

    page_title = _("Files not made")
    header_icon = "doc-full"
    index_url_name = "files_not_made"
    index_results_url_name = "files_not_made_results"
    default_ordering = ("-changed_at", "pk")
    template_name = "editions/admin/report_files.html"
    file_name = "files-not-made"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda row: row.address),
        Column("language", label=_("Language")),
        Column("edition", label=_("Edition")),
        Column("kind", label=_("File")),
        Column("state", label=_("State")),
        Column("reason", label=_("What is wrong")),
        Column("attempts", label=_("Attempts")),
        DateColumn("changed_at", label=_("Last change")),
        AgainColumn("again", label=_("Try again")),
    ]
    list_export = ["title", "language", "edition", "kind", "state", "reason", "attempts", "changed_at"]
    export_headings = {
        "title": _("Title"),
        "language": _("Language"),
        "edition": _("Edition"),
        "kind": _("File"),
        "state": _("State"),
        "reason": _("What is wrong"),
        "attempts": _("Attempts"),
        "changed_at": _("Last change"),
    }

    def get_base_queryset(self) -> QuerySet[EditionFile]:
        rows = EditionFile.objects.exclude(state=EditionFile.State.MADE)
        return rows.select_related("edition").defer("edition__content")

    def rows_of(self, found: Iterable[Any]) -> list[FileRow]:
        return [
            FileRow(
                title=row.edition.title,
                language=BY_CODE[row.edition.language].own_name,
                edition=row.edition.label,
                kind=row.get_kind_display(),
                state=str(row.get_state_display()),
                reason=words_for(row.error),
                attempts=row.attempts,
                changed_at=row.changed_at,
                address=reverse("wagtailadmin_pages:edit", args=[row.edition.page_id]),
                again=reverse("make_file_again", args=[row.pk]),
            )
            for row in found
        ]

    @cached_property
    def no_results_message(self) -> Any:
        return _("Every file that was wished for has been made.")


@require_POST
def make_again(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One file, or all that failed."""
    if not may_read_reports(request.user):
        raise PermissionDenied
    rows = EditionFile.objects.exclude(state=EditionFile.State.MADE)
    chosen = rows.filter(state=EditionFile.State.FAILED) if pk is None else rows.filter(pk=pk)
    for row in chosen:
        try_again(row)
    messages.success(request, _("It is being made now. Look again in a minute."))
    return redirect("files_not_made")


class FilesMenuItem(MenuItem):
    """Shown to those who may read the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_reports(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    results = FilesView.as_view(results_only=True)
    return [
        path("reports/files/", FilesView.as_view(), name="files_not_made"),
        path("reports/files/results/", results, name="files_not_made_results"),
        path("reports/files/again/", make_again, name="make_files_again"),
        path("reports/files/again/<int:pk>/", make_again, name="make_file_again"),
    ]


@hooks.register("register_reports_menu_item")
def files_not_made() -> MenuItem:
    return FilesMenuItem(
        _("Files not made"), reverse("files_not_made"), name="files-not-made", icon_name="doc-full", order=120
    )
