"""A procedure as a drawing: lanes by actor, time to the right, one line that leads home.

The server lays it out, because a public page runs no script and no inline style; the template only writes
down what stands here. Two drawings are made of the same steps. The wide one is SVG. The narrow one, for
phones and paper, is an ordered list with classes (``at-3 from-1``), whose words wrap by themselves.

A long procedure is broken into shelves of equal length, like lines of writing, instead of being drawn
wider: a line that scrolls sideways shows a reader a third of the way and prints not at all. Every shelf
draws only the lanes it uses, so its height follows its content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from content.clusters import unbreakable, width
from guidelines.diagram_shelf import (
    END_MARGIN,
    FEW_STEPS,
    LATIN_WIDTH,
    LIST_SEPARATOR,
    LONGEST_LINE,
    WIDE,
    WIDE_START,
    DiagramStep,
    Draughtsman,
    Lane,
    Shelf,
)

__all__ = ["Diagram", "DiagramStep", "Lane", "Shelf", "TrailStep", "draw", "ordered_lanes"]

MOST_ON_A_SHELF = 12
MOST_LANES = 8
"""More actors than this make neither a readable drawing nor a trail that fits a phone."""


@dataclass(frozen=True)
class TrailStep:
    """``at`` and ``previous`` are columns counted from 1; ``others`` names those taking part."""

    anchor: str
    number: str
    label: str
    at: int
    previous: int
    actor: str
    others: str


@dataclass(frozen=True)
class Diagram:
    """Both drawings, and what their caption must explain.

    ``borders`` is how many border lines a shelf shows at most; ``by_country`` says that the trail gives a
    column to each country, because there are too many actors to give one to each.
    """

    prefix: str
    shelves: tuple[Shelf, ...]
    trail: tuple[TrailStep, ...]
    columns: int
    steps: int
    actors: int
    last: str
    rings: bool
    borders: int
    by_country: bool

    @property
    def wide(self) -> bool:
        """Whether there is an SVG at all; otherwise the trail stands alone."""
        return bool(self.shelves)

    @property
    def few(self) -> bool:
        return self.steps <= FEW_STEPS


def draw(
    lanes: Sequence[Lane],
    steps: Sequence[DiagramStep],
    language: str,
    *,
    destination: str = "",
    origin: str = "",
    border: str = "",
    prefix: str = "diagram",
) -> Diagram | None:
    """Lay out a procedure; None where it has no steps.

    ``destination`` and ``origin`` are country names as the lanes write them. ``border`` is written on the
    border line where just two countries meet. ``prefix`` keeps ids apart where a page shows two diagrams. An
    actor that is no lane gets one named by its key: while a page is being written, a preview that shows
    the mistake is worth more than an error.
    """
    if not steps:
        return None
    used = ordered_lanes(lanes, steps, destination=destination, origin=origin)
    columns = _trail_columns(used, steps)
    shelves: tuple[Shelf, ...] = ()
    if len(used) <= MOST_LANES:
        rows = _rows(steps)
        longest = max(len(row) for row in rows)
        shelves = tuple(
            Draughtsman(
                used, row, longest, language, border, is_first=row is rows[0], is_last=row is rows[-1]
            ).shelf()
            for row in rows
        )
    return Diagram(
        prefix=prefix,
        shelves=shelves,
        trail=_trail(used, steps, columns, language),
        columns=max(columns.values()),
        steps=len(steps),
        actors=len(used),
        last=steps[-1].number,
        rings=any(node.rings for shelf in shelves for node in shelf.nodes),
        borders=max((len(shelf.borders) for shelf in shelves), default=0),
        by_country=len(columns) > MOST_LANES,
    )


def ordered_lanes(
    lanes: Sequence[Lane], steps: Iterable[DiagramStep], *, destination: str = "", origin: str = ""
) -> list[Lane]:
    """The lanes that some step uses, as they stand from top to bottom.

    Lanes of one country stand together: the country a person returns from, any other country, those without
    a country, the country the person comes home to. So the way runs down the page and crosses the border in
    its middle. Otherwise both countries and lanes keep the order in which the steps first name them.
    """
    by_key = {lane.key: lane for lane in lanes}
    keys = dict.fromkeys(key for step in steps for key in (step.leads, *step.takes_part))
    used = [by_key.get(key) or Lane(key, key) for key in keys]
    appearance = {
        country: place for place, country in enumerate(dict.fromkeys(lane.country for lane in used))
    }

    def rank(lane: Lane) -> tuple[int, int]:
        if not lane.country:
            group = 2 if destination or origin else 1
        elif lane.country == destination:
            group = 0
        else:
            group = 3 if lane.country == origin else 1
        return group, appearance[lane.country]

    return sorted(used, key=rank)


def _rows(steps: Sequence[DiagramStep]) -> list[Sequence[DiagramStep]]:
    """Steps in rows of equal length, each at most as long as its widest unbreakable word allows."""
    widest = max((width(piece) for step in steps for piece in unbreakable(step.label)), default=0.0)
    column = max(1.0, min(widest, LONGEST_LINE)) * LATIN_WIDTH
    most = min(MOST_ON_A_SHELF, max(1, int((WIDE - WIDE_START - END_MARGIN) / column)))
    most = max(most, FEW_STEPS)
    length = ceil(len(steps) / ceil(len(steps) / most))
    return [steps[start : start + length] for start in range(0, len(steps), length)]


def _trail_columns(used: Sequence[Lane], steps: Sequence[DiagramStep]) -> dict[str, int]:
    """The column of each leading actor; with too many actors for a phone, of each actor's country."""
    leading = {step.leads for step in steps}
    leaders = [lane for lane in used if lane.key in leading]
    if len(leaders) <= MOST_LANES:
        return {lane.key: column for column, lane in enumerate(leaders, start=1)}
    countries = {
        name: column for column, name in enumerate(dict.fromkeys(lane.country for lane in leaders), start=1)
    }
    return {lane.key: min(countries[lane.country], MOST_LANES) for lane in leaders}


def _trail(
    used: Sequence[Lane], steps: Sequence[DiagramStep], columns: dict[str, int], language: str
) -> tuple[TrailStep, ...]:
    labels = {lane.key: lane.label for lane in used}
    trail = []
    previous = columns[steps[0].leads]
    for step in steps:
        others = [labels[key] for key in dict.fromkeys(step.takes_part) if key != step.leads]
        at = columns[step.leads]
        trail.append(
            TrailStep(
                anchor=step.anchor,
                number=step.number,
                label=step.label,
                at=at,
                previous=previous,
                actor=labels[step.leads],
                others=LIST_SEPARATOR.get(language, ", ").join(others),
            )
        )
        previous = at
    return tuple(trail)
