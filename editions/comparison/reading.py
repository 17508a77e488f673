"""From the JSON of an edition to the lines that a reader sees."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail import blocks

from content.blocks import KeyBlock
from content.partial_dates import PartialDateField
from content.templatetags.homeward import long_date, partial_date
from editions.comparison.fields import ComparedField
from editions.comparison.names import Names, Reference

_LINK = re.compile(r"<a\b[^>]*?\bhref=[\"']([^\"']*)[\"'][^>]*>(.*?)</a>", re.DOTALL)
_ITEM = re.compile(r"<li\b[^>]*>")
_END_OF_LINE = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")
_ELEMENT = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Line:
    """One fact of a row. Lines of one ``path`` are compared with each other.

    ``identity`` is what decides for a value that is chosen and not written, whatever its words are; it is
    None for written words, which are compared word by word.
    """

    path: str
    label: str
    words: str | Reference
    identity: Any = None


def blocks_of(value: Any) -> list[dict[str, Any]]:
    """The blocks of a stream as stored: a list, or the JSON of one."""
    if isinstance(value, str):
        value = json.loads(value or "[]")
    return value or []


def fingerprint(value: Any) -> str:
    """Equal for values that say the same: list items have ids of their own, and empty is empty."""
    return json.dumps(_bare(value), sort_keys=True, ensure_ascii=False)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        if "id" in value and "value" in value:
            return [value.get("type"), _bare(value["value"])]
        return {name: bare for name, item in value.items() if (bare := _bare(item)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return value


def text_of_html(value: str) -> str:
    """The words of a rich text, a line for a paragraph. The address of a link stands behind its words."""
    value = _LINK.sub(r"\2 (\1)", value)
    value = _END_OF_LINE.sub("\n", _ITEM.sub("• ", value))
    return html.unescape(_ELEMENT.sub("", value)).strip()


class Reader:
    """Reads one edition. Rows that it names are wanted from ``names``, which must be loaded before they are said."""

    def __init__(self, page_class: type[Any], content: dict[str, Any], names: Names) -> None:
        self.content = content
        self.names = names
        self._key_names = page_class.key_names
        self._named: dict[tuple[str, str], dict[str, str]] = {}
        self._choices: dict[int, dict[Any, str]] = {}

    # Fields

    def field_lines(self, compared: ComparedField) -> list[Line]:
        """The lines of a field that is no stream; none where it is empty."""
        raw = self.content.get(compared.name)
        if raw in (None, "", []):
            return []
        if compared.child_model is not None:
            return list(self._child_lines(compared.child_model, raw))
        field = compared.field
        if field.many_to_many:
            return [Line(str(pk), "", self.names.want(field.related_model, pk), pk) for pk in raw]
        if field.is_relation:
            return [Line("", "", self.names.want(field.related_model, raw), raw)]
        return [self._value_line(field, raw)]

    def _child_lines(self, model: type[models.Model], rows: list[dict[str, Any]]) -> Iterator[Line]:
        field: Any
        for field in model._meta.concrete_fields:
            if not field.is_relation or isinstance(field, ParentalKey):
                continue
            for row in rows:
                if pk := row.get(field.name):
                    yield Line(f"{field.name}/{pk}", "", self.names.want(field.related_model, pk), pk)

    @staticmethod
    def _value_line(field: models.Field[Any, Any], raw: Any) -> Line:
        if field.choices:
            return Line("", "", str(dict(field.flatchoices).get(raw, raw)), raw)
        if isinstance(field, models.BooleanField):
            return Line("", "", _("Yes") if raw else _("No"), raw)
        if isinstance(field, PartialDateField):
            return Line("", "", partial_date(raw), raw)
        if isinstance(field, models.DateField):
            return Line("", "", long_date(datetime.date.fromisoformat(raw[:10])), raw)
        if isinstance(field, models.CharField | models.TextField):
            return Line("", "", raw)
        return Line("", "", str(raw), raw)

    # Streams

    def block_lines(self, compared: ComparedField, block: dict[str, Any]) -> list[Line]:
        """The lines of one block. Its first needs no label: it says what the block is."""
        definition = compared.field.stream_block.child_blocks.get(block["type"])
        if definition is None:
            return [Line("", "", _("A part of a kind that this site no longer has"), block["type"])]
        lines = list(self._lines(definition, block["value"], "", "", compared.name))
        if lines and lines[0].label:
            lines[0] = Line(lines[0].path, "", lines[0].words, lines[0].identity)
        return lines

    def _lines(self, block: Any, raw: Any, path: str, label: str, place: str) -> Iterator[Line]:
        """``path`` tells lines apart, ``place`` names the block as the page's declarations do: ``steps.leads``."""
        if raw in (None, "", []):
            return
        if isinstance(block, blocks.StructBlock):
            for name, child in block.child_blocks.items():
                yield from self._lines(
                    child, raw.get(name), f"{path}/{name}", str(child.label), f"{place}.{name}"
                )
        elif isinstance(block, blocks.ListBlock):
            for index, item in enumerate(raw):
                value, identity = _item(item, index)
                yield from self._lines(block.child_block, value, f"{path}/{identity}", label, place)
        elif isinstance(block, KeyBlock):
            if place in self._key_names:
                yield Line(path, label, self._name_of_key(self._key_names[place], raw), raw)
        elif isinstance(block, blocks.ChooserBlock):
            yield Line(path, label, self.names.want(block.model_class, raw), raw)
        elif isinstance(block, blocks.ChoiceBlock):
            yield Line(path, label, self._choice(block, raw), raw)
        elif isinstance(block, blocks.BooleanBlock):
            yield Line(path, label, _("Yes") if raw else _("No"), raw)
        elif isinstance(block, blocks.RichTextBlock):
            yield Line(path, label, text_of_html(raw))
        else:
            yield Line(path, label, str(raw))

    def _name_of_key(self, wanted: tuple[str, str], key: str) -> str:
        """What the block with this key is called in this edition; the key itself where there is none."""
        stream, child = wanted
        if wanted not in self._named:
            values = [block["value"] for block in blocks_of(self.content.get(stream))]
            self._named[wanted] = {value["key"]: value.get(child) or value["key"] for value in values}
        return self._named[wanted].get(key, key)

    def _choice(self, block: Any, raw: Any) -> str:
        if id(block) not in self._choices:
            choices: dict[Any, str] = {}
            for value, words in block.field.choices:
                groups = words if isinstance(words, list | tuple) else [(value, words)]
                choices |= {code: str(name) for code, name in groups}
            self._choices[id(block)] = choices
        return self._choices[id(block)].get(raw, str(raw))


def _item(item: Any, index: int) -> tuple[Any, Any]:
    """A list item's value and what it is known by: short items by what they say, others by id or place."""
    value = item["value"] if isinstance(item, dict) and "value" in item and "type" in item else item
    if isinstance(value, str):
        return value, value
    return value, item.get("id", index) if isinstance(item, dict) else index
