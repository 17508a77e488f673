"""Parts whose blocks have a sentence and facts: steps, items, rows of a table."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.languages import DEFAULT_LANGUAGE
from editions.word.facts import Fact, Row
from editions.word.flow import Form, Item, lines_of
from editions.word.inlines import same_words
from editions.word.labels import in_language
from editions.word.marks import block_mark
from editions.word.reading import Reading
from editions.word.report import Did
from editions.word.streams import Entry, Raw, StreamPart


class Structs(StreamPart):
    """Blocks with a main sentence and further facts.

    ``main`` names the sentence, ``rest`` the text that takes what stands below it without a label.
    """

    def __init__(
        self, name: str, heading: Any, kind: str, main: str | Fact, facts: Sequence[Fact], rest: str = ""
    ) -> None:
        super().__init__(name, heading, kind)
        self.main = main if isinstance(main, Fact) else Fact(main)
        self.facts = facts
        self.rest = rest

    def main_of(self, raw: Raw, page: Any) -> str:
        return "\n".join(self.main.lines(raw["value"].get(self.main.name), page))

    def rows(self, raw: Raw, page: Any) -> list[Row]:
        block = self.block(page)
        rows = []
        for fact in self.facts:
            for row in fact.rows(raw["value"].get(fact.name), block, page):
                other = self._fact_called(row.label, page, get_language() or DEFAULT_LANGUAGE)
                rows.append(
                    row if other is fact else Row(f"{row.label} ({_english(fact, block)})", row.lines)
                )
        return rows

    def _fact_called(self, written: str, page: Any, language: str) -> Fact | None:
        """The fact with this label. Two labels may be one word in a language; the second then has the English
        one behind it.
        """
        block = self.block(page)
        named = (fact for fact in self.facts if fact.is_mine(written, block, language))
        longer = (fact for fact in self.facts if written.endswith(f"({_english(fact, block)})"))
        return next(named, None) or next(longer, None)

    def further(self, raw: Raw, page: Any) -> list[str]:
        return [f"{row.label}: {', '.join(row.lines)}" for row in self.rows(raw, page)]

    def labelled(self, table: Item, reading: Reading) -> tuple[list[Row], list[str]]:
        """The rows of a table of two columns whose labels are known, and the other lines."""
        rows, rest = [], []
        for cells in table.rows:
            label = " ".join(lines_of(cells[0])) if cells else ""
            known = self._fact_called(label, reading.page, reading.language)
            lines = lines_of(item for cell in cells[1:] for item in cell)
            if known:
                rows.append(Row(label, lines))
            elif label or lines:
                rest.append(": ".join(word for word in (label, ", ".join(lines)) if word))
        return rows, rest

    def changed(self, raw: Raw | None, entry: Entry, number: int, reading: Reading) -> Raw:
        block = self.block(reading.page)
        if raw is None:
            value = block.get_prep_value(block.to_python({}))
            raw = {"type": self.kind, "value": value, "id": str(uuid.uuid4())}
            is_new = True
        else:
            is_new = False
        value = raw["value"]
        place = self.place(number, reading)
        words = self.main_of(raw, reading.before)
        if not same_words(words, entry.main):
            said = [Row("", entry.main.split("\n"))]
            value[self.main.name] = self.main.take(said, value.get(self.main.name), reading, place)
            if not is_new:
                reading.report.say(Did.CHANGED, place, words, entry.main)
        for fact in self.facts:
            self._take_fact(fact, value, entry, f"{place}: {fact.label(block)}", is_new, reading)
        self._take_rest(value, entry, place, reading)
        return raw

    def _take_fact(
        self, fact: Fact, value: Raw, entry: Entry, where: str, is_new: bool, reading: Reading
    ) -> None:
        block = self.block(reading.page)
        mine = [
            row for row in entry.rows if self._fact_called(row.label, reading.page, reading.language) is fact
        ]
        before = value.get(fact.name)
        was = [line for row in fact.rows(before, block, reading.before) for line in row.lines]
        now = [line for row in mine for line in row.lines]
        if same_words("\n".join(was), "\n".join(now)):
            return
        if not now and block.child_blocks[fact.name].required:
            if was:
                reading.report.say(Did.TO_DO, _("%(where)s cannot be empty"), "\n".join(was), where=where)
            return
        value[fact.name] = fact.take(mine, before, reading, where)
        if not is_new:
            reading.report.say(Did.CHANGED, where, "\n".join(was), "\n".join(now))

    def _take_rest(self, value: Raw, entry: Entry, place: str, reading: Reading) -> None:
        if not entry.rest:
            return
        words = "\n".join(entry.rest)
        if self.rest:
            value[self.rest] = "\n".join(part for part in (value.get(self.rest) or "", words) if part)
            label = self.block(reading.page).child_blocks[self.rest].label
            reading.report.say(Did.ADDED, f"{place}: {label}", "", words)
        else:
            reading.report.say(Did.LEFT, place, "", words)


def _english(fact: Fact, block: Any) -> str:
    return in_language(fact.label(block), DEFAULT_LANGUAGE)


class Numbered(Structs):
    """A numbered list; the facts of each block in a table below it."""

    template = "editions/word/numbered.html"

    def shown(self, page: Any) -> dict[str, Any]:
        blocks = [
            {"mark": block_mark(raw["id"]), "text": self.main_of(raw, page), "rows": self.rows(raw, page)}
            for raw in self.blocks(page)
        ]
        return {"blocks": blocks} if blocks else {}

    def entries(self, items: list[Item], reading: Reading) -> tuple[list[Entry], list[Item]]:
        """A list item begins a block, and so does a paragraph that carries a block's mark.

        Paragraphs between two blocks belong to the first of them; those after the last one to no block.
        """
        known = {block_mark(raw["id"]) for raw in self.blocks(reading.before)}
        forms = {Form.NUMBER}
        if reading.ours or not any(item.form is Form.NUMBER for item in items):
            forms.add(Form.POINT)  # in Word a number quickly becomes a bullet
        entries: list[Entry] = []
        rest: list[Item] = []
        loose: list[Item] = []
        for item in items:
            begins = item.form in forms or any(mark in known for mark in item.marks)
            if begins and item.form is not Form.TABLE:
                if not item.text:
                    continue  # a step whose words were deleted
                if entries and loose:
                    entries[-1].rest += lines_of(loose)
                    loose = []
                rest += loose
                loose = []
                entries.append(Entry(item.marks, item.text))
                for inner in item.inner:
                    self._take_inner(entries[-1], inner, reading)
            elif item.form is Form.TABLE and entries and not loose:
                self._take_inner(entries[-1], item, reading)
            elif item.form is Form.HEADING:
                rest += [*loose, item]
                loose = []
            else:
                loose.append(item)
        return entries, rest + loose

    def entries_among(self, items: list[Item], reading: Reading) -> tuple[list[Entry], list[Item]]:
        return self.entries(items, reading)

    def _take_inner(self, entry: Entry, item: Item, reading: Reading) -> None:
        if item.form is not Form.TABLE:
            entry.rest += item.lines()
            return
        rows, rest = self.labelled(item, reading)
        entry.rows += rows
        entry.rest += rest if rows else item.lines()


class Table(Structs):
    """A table with a row a block; the columns are the facts, the main one first."""

    template = "editions/word/table.html"

    @property
    def columns(self) -> list[Fact]:
        return [self.main, *self.facts]

    def labels(self, page: Any) -> list[str]:
        block = self.block(page)
        return [str(fact.label(block)) for fact in self.columns]

    def shown(self, page: Any) -> dict[str, Any]:
        rows = [
            {
                "mark": block_mark(raw["id"]),
                "cells": [fact.lines(raw["value"].get(fact.name), page) for fact in self.columns],
            }
            for raw in self.blocks(page)
        ]
        return {"labels": self.labels(page), "rows": rows} if rows else {}

    def entries(self, items: list[Item], reading: Reading) -> tuple[list[Entry], list[Item]]:
        """Rows of every table whose first row holds our labels, in any order."""
        entries: list[Entry] = []
        rest: list[Item] = []
        for item in items:
            columns = self._columns(item, reading) if item.form is Form.TABLE else {}
            if not columns:
                rest.append(item)
                continue
            for cells in item.rows[1:]:
                entry = self._entry(cells, columns, reading)
                if entry is not None:
                    entries.append(entry)
        return entries, rest

    def _columns(self, table: Item, reading: Reading) -> dict[int, Fact]:
        block = self.block(reading.page)
        heads = [" ".join(lines_of(cell)) for cell in table.rows[0]] if table.rows else []
        found = {
            index: fact
            for index, head in enumerate(heads)
            for fact in self.columns
            if fact.is_mine(head, block, reading.language)
        }
        return found if self.main in found.values() else {}

    def _entry(self, cells: list[list[Item]], columns: dict[int, Fact], reading: Reading) -> Entry | None:
        entry = Entry([mark for cell in cells for item in cell for mark in item.marks], "")
        block = self.block(reading.page)
        for index, cell in enumerate(cells):
            lines = lines_of(cell)
            fact = columns.get(index)
            if fact is self.main:
                entry.main = "\n".join(lines)
            elif fact is not None:
                entry.rows.append(Row(in_language(fact.label(block), reading.language), lines))
            else:
                entry.rest += lines
        said = entry.main or any(row.lines for row in entry.rows) or entry.rest
        return entry if said else None
