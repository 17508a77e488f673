"""Dates as far as they are known."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from content.partial_dates import parse_partial_date, validate_partial_date
from content.templatetags.homeward import long_date, partial_date

DATES = st.dates(min_value=datetime.date(1000, 1, 1))


@given(DATES)
def test_a_date_is_read_as_far_as_it_is_written(date: datetime.date) -> None:
    text = date.isoformat()
    assert parse_partial_date(text) == (date.year, date.month, date.day)
    assert parse_partial_date(text[:7]) == (date.year, date.month, None)
    assert parse_partial_date(text[:4]) == (date.year, None, None)


@given(DATES, DATES)
def test_dates_sort_by_time_as_text(one: datetime.date, other: datetime.date) -> None:
    assert (one.isoformat() < other.isoformat()) is (one < other)


@given(st.text())
def test_anything_else_is_refused_as_such(text: str) -> None:
    """Either the three forms, or ValueError: never another error, never a half-read date."""
    try:
        year, month, day = parse_partial_date(text)
    except ValueError:
        return
    parts = [f"{year:04}"] + [f"{part:02}" for part in (month, day) if part]
    assert "-".join(parts) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "04",
        "2004-13",
        "2004-02-30",
        "2004-1",
        "2004/10",
        "0000",
        "2004-10-29 ",
        "2004\n",
        "២០០៤",
        "２００４",
    ],
)
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_partial_date(text)
    assert refusal.value.messages == ["Write 2004, 2004-10 or 2004-10-29."]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "2004", "2004"),
        ("en", "2004-10", "October 2004"),
        ("en", "2004-10-29", "29 October 2004"),
        ("vi", "2004", "2004"),
        ("zh-hans", "2004-10-29", "2004年10月29日"),
        ("th", "2004", "2004 (พ.ศ. 2547)"),
        ("en", "", ""),
    ],
)
def test_readers_see_what_is_known(language: str, text: str, words: str) -> None:
    with translation.override(language):
        assert partial_date(text) == words


@pytest.mark.parametrize("language", ["en", "km", "lo", "my", "th", "vi", "zh-hans"])
@pytest.mark.parametrize("text", ["2004", "2004-10", "2004-10-29"])
def test_dates_keep_ascii_digits_in_every_script(language: str, text: str) -> None:
    with translation.override(language):
        digits = [character for character in partial_date(text) if character.isdecimal()]
    assert digits
    assert all(digit.isascii() for digit in digits)


def test_thai_readers_see_the_buddhist_year_beside_a_month() -> None:
    with translation.override("th"):
        assert "พ.ศ. 2547" in partial_date("2004-10")


def test_a_date_that_is_missing_is_nothing() -> None:
    assert long_date(None) == ""
