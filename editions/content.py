"""What of a page's JSON is its text, and what Wagtail keeps for itself."""

from __future__ import annotations

from typing import Any

from wagtail.models import COMMENTS_RELATION_NAME

#: Kept beside a text by Wagtail or by us, and the same whatever the text says.
BOOKKEEPING = frozenset(
    {
        "pk", "page_ptr", "path", "depth", "numchild", "translation_key", "locale", "latest_revision", "live",
        "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "go_live_at",
        "expire_at", "expired", "locked", "locked_at", "locked_by", "content_type", "url_path", "owner",
        "draft_title", "latest_revision_created_at", "alias_of", "show_in_menus", COMMENTS_RELATION_NAME,
        "edition_change", "change_note", "effective_date", "desk", "review_every", "unconfirmed",
    }
)  # fmt: skip


def text_of(content: dict[str, Any]) -> dict[str, Any]:
    """The part of a revision's JSON that an edition freezes. Its checksum tells whether two texts differ."""
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}
