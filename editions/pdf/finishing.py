"""What Chromium leaves to be mended in a PDF: bookmarks, the targets of links, and who made it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, FloatObject, NameObject, TextStringObject

from editions.pdf.body import Heading

#: The page's top margin in points, as in pdf.css.
TOP_MARGIN = 25 / 25.4 * 72


@dataclass(frozen=True)
class Bookmark:
    """``top`` is the height above the page's lower edge, in points; ``page`` counts from 1."""

    item: DictionaryObject
    heading: Heading
    page: int
    top: float


def bookmarks(document: PdfReader | PdfWriter, headings: Sequence[Heading]) -> list[Bookmark]:
    """The bookmarks that stand for headings, in their order. A heading that is not printed has none.

    Chromium writes them from the headings, but runs the words together where a line was broken, and says
    those twice that come first on a page.
    """
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(document.pages, 1)}  # type: ignore[union-attr]
    found = []
    waiting = list(headings)
    root: Any = document.root_object
    for item in _outline(root.get("/Outlines")):
        words = _letters(str(item.get("/Title", "")))
        position = next((n for n, heading in enumerate(waiting) if _is(words, heading)), None)
        target = item.get("/Dest")
        if position is None or not target:
            continue
        target = target.get_object()
        page = numbers.get(target[0].idnum)
        if page is not None:
            found.append(Bookmark(item, waiting[position], page, float(target[3])))
        del waiting[: position + 1]
    return found


def finish(pdf: bytes, headings: Sequence[Heading]) -> bytes:
    """The same pages, with bookmarks in the words of the headings and links that lead to their place."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    marks = bookmarks(writer, headings)
    for mark in marks:
        mark.item[NameObject("/Title")] = TextStringObject(mark.heading.words)
    _mend_targets(writer, marks)
    writer.add_metadata({"/Creator": "Homeward"})
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _mend_targets(writer: PdfWriter, marks: Sequence[Bookmark]) -> None:
    """Chromium 156 forgets the page's margin when it says where an anchor lies; its bookmarks are right.

    A version that has learned it is recognised by anchors and bookmarks that agree.
    """
    targets: Any = writer.root_object.get("/Dests")
    if targets is None:
        return
    targets = targets.get_object()
    distances = sorted(
        float(targets[f"/{mark.heading.anchor}"].get_object()[3]) - mark.top
        for mark in marks
        if f"/{mark.heading.anchor}" in targets
    )
    if distances and distances[len(distances) // 2] < TOP_MARGIN / 2:
        return
    for target in targets.values():
        place = target.get_object()
        place[3] = FloatObject(float(place[3]) - TOP_MARGIN)


def _outline(parent: Any) -> Iterator[DictionaryObject]:
    """Every bookmark below, in reading order."""
    item = parent.get_object().get("/First") if parent is not None else None
    while item is not None:
        item = item.get_object()
        yield item
        yield from _outline(item)
        item = item.get("/Next")


def _is(letters: str, heading: Heading) -> bool:
    expected = _letters(heading.words)
    return letters in (expected, expected * 2)


def _letters(words: str) -> str:
    return re.sub(r"\s+", "", words)
