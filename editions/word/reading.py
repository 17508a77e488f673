"""One document being read into one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from editions.word.flow import Form, Item
from editions.word.inlines import Links
from editions.word.labels import is_called
from editions.word.marks import LINE, part_mark
from editions.word.report import Report


@dataclass
class Section:
    """A heading of the first level and what stands below it; before the first heading ``heading`` is None."""

    heading: Item | None
    items: list[Item]
    #: What no part of the page could take, in its order.
    rest: list[Item] = field(default_factory=list)


@dataclass
class Reading:
    """``page`` takes the words over, ``before`` is the same page as it was.

    ``ours``: the document was exported from this site. ``links`` are the links to pages and files in the
    page's rich text, by the address that Word knows.
    """

    page: Any
    before: Any
    ours: bool
    links: Links
    report: Report

    @property
    def language(self) -> str:
        language: str = self.page.language
        return language


def sections(items: list[Item]) -> list[Section]:
    """Cut at the headings of the highest level that the document uses."""
    levels = [item.level for item in items if item.form is Form.HEADING]
    top = min(levels, default=1)
    found = [Section(None, [])]
    for item in items:
        if LINE in item.marks:
            continue
        if item.form is Form.HEADING and item.level == top:
            found.append(Section(item, []))
        else:
            found[-1].items.append(item)
    return found


def belongs_to(section: Section, part: Any, language: str) -> bool:
    """Whether this is the part's section: by its bookmark, else by its words."""
    heading = section.heading
    if heading is None:
        return False
    parts = [mark for mark in heading.marks if mark.startswith(part_mark(""))]
    if parts:
        return part_mark(part.name) in parts
    return is_called(heading.text, part.heading, language)
