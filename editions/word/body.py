"""The running part of a page: headings, text, notes and figures, and whatever fits nowhere else."""

from __future__ import annotations

import copy
import uuid
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from content.blocks.figure import split_cells, table_rows
from editions.word.facts import Fact, Row
from editions.word.flow import Form, Item, lines_of
from editions.word.inlines import Links, canonical, rich, same_words
from editions.word.marks import block_mark
from editions.word.parts import Part
from editions.word.reading import Reading
from editions.word.report import Did

Raw = dict[str, Any]
#: What a figure says below its table.
FIGURE_FACTS = [Fact(name) for name in ("unit", "as_of", "caveat", "source")]
LONGEST_HEADING = 200


@dataclass
class _Found:
    """A block of the document: its type, the mark it carries, and its items."""

    kind: str
    mark: str = ""
    items: list[Item] = field(default_factory=list)


class Body(Part):
    """The stream of running text. Read last, because it takes what no other part could."""

    template = "editions/word/body.html"

    def blocks(self, page: Any) -> list[Raw]:
        raw: list[Raw] = getattr(page, self.name).get_prep_value()
        return raw

    def shown(self, page: Any) -> dict[str, Any]:
        blocks = [self._shown(raw, page) for raw in self.blocks(page)]
        return {"blocks": blocks} if blocks else {}

    def _shown(self, raw: Raw, page: Any) -> dict[str, Any]:
        kind, value, mark = raw["type"], raw["value"], block_mark(raw["id"])
        shown: dict[str, Any] = {"kind": kind, "mark": mark, "value": value}
        if kind == "paragraph":
            shown["html"] = for_word(value, mark)
        elif kind == "note":
            shown["html"] = for_word(value["text"])
        elif kind == "figure":
            block = _child(page, self.name, "figure")
            shown["columns"] = split_cells(value["columns"])
            shown["lines"] = table_rows(value["rows"])
            shown["rows"] = [
                row for fact in FIGURE_FACTS for row in fact.rows(value.get(fact.name), block, page)
            ]
        return shown

    def take(self, items: list[Item], reading: Reading) -> list[Item]:
        self.put(items, [], reading)
        return []

    def put(self, items: list[Item], further: list[Item], reading: Reading) -> None:
        """``items`` are the part's own section; ``further`` fitted nowhere, comes after it, and is reported."""
        old = {block_mark(raw["id"]): raw for raw in self.blocks(reading.before)}
        own = [self._block(found, old, reading) for found in self._cut(items, old)]
        for raw in old.values():
            reading.report.say(Did.REMOVED, self.where(reading), _words_of(raw))
        added = [self._block(found, {}, reading, silent=True) for found in self._cut(further, {})]
        for raw in added:
            reading.report.say(Did.BODY, self.where(reading), "", _words_of(raw))
        reading.report.taken[self.where(reading)] += len(own) + len(added)
        stream = reading.page._meta.get_field(self.name).stream_block
        setattr(reading.page, self.name, stream.to_python(own + added))

    def keep(self, further: list[Item], reading: Reading) -> None:
        """The part's section is not in the document: what is there stays, and what fitted nowhere follows."""
        added = [self._block(found, {}, reading, silent=True) for found in self._cut(further, {})]
        for raw in added:
            reading.report.say(Did.BODY, self.where(reading), "", _words_of(raw))
        stream = reading.page._meta.get_field(self.name).stream_block
        setattr(reading.page, self.name, stream.to_python(self.blocks(reading.before) + added))

    def _cut(self, items: list[Item], old: dict[str, Raw]) -> list[_Found]:
        """Where one block ends and the next begins: at a mark, a heading, a table, or text after one of these."""
        found: list[_Found] = []
        for item in items:
            mark = next((mark for mark in item.all_marks if mark in old), "")
            kind = old[mark]["type"] if mark else ""
            last = found[-1] if found else None
            if last and not mark and _is_part_of_figure(item, last):
                last.items.append(item)
            elif item.form is Form.HEADING:
                found.append(_Found("heading", mark, [item]))
            elif item.form is Form.TABLE:
                found.append(_Found("note" if kind == "note" else "figure", mark, [item]))
            elif kind == "figure":
                found.append(_Found("figure", mark, [item]))
            elif last is None or last.kind != "paragraph" or (mark and item.text):
                found.append(_Found("paragraph", mark, [item]))
            else:
                last.items.append(item)
        return [block for block in found if any(lines_of([item]) for item in block.items)]

    def _block(self, found: _Found, old: dict[str, Raw], reading: Reading, silent: bool = False) -> Raw:
        """The raw block; taken out of ``old`` where it was there before."""
        value = getattr(self, f"_{found.kind}")(found, reading)
        if isinstance(value, str) and found.kind != "paragraph":
            found.kind = "paragraph"
        before = self._before(found, value, old)
        if before is None:
            raw = {"type": found.kind, "value": value, "id": str(uuid.uuid4())}
            if not silent:
                reading.report.say(Did.ADDED, self.where(reading), "", _words_of(raw))
            return raw
        kept = copy.deepcopy(before)
        if found.kind in {"note", "figure"}:
            value = {**kept["value"], **value}
        if _same(kept["value"], value):
            return kept
        kept["value"] = value
        reading.report.say(Did.CHANGED, self.where(reading), _words_of(before), _words_of(kept))
        return kept

    @staticmethod
    def _before(found: _Found, value: Any, old: dict[str, Raw]) -> Raw | None:
        """The block by its mark, else one that says the same."""
        raw = old.get(found.mark)
        if raw is not None and raw["type"] == found.kind:
            return old.pop(found.mark)
        for mark, other in old.items():
            if other["type"] == found.kind and _same(other["value"], value):
                return old.pop(mark)
        return None

    def _heading(self, found: _Found, reading: Reading) -> Any:
        item = found.items[0]
        words = " ".join(item.text.split())
        if len(words) > LONGEST_HEADING:
            return f"<p><b>{rich(item.inlines, reading.links)}</b></p>"
        return {"text": words, "level": "2" if item.level <= 2 else "3"}

    def _paragraph(self, found: _Found, reading: Reading) -> Any:
        return rich_text(found.items, reading.links)

    def _note(self, found: _Found, reading: Reading) -> Any:
        """One cell: its first paragraph is the heading."""
        inside = [item for row in found.items[0].rows for cell in row for item in cell]
        first, *rest = inside
        return {"heading": " ".join(first.text.split()), "text": rich_text(rest, reading.links)}

    def _figure(self, found: _Found, reading: Reading) -> Any:
        """The title, labelled lines, the table. A table of somebody else comes without a title."""
        titles = [item for item in found.items if item.form is not Form.TABLE]
        tables = [[[_cell(cell) for cell in row] for row in item.rows] for item in found.items if item.rows]
        lines = tables[0] if tables else []
        width = len(lines[0]) if lines else 0
        if width < 2 or any(len(line) != width for line in lines):
            return rich_text(_as_text(found.items), reading.links)
        value = {
            "title": " ".join(titles[0].text.split()) if titles else _("Table"),
            "columns": " | ".join(lines[0]),
            "rows": "\n".join(" | ".join(line) for line in lines[1:]),
        }
        if titles:
            block = _child(reading.page, self.name, "figure")
            told = [_labelled(line) for line in lines_of(titles[1:])]
            for fact in FIGURE_FACTS:
                mine = [row for row in told if fact.is_mine(row.label, block, reading.language)]
                told = [row for row in told if row not in mine]
                value[fact.name] = fact.take(mine, "", reading, "")
            others = [": ".join([row.label, *row.lines]).strip() for row in told]
            value["caveat"] = "\n".join(line for line in (value["caveat"], *others) if line)
        return value


