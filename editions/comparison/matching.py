"""Which block of one edition is which block of the other, and which of them moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """Positions in both editions, counted from 0; None where the block does not stand."""

    before: int | None
    after: int | None
    moved: bool = False


def match(
    before: Sequence[tuple[Hashable, Hashable]], after: Sequence[tuple[Hashable, Hashable]]
) -> list[Match]:
    """The rows of a comparison, in the order of the new edition, removed blocks where they stood.

    A block is given by its id and its content. The id decides; blocks that lost it, by being typed or
    imported anew, are found by equal content. Moved are the fewest blocks that explain the new order.
    """
    partner = _partners(before, after)
    unmoved = _longest_increasing([partner[index] for index in sorted(partner)])
    found = set(partner.values())
    rows: list[Match] = []
    waiting: list[Match] = []
    passed = 0

    def flush(until: int) -> None:
        nonlocal passed
        rows.extend(Match(index, None) for index in range(passed, until) if index not in found)
        rows.extend(waiting)
        waiting.clear()
        passed = until

    for index in range(len(after)):
        stood = partner.get(index)
        if stood is None:
            waiting.append(Match(None, index))
        elif stood in unmoved:
            flush(stood)
            rows.append(Match(stood, index))
            passed = stood + 1
        else:
            waiting.append(Match(stood, index, moved=True))
    flush(len(before))
    return rows


def _partners(
    before: Sequence[tuple[Hashable, Hashable]], after: Sequence[tuple[Hashable, Hashable]]
) -> dict[int, int]:
    """For positions in the new edition, the position in the old one."""
    by_id: dict[Hashable, int] = {}
    for index, (identity, _content) in enumerate(before):
        if identity:
            by_id.setdefault(identity, index)
    partner = {}
    for index, (identity, _content) in enumerate(after):
        if identity in by_id:
            partner[index] = by_id.pop(identity)
    taken = set(partner.values())
    by_content: dict[Hashable, list[int]] = defaultdict(list)
    for index in range(len(before) - 1, -1, -1):
        if index not in taken:
            by_content[before[index][1]].append(index)
    for index, (_identity, content) in enumerate(after):
        if index not in partner and by_content.get(content):
            partner[index] = by_content[content].pop()
    return partner


def _longest_increasing(numbers: list[int]) -> set[int]:
    """The longest run of numbers, not all neighbours, that grow: what kept its order."""
    ends: list[int] = []
    places: list[int] = []
    back: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        back.append(places[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            places.append(place)
        else:
            ends[length] = number
            places[length] = place
    kept = set()
    place = places[-1] if places else -1
    while place >= 0:
        kept.add(numbers[place])
        place = back[place]
    return kept
