"""Desks, reviews and reports in the editing pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from editions.models import VersionedPage
from editions.reviewing.reports import DeadLinksView, ReviewDueView, may_read_reports
from editions.reviewing.reviews import may_confirm, reasons_against_confirming
from editions.reviewing.screens import StillCorrectView
from editions.reviewing.viewsets import DeskViewSet


class ReportMenuItem(MenuItem):
    """Shown to those who may read the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_reports(request.user)


@hooks.register("register_admin_viewset")
def desks() -> DeskViewSet:
    return DeskViewSet()


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    results = {"results_only": True}
    return [
        path("reports/review-due/", ReviewDueView.as_view(), name="review_due"),
        path("reports/review-due/results/", ReviewDueView.as_view(**results), name="review_due_results"),
        path("reports/dead-links/", DeadLinksView.as_view(), name="dead_links"),
        path("reports/dead-links/results/", DeadLinksView.as_view(**results), name="dead_links_results"),
        path("reviews/<int:pk>/", StillCorrectView.as_view(), name="still_correct"),
    ]


@hooks.register("register_reports_menu_item")
def review_due() -> MenuItem:
    return ReportMenuItem(
        _("Review due"), reverse("review_due"), name="review-due", icon_name="calendar-check", order=100
    )


@hooks.register("register_reports_menu_item")
def dead_links() -> MenuItem:
    return ReportMenuItem(
        _("Dead links"), reverse("dead_links"), name="dead-links", icon_name="link-external", order=110
    )


@hooks.register("register_page_header_buttons")
def still_correct(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the editor, for those who may say it of a page of which it can be said."""
    if view_name != "edit" or not isinstance(page, VersionedPage):
        return
    if reasons_against_confirming(page.standing_today) or not may_confirm(user, page):
        return
    address = reverse("still_correct", args=[page.pk])
    back = urlencode({"next": reverse("wagtailadmin_pages:edit", args=[page.pk])})
    yield Button(_("Still correct"), url=f"{address}?{back}", icon_name="calendar-check", priority=12)