def _is_part_of_figure(item: Item, figure: _Found) -> bool:
    """What stands below the title of a figure, up to its table."""
    if figure.kind != "figure" or any(row.form is Form.TABLE for row in figure.items):
        return False
    return item.form in {Form.TEXT, Form.TABLE}


def _labelled(line: str) -> Row:
    label, colon, words = line.partition(":")
    return Row(label, [words.strip()]) if colon else Row(line, [])


def _child(page: Any, name: str, kind: str) -> Any:
    return page._meta.get_field(name).stream_block.child_blocks[kind]


def _cell(cell: list[Item]) -> str:
    """The words of a cell on one line, without the character that parts cells."""
    return " ".join(" ".join(lines_of(cell)).replace("|", "/").split())


def _as_text(items: list[Item]) -> list[Item]:
    """Each row of a table as a paragraph."""
    lines = [line for item in items for line in item.lines()]
    return [Item(Form.TEXT, [{"t": "Str", "c": line}]) for line in lines]


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, str):
        return canonical(before) == canonical(after)
    return all(
        canonical(str(before.get(name) or "")) == canonical(str(value))
        if name == "text"
        else same_words(str(before.get(name) or "").replace("|", " | "), str(value).replace("|", " | "))
        for name, value in after.items()
    )


def _words_of(raw: Raw) -> str:
    """What a block says, without how it looks."""
    value = raw["value"]
    if isinstance(value, str):
        return _bare(value)
    names = ("text", "heading", "title", "columns", "rows", "unit", "as_of", "caveat", "source")
    return "\n".join(_bare(str(value[name])) for name in names if value.get(name))


