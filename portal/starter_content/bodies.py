"""Markdown of a starter file to the blocks of a page's further text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from content.blocks.text import TEXT_FEATURES

#: Raw HTML stays text: files are data, not templates. A picture would make a browser ask a third party.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


def page_links(text: str) -> Iterator[str]:
    """The keys of the pages that a body links to."""
    for token in MARKDOWN.parse(text):
        for child in token.children or []:
            href = str(child.attrs.get("href", ""))
            if href.startswith("page:"):
                yield href.removeprefix("page:")


def body_blocks(
    text: str, block_id: Callable[[str], str], page_id: Callable[[str], int | None]
) -> list[dict[str, Any]]:
    """Raw stream data. ``block_id`` derives an id from a name in the page, ``page_id`` finds a page by key.

    Headings become heading blocks, everything between two headings one paragraph block. A link to
    ``page:agreements/commit-mou-2004`` becomes a link to that page, which survives moves;
    only its words stay where an editor has deleted that page.
    """
    blocks: list[dict[str, Any]] = []
    waiting: list[Token] = []

    def add(kind: str, value: Any) -> None:
        blocks.append({"type": kind, "value": value, "id": block_id(f"body:{len(blocks) + 1}")})

    def flush() -> None:
        if waiting:
            html = MARKDOWN.renderer.render(_with_page_links(waiting, page_id), MARKDOWN.options, {})
            add("paragraph", _as_the_editor_writes(html))
            waiting.clear()

    tokens = MARKDOWN.parse(text)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open" and token.level == 0:
            flush()
            level = "2" if token.tag in {"h1", "h2"} else "3"
            add("heading", {"text": tokens[index + 1].content, "level": level})
            index += 3
        else:
            waiting.append(token)
            index += 1
    flush()
    return blocks


def _as_the_editor_writes(html: str) -> str:
    """The same paragraphs in the form that they have after somebody has saved the page in the editor.

    Otherwise every text would count as changed as soon as a second person wants to confirm it.
    """
    converter = ContentstateConverter(features=TEXT_FEATURES)
    state = json.loads(converter.from_database_format(html))
    for number, block in enumerate(state["blocks"], start=1):
        block["key"] = f"p{number}"  # else a random one
    written: str = converter.to_database_format(json.dumps(state))
    return written


def _with_page_links(tokens: list[Token], page_id: Callable[[str], int | None]) -> list[Token]:
    """Wagtail stores a link to a page as its id, not as an address."""
    for token in tokens:
        if token.children:
            token.children = list(_linked(token.children, page_id))
    return tokens


def _linked(tokens: list[Token], page_id: Callable[[str], int | None]) -> Iterator[Token]:
    dropped = False
    for token in tokens:
        href = str(token.attrs.get("href", ""))
        if token.type == "link_open" and href.startswith("page:"):
            found = page_id(href.removeprefix("page:"))
            dropped = found is None
            if dropped:
                continue
            token.attrs = {"linktype": "page", "id": str(found)}
        elif token.type == "link_close" and dropped:
            dropped = False
            continue
        yield token
