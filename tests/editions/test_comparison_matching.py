"""Blocks of two editions are matched by their ids, and the fewest possible are said to have moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editions.comparison.matching import Match, match

IDS = st.lists(st.integers(min_value=1, max_value=12), unique=True, max_size=10)


def rows(before: list[int], after: list[int]) -> list[Match]:
    """Blocks whose content is as unique as their id."""
    return match([(f"id{n}", f"words {n}") for n in before], [(f"id{n}", f"words {n}") for n in after])


@given(IDS, IDS)
def test_every_block_of_both_editions_stands_in_one_row(before: list[int], after: list[int]) -> None:
    found = rows(before, after)
    assert sorted(row.before for row in found if row.before is not None) == list(range(len(before)))
    assert [row.after for row in found if row.after is not None] == list(range(len(after)))


@given(IDS, IDS)
def test_a_row_of_both_editions_is_the_same_block(before: list[int], after: list[int]) -> None:
    for row in rows(before, after):
        if row.before is not None and row.after is not None:
            assert before[row.before] == after[row.after]


@given(IDS, IDS)
def test_what_did_not_move_kept_its_order(before: list[int], after: list[int]) -> None:
    stayed = [row.before for row in rows(before, after) if row.before is not None and not row.moved]
    assert stayed == sorted(stayed)


def test_of_one_block_that_went_far_only_that_one_moved() -> None:
    found = rows([1, 2, 3, 4, 5], [1, 5, 2, 3, 4])
    assert [(row.before, row.after) for row in found if row.moved] == [(4, 1)]


def test_an_added_block_makes_nothing_move() -> None:
    assert not any(row.moved for row in rows([1, 2, 3], [9, 1, 2, 3]))


def test_a_removed_block_stands_where_it_stood_before_what_took_its_place() -> None:
    assert rows([1, 2, 3], [1, 9, 3]) == [Match(0, 0), Match(1, None), Match(None, 1), Match(2, 2)]


def test_blocks_without_ids_are_found_by_what_they_say() -> None:
    found = match([(None, "a"), ("x", "b")], [("y", "b"), ("z", "a")])
    assert sorted((row.before, row.after) for row in found) == [(0, 1), (1, 0)]


def test_a_repeated_block_is_matched_once() -> None:
    found = match([("x", "a")], [("x", "a"), ("x", "a")])
    assert found == [Match(0, 0), Match(None, 1)]
