"""What waits for whom: on the admin's first page, and what an approver must see before approving."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState

from content.languages import BY_CODE
from editions.content import text_of
from editions.models import Edition, Standing, VersionedPage

#: More than this a person does not work through in one sitting; the rest follows as these are done.
MOST_SHOWN = 20


class WaitingPanel(Component):
    """Texts that this person may approve, and pages of their desks that are due for review."""

    name = "waiting_for_you"
    template_name = "editions/admin/waiting.html"
    order = 100

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"approvals": _approvals(user), "reviews": _reviews(user), "user": user}


def _approvals(user: Any) -> list[dict[str, Any]]:
    states = TaskState.objects.reviewable_by(user).select_related(
        "revision", "revision__user", "workflow_state"
    )
    rows = []
    for state in states.order_by("started_at")[:MOST_SHOWN]:
        text = state.revision.content_object
        if text is None:
            continue
        versioned = isinstance(text, VersionedPage)
        rows.append(
            {
                "title": state.revision.object_str,
                "kind": text._meta.verbose_name,
                "language": BY_CODE[text.locale.language_code].own_name,
                "since": state.started_at,
                "address": _edit_address(text),
                "changes": reverse("editions_changes", args=[text.pk]) if versioned else "",
            }
        )
    return rows


def _edit_address(text: Any) -> str:
    if isinstance(text, Page):
        return reverse("wagtailadmin_pages:edit", args=[text.pk])
    address: str = reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk])
    return address


def _reviews(user: Any) -> list[Standing]:
    """Pages of the person's desks that must be looked at within thirty days, the oldest first."""
    desks = list(user.desks.values_list("pk", flat=True))
    if not desks:
        return []
    mine: list[int] = []
    for model in VersionedPage.kinds():
        mine += model.objects.filter(desk__in=desks, live=True).values_list("pk", flat=True)
    due = Standing.objects.filter(page__in=mine, out_of_use="", review_due__isnull=False)
    rows = due.select_related("page").order_by("review_due")[:MOST_SHOWN]
    return [row for row in rows if row.is_due_soon]


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """One list in place of Wagtail's, which shows people what they wrote themselves as waiting for them."""
    panels[:] = [panel for panel in panels if panel.name != "workflow_objects_to_moderate"]
    panels.append(WaitingPanel())


@permission_required("wagtailadmin.access_admin")
def changes(request: HttpRequest, page_id: int) -> HttpResponse:
    """What waits for approval, else the latest draft, beside the edition that readers have.

    A draft that was saved after the text was submitted does not go live with it. Everything is new where
    readers have no edition.
    """
    from editions.comparison.views import render_comparison

    page: Any = get_object_or_404(Page, pk=page_id).specific
    versioned = isinstance(page, VersionedPage)
    if not versioned or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    current = (
        Edition.objects.filter(pk=page.standing_today.current_id).first() if page.standing_today else None
    )
    waiting = page.current_workflow_task_state
    draft = waiting.revision if waiting is not None else page.get_latest_revision()
    context = {
        "page": page,
        "edition": current,
        "draft": draft,
        "waits": waiting is not None,
        "said": draft.content if draft else {},
        "comparison": render_comparison(
            current.content if current else {}, text_of(draft.content) if draft else {}, page, request
        ),
    }
    return TemplateResponse(request, "editions/admin/changes.html", context)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("editions/changes/<int:page_id>/", changes, name="editions_changes")]
