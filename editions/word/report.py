"""What an import did, line by line, for the editor who checks the draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class Did(Enum):
    """What became of something, in the order in which an editor should look at it."""

    TO_DO = "to do"
    COMMENT = "comment"
    BODY = "body"
    LEFT = "left"
    REMOVED = "removed"
    CHANGED = "changed"
    ADDED = "added"
    MOVED = "moved"


HEADINGS = {
    Did.TO_DO: _("Needs your eye"),
    Did.COMMENT: _("Comments in the document"),
    Did.BODY: _("Fitted nowhere: now at the end of 'further text'"),
    Did.LEFT: _("Not taken over"),
    Did.REMOVED: _("Removed"),
    Did.CHANGED: _("Changed"),
    Did.ADDED: _("New"),
    Did.MOVED: _("Moved"),
}


@dataclass(frozen=True)
class Line:
    """``where`` names the place, ``before`` and ``after`` are the words there."""

    did: Did
    where: str
    before: str = ""
    after: str = ""


@dataclass
class Report:
    """In ``language``, the editor's. ``taken`` counts what each part of the page now holds.

    Everything else of an import happens in the page's language, because labels are looked up in it.
    """

    language: str
    lines: list[Line] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)

    def say(self, did: Did, where: Any, /, before: str = "", after: str = "", **values: Any) -> None:
        """``where`` is a text with places for ``values``, or the name of a place as it stands."""
        with override(self.language):
            said = str(where) % values if values else str(where)
        self.lines.append(Line(did, said, before, after))

    def groups(self) -> Iterable[tuple[Any, list[Line]]]:
        """The headings that have lines, with them."""
        for did, heading in HEADINGS.items():
            lines = [line for line in self.lines if line.did is did]
            if lines:
                yield heading, lines

    @property
    def changes_anything(self) -> bool:
        return any(
            line.did in {Did.BODY, Did.REMOVED, Did.CHANGED, Did.ADDED, Did.MOVED} for line in self.lines
        )
