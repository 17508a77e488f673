"""Where editors find the import: among the actions of a page, and of a list below which pages are added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from editions.word.views import import_below, import_into_page, kinds_below, may_import_into


@hooks.register("register_admin_urls")
def word_addresses() -> list[Any]:
    return [
        path("editions/word/<int:page_id>/", import_into_page, name="editions_word_import"),
        path("editions/word/below/<int:parent_id>/", import_below, name="editions_word_new"),
    ]


@hooks.register("register_page_header_buttons")
def word_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if may_import_into(user, page):
        address = reverse("editions_word_import", args=[page.pk])
        yield Button(_("Import from Word"), address, icon_name="doc-full", priority=62)
    if kinds_below(user, page):
        address = reverse("editions_word_new", args=[page.pk])
        yield Button(_("New page from Word"), address, icon_name="doc-full", priority=63)
