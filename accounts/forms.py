"""The forms of sign-in: allauth's, with our words, and without words inside the boxes.

A placeholder disappears when it is needed, and allauth's are in English.
"""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

NEW_PASSWORD_HINT = _(
    "At least 12 letters, digits or signs. Three words that only you put together are good."
)


def dress(form: forms.Form, labels: dict[str, Any], hints: dict[str, Any] | None = None) -> None:
    """Gives fields their labels and hints, and takes their placeholders."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = (hints or {}).get(name, "")
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"login": _("Username or e-mail"), "password": _("Password")})
        self.fields["login"].widget.attrs.update(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )


class PasswordChangeForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(
            self,
            {
                "oldpassword": _("Password of today"),
                "password1": _("New password"),
                "password2": _("New password again"),
            },
            {"password1": NEW_PASSWORD_HINT},
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("password1") and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", _("Choose another password than the one of today."))
        return cleaned


class PasswordResetForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"email": _("E-mail")})


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(
            self,
            {"password1": _("New password"), "password2": _("New password again")},
            {"password1": NEW_PASSWORD_HINT},
        )
