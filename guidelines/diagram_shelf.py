"""One row of a step diagram, laid out as SVG: bands, border, the way, its nodes and their words.

All lengths are whole units of the view box: a fraction would be written with a comma in half of our languages.
The sizes of letters are those of the style sheet, which an SVG cannot ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from content.clusters import fold, width

FEW_STEPS = 6
"""Up to so many, the drawing is narrower, and its style sheet lets it stand on narrower screens."""

WIDE, WIDE_START = 1148, 196
NARROW, NARROW_START = 900, 180
END_MARGIN = 12
LANE_HEIGHT = 104
NODE_DROP = 35
"""From the top of a lane to the middle of its nodes; the words hang below."""
LABEL_DROP = 32
NODE_RADIUS = 15
RING_RADIUS = 7
BEND = 9
TEXT_START = 16

LATIN_WIDTH = 6.8
"""Units an average letter takes at the 13 units of a label; lane names are larger and bold."""
LANE_NAME_WIDTH = 8.2
LONGEST_LINE = 18.0
LEAST_LINE = 10.0

LABEL_LEADING = {"km": 20, "my": 20, "lo": 18, "th": 18}
"""Units from one label line to the next where letters have feet or hats; 17 elsewhere."""
LIST_SEPARATOR = {"my": "၊ ", "zh-hans": "、"}


@dataclass(frozen=True)
class Lane:
    """One who acts. ``country`` is its name for the reader, empty where the actor belongs to none or to several."""

    key: str
    label: str
    country: str = ""


@dataclass(frozen=True)
class DiagramStep:
    """``number`` is text, in whatever digits the language uses; ``leads`` and ``takes_part`` are keys of lanes."""

    anchor: str
    number: str
    label: str
    leads: str
    takes_part: Sequence[str] = ()
    usual_time: str = ""


@dataclass(frozen=True)
class Text:
    """One line of words with its baseline. ``kind`` is its class."""

    words: str
    x: int
    y: int
    kind: str
    anchor: str = "start"


@dataclass(frozen=True)
class Band:
    """The strip of one lane; every second one is shaded."""

    top: int
    height: int
    shaded: bool
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Border:
    start: int
    end: int
    y: int
    text: Text | None


@dataclass(frozen=True)
class Tie:
    """The dotted line from a node to the farthest ring on one side."""

    x: int
    start: int
    end: int


@dataclass(frozen=True)
class Node:
    """One step where its leading actor stands. ``rings`` are the heights of those taking part, in the same column."""

    anchor: str
    number: str
    label: str
    x: int
    y: int
    radius: int
    number_y: int
    lines: tuple[Text, ...]
    times: tuple[Text, ...]
    ties: tuple[Tie, ...]
    rings: tuple[int, ...]
    ring_radius: int = RING_RADIUS


@dataclass(frozen=True)
class Leads:
    """Which steps an actor leads, for the description that is read out."""

    actor: str
    numbers: str


@dataclass(frozen=True)
class Shelf:
    """One row of the drawing: an SVG of its own, so that a page break can fall between two."""

    width: int
    height: int
    bands: tuple[Band, ...]
    borders: tuple[Border, ...]
    way: str
    nodes: tuple[Node, ...]
    first: str
    last: str
    leads: tuple[Leads, ...]


class Draughtsman:
    """Draws one shelf. The columns of all shelves are equally wide, so that a shorter last one ends earlier."""

    def __init__(
        self,
        lanes: Sequence[Lane],
        steps: Sequence[DiagramStep],
        columns: int,
        language: str,
        border: str,
        *,
        is_first: bool,
        is_last: bool,
    ) -> None:
        mentioned = {key for step in steps for key in (step.leads, *step.takes_part)}
        self.lanes = [lane for lane in lanes if lane.key in mentioned]
        self.steps = steps
        self.border = border
        self.is_first, self.is_last = is_first, is_last
        self.separator = LIST_SEPARATOR.get(language, ", ")
        self.leading = LABEL_LEADING.get(language, 17)
        few = columns <= FEW_STEPS and is_first and is_last
        self.width, self.start = (NARROW, NARROW_START) if few else (WIDE, WIDE_START)
        self.column = (self.width - self.start - END_MARGIN) / columns
        self.line = max(LEAST_LINE, min(LONGEST_LINE, (self.column - 10) / LATIN_WIDTH))
        self.labels = {step.anchor: fold(step.label, self.line) for step in steps}
        self.times = {step.anchor: self._time(step) for step in steps}
        self.names = {lane.key: self._name(lane) for lane in self.lanes}
        self.tops = self._tops()

    def _time(self, step: DiagramStep) -> list[str]:
        """At most two lines; a longer sentence is left to the step below, where it has room."""
        lines = fold(step.usual_time, self.line)
        return lines if len(lines) <= 2 and all(width(line) <= self.line for line in lines) else []

    def _name(self, lane: Lane) -> list[tuple[str, str]]:
        room = self.start - TEXT_START - 4
        name = [(line, "lane") for line in fold(lane.label, room / LANE_NAME_WIDTH)]
        return name + [(line, "sub") for line in fold(lane.country, room / LATIN_WIDTH)]

    def _below(self, step: DiagramStep) -> int:
        """From a node's middle to the foot of the words under it."""
        return LABEL_DROP + self.leading * (len(self.labels[step.anchor]) + len(self.times[step.anchor])) - 8

    def _tops(self) -> dict[str, int]:
        """The upper edge of every lane; one with long words grows, so that nothing hangs into the next."""
        tops, top = {}, 0
        for lane in self.lanes:
            tops[lane.key] = top
            words = [NODE_DROP + self._below(step) for step in self.steps if step.leads == lane.key]
            top += max(LANE_HEIGHT, (self.leading + 3) * len(self.names[lane.key]) + 24, *words)
        self.height = top
        return tops

    def _x(self, place: int) -> int:
        return round(self.start + self.column * (place + 0.5))

    def _y(self, key: str) -> int:
        return self.tops[key] + NODE_DROP

    def shelf(self) -> Shelf:
        nodes = tuple(self._node(place, step) for place, step in enumerate(self.steps))
        leads = []
        for lane in self.lanes:
            numbers = [step.number for step in self.steps if step.leads == lane.key]
            if numbers:
                leads.append(Leads(lane.label, self.separator.join(numbers)))
        return Shelf(
            width=self.width,
            height=self.height,
            bands=self._bands(),
            borders=self._borders(nodes),
            way=self._way(nodes),
            nodes=nodes,
            first=self.steps[0].number,
            last=self.steps[-1].number,
            leads=tuple(leads),
        )

    def _bands(self) -> tuple[Band, ...]:
        edges = [*self.tops.values(), self.height]
        bands = []
        for place, (lane, (top, end)) in enumerate(zip(self.lanes, pairwise(edges), strict=True)):
            lines, pitch = self.names[lane.key], self.leading + 3
            first = (top + end) // 2 + 5 - pitch * (len(lines) - 1) // 2
            texts = tuple(
                Text(words, TEXT_START, first + pitch * row, kind) for row, (words, kind) in enumerate(lines)
            )
            bands.append(Band(top, end - top, place % 2 == 0, texts))
        return tuple(bands)

    def _node(self, place: int, step: DiagramStep) -> Node:
        x, y = self._x(place), self._y(step.leads)
        words = [(line, "lab") for line in self.labels[step.anchor]]
        words += [(line, "dur") for line in self.times[step.anchor]]
        texts = [
            Text(line, x, y + LABEL_DROP + self.leading * row, kind, "middle")
            for row, (line, kind) in enumerate(words)
        ]
        rings = sorted({self._y(key) for key in step.takes_part if key != step.leads})
        ties = []
        if rings and rings[0] < y:
            ties.append(Tie(x, y - NODE_RADIUS, rings[0] + RING_RADIUS + 1))
        if rings and rings[-1] > y:
            # Downwards the words are in the way: the tie leaves from below them.
            ties.append(Tie(x, y + self._below(step), rings[-1] - RING_RADIUS - 1))
        return Node(
            anchor=step.anchor,
            number=step.number,
            label=step.label,
            x=x,
            y=y,
            radius=NODE_RADIUS,
            number_y=y + 5,
            lines=tuple(text for text in texts if text.kind == "lab"),
            times=tuple(text for text in texts if text.kind == "dur"),
            ties=tuple(ties),
            rings=tuple(rings),
        )

    def _way(self, nodes: Sequence[Node]) -> str:
        """The line as an SVG path; it runs in from the edge where a shelf goes on, and out where another follows."""
        first, last = nodes[0], nodes[-1]
        path = f"M{first.x if self.is_first else self.start} {first.y}"
        if not self.is_first:
            path += f"H{first.x}"
        for node, following in pairwise(nodes):
            if following.y != node.y:
                turn, bend = (node.x + following.x) // 2, BEND if following.y > node.y else -BEND
                path += f"H{turn - BEND}q{BEND} 0 {BEND} {bend}V{following.y - bend}q0 {bend} {BEND} {bend}"
            path += f"H{following.x}"
        return path if self.is_last else f"{path}H{round(last.x + self.column / 2)}"

    def _borders(self, nodes: Sequence[Node]) -> tuple[Border, ...]:
        """Where two countries meet.

        Between two bands; through the nodes of a single lane that belongs to no country, because the border is
        where it acts; around several such lanes, because a single line would put some of them into a country.
        """
        heights: list[int] = []
        meetings = 0
        owned = [place for place, lane in enumerate(self.lanes) if lane.country]
        for above, below in pairwise(owned):
            if self.lanes[above].country == self.lanes[below].country:
                continue
            meetings += 1
            between = [self.lanes[place].key for place in range(above + 1, below)]
            if len(between) == 1:
                heights.append(self._y(between[0]))
            else:
                heights += dict.fromkeys(
                    [self.tops[self.lanes[above + 1].key], self.tops[self.lanes[below].key]]
                )
        named = self.border if meetings == 1 else ""
        return tuple(
            Border(
                start=self.start - 4,
                end=self.width - 10,
                y=y,
                text=self._border_text(named, y, nodes) if named and y == heights[0] else None,
            )
            for y in heights
        )

    def _border_text(self, words: str, line: int, nodes: Sequence[Node]) -> Text:
        """The name of the crossing, as far right as the way, the nodes and the ties leave room for it."""
        on_nodes = line in {self._y(lane.key) for lane in self.lanes}
        y = line - 10 if on_nodes else line + 14
        taken = [(node.x - 18, node.x + 18) for node in nodes if abs(node.y - y) < 40]
        taken += [
            (tie.x - 6, tie.x + 6) for node in nodes for tie in node.ties if _spans(tie.start, tie.end, y)
        ]
        for node, following in pairwise(nodes):
            if node.y != following.y and _spans(node.y, following.y, y):
                turn = (node.x + following.x) // 2
                taken.append((turn - 8, turn + 8))
        room = round(width(words) * LATIN_WIDTH)
        ends = [self.width - 16, *sorted((left for left, _right in taken), reverse=True)]
        for end in ends:
            if end - room >= self.start and not any(
                left < end and right > end - room for left, right in taken
            ):
                return Text(words, end, y, "sub", "end")
        return Text(words, TEXT_START, y, "sub")


def _spans(start: int, end: int, y: int) -> bool:
    """Whether a vertical line comes near the words on a baseline."""
    return min(start, end) - 6 <= y <= max(start, end) + 14
