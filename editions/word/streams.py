"""Parts that are streams of blocks: points, steps, items, rows of a table. Each block keeps its id."""

from __future__ import annotations

import copy
import difflib
import uuid
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from content.running_numbers import running_number
from editions.word.facts import Row
from editions.word.flow import Form, Item
from editions.word.inlines import same_words
from editions.word.marks import block_mark
from editions.word.parts import Part
from editions.word.reading import Reading
from editions.word.report import Did

Raw = dict[str, Any]
#: How much of two sentences must agree for one to be the other with changed words.
ALIKE = 0.6
#: Pairs of sentences that are compared, and letters of each: a document of thousands of steps is none of ours.
MOST_COMPARED = 2_500
MOST_LETTERS = 400


@dataclass
class Entry:
    """One block as the document has it. ``main`` is its sentence, ``rest`` what has no label."""

    marks: list[str]
    main: str
    rows: list[Row] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


class StreamPart(Part):
    """``kind`` is the type of its blocks."""

    def __init__(self, name: str, heading: Any, kind: str) -> None:
        super().__init__(name, heading)
        self.kind = kind

    def blocks(self, page: Any) -> list[Raw]:
        """The raw blocks of the field, with ids."""
        raw: list[Raw] = getattr(page, self.name).get_prep_value()
        return raw

    def block(self, page: Any) -> Any:
        return page._meta.get_field(self.name).stream_block.child_blocks[self.kind]

    @abstractmethod
    def main_of(self, raw: Raw, page: Any) -> str:
        """The sentence that stands for the block."""

    @abstractmethod
    def entries(self, items: list[Item], reading: Reading) -> tuple[list[Entry], list[Item]]:
        """The blocks of the document, and what is none."""

    def entries_among(self, items: list[Item], reading: Reading) -> tuple[list[Entry], list[Item]]:
        """The same in a section that nobody meant for this part: numbered items only."""
        numbered = [item for item in items if item.form is Form.NUMBER and item.lines()]
        rest = [item for item in items if item.form is not Form.NUMBER]
        return [Entry(item.marks, "\n".join(item.lines())) for item in numbered], rest

    @abstractmethod
    def changed(self, raw: Raw | None, entry: Entry, number: int, reading: Reading) -> Raw:
        """A raw block with the words of the entry; a new one where ``raw`` is None. Reports what differs."""

    def take(self, items: list[Item], reading: Reading) -> list[Item]:
        entries, rest = self.entries(items, reading)
        if not entries and not reading.ours:
            return items
        self.put(entries, reading)
        return rest

    def put(self, entries: list[Entry], reading: Reading) -> None:
        """The entries are the blocks of the page from now on."""
        old = self.blocks(reading.before)
        found = self._match(entries, old, reading)
        blocks = []
        for number, (entry, raw) in enumerate(zip(entries, found, strict=True), start=1):
            block = self.changed(copy.deepcopy(raw), entry, number, reading)
            blocks.append(block)
            if raw is None:
                reading.report.say(Did.ADDED, self.place(number, reading), "", entry.main)
        self.complete(blocks, reading)
        kept = {raw["id"] for raw in found if raw is not None}
        for number, raw in enumerate(old, start=1):
            if raw["id"] not in kept:
                words = "\n".join([self.main_of(raw, reading.before), *self.further(raw, reading.before)])
                reading.report.say(Did.REMOVED, self.place(number, reading), words)
        self._say_moved(old, found, reading)
        reading.report.taken[self.where(reading)] += len(blocks)
        setattr(
            reading.page, self.name, reading.page._meta.get_field(self.name).stream_block.to_python(blocks)
        )

    def complete(self, blocks: list[Raw], reading: Reading) -> None:
        """Fills in what a document cannot say; subclasses do."""

    def further(self, raw: Raw, page: Any) -> list[str]:
        """What else the block says, for the report of its removal."""
        return []

    def place(self, number: int, reading: Reading) -> str:
        return f"{self.where(reading)} {running_number(number, reading.language)}"

    def _match(self, entries: list[Entry], old: list[Raw], reading: Reading) -> list[Raw | None]:
        """The old block of each entry, each block once: by its mark, else by its words.

        Whoever types a whole paragraph anew types over its bookmark.
        """
        free = {block_mark(raw["id"]): raw for raw in old}
        found: list[Raw | None] = []
        for entry in entries:
            mark = next((mark for mark in entry.marks if mark in free), None)
            found.append(free.pop(mark) if mark else None)
        by_words = {tuple(self.main_of(raw, reading.before).split()): mark for mark, raw in free.items()}
        for index, entry in enumerate(entries):
            mark = by_words.get(tuple(entry.main.split()), "")
            if found[index] is None and mark in free:
                found[index] = free.pop(mark)
        if found.count(None) * len(free) <= MOST_COMPARED:
            for index, entry in enumerate(entries):
                if found[index] is None:
                    found[index] = self._most_alike(entry, free, reading)
        return found

    def _most_alike(self, entry: Entry, free: dict[str, Raw], reading: Reading) -> Raw | None:
        """Takes out of ``free`` the block whose sentence is nearest to the entry's, if it is near enough."""
        likeness = {
            mark: difflib.SequenceMatcher(
                None,
                self.main_of(raw, reading.before)[:MOST_LETTERS],
                entry.main[:MOST_LETTERS],
                autojunk=False,
            ).ratio()
            for mark, raw in free.items()
        }
        best = max(likeness, key=likeness.__getitem__, default=None)
        return free.pop(best) if best is not None and likeness[best] >= ALIKE else None

    def _say_moved(self, old: list[Raw], found: Sequence[Raw | None], reading: Reading) -> None:
        kept = {raw["id"] for raw in found if raw is not None}
        was = [raw["id"] for raw in old if raw["id"] in kept]
        now = [raw["id"] for raw in found if raw is not None]
        stayed: set[str] = set()
        for match in difflib.SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
            stayed.update(was[match.a : match.a + match.size])
        numbers = {raw["id"]: number for number, raw in enumerate(old, start=1)}
        for number, row in enumerate(found, start=1):
            if row is not None and row["id"] not in stayed:
                reading.report.say(
                    Did.MOVED,
                    _("%(place)s, until now %(number)s"),
                    after=self.main_of(row, reading.before),
                    place=self.place(number, reading),
                    number=running_number(numbers[row["id"]], reading.language),
                )


