"""Screens of the administrators: who may do what, and mail that was not sent."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.admin_forms import AssignmentForm
from accounts.models import Assignment, AssignmentLanguage, OutboxMessage, Role
from content.languages import BY_CODE, LANGUAGES
from content.models import Country

Assignments = QuerySet[Assignment]


def countries_of(assignment: Assignment) -> str:
    if assignment.all_countries:
        return str(_("all countries"))
    return ", ".join(country.label for country in assignment.countries.all())


def languages_of(assignment: Assignment) -> str:
    if assignment.all_languages:
        return str(_("all languages"))
    return ", ".join(BY_CODE[code].own_name for code in assignment.languages)


class AssignmentFilterSet(WagtailFilterSet):
    """Choosing a country also finds those who have all of them."""

    role = django_filters.ModelMultipleChoiceFilter(
        label=_("Role"), queryset=Role.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    country = django_filters.ModelMultipleChoiceFilter(
        label=_("Country"),
        queryset=Country.objects.filter(has_page=True),
        method="covering_countries",
        widget=forms.CheckboxSelectMultiple,
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"),
        choices=[(language.code, language.own_name) for language in LANGUAGES],
        method="covering_languages",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Assignment
        fields: list[str] = []

    def covering_countries(self, queryset: Assignments, name: str, value: Any) -> Assignments:
        if not value:
            return queryset
        chosen = Assignment.countries.through.objects.filter(country__in=list(value))
        return queryset.filter(Q(all_countries=True) | Q(pk__in=chosen.values("assignment")))

    def covering_languages(self, queryset: Assignments, name: str, value: Any) -> Assignments:
        if not value:
            return queryset
        chosen = AssignmentLanguage.objects.filter(language__in=value)
        return queryset.filter(Q(all_languages=True) | Q(pk__in=chosen.values("assignment")))


class AssignmentIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return (
            super()
            .get_base_queryset()
            .select_related("user", "role")
            .prefetch_related("countries", "language_rows")
        )


class AssignmentViewSet(ModelViewSet):
    model = Assignment
    name = "assignments"
    icon = "group"
    menu_label = _("Assignments")
    menu_order = 601
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = AssignmentIndexView
    filterset_class = AssignmentFilterSet
    search_fields = ["user__username", "user__first_name", "user__last_name", "user__email"]
    search_backend_name = None
    list_display = [
        "user",
        "role",
        Column("countries", label=_("Countries"), accessor=countries_of),
        Column("languages", label=_("Languages"), accessor=languages_of),
    ]

    def get_form_class(self, for_update: bool = False) -> type[AssignmentForm]:
        return AssignmentForm


class OutboxInspectView(InspectView):
    """A mail with its lines, written at the reader's time."""

    def get_body_display_value(self) -> SafeString:
        return mark_safe(linebreaks(self.object.body, autoescape=True))  # noqa: S308

    def get_created_display_value(self) -> str:
        return date_format(localtime(self.object.created), "DATETIME_FORMAT")


class OutboxViewSet(ModelViewSet):
    """Read only, by ``accounts.policies.OutboxPolicy``."""

    model = OutboxMessage
    name = "outbox"
    icon = "mail"
    menu_label = _("Mail not sent")
    menu_order = 602
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = OutboxInspectView
    inspect_view_fields = ["to", "subject", "body", "created"]
    exclude_form_fields: list[str] = []
    add_to_reference_index = False
    search_fields = ["to", "subject"]
    search_backend_name = None
    list_display = ["subject", "to", DateColumn("created", label=_("Written"), sort_key="created")]
