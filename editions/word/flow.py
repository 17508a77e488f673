"""A Word document as a plain run of headings, paragraphs, list items and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from editions.word.inlines import marks_in, plain


class Form(Enum):
    """What an item looks like on paper."""

    HEADING = "heading"
    TEXT = "text"
    NUMBER = "number"
    POINT = "point"
    TABLE = "table"


@dataclass
class Item:
    """``inlines`` are pandoc's; ``inner`` is what stands inside a list item after its first paragraph.

    ``level`` is a heading's, from 1. ``rows`` are a table's: each cell is a run of its own.
    """

    form: Form
    inlines: list[Any] = field(default_factory=list)
    level: int = 0
    inner: list[Item] = field(default_factory=list)
    rows: list[list[list[Item]]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words without anything around them; line breaks stay."""
        return plain(self.inlines).strip()

    @property
    def all_marks(self) -> list[str]:
        """Its own, and for a table those of its cells."""
        return [*self.marks, *(m for row in self.rows for cell in row for item in cell for m in item.marks)]

    def lines(self) -> list[str]:
        """All its words, line by line: list items with what is in them, tables with a bar between cells."""
        own = [line for line in self.text.split("\n") if line.strip()]
        for row in self.rows:
            own.append(" | ".join(" ".join(lines_of(cell)) for cell in row))
        return own + lines_of(self.inner)


def lines_of(items: Iterable[Item]) -> list[str]:
    return [line for item in items for line in item.lines()]


def flow(blocks: list[Any]) -> list[Item]:
    """Pandoc's blocks, flattened. Items without words are left out, unless a mark tells of words that went."""
    found = [item for block in blocks for item in _items(block)]
    return [item for item in found if item.text or item.rows or item.inner or item.marks]


def _item(form: Form, inlines: list[Any], **rest: Any) -> Item:
    marks, cleaned = marks_in(inlines)
    return Item(form, cleaned, marks=marks, **rest)


def _items(block: Any) -> Iterator[Item]:
    kind, content = block["t"], block.get("c")
    if kind in {"Para", "Plain"}:
        yield _item(Form.TEXT, content)
    elif kind == "Header":
        yield _item(Form.HEADING, content[2], level=content[0])
    elif kind == "BulletList":
        yield from (_list_item(Form.POINT, blocks) for blocks in content)
    elif kind == "OrderedList":
        yield from (_list_item(Form.NUMBER, blocks) for blocks in content[1])
    elif kind == "Table":
        yield Item(Form.TABLE, rows=[list(_cells(row)) for row in _rows(content)])
    elif kind in {"Div", "Figure"}:
        for inner in content[-1]:
            yield from _items(inner)
    elif kind == "BlockQuote":
        for inner in content:
            yield from _items(inner)
    elif kind == "LineBlock":
        for line in content:
            yield _item(Form.TEXT, line)
    elif kind == "CodeBlock":
        yield _item(Form.TEXT, [{"t": "Str", "c": content[1]}])
    elif kind == "DefinitionList":
        for term, definitions in content:
            yield _item(Form.TEXT, term)
            yield from (item for blocks in definitions for item in flow(blocks))


def _list_item(form: Form, blocks: list[Any]) -> Item:
    if blocks and blocks[0]["t"] in {"Para", "Plain"}:
        return _item(form, blocks[0]["c"], inner=flow(blocks[1:]))
    return Item(form, inner=flow(blocks))


def _rows(table: list[Any]) -> Iterator[Any]:
    """Head, bodies and foot alike: who writes in Word does not say which is which."""
    _attributes, _caption, _columns, head, bodies, foot = table
    yield from head[1]
    for body in bodies:
        yield from body[2]
        yield from body[3]
    yield from foot[1]


def _cells(row: Any) -> Iterator[list[Item]]:
    for _attributes, _align, _down, across, blocks in row[1]:
        yield flow(blocks)
        yield from ([] for _column in range(across - 1))
