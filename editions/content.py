"""What of a page's JSON is its text, and what Wagtail keeps for itself."""

from __future__ import annotations

import json
import re
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


#: What a field holds that nobody has filled in; an empty stream is written as text.
NOTHING: tuple[Any, ...] = (None, "", "[]", [], False)

#: The editor numbers paragraphs when a text is first opened in it. Readers never see that. In the JSON of a
#: stream the quotation marks are escaped.
PARAGRAPH_KEYS = re.compile(r' data-block-key=(\\?)"[^"\\]*\1"')


def text_of(content: dict[str, Any]) -> dict[str, Any]:
    """The part of a revision's JSON that an edition freezes. Its checksum tells whether two texts differ.

    Rows beside the page, such as its tags, get their key in the database only when it goes live, and
    paragraphs get theirs in the editor. Without those keys the same text always has the same checksum.
    """
    return {name: _plain(value) for name, value in content.items() if name not in BOOKKEEPING}


def same_text(text: dict[str, Any], frozen: dict[str, Any]) -> bool:
    """Whether a text says what an edition froze, maybe before the page type got another field.

    Checksums would differ then, although nobody wrote anything: a field that is not filled in says nothing.
    """
    added = {name for name in text.keys() - frozen.keys() if text[name] in NOTHING}
    return {name: value for name, value in text.items() if name not in added} == frozen


def without_paragraph_keys(words: str) -> str:
    """HTML, or JSON that holds some."""
    return PARAGRAPH_KEYS.sub("", words)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _plain_stream(without_paragraph_keys(value))
    if isinstance(value, list) and all(isinstance(row, dict) and "pk" in row for row in value):
        rows = [{**row, "pk": None} for row in value]
        # Rows that have no order come in another one from the editor's form.
        return rows if any("sort_order" in row for row in rows) else sorted(rows, key=json.dumps)
    return value


def _plain_stream(words: str) -> str:
    """A stream, which is JSON in a string, in the one way to write it; other words as they are.

    PostgreSQL gives the names inside a stream back in an order of its own, SQLite as they were written.
    """
    if not words.startswith('[{"'):
        return words
    try:
        blocks = json.loads(words)
    except ValueError:
        return words
    if not all(isinstance(block, dict) and {"type", "value"} <= block.keys() for block in blocks):
        return words
    return json.dumps(blocks, ensure_ascii=False, sort_keys=True)
