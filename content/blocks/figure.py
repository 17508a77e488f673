"""A table of numbers, with a chart above it where one tells the truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

#: ``151``, ``1,510`` or ``12.5``; nothing else that Python reads as a number.
NUMBER = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")


class FigureBlock(blocks.StructBlock):
    """Rows are written as lines, cells separated by ``|``: it survives copying from a report.

    A chart is drawn on the server from one column of numbers, as bars inside that column's cells.
    """

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=80)
    as_of = blocks.CharBlock(
        label=_("As of"),
        required=False,
        max_length=80,
        help_text=_("The year or years that the source describes."),
    )
    caveat = blocks.TextBlock(
        label=_("Caveat"),
        required=False,
        rows=2,
        help_text=_("What a reader must know before using the number."),
    )
    columns = blocks.CharBlock(label=_("Columns"), help_text=_("Headings, separated by |"))
    rows = blocks.TextBlock(label=_("Rows"), help_text=_("One row a line, cells separated by |"))
    chart_label = blocks.IntegerBlock(
        label=_("Column of labels"),
        required=False,
        min_value=1,
        help_text=_("For a chart: 1 is the first column."),
    )
    chart_value = blocks.IntegerBlock(
        label=_("Column of values"),
        required=False,
        min_value=1,
        help_text=_("Only where the table holds one measure and no conflicting values."),
    )
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=500)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        width = len(split_cells(cleaned["columns"]))
        for number, row in enumerate(table_rows(cleaned["rows"]), start=1):
            if len(row) != width:
                message = _("Row %(row)d has %(cells)d cells, but there are %(columns)d columns.") % {
                    "row": number,
                    "cells": len(row),
                    "columns": width,
                }
                raise StructBlockValidationError(block_errors={"rows": ValidationError(message)})
        for name in ("chart_label", "chart_value"):
            if cleaned.get(name) and cleaned[name] > width:
                raise StructBlockValidationError(
                    block_errors={name: ValidationError(_("There is no such column."))}
                )
        if cleaned.get("chart_value") and not cleaned.get("chart_label"):
            raise StructBlockValidationError(
                block_errors={"chart_label": ValidationError(_("Say which column holds the labels."))}
            )
        if cleaned.get("chart_value") and bar_lengths(cleaned) is None:
            raise StructBlockValidationError(
                block_errors={"chart_value": ValidationError(_("This column must hold numbers only."))}
            )
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["columns"] = split_cells(value["columns"])
        context["lines"] = table_lines(value)
        return context

    class Meta:
        icon = "table"
        label = _("Figure")
        template = "blocks/figure.html"
        description = _("A table of numbers, with a bar chart if one may be drawn.")
        preview_value = {
            "title": "Returns by year",
            "unit": "persons",
            "as_of": "2007",
            "caveat": "Only formally identified persons.",
            "columns": "Year | Persons",
            "rows": "2004 | 151\n2005 | 186",
            "chart_label": 1,
            "chart_value": 2,
            "source": "",
        }


def split_cells(line: str) -> list[str]:
    """The cells of one line: ``"2004 | 151"`` gives ``["2004", "151"]``, and so does ``"| 2004 | 151 |"``."""
    line = line.strip()
    if len(line) > 1 and line.startswith("|") and line.endswith("|"):
        line = line[1:-1]
    return [cell.strip() for cell in line.split("|")]


def table_rows(text: str) -> list[list[str]]:
    """All rows that are not blank."""
    return [split_cells(line) for line in text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Cell:
    """``length`` is that of the bar in the cell, as a percentage; None where none is drawn."""

    text: str
    length: float | None = None


def table_lines(value: Any) -> list[list[Cell]]:
    """The rows with the bars of the chart in the cells that hold its values."""
    lengths = bar_lengths(value)
    lines = []
    for number, row in enumerate(table_rows(value["rows"])):
        cells = [Cell(text) for text in row]
        if lengths:
            column = value["chart_value"] - 1
            cells[column] = Cell(row[column], lengths[number])
        lines.append(cells)
    return lines


def bar_lengths(value: Any) -> list[float] | None:
    """The length of each row's bar, counted from zero, as a percentage of the longest.

    None where no chart is asked for, or a value is below zero or no number.
    """
    if not value.get("chart_label") or not value.get("chart_value"):
        return None
    numbers = []
    for row in table_rows(value["rows"]):
        try:
            cell = row[value["chart_value"] - 1]
        except IndexError:
            return None
        if not NUMBER.fullmatch(cell):
            return None
        numbers.append(float(cell.replace(",", "")))
    if not numbers or min(numbers) < 0:
        return None
    longest = max(numbers) or 1
    return [round(100 * number / longest, 1) for number in numbers]
