"""The administrators' forms: accounts, and what they may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserForm

from accounts.models import Assignment, User
from content.languages import LANGUAGES
from content.models import Country


class AssignmentForm(forms.ModelForm[Assignment]):
    """A role for countries and languages. Choosing none of them is a mistake, and is told at the field."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=[(language.code, language.own_name) for language in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Assignment
        fields = ["user", "role", "all_countries", "countries", "all_languages", "languages"]
        widgets = {"countries": forms.CheckboxSelectMultiple}
        help_texts = {
            "all_countries": _("Those of today and those that are added later."),
            "all_languages": _("Those of today and those that are added later."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Q(has_page=True)
        people = Q(is_active=True)
        if self.instance.pk:
            offered |= Q(pk__in=self.instance.countries.values("pk"))
            people |= Q(pk=self.instance.user_id)
            self.fields["languages"].initial = self.instance.languages
        self.fields["countries"].queryset = Country.objects.filter(offered)  # type: ignore[attr-defined]
        self.fields["user"].queryset = User.objects.filter(people).order_by("username")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._scope("countries", _("Choose one or more countries, or all countries."))
        self._scope("languages", _("Choose one or more languages, or all languages."))
        return cleaned

    def _scope(self, name: str, nothing_chosen: Any) -> None:
        """ "All" makes a list needless; neither of them is a mistake."""
        if self.cleaned_data.get(f"all_{name}"):
            self.cleaned_data[name] = [] if name == "languages" else Country.objects.none()
        elif not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, nothing_chosen)

    def save(self, commit: bool = True) -> Assignment:
        with transaction.atomic():
            assignment = super().save(commit)
            if commit:
                assignment.set_languages(self.cleaned_data["languages"])
        return assignment


class OwnNameForm(NameEmailForm):
    """What people say of themselves. Wagtail asks everybody for two names and an address."""

    last_name = forms.CharField(label=_("Last name"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class AccountForm(UserForm):
    """Without groups and without superuser: what an account may do is said by its assignments."""

    is_superuser = None
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Without an address, only an administrator can set a new password."),
    )
    # Many people have one name only.
    last_name = forms.CharField(label=_("Last name"), required=False)

    def save(self, commit: bool = True) -> User:
        """A password that an administrator typed is known to two people."""
        if self.cleaned_data.get("password1"):
            self.instance.must_change_password = True
        user: User = super().save(commit)
        return user


class AccountCreationForm(AccountForm):
    class Meta:
        model = User
        fields = ["username", "email", "first_name", "last_name"]


class AccountEditForm(AccountForm):
    """Of one's own account the password is changed where the old one is asked for."""

    password_required = False

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        self.editing_self = editing_self
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]

    @property
    def password_enabled(self) -> bool:
        return not self.editing_self

    class Meta:
        model = User
        fields = ["username", "email", "first_name", "last_name", "is_active"]
