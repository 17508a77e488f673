"""How sign-in by allauth behaves here: accounts are given, never taken."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import outbox
from accounts.models import User

_NO_MATCH = _("The username or the password is not right.")


class AccountAdapter(DefaultAccountAdapter):
    """Words are ours, because allauth speaks no Khmer, Lao, Burmese or Vietnamese."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _NO_MATCH,
        "email_password_mismatch": _NO_MATCH,
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "enter_current_password": _("This is not your password of today."),
        "invalid_password_reset": _("This link is not valid any more."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The editing pages for those who may open them; the site for the others."""
        return reverse("wagtailadmin_home" if may_edit(request) else "choose_language")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built on PUBLIC_URL: a forged host name must not end up in somebody's mail."""
        address = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_URL + address.replace("UID-KEY", key)

    def set_password(self, user: User, password: str) -> None:
        """Every way in which a person sets their own password passes here; it is no longer a one-time one."""
        user.must_change_password = False
        super().set_password(user, password)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Kept from the outbox for a superuser, whose link there would make any administrator one."""
        if user.is_superuser and outbox.is_in_use():
            return
        super().send_password_reset_mail(user, email, context)

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Only the editing pages show messages. Elsewhere one would wait and appear much later."""
        if may_edit(request):
            super().add_message(request, *args, **kwargs)


def may_edit(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")
