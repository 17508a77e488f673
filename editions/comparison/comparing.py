"""Two texts of one page, row by row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from editions.comparison.fields import ComparedField, compared_fields
from editions.comparison.matching import match
from editions.comparison.names import Names, Reference
from editions.comparison.reading import Line, Reader, blocks_of, fingerprint
from editions.comparison.wording import Segment, difference


class State(models.TextChoices):
    """What became of a row. One that moved may have changed too."""

    SAME = "same", pgettext_lazy("part of a text", "Same")
    CHANGED = "changed", pgettext_lazy("part of a text", "Changed")
    ADDED = "added", pgettext_lazy("part of a text", "Added")
    REMOVED = "removed", pgettext_lazy("part of a text", "Removed")
    MOVED = "moved", pgettext_lazy("part of a text", "Moved")


#: What a reader may ask for besides one state alone.
CHANGES, ALL = "changes", "all"
VIEWS = (CHANGES, ALL, *(state.value for state in State if state is not State.SAME))


@dataclass(frozen=True)
class ShownLine:
    """``chosen`` words stand in the reader's language, written ones in the text's."""

    label: str
    segments: list[Segment]
    chosen: bool


@dataclass
class Cell:
    """A row in one edition. ``number`` is its place among its like, 0 where it is the only one."""

    number: int
    lines: list[ShownLine] = field(default_factory=list)


@dataclass
class Row:
    """``before`` or ``after`` is None where the edition has no such row.

    ``words_same`` is true for a row of which a link, the form of letters or an inner code has changed.
    """

    states: tuple[State, ...]
    before: Cell | None
    after: Cell | None
    heading: Any = ""
    words_same: bool = False

    @property
    def is_moved(self) -> bool:
        return State.MOVED in self.states

    @property
    def is_whole(self) -> bool:
        """Whether the row stands in one edition only."""
        return self.before is None or self.after is None


@dataclass
class Fold:
    """Rows that are the same in both and are not shown one by one."""

    folded: int


@dataclass
class Section:
    """One table: a stream, or the plain fields of a tab."""

    heading: Any
    rows: list[Row | Fold]


@dataclass
class Comparison:
    """``same_fields`` are the headings of what has not changed at all; ``counts`` are of rows, by state."""

    sections: list[Section]
    counts: dict[State, int]
    same_fields: list[str]

    @property
    def is_same(self) -> bool:
        return not any(number for state, number in self.counts.items() if state is not State.SAME)


@dataclass
class _Pending:
    """A row whose lines are read but not yet compared: the names in them are loaded for all rows at once."""

    row: Row
    before: list[Line]
    after: list[Line]


def compare(
    page_class: type[Any], before: dict[str, Any], after: dict[str, Any], locale: Any, view: str = CHANGES
) -> Comparison:
    """Compares two texts as ``Edition.content`` holds them; ``locale`` is the page's.

    Only what ``view`` shows is read and compared word by word. The queries are as many as there are kinds
    of rows that the text names, at most one for each and two for pages.
    """
    return _TwoTexts(page_class, before, after, locale, view).done()


class _TwoTexts:
    """One comparison under way: first rows are matched and read, then names are loaded, then words compared."""

    def __init__(
        self, page_class: Any, before: dict[str, Any], after: dict[str, Any], locale: Any, view: str
    ) -> None:
        self.page_class = page_class
        self.names = Names(locale)
        self.old = Reader(page_class, before, self.names)
        self.new = Reader(page_class, after, self.names)
        self.view = view
        self.counts: Counter[State] = Counter()
        self.same_fields: list[str] = []
        self.pending: list[_Pending] = []

    def done(self) -> Comparison:
        sections: list[Section] = []
        for group in compared_fields(self.page_class):
            plain = Section(group.heading, [])
            has_plain = False
            for compared in group.fields:
                rows = self._stream(compared) if compared.is_stream else self._plain(compared)
                if compared.is_stream:
                    section = Section(compared.heading, self._folded(rows))
                    if _shows(section):
                        sections.append(section)
                else:
                    plain.rows += [row for row in rows if self._is_shown(row)]
                    if plain.rows and not has_plain:
                        sections.append(plain)
                        has_plain = True
                if rows and all(row.states == (State.SAME,) for row in rows):
                    self.same_fields.append(str(compared.heading))
        self.names.load()
        for pending in self.pending:
            self._fill(pending)
        return Comparison(
            sections,
            {state: self.counts[state] for state in State},
            self.same_fields if self.view == CHANGES else [],
        )

    def _is_shown(self, row: Row) -> bool:
        if self.view == ALL:
            return True
        if self.view == CHANGES:
            return row.states != (State.SAME,)
        return self.view in row.states

    def _plain(self, compared: ComparedField) -> list[Row]:
        """The one row of a field that is no stream; none where it is empty in both."""
        before, after = self.old.field_lines(compared), self.new.field_lines(compared)
        if not before and not after:
            return []
        if _said(before) == _said(after):
            states: tuple[State, ...] = (State.SAME,)
        elif before and after:
            states = (State.CHANGED,)
        else:
            states = (State.ADDED,) if after else (State.REMOVED,)
        row = Row(states, Cell(0) if before else None, Cell(0) if after else None, compared.heading)
        self.counts.update(states)
        if self._is_shown(row):
            self.pending.append(_Pending(row, before, after))
        return [row]

    def _stream(self, compared: ComparedField) -> list[Row]:
        old = blocks_of(self.old.content.get(compared.name))
        new = blocks_of(self.new.content.get(compared.name))
        old_known = [(block.get("id"), fingerprint([block["type"], block["value"]])) for block in old]
        new_known = [(block.get("id"), fingerprint([block["type"], block["value"]])) for block in new]
        numbered = max(len(old), len(new)) > 1
        rows = []
        for found in match(old_known, new_known):
            if found.after is None:
                states: tuple[State, ...] = (State.REMOVED,)
            elif found.before is None:
                states = (State.ADDED,)
            else:
                changed = old_known[found.before][1] != new_known[found.after][1]
                states = ((State.CHANGED,) if changed else ()) + ((State.MOVED,) if found.moved else ())
            row = Row(
                states or (State.SAME,),
                None if found.before is None else Cell(found.before + 1 if numbered else 0),
                None if found.after is None else Cell(found.after + 1 if numbered else 0),
            )
            rows.append(row)
            self.counts.update(row.states)
            if self._is_shown(row):
                before = [] if found.before is None else self.old.block_lines(compared, old[found.before])
                after = [] if found.after is None else self.new.block_lines(compared, new[found.after])
                self.pending.append(_Pending(row, before, after))
        return rows

    def _folded(self, rows: list[Row]) -> list[Row | Fold]:
        """What is shown, and a fold for each run of rows that is not."""
        shown: list[Row | Fold] = []
        for row in rows:
            if self._is_shown(row):
                shown.append(row)
            elif self.view == CHANGES and shown and isinstance(shown[-1], Fold):
                shown[-1].folded += 1
            elif self.view == CHANGES:
                shown.append(Fold(1))
        return shown

    def _words(self, line: Line) -> str:
        return self.names.say(line.words) if isinstance(line.words, Reference) else line.words

    def _fill(self, pending: _Pending) -> None:
        """Puts the compared lines into the cells of a row.

        Of a row that stands in both, a view of changes shows the first line and those that differ.
        """
        row = pending.row
        old_by_path = {line.path: line for line in pending.before}
        new_by_path = {line.path: line for line in pending.after}
        compared: dict[str, tuple[list[Segment], list[Segment]]] = {}
        same: set[str] = set()
        for path in old_by_path.keys() & new_by_path.keys():
            old, new = old_by_path[path], new_by_path[path]
            if old.identity is None and new.identity is None:
                compared[path] = difference(self._words(old), self._words(new))
                if all(segment.kept for side in compared[path] for segment in side):
                    same.add(path)
            else:
                kept = old.identity == new.identity
                compared[path] = ([Segment(self._words(old), kept)], [Segment(self._words(new), kept)])
                if kept:
                    same.add(path)
        for cell, lines, side in ((row.before, pending.before, 0), (row.after, pending.after, 1)):
            if cell is None:
                continue
            for index, line in enumerate(lines):
                if index and line.path in same and self.view != ALL and not row.heading:
                    continue
                segments = compared[line.path][side] if line.path in compared else None
                cell.lines.append(
                    ShownLine(
                        line.label, segments or [Segment(self._words(line), False)], line.identity is not None
                    )
                )
        row.words_same = State.CHANGED in row.states and len(same) == len(old_by_path) == len(new_by_path)


def _said(lines: list[Line]) -> list[tuple[str, Any]]:
    """What decides whether a plain field is the same; the order of its rows does not."""
    return sorted(
        ((line.path, line.words if line.identity is None else line.identity) for line in lines), key=str
    )


def _shows(section: Section) -> bool:
    return any(isinstance(row, Row) for row in section.rows)
