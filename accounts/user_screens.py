"""Wagtail's screens for accounts, without the ways round assignments and without deletion."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.users.views.users import DeleteView, EditView, IndexView, UserViewSet

from accounts.admin_forms import AccountCreationForm, AccountEditForm
from accounts.models import User

#: Actions on ticked users that Wagtail offers and we refuse.
REFUSED_BULK_ACTIONS = frozenset({"delete", "assign_role"})


def roles_of(user: User) -> str:
    return ", ".join(sorted({str(assignment.role) for assignment in user.assignments.all()}))


class AccountIndexView(IndexView):
    """Without ticking: of the actions on many only deactivating would be left."""

    @cached_property
    def columns(self) -> list[Any]:
        kept = [column for column in super().columns if column.name not in {"bulk_actions", "is_superuser"}]
        kept.insert(2, Column("roles", accessor=roles_of, label=gettext_lazy("Roles")))
        return kept

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("assignments__role")


class AccountEditView(EditView):
    """Raises PermissionDenied for a superuser's account, unless a superuser asks.

    Whoever sets its password could sign in with all permissions there are.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = False
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied


class AccountDeleteView(DeleteView):
    """Answers an old bookmark in words."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return refuse_deletion(request, self.index_url_name)


def refuse_deletion(request: HttpRequest, to: str) -> HttpResponse:
    messages.error(
        request, _("Accounts are deactivated, never deleted: approvals name them. Untick 'Active' instead.")
    )
    return redirect(to)


class AccountViewSet(UserViewSet):
    index_view_class = AccountIndexView
    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView
    copy_view_enabled = False
    index_template_name = "wagtailadmin/generic/index.html"
    create_template_name = "accounts/account_form.html"
    edit_template_name = "accounts/account_form.html"

    def get_form_class(self, for_update: bool = False) -> type:
        return AccountEditForm if for_update else AccountCreationForm
