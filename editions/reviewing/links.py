"""The links that a page holds, read from its fields as they are stored, without loading what they lead to.

Wagtail's reference index is no help here: it forgets a link when what it leads to is deleted, and it knows
no links that are written as an address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any, Literal

from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

Kind = Literal["page", "chosen_page", "document", "address"]


@dataclass(frozen=True)
class Link:
    """``target`` is a primary key, or an address as it was written. ``path`` is Wagtail's content path.

    A link in a text leads to the version in the reader's language or to the page itself; a chosen page is
    shown in whatever language it exists in.
    """

    kind: Kind
    target: str
    field: str
    path: str


class _Anchors(HTMLParser):
    """Collects the attributes of every ``<a>``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append({name: value or "" for name, value in attrs})


def links_in_html(html: str, field: str, path: str) -> Iterator[Link]:
    """Of a rich text as it is stored: ``<a linktype="page" id="3">``, ``<a href="/en/laws/">``."""
    if "<a" not in html:
        return
    parser = _Anchors()
    parser.feed(html)
    for anchor in parser.found:
        kind = anchor.get("linktype", "")
        if kind == "page":
            yield Link("page", anchor.get("id", ""), field, path)
        elif kind == "document":
            yield Link("document", anchor.get("id", ""), field, path)
        elif anchor.get("href"):
            yield Link("address", anchor["href"], field, path)


def links_in_block(block: blocks.Block, value: Any, field: str, path: str) -> Iterator[Link]:
    """Of a block's stored value. What has another shape than the block of today, from older content, is skipped."""
    if isinstance(block, blocks.BaseStreamBlock):
        for child in value if isinstance(value, list) else ():
            kind = block.child_blocks.get(child.get("type"))
            if kind is not None:
                yield from links_in_block(
                    kind, child.get("value"), _below(field, kind), f"{path}.{child.get('id')}"
                )
    elif isinstance(block, blocks.BaseStructBlock):
        for name, kind in block.child_blocks.items() if isinstance(value, dict) else ():
            yield from links_in_block(kind, value.get(name), _below(field, kind), f"{path}.{name}")
    elif isinstance(block, blocks.ListBlock):
        for item in value if isinstance(value, list) else ():
            whole = isinstance(item, dict) and item.get("type") == "item" and "value" in item
            stored, key = (item["value"], item.get("id")) if whole else (item, "")
            yield from links_in_block(block.child_block, stored, field, f"{path}.{key}")
    elif not value:
        return
    elif isinstance(block, blocks.RichTextBlock):
        yield from links_in_html(str(value), field, path)
    elif isinstance(block, blocks.PageChooserBlock):
        yield Link("chosen_page", str(value), field, path)
    elif isinstance(block, DocumentChooserBlock):
        yield Link("document", str(value), field, path)
    elif isinstance(block, blocks.URLBlock):
        yield Link("address", str(value), field, path)


def _below(field: str, block: blocks.Block) -> str:
    return f"{field} → {capfirst(str(block.label))}"


def links_of(page: Page) -> Iterator[Link]:
    """Every link in a page's own fields. No query."""
    kind_of_page: Any = type(page)
    for field in fields_with_links(kind_of_page):
        value = field.value_from_object(page)
        name = capfirst(str(field.verbose_name))
        if not value:
            continue
        if isinstance(field, StreamField):
            yield from links_in_block(field.stream_block, list(value.raw_data), name, field.name)
        elif isinstance(field, RichTextField):
            yield from links_in_html(value, name, field.name)
        else:
            kind: Kind = "chosen_page" if issubclass(field.related_model, Page) else "document"
            yield Link(kind, str(value), name, field.name)


@cache
def fields_with_links(model: Any) -> tuple[Any, ...]:
    """The fields of a kind of page that can hold links; not those that Wagtail keeps for the tree."""
    return tuple(field for field in model._meta.concrete_fields if _can_hold_links(model, field))


def _can_hold_links(model: type[Page], field: models.Field[Any, Any]) -> bool:
    if isinstance(field, StreamField):
        return _leads_somewhere(field.stream_block)
    if isinstance(field, RichTextField):
        return True
    if field.model is Page or field.primary_key or not isinstance(field, models.ForeignKey):
        return False
    return issubclass(field.related_model, (Page, get_document_model()))


def _leads_somewhere(block: blocks.Block) -> bool:
    """Whether a block or one below it can hold a link: most of a page's text cannot, and is not read."""
    if isinstance(block, (blocks.BaseStreamBlock, blocks.BaseStructBlock)):
        return any(_leads_somewhere(child) for child in block.child_blocks.values())
    if isinstance(block, blocks.ListBlock):
        return _leads_somewhere(block.child_block)
    linking = (blocks.RichTextBlock, blocks.PageChooserBlock, DocumentChooserBlock, blocks.URLBlock)
    return isinstance(block, linking)
