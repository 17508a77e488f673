"""The addresses of pages.

Wagtail's own catch-all takes letters, digits and hyphens only, so ``editions/1.0/`` and ``updates.atom``
would never reach a page, nor would a slug with combining marks. This one takes whatever is no slash, no
space and no control character; the page decides whether it exists.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import path, re_path
from django.views.generic import RedirectView
from wagtail.views import authenticate_with_password, serve

PAGE_PATTERN = r"^((?:[^/\s\x00-\x1f\x7f]+/)*)$"

page_patterns = [
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    # Wagtail sends here whoever asks for a private page or file; signing in is the accounts' business.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name=settings.LOGIN_URL, query_string=True),
        name="wagtailcore_login",
    ),
    re_path(PAGE_PATTERN, serve, name="wagtail_serve"),
]

__all__ = ["PAGE_PATTERN", "page_patterns"]
