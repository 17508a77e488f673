"""Reports for everybody who edits: what must be reviewed, and which links lead nowhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from content.languages import BY_CODE, LANGUAGES
from content.models import Country
from editions.models import Desk, Standing
from editions.models.tasks import APPROVERS
from editions.reviewing.dead_links import DeadLink, dead_links
from editions.reviewing.ownership import about_countries, kind_choices, of_kinds, owner_of_page
from editions.reviewing.reviews import ReviewState, in_state, state_of, under_review
from editions.reviewing.spreadsheets import SafeSpreadsheetMixin

NO_OWNER = "none"


def may_read_reports(user: Any) -> bool:
    """Who writes or changes pages. Others with admin access, such as directory managers, have no use for them."""
    return bool(page_permission_policy.user_has_any_permission(user, {"add", "change"}))


class EditorsReportView(SafeSpreadsheetMixin, ReportView):
    """A report of rows that are computed from what the query found, for the screen and for the file alike."""

    file_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_reports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def rows_of(self, found: Iterable[Any]) -> list[Any]:
        return list(found)

    def get_table(self, object_list: Any) -> Any:
        self.rows = self.rows_of(object_list)
        return super().get_table(self.rows)

    def decorate_paginated_queryset(self, object_list: Any) -> list[Any]:
        return self.rows

    def get_filename(self) -> str:
        return f"{self.file_name}-{timezone.localdate():%Y-%m-%d}"


# ---- Review due


@dataclass(frozen=True)
class ReviewRow:
    """A page in one language. ``confirm_address`` is empty where "still correct" is not for this reader to say."""

    title: str
    kind: str
    language: str
    edition: str
    owner: str
    review_due: datetime.date | None
    state: str
    address: str
    confirm_address: str

    @property
    def shown_day(self) -> str:
        return date_format(self.review_due, "DATE_FORMAT") if self.review_due else ""


class ConfirmColumn(Column):
    """A link in each row where there is something to confirm; Wagtail's own column says "(blank)" elsewhere."""

    cell_template_name = "editions/admin/confirm.html"


def words_for_state(standing: Standing, today: datetime.date) -> str:
    """ "Overdue by 12 days", or the name of the state."""
    state = state_of(standing, today)
    if state != ReviewState.OVERDUE or standing.review_due is None:
        return str(state.label)
    days = (today - standing.review_due).days
    return ngettext("Overdue by %(days)s day", "Overdue by %(days)s days", days) % {"days": days}


def _owners() -> list[tuple[str, Any]]:
    return [(NO_OWNER, _("No owner")), *((str(desk.pk), desk.name) for desk in Desk.objects.all())]


Standings = QuerySet[Standing]
_CHECKBOXES = forms.CheckboxSelectMultiple


class ReviewFilterSet(WagtailFilterSet):
    """``standing`` rows by what an owner or a country's editors look for."""

    country = django_filters.ModelMultipleChoiceFilter(
        label=_("Country"),
        queryset=Country.objects.filter(has_page=True),
        method="by_country",
        widget=_CHECKBOXES,
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Section"), choices=kind_choices, method="by_kind", widget=_CHECKBOXES
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"),
        choices=[(language.code, language.own_name) for language in LANGUAGES],
        field_name="page__locale__language_code",
        widget=_CHECKBOXES,
    )
    owner = django_filters.MultipleChoiceFilter(
        label=_("Owner"), choices=_owners, method="by_owner", widget=_CHECKBOXES
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=ReviewState.choices, method="by_state", widget=_CHECKBOXES
    )

    class Meta:
        model = Standing
        fields: list[str] = []

    def by_country(self, queryset: Standings, name: str, value: Any) -> Standings:
        return queryset.filter(about_countries(value)) if value else queryset

    def by_kind(self, queryset: Standings, name: str, value: list[str]) -> Standings:
        return queryset.filter(of_kinds(value)) if value else queryset

    def by_owner(self, queryset: Standings, name: str, value: list[str]) -> Standings:
        if not value:
            return queryset
        found = Q(owner__in=[int(desk) for desk in value if desk != NO_OWNER])
        return queryset.filter(found | Q(owner__isnull=True) if NO_OWNER in value else found)

    def by_state(self, queryset: Standings, name: str, value: list[str]) -> Standings:
        if not value:
            return queryset
        found = Q(pk__in=[])
        for state in value:
            found |= in_state(state, timezone.localdate())
        return queryset.filter(found)


