"""The administrators' screens for desks."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import (
    DeleteView,
    EditView,
    IndexView,
    PermissionCheckedMixin,
    WagtailAdminTemplateMixin,
)
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from accounts.models import User
from editions.models import Desk
from editions.reviewing.ownership import hand_over, pages_owned


def who_is_reminded(desk: Desk) -> str:
    """Where reminders go. Needs the members to be loaded."""
    if desk.email:
        return desk.email
    members = [member for member in desk.members.all() if member.is_active and member.email]
    if not members:
        return str(gettext_lazy("nobody: no address"))
    return ngettext("%(number)s member", "%(number)s members", len(members)) % {"number": len(members)}


def name_of(person: User) -> str:
    return f"{person.get_full_name()} ({person.username})" if person.get_full_name() else person.username


class MembersField(forms.ModelMultipleChoiceField):
    """People by name. Who was deactivated stays only where they are members already, to be unticked."""

    def label_from_instance(self, person: Any) -> str:
        return name_of(person)


class DeskForm(WagtailAdminModelForm):
    members = MembersField(
        label=gettext_lazy("Members"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They get the reminders where the desk has no address of its own."),
    )

    class Meta:
        model = Desk
        fields = ["name", "email", "members"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.active()
        if self.instance.pk:
            people = (people | User.objects.filter(desks=self.instance)).distinct()
        self.fields["members"].queryset = people.order_by("first_name", "last_name", "username")


class DeskIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("members")

    @cached_property
    def owned(self) -> dict[int, int]:
        return pages_owned()

    @cached_property
    def columns(self) -> list[Any]:
        return [
            *super().columns,
            Column("pages", label=gettext_lazy("Pages"), accessor=lambda desk: self.owned.get(desk.pk, 0)),
        ]


class DeskEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        address = reverse("desks:hand_over", args=[self.object.pk])
        button = Button(_("Hand over its pages"), url=address, icon_name="arrow-right", priority=15)
        return [*super().header_more_buttons, button]


class DeskDeleteView(DeleteView):
    """Refuses in words while the desk owns pages: nobody would be reminded of them any more."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        number = pages_owned().get(self.object.pk, 0)
        if not number or not self.user_has_permission("delete"):
            return super().dispatch(request, *args, **kwargs)
        words = ngettext(
            "This desk owns %(number)s page. Hand it over to another desk first.",
            "This desk owns %(number)s pages. Hand them over to another desk first.",
            number,
        )
        messages.error(request, words % {"number": number})
        return redirect("desks:hand_over", self.object.pk)


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=gettext_lazy("To which desk?"), queryset=Desk.objects.none())

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Desk.objects.exclude(pk=desk.pk)  # type: ignore[attr-defined]


class HandOverView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """All pages of a desk to another one, at once."""

    model = Desk
    permission_required = "change"
    form_class = HandOverForm
    template_name = "editions/admin/desk_hand_over.html"
    page_title = gettext_lazy("Hand over pages")
    header_icon = "arrow-right"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.desk = get_object_or_404(Desk, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.desk.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desks:index"), "label": _("Desks")},
            {"url": reverse("desks:edit", args=[self.desk.pk]), "label": self.desk.name},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "desk": self.desk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "desk": self.desk,
            "number": pages_owned().get(self.desk.pk, 0),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        to = form.cleaned_data["to"]
        number = hand_over(self.desk, to, self.request.user)
        words = ngettext(
            "%(number)s page was handed over to %(desk)s.",
            "%(number)s pages were handed over to %(desk)s.",
            number,
        )
        messages.success(self.request, words % {"number": number, "desk": to.name})
        return redirect("desks:edit", self.desk.pk)


class DeskViewSet(ModelViewSet):
    model = Desk
    name = "desks"
    icon = "group"
    menu_label = gettext_lazy("Desks")
    menu_order = 600
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name", "email", "members"]
    index_view_class = DeskIndexView
    edit_view_class = DeskEditView
    delete_view_class = DeskDeleteView
    search_fields = ["name", "email"]
    search_backend_name = None
    list_display = [
        "name",
        Column("reminded", label=gettext_lazy("Who is reminded"), accessor=who_is_reminded),
    ]

    def get_form_class(self, for_update: bool = False) -> type[DeskForm]:
        return DeskForm

    def get_urlpatterns(self) -> list[Any]:
        hand_over_pages = path("hand-over/<int:pk>/", HandOverView.as_view(), name="hand_over")
        return [*super().get_urlpatterns(), hand_over_pages]
