"""What a step or a row says beside its main sentence: one labelled line in Word, one value of a block.

Values here are raw, as JSON holds them: a list block is a list of ``{"type", "value", "id"}``.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from editions.word.labels import is_called
from editions.word.report import Did

if TYPE_CHECKING:
    from editions.word.reading import Reading


@dataclass(frozen=True)
class Row:
    """A labelled line of a document."""

    label: str
    lines: Sequence[str]


class Fact:
    """One value of a struct block as text. Subclasses know other kinds of values."""

    def __init__(self, name: str, label: Any = None) -> None:
        self.name = name
        self._label = label

    def label(self, block: Any) -> Any:
        return self._label or block.child_blocks[self.name].label

    def is_mine(self, written: str, block: Any, language: str) -> bool:
        return is_called(written, self.label(block), language)

    def rows(self, value: Any, block: Any, page: Any) -> list[Row]:
        """How the document shows the value; nothing for an empty one. ``page`` is the one it stands on."""
        lines = self.lines(value, page)
        return [Row(str(self.label(block)), lines)] if lines else []

    def lines(self, value: Any, page: Any) -> list[str]:
        return [line for line in str("" if value is None else value).split("\n") if line.strip()]

    def take(self, rows: Sequence[Row], before: Any, reading: Reading, where: str) -> Any:
        """The value that the document's rows mean. ``before`` is the value so far."""
        return "\n".join(line for row in rows for line in row.lines)


class NumberFact(Fact):
    """A whole number."""

    def take(self, rows: Sequence[Row], before: Any, reading: Reading, where: str) -> Any:
        words = super().take(rows, before, reading, where)
        if not words:
            return None
        try:
            return int(words)
        except ValueError:
            reading.report.say(Did.TO_DO, where, after=words)
            return before


class ListFact(Fact):
    """A list block of texts, one a line."""

    def lines(self, value: Any, page: Any) -> list[str]:
        return [" ".join(str(item["value"]).split()) for item in value or [] if item["value"]]

    def take(self, rows: Sequence[Row], before: Any, reading: Reading, where: str) -> Any:
        return list_of([line for row in rows for line in row.lines], before)


def list_of(values: Sequence[Any], before: Any) -> list[dict[str, Any]]:
    """Raw items of a list block. A value that was there before keeps its id."""
    known = {str(item["value"]): item.get("id") for item in before or []}
    return [
        {"type": "item", "value": value, "id": known.pop(str(value), None) or str(uuid.uuid4())}
        for value in values
    ]
