"""A password that somebody else knows is changed before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

#: Reached without the change: signing in and out and the change itself, what pages are made of, and health.
OPEN_PREFIXES = ("/accounts/", "/admin/logout/", "/health/")


class PasswordChangeMiddleware:
    """Sends a signed-in person with a one-time password to the form that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.open_prefixes = (*OPEN_PREFIXES, settings.STATIC_URL, settings.MEDIA_URL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_change(request):
            address = reverse("account_change_password")
            if request.method == "GET":
                address += "?" + urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
            response: HttpResponse = redirect(address)
            response.headers["Cache-Control"] = "no-store"
            return response
        return self.get_response(request)

    def _must_change(self, request: HttpRequest) -> bool:
        """Readers have no session; asking for one would make their pages vary by cookie."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        if request.path_info.startswith(self.open_prefixes):
            return False
        return getattr(request.user, "must_change_password", False)
