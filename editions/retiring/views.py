"""Screens that take a page out of use: each says what will happen, asks for the reason, and acts when sent."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from editions.models.versioned import VersionedPage
from editions.reasons import PublicationRefused
from editions.retiring.cancelling import cancel, may_cancel
from editions.retiring.forms import CancelForm, ReasonForm, ReplaceForm, TakeDownForm
from editions.retiring.retirement import may_retire, replace, undo, withdraw
from editions.retiring.taking_down import may_take_down, take_down


class RetirementView(ABC, WagtailAdminTemplateMixin, FormView):
    """``page`` is the version whose button was pressed; who may not act gets Wagtail's refusal in words."""

    form_class: type[ReasonForm] = ReasonForm
    page: Any
    #: On the button that acts, and at the top of the screen.
    page_title: Any = ""
    done: Any = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(self.page, VersionedPage):
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.may_act():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_act(self) -> bool:
        return may_retire(self.request.user, self.page)

    @abstractmethod
    def act(self, form: Any) -> None:
        """Raises PublicationRefused with what speaks against it."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except PublicationRefused as refusal:
            for field, reasons in refusal.message_dict.items():
                for reason in reasons:
                    form.add_error(field if field in form.fields else None, reason)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.back)

    @property
    def back(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.back, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"page": self.page}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"page": self.page, "back": self.back, "submit_button_label": self.page_title}
        return super().get_context_data(**kwargs) | words


class WithdrawView(RetirementView):
    template_name = "editions/admin/withdraw.html"
    page_title = gettext_lazy("Withdraw")
    header_icon = "no-view"
    done = gettext_lazy("The page is withdrawn in all languages. Readers are told so at its address.")

    def act(self, form: Any) -> None:
        withdraw(self.page, by=self.request.user, reason=form.cleaned_data["reason"])


class ReplaceView(RetirementView):
    template_name = "editions/admin/replace.html"
    form_class = ReplaceForm
    page_title = gettext_lazy("Replace by another page")
    header_icon = "redirect"
    done = gettext_lazy("The other page has taken its place in all languages. Readers are led there.")

    def act(self, form: Any) -> None:
        words = form.cleaned_data
        replace(self.page, words["other"], by=self.request.user, reason=words["reason"])


class UndoView(RetirementView):
    template_name = "editions/admin/undo.html"
    page_title = gettext_lazy("Bring back into use")
    header_icon = "undo"
    done = gettext_lazy("The page is in use again, in all languages.")

    def act(self, form: Any) -> None:
        undo(self.page, by=self.request.user, reason=form.cleaned_data["reason"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"standing": self.page.standing_today}


class CancelView(RetirementView):
    template_name = "editions/admin/cancel.html"
    form_class = CancelForm
    page_title = gettext_lazy("Cancel the announced edition")
    header_icon = "calendar-alt"
    done = gettext_lazy("The edition is cancelled. It keeps its number and never comes into force.")

    def may_act(self) -> bool:
        return may_cancel(self.request.user, self.page)

    def act(self, form: Any) -> None:
        cancel(form.cleaned_data["edition"], by=self.request.user, reason=form.cleaned_data["reason"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = self.page.standing_today
        coming = standing.coming if standing else None
        return super().get_context_data(**kwargs) | {"coming": coming}


class TakeDownView(RetirementView):
    template_name = "editions/admin/take_down.html"
    form_class = TakeDownForm
    page_title = gettext_lazy("Take down")
    header_icon = "warning"
    done = gettext_lazy(
        "The texts are taken down. Tell whoever keeps the backups, and those who hold prints."
    )

    def may_act(self) -> bool:
        return may_take_down(self.request.user)

    def act(self, form: Any) -> None:
        take_down(self.page, form.chosen, by=self.request.user, reason=form.cleaned_data["reason"])