class ReviewDueView(EditorsReportView):
    """Every page with an edition, what is overdue longest first. As many queries for many as for few."""

    page_title = _("Review due")
    header_icon = "calendar-check"
    index_url_name = "review_due"
    index_results_url_name = "review_due_results"
    filterset_class = ReviewFilterSet
    default_ordering = ("review_due", "page__title", "pk")
    file_name = "review-due"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda row: row.address),
        Column("kind", label=_("Section")),
        Column("language", label=_("Language")),
        Column("edition", label=_("Edition")),
        Column("owner", label=_("Owner")),
        Column("shown_day", label=_("Review due")),
        Column("state", label=_("State")),
        ConfirmColumn("confirm_address", label=_("Is it still correct?")),
    ]
    list_export = ["title", "kind", "language", "edition", "owner", "review_due", "state", "address"]
    export_headings = {
        "title": _("Title"),
        "kind": _("Section"),
        "language": _("Language"),
        "edition": _("Edition"),
        "owner": _("Owner"),
        "review_due": _("Review due"),
        "state": _("State"),
        "address": _("Edit"),
    }

    def get_base_queryset(self) -> Standings:
        return (
            under_review()
            .annotate(owner=owner_of_page())
            .select_related("page__locale", "current")
            .defer("current__content")
        )

    @cached_property
    def own_desks(self) -> set[int]:
        return set(self.request.user.desks.values_list("pk", flat=True))

    @cached_property
    def may_approve_something(self) -> bool:
        """Whether "still correct" is worth offering on pages of other desks; its screen asks for which."""
        return bool(self.request.user.has_role(*APPROVERS))

    def rows_of(self, found: Iterable[Any]) -> list[ReviewRow]:
        today = timezone.localdate()
        owners = dict(Desk.objects.values_list("pk", "name"))
        return [
            ReviewRow(
                title=standing.page.title,
                kind=capfirst(standing.page.page_type_display_name),
                language=BY_CODE[standing.page.locale.language_code].own_name,
                edition=standing.current.label if standing.current else "",
                owner=owners.get(standing.owner, ""),
                review_due=standing.review_due,
                state=words_for_state(standing, today),
                address=reverse("wagtailadmin_pages:edit", args=[standing.pk]),
                confirm_address=self._confirm_address(standing),
            )
            for standing in found
        ]

    def _confirm_address(self, standing: Any) -> str:
        if standing.unconfirmed or not (standing.owner in self.own_desks or self.may_approve_something):
            return ""
        return reverse("still_correct", args=[standing.pk])


# ---- Dead links


class DeadLinksView(EditorsReportView):
    """Links on live pages that lead to nothing a reader may see."""

    page_title = _("Dead links")
    header_icon = "link-external"
    index_url_name = "dead_links"
    index_results_url_name = "dead_links_results"
    file_name = "dead-links"
    template_name = "editions/admin/report_dead_links.html"
    columns = [
        TitleColumn("title", label=_("Page"), get_url=lambda link: link.address),
        Column("language", label=_("Language")),
        Column("field", label=_("Where")),
        Column("leads_to", label=_("Leads to")),
        Column("reason", label=_("What is wrong")),
    ]
    list_export = ["title", "language", "field", "leads_to", "reason", "address"]
    export_headings = {
        "title": _("Page"),
        "language": _("Language"),
        "field": _("Where"),
        "leads_to": _("Leads to"),
        "reason": _("What is wrong"),
        "address": _("Edit"),
    }

    def get_filtered_queryset(self) -> list[DeadLink]:
        return dead_links()

    @cached_property
    def no_results_message(self) -> Any:
        return _("No link of our own leads nowhere.")
