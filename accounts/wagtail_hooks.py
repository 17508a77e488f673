"""What accounts add to the editing pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.account import NameEmailSettingsPanel

from accounts.admin_forms import OwnNameForm
from accounts.models import User
from accounts.user_screens import REFUSED_BULK_ACTIONS, refuse_deletion
from accounts.viewsets import AssignmentViewSet, OutboxViewSet

# Wagtail has no setting for it, and without it who has one name cannot choose a language.
NameEmailSettingsPanel.form_class = OwnNameForm


@hooks.register("register_admin_viewset")
def our_screens() -> list[Any]:
    return [AssignmentViewSet(), OutboxViewSet()]


@hooks.register("register_account_menu_item")
def change_password(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("account_change_password"),
        "label": _("Change password"),
        "help_text": _("You are asked for your password of today."),
    }


@hooks.register("before_bulk_action")
def refuse_ways_round(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The screen does not offer these; their addresses are Wagtail's and stay."""
    if action.model is not User or action_type not in REFUSED_BULK_ACTIONS:
        return None
    if action_type == "delete":
        return refuse_deletion(request, "wagtailusers_users:index")
    messages.error(request, _("Roles are given under Assignments."))
    return redirect("assignments:index")