class Points(StreamPart):
    """A list of sentences: a bulleted list."""

    template = "editions/word/list.html"

    def __init__(self, name: str, heading: Any, kind: str = "sentence") -> None:
        super().__init__(name, heading, kind)

    def main_of(self, raw: Raw, page: Any) -> str:
        return str(raw["value"])

    def value(self, words: str, before: Any, reading: Reading) -> Any:
        """The raw value that these words mean."""
        return words

    def shown(self, page: Any) -> dict[str, Any]:
        points = [
            {"mark": block_mark(raw["id"]), "text": self.main_of(raw, page)} for raw in self.blocks(page)
        ]
        return {"points": points} if points else {}

    def entries(self, items: list[Item], reading: Reading) -> tuple[list[Entry], list[Item]]:
        """Every list item and paragraph is a point: in Word the bullet is quickly gone."""
        entries, rest = [], []
        for item in items:
            words = "\n".join(item.lines())
            if item.form in {Form.HEADING, Form.TABLE}:
                rest.append(item)
            elif words:
                entries.append(Entry(item.marks, words))
        return entries, rest

    def changed(self, raw: Raw | None, entry: Entry, number: int, reading: Reading) -> Raw:
        if raw is None:
            value = self.value(entry.main, None, reading)
            return {"type": self.kind, "value": value, "id": str(uuid.uuid4())}
        words = self.main_of(raw, reading.before)
        if not same_words(words, entry.main):
            reading.report.say(Did.CHANGED, self.place(number, reading), words, entry.main)
            raw["value"] = self.value(entry.main, raw["value"], reading)
        return raw
