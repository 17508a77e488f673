"""Tables of numbers and the bars in them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from content.blocks import FigureBlock
from content.blocks.figure import bar_lengths

FIGURE = {
    "title": "Returns by year",
    "unit": "persons",
    "as_of": "2007",
    "caveat": "",
    "columns": "Year | Persons",
    "rows": "2004 | 1,510\n\n2005 | 755\n2006 | 0",
    "chart_label": 1,
    "chart_value": 2,
    "source": "",
}


def value(**changes: Any) -> Any:
    return FigureBlock().to_python({**FIGURE, **changes})


def test_bars_are_counted_from_zero_and_the_longest_is_whole() -> None:
    assert bar_lengths(value()) == [100.0, 50.0, 0.0]


@pytest.mark.parametrize(
    "changes",
    [
        {"chart_value": None},
        {"rows": "2004 | about 150"},
        {"rows": "2004 | -3"},
        {"rows": ""},
        {"chart_value": 3},
    ],
)
def test_no_bars_where_they_would_not_be_true(changes: dict[str, Any]) -> None:
    assert bar_lengths(value(**changes)) is None


def test_the_number_stands_beside_its_bar() -> None:
    html = FigureBlock().render(value())
    assert '<td>755<svg class="measure" viewBox="0 0 100 8"' in html
    assert '<rect width="50.0" height="8"/>' in html


def test_a_length_is_written_with_a_point_in_every_language() -> None:
    with translation.override("vi"):
        assert 'width="50.0"' in FigureBlock().render(value())


def test_a_table_without_a_chart_has_no_bars() -> None:
    assert "<svg" not in FigureBlock().render(value(chart_label=None, chart_value=None))


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValidationError):
        FigureBlock().clean(value(rows="2004 | 151 | 3"))


def test_a_chart_of_words_is_refused() -> None:
    with pytest.raises(ValidationError):
        FigureBlock().clean(value(rows="2004 | many"))
