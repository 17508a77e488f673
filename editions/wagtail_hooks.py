"""What editions mean for the editing pages. Each subject registers its own hooks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from editions import refusing, waiting  # noqa: F401
from editions.approval import has_written_since_last_publication
from editions.pdf import report  # noqa: F401
from editions.retiring import hooks as retiring_hooks  # noqa: F401
from editions.reviewing import hooks as reviewing_hooks  # noqa: F401
from editions.word import hooks as word_hooks  # noqa: F401


def offer_approval_to_others(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Takes the buttons that approve from whoever wrote the text: pressing them would only be refused."""
    text = context.get("page") or context.get("instance")
    if not any(item.name == "approve" for item in menu_items):
        return
    if has_written_since_last_publication(request.user, text):
        menu_items[:] = [item for item in menu_items if item.name != "approve"]


hooks.register("construct_page_action_menu", offer_approval_to_others)
hooks.register("construct_snippet_action_menu", offer_approval_to_others)
