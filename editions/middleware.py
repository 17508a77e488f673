"""Refusals in words."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin import messages

from editions.reasons import PublicationRefused


class RefusalMiddleware:
    """Whoever presses a button in the admin that the guard refuses reads why, and is back where they were.

    Forms ask the guard first, so this answers what only came up while saving: another person was faster, or a
    screen of a package that does not ask. Nothing was written: the guard's transaction has been undone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        home = reverse("wagtailadmin_home")
        if not isinstance(exception, PublicationRefused) or not request.path.startswith(home):
            return None
        reasons = " ".join(exception.messages)
        if request.headers.get("Accept", "").startswith("application/json"):
            answer = {"success": False, "error_code": "refused", "error_message": reasons}
            return JsonResponse(answer, status=400)
        messages.error(request, reasons)
        back = request.headers.get("Referer", "")
        known = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if known else home)
