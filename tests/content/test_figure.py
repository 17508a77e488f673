"""Tables of numbers and the bars in them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from content.blocks import FigureBlock
from content.blocks.figure import bar_lengths, table_lines

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


def refusal_of(**changes: Any) -> dict[str, list[str]]:
    """The words of the refusal, by field."""
    with pytest.raises(ValidationError) as refusal:
        FigureBlock().clean(value(**changes))
    return {name: error.messages for name, error in refusal.value.block_errors.items()}


def test_a_figure_that_is_right_is_accepted() -> None:
    assert FigureBlock().clean(value())["title"] == "Returns by year"


def test_a_row_of_another_width_is_named() -> None:
    assert refusal_of(rows="2004 | 151\n2005 | 186 | 3") == {
        "rows": ["Row 2 has 3 cells, but there are 2 columns."]
    }


@pytest.mark.parametrize("name", ["chart_label", "chart_value"])
def test_a_column_that_does_not_exist_is_refused_at_its_field(name: str) -> None:
    assert refusal_of(**{name: 3}) == {name: ["There is no such column."]}


@pytest.mark.parametrize("cell", ["many", "-1", "nan", "inf", "1e400", "1_000", "", "១៥"])
def test_a_cell_that_cannot_be_drawn_is_refused(cell: str) -> None:
    assert refusal_of(rows=f"2004 | 151\n2005 | {cell}") == {
        "chart_value": ["This column must hold numbers only."]
    }


def test_a_column_of_values_needs_a_column_of_labels() -> None:
    assert refusal_of(chart_label=None) == {"chart_label": ["Say which column holds the labels."]}


def test_cells_lose_their_margins_and_empty_ones_stay() -> None:
    figure = value(columns=" Year |Persons | Note", rows="2004|151|\n2005 |  186 | rising", chart_value=None)
    assert [[cell.text for cell in line] for line in table_lines(figure)] == [
        ["2004", "151", ""],
        ["2005", "186", "rising"],
    ]


def test_rows_may_begin_and_end_with_a_line_as_in_other_tables() -> None:
    figure = value(columns="| Year | Persons |", rows="| 2004 | 151 |\n| 2005 | 186 |")
    html = FigureBlock().render(FigureBlock().clean(figure))
    assert html.count("<th ") == 2
    assert html.count("<td>") == 4


def test_what_is_written_in_a_cell_is_text() -> None:
    html = FigureBlock().render(value(rows="<script>alert(1)</script> | 151"))
    assert "<script>" not in html
