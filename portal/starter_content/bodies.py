"""Markdown of a starter file to the blocks of a page's further text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Raw HTML stays text: files are data, not templates.
MARKDOWN = MarkdownIt("commonmark", {"html": False})


def body_blocks(text: str, block_id: Callable[[str], str], page_id: Callable[[str], int]) -> list[dict[str, Any]]:
    """Raw stream data. ``block_id`` derives an id from a name inside the page, ``page_id`` finds a page by key.

    Headings become heading blocks, everything between two headings one paragraph block. A link to
    ``page:agreements/commit-mou-2004`` becomes a link to that page, which survives moves.
    """
    blocks: list[dict[str, Any]] = []
    waiting: list[Token] = []

    def add(kind: str, value: Any) -> None:
        blocks.append({"type": kind, "value": value, "id": block_id(f"body:{len(blocks) + 1}")})

    def flush() -> None:
        if waiting:
            html = MARKDOWN.renderer.render(_with_page_links(waiting, page_id), MARKDOWN.options, {})
            add("paragraph", html.strip())
            waiting.clear()

    tokens = MARKDOWN.parse(text)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open":
            flush()
            level = "2" if token.tag in {"h1", "h2"} else "3"
            add("heading", {"text": tokens[index + 1].content, "level": level})
            index += 3
        else:
            waiting.append(token)
            index += 1
    flush()
    return blocks


def _with_page_links(tokens: list[Token], page_id: Callable[[str], int]) -> list[Token]:
    """Wagtail stores a link to a page as its id, not as an address."""
    for token in tokens:
        for child in token.children or []:
            href = str(child.attrs.get("href", ""))
            if child.type == "link_open" and href.startswith("page:"):
                child.attrs = {"linktype": "page", "id": str(page_id(href.removeprefix("page:")))}
    return tokens
