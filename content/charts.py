"""Bar charts as plain numbers, for a template to draw as SVG.

Drawn on the server, because a public page runs no inline script or style, and bars with their value
written out survive a photocopy. Positions are attributes; colours are classes of the style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

WIDTH = 640
LABEL_WIDTH = 200
VALUE_WIDTH = 70
BAR_HEIGHT = 22
ROW_HEIGHT = 34


@dataclass(frozen=True)
class Bar:
    """All lengths in the units of the chart's view box."""

    label: str
    value: str
    width: float
    top: int
    middle: int


@dataclass(frozen=True)
class BarChart:
    bars: list[Bar]
    height: int
    width: int = WIDTH
    label_width: int = LABEL_WIDTH
    bar_height: int = BAR_HEIGHT


def bar_chart(values: Sequence[tuple[str, float]]) -> BarChart | None:
    """A horizontal bar chart from zero; None where there is nothing to draw or a value is below zero."""
    if not values or any(value < 0 for _, value in values):
        return None
    longest = max(value for _, value in values) or 1
    room = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    bars = [
        Bar(
            label=label,
            value=format_decimal(value, locale="en"),
            width=round(room * value / longest, 1),
            top=index * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) // 2,
            middle=index * ROW_HEIGHT + ROW_HEIGHT // 2,
        )
        for index, (label, value) in enumerate(values)
    ]
    return BarChart(bars=bars, height=len(values) * ROW_HEIGHT)
