"""What the editing pages of procedures need beside their panels."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_editor_js")
def offer_keys() -> str:
    """Lets an editor choose a step's actors from the page's agencies instead of remembering their keys."""
    return format_html('<script type="module" src="{}"></script>', static("guidelines/keys.js"))
