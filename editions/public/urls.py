"""Addresses of editions. They are printed on paper and must not change.

``below_pages`` stands above the pages' catch-all, inside the languages; ``short_addresses`` outside of them.
"""

from __future__ import annotations

from django.urls import path, re_path

from editions.public import views

PAGE = r"^(?P<path>(?:[^/\s\x00-\x1f\x7f]+/)+)"
NUMBER = r"(?P<number>[^/\s\x00-\x1f\x7f]+)"

below_pages = [
    re_path(PAGE + r"editions/$", views.history, name="editions"),
    re_path(PAGE + r"editions/compare/$", views.compare, name="compare_editions"),
    re_path(PAGE + r"editions/" + NUMBER + r"/$", views.edition, name="edition"),
    re_path(PAGE + r"editions/" + NUMBER + r"\.(?P<kind>pdf|docx)$", views.file, name="edition_file"),
]
short_addresses = [path("e/<str:code>/", views.short_address, name="short_address")]
