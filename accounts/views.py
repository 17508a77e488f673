"""Where Wagtail's own sign-in used to be."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from accounts.adapters import may_edit


@require_safe
def admin_login(request: HttpRequest) -> HttpResponse:
    """Sends to the one sign-in, which comes back to ``next``.

    Wagtail also sends here people who are signed in and may not edit. Sent on to the sign-in they would
    come back at once, for ever; they are told instead.
    """
    if not request.user.is_authenticated:
        query = request.META.get("QUERY_STRING", "")
        return redirect(reverse("account_login") + (f"?{query}" if query else ""))
    if not may_edit(request):
        list(messages.get_messages(request))  # said here, so it need not wait for another page
        return render(request, "account/no_access.html", status=403)
    following = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure()):
        following = reverse("wagtailadmin_home")
    return redirect(following)
