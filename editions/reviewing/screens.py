"""The screen on which somebody says that a page is still correct."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from editions.reviewing.ownership import page_of
from editions.reviewing.reviews import confirm, may_confirm, reasons_against_confirming


class StillCorrectForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What did you check?"),
        help_text=gettext_lazy("One sentence. It is kept with the edition; readers do not see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )


class StillCorrectView(WagtailAdminTemplateMixin, FormView):
    """One sentence and one button; in place of both the reason, where "still correct" cannot be said."""

    form_class = StillCorrectForm
    template_name = "editions/admin/review_still_correct.html"
    page_title = gettext_lazy("Still correct")
    header_icon = "calendar-check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = page_of(kwargs["pk"])
        if self.page is None:
            raise Http404
        if not may_confirm(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def edit_address(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("review_due"), "label": _("Review due")},
            {"url": self.edit_address, "label": self.page.title},
            {"url": "", "label": self.page_title},
        ]

    def get_page_subtitle(self) -> str:
        return str(self.page.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        standing = self.page.standing_today
        context["page"] = self.page
        context["standing"] = standing
        context["reasons"] = [reason.message for reason in reasons_against_confirming(standing)]
        context["edit_address"] = self.edit_address
        context["next"] = get_valid_next_url_from_request(self.request)
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            due = confirm(self.page, self.request.user, form.cleaned_data["note"])
        except ValidationError as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            return self.form_invalid(form)
        words = _("Recorded as still correct. The next review is due on %(date)s.")
        messages.success(self.request, words % {"date": date_format(due, "DATE_FORMAT")})
        return redirect(get_valid_next_url_from_request(self.request) or reverse("review_due"))