def _bare(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text("\n", strip=True) if "<" in html else html


def rich_text(items: list[Item], links: Links) -> str:
    """Items as the site's rich text. Neighbouring list items make one list."""
    written = []
    forms = [item.form for item in items]
    for index, item in enumerate(items):
        if item.form not in {Form.NUMBER, Form.POINT}:
            text = rich(item.inlines, links).strip() or "<br/>".join(item.lines())
            written.append(f"<p>{text}</p>" if text else "")
            continue
        tag = "ol" if item.form is Form.NUMBER else "ul"
        opened = f"<{tag}>" if index == 0 or forms[index - 1] is not item.form else ""
        closed = f"</{tag}>" if index + 1 == len(items) or forms[index + 1] is not item.form else ""
        written.append(f"{opened}<li>{_inside(item, links)}</li>{closed}")
    return "".join(written)


def _inside(item: Item, links: Links) -> str:
    texts = [item.inlines, *(inner.inlines for inner in item.inner if inner.form is Form.TEXT)]
    lists = [inner for inner in item.inner if inner.form is not Form.TEXT]
    return "<br/>".join(rich(text, links).strip() for text in texts if text) + rich_text(lists, links)


def for_word(html: str, mark: str = "") -> str:
    """Rich text with addresses that lead to the site from a file, and a mark in its first paragraph."""
    soup = BeautifulSoup(expand_db_html(html), "html.parser")
    for anchor in soup.find_all("a", href=True):
        anchor["href"] = absolute(str(anchor["href"]))
    first = soup.find(["p", "li"])
    if mark and first is not None:
        span = soup.new_tag("span", id=mark)
        span.extend(first.contents if first.find(["ul", "ol"]) is None else [])
        first.insert(0, span)
    return str(soup)


def absolute(address: str) -> str:
    """An address that works outside the site."""
    return f"{settings.PUBLIC_URL}{address}" if address.startswith("/") else address


def links_in(page: Any, names: list[str]) -> Links:
    """The links to pages and files in the rich text of these fields, by the address that stands in Word."""
    links: dict[str, dict[str, str]] = {}
    for name in names:
        for raw in getattr(page, name).get_prep_value():
            html = raw["value"] if isinstance(raw["value"], str) else str(raw["value"].get("text") or "")
            for anchor in BeautifulSoup(html, "html.parser").find_all("a", linktype=True):
                shown = BeautifulSoup(expand_db_html(str(anchor)), "html.parser").find("a", href=True)
                if shown is not None:
                    attributes = {key: str(value) for key, value in anchor.attrs.items()}
                    links[absolute(str(shown["href"]))] = attributes
    return links
