"""A procedure drawn by lanes and as a trail."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from content.clusters import width
from guidelines.diagram import Diagram, DiagramStep, Lane, Shelf, draw, ordered_lanes

SHELTER = Lane("shelter", "Thai shelter staff", "Thailand")
BORDER = Lane("border", "Authorities of both")
CENTRE = Lane("centre", "Transit centre", "Cambodia")
MINISTRY = Lane("ministry", "DSVY and MoSVY", "Cambodia")
NGO = Lane("ngo", "NGOs", "Cambodia")
LANES = [CENTRE, MINISTRY, NGO, BORDER, SHELTER]
POIPET = [
    DiagramStep("s1", "1", "First interview", "shelter"),
    DiagramStep("s2", "2", "Send details", "shelter"),
    DiagramStep("s3", "3", "Trace family", "ministry", ("centre",), "2-3 weeks"),
    DiagramStep("s4", "4", "Return", "border"),
    DiagramStep("s5", "5", "Interview, house", "centre", (), "one night"),
    DiagramStep("s6", "6", "Reunite or transfer", "centre"),
    DiagramStep("s7", "7", "Finish tracing", "ngo", ("ministry",)),
    DiagramStep("s8", "8", "Care and learning", "ngo"),
    DiagramStep("s9", "9", "Reintegration plan", "ngo"),
    DiagramStep("s10", "10", "Follow up", "ngo", ("ministry",)),
]


def poipet(steps: list[DiagramStep] = POIPET, lanes: list[Lane] = LANES, language: str = "en") -> Diagram:
    diagram = draw(
        lanes,
        steps,
        language,
        destination="Thailand",
        origin="Cambodia",
        border="Border: Aranyaprathet - Poipet",
    )
    assert diagram is not None
    return diagram


def line_of_steps(count: int, *leads: str) -> list[DiagramStep]:
    return [DiagramStep(f"s{n}", str(n), f"Step {n}", leads[n % len(leads)]) for n in range(1, count + 1)]


def words(shelf: Shelf) -> list[str]:
    return [text.words for band in shelf.bands for text in band.texts]


# The lanes


def test_lanes_run_from_the_destination_over_those_without_a_country_to_the_origin() -> None:
    lanes = ordered_lanes(LANES, POIPET, destination="Thailand", origin="Cambodia")
    assert [lane.key for lane in lanes] == ["shelter", "border", "ministry", "centre", "ngo"]


def test_lanes_of_a_country_stand_together_in_order_of_first_appearance_without_a_corridor() -> None:
    steps = line_of_steps(4, "ngo", "centre", "shelter", "ministry")
    assert [lane.key for lane in ordered_lanes(LANES, steps)] == ["centre", "ministry", "ngo", "shelter"]


def test_a_lane_that_no_step_uses_is_dropped() -> None:
    shelf = poipet(POIPET[:2]).shelves[0]
    assert words(shelf) == ["Thai shelter staff", "Thailand"]


def test_an_actor_that_is_no_lane_shows_its_key_instead_of_breaking_the_page() -> None:
    shelf = poipet([DiagramStep("s1", "1", "Ask", "mistyped")]).shelves[0]
    assert words(shelf) == ["mistyped"]


def test_a_procedure_without_steps_has_no_drawing() -> None:
    assert draw(LANES, [], "en") is None


def test_a_lane_grows_with_the_words_under_its_nodes() -> None:
    steps = [
        *POIPET[:1],
        DiagramStep("s2", "2", "Ask the person what they wish to happen next and write it", "centre"),
    ]
    short, tall = (
        poipet([*steps, *POIPET[2:]]).shelves[0].bands[0],
        poipet([*POIPET[:1], *steps[1:]] * 5).shelves[0],
    )
    assert tall.bands[-1].height > short.height
    for node in tall.nodes:
        assert all(text.y < tall.height for text in node.lines)


# The way and its nodes


def test_the_way_visits_every_node_and_turns_with_round_corners() -> None:
    shelf = poipet(POIPET[:4]).shelves[0]
    first = shelf.nodes[0]
    assert shelf.way.startswith(f"M{first.x} {first.y}H")
    assert all(f"H{node.x}" in shelf.way for node in shelf.nodes[1:])
    assert re.search(r"q9 0 9 9V\d+q0 9 9 9H", shelf.way)
    assert re.search(r"q9 0 9 -9V\d+q0 -9 9 -9H", shelf.way)


def test_ten_steps_with_the_longest_common_word_stand_on_one_shelf() -> None:
    assert len(poipet().shelves) == 1


def test_a_ring_above_is_tied_to_the_node_and_one_below_to_the_words() -> None:
    steps = [*POIPET[:2], DiagramStep("s3", "3", "Trace family", "ministry", ("shelter", "ngo"))]
    node = poipet(steps).shelves[0].nodes[2]
    up, down = node.ties
    assert up.start == node.y - node.radius
    assert up.end == node.rings[0] + node.ring_radius + 1
    assert down.start > max(text.y for text in node.lines)
    assert down.end == node.rings[1] - node.ring_radius - 1


def test_who_leads_has_no_ring_of_its_own() -> None:
    steps = [DiagramStep("s1", "1", "Ask", "ngo", ("ngo", "centre", "centre"))]
    assert len(poipet(steps).shelves[0].nodes[0].rings) == 1


def test_a_usual_time_stands_below_the_label_and_a_long_one_is_left_to_the_step() -> None:
    steps = [
        *POIPET[:2],
        DiagramStep("s3", "3", "Trace", "ngo", (), "2-3 weeks to start, generally 2-3 to finish"),
    ]
    assert [text.words for text in poipet().shelves[0].nodes[2].times] == ["2-3 weeks"]
    assert poipet([*steps, *POIPET[3:]]).shelves[0].nodes[2].times == ()


def test_lines_of_a_script_with_feet_stand_further_apart() -> None:
    def pitch(language: str) -> int:
        first, second = poipet(language=language).shelves[0].nodes[5].lines
        return second.y - first.y

    assert pitch("my") > pitch("th") > pitch("en")


def test_numbers_keep_the_digits_of_the_language() -> None:
    shelf = poipet([DiagramStep("s1", "၁", "အမှုပုံစံ လက်ခံ", "ngo")], language="my").shelves[0]
    assert shelf.nodes[0].number == "၁"


# The border


def test_the_border_runs_through_the_nodes_of_the_one_lane_without_a_country() -> None:
    shelf = poipet().shelves[0]
    assert [border.y for border in shelf.borders] == [shelf.nodes[3].y]


def test_the_border_runs_between_two_countries_that_meet() -> None:
    shelf = poipet([POIPET[0], POIPET[4]]).shelves[0]
    assert [border.y for border in shelf.borders] == [shelf.bands[1].top]


def test_two_borders_enclose_several_lanes_without_a_country() -> None:
    steps = [*POIPET[1:], DiagramStep("s11", "11", "Report", "iom")]
    shelf = poipet(steps, [*LANES, Lane("iom", "IOM")]).shelves[0]
    assert [border.y for border in shelf.borders] == [shelf.bands[1].top, shelf.bands[3].top]


def test_there_is_no_border_inside_one_country() -> None:
    assert poipet(POIPET[4:]).borders == 0


def test_the_name_of_the_crossing_keeps_clear_of_nodes() -> None:
    steps = [*POIPET[:2], POIPET[4], POIPET[3]]
    shelf = poipet(steps).shelves[0]
    text = shelf.borders[0].text
    assert text is not None
    assert text.x < shelf.nodes[3].x - shelf.nodes[3].radius


def test_with_two_borders_between_three_countries_no_crossing_is_named() -> None:
    lanes = [*LANES, Lane("la", "Lao police", "Lao PDR")]
    shelf = poipet([*POIPET[:3], DiagramStep("s4", "4", "Hand over", "la")], lanes).shelves[0]
    assert len(shelf.borders) == 2
    assert all(border.text is None for border in shelf.borders)


# Length


@pytest.mark.parametrize(
    ("count", "rows"), [(1, [1]), (12, [12]), (13, [7, 6]), (25, [9, 9, 7]), (60, [12] * 5)]
)
def test_a_long_procedure_is_broken_into_even_shelves(count: int, rows: list[int]) -> None:
    diagram = poipet(line_of_steps(count, "shelter", "ngo"))
    assert [len(shelf.nodes) for shelf in diagram.shelves] == rows


def test_the_way_runs_out_of_a_shelf_and_into_the_next() -> None:
    upper, lower = poipet(line_of_steps(13, "ngo")).shelves
    assert int(upper.way.rsplit("H", 1)[1]) > upper.nodes[-1].x
    assert int(lower.way[1:].split(" ")[0]) < lower.nodes[0].x
    assert lower.way.endswith(f"H{lower.nodes[-1].x}")


def test_a_shelf_draws_only_the_lanes_it_uses() -> None:
    steps = line_of_steps(20, "ngo")[:12] + [
        DiagramStep(f"t{n}", str(n), "Ask", "centre") for n in range(13, 25)
    ]
    assert [words(shelf) for shelf in poipet(steps).shelves] == [
        ["NGOs", "Cambodia"],
        ["Transit centre", "Cambodia"],
    ]


def test_long_words_make_shorter_shelves() -> None:
    steps = [DiagramStep(f"s{n}", str(n), "Institutionalisation", "ngo") for n in range(12)]
    assert [len(shelf.nodes) for shelf in poipet(steps).shelves] == [6, 6]


def test_six_steps_are_few_and_stand_in_a_narrower_drawing() -> None:
    six, seven = poipet(POIPET[:6]), poipet(POIPET[:7])
    assert (six.few, six.shelves[0].width) == (True, 900)
    assert (seven.few, seven.shelves[0].width) == (False, 1148)


def test_more_than_eight_actors_get_the_trail_alone() -> None:
    lanes = [Lane(f"k{n}", f"Actor {n}", "Cambodia" if n % 2 else "Thailand") for n in range(10)]
    diagram = poipet(line_of_steps(10, *(lane.key for lane in lanes)), lanes)
    assert not diagram.wide
    assert len(diagram.trail) == 10


# The trail


def test_the_trail_says_for_every_step_its_column_and_the_one_before() -> None:
    diagram = poipet()
    assert diagram.columns == 5
    assert [(step.at, step.previous) for step in diagram.trail][:6] == [
        (1, 1),
        (1, 1),
        (3, 1),
        (2, 3),
        (4, 2),
        (4, 4),
    ]


def test_the_trail_has_no_column_for_who_only_takes_part() -> None:
    diagram = poipet([DiagramStep("s1", "1", "Ask", "ngo", ("centre", "ministry"))])
    assert diagram.columns == 1
    assert (diagram.trail[0].actor, diagram.trail[0].others) == ("NGOs", "Transit centre, DSVY and MoSVY")


def test_others_are_listed_with_the_comma_of_the_language() -> None:
    steps = [DiagramStep("s1", "1", "Ask", "ngo", ("centre", "ministry"))]
    assert poipet(steps, language="zh-hans").trail[0].others == "Transit centre、DSVY and MoSVY"
    assert poipet(steps, language="my").trail[0].others == "Transit centre၊ DSVY and MoSVY"


def test_with_more_than_eight_leaders_the_trail_has_a_column_for_each_country() -> None:
    lanes = [Lane(f"k{n}", f"Actor {n}", "Cambodia" if n % 2 else "Thailand") for n in range(10)]
    diagram = poipet(line_of_steps(10, *(lane.key for lane in lanes)), lanes)
    assert diagram.by_country
    assert diagram.columns == 2


KEYS = ["shelter", "border", "centre", "ministry", "ngo"]
STEPS = st.lists(
    st.builds(
        DiagramStep,
        anchor=st.uuids().map(str),
        number=st.integers(1, 99).map(str),
        label=st.text(st.sampled_from("abc นเก้าខ្មកោမြန်遣 "), max_size=60),
        leads=st.sampled_from(KEYS),
        takes_part=st.lists(st.sampled_from(KEYS), max_size=3).map(tuple),
        usual_time=st.sampled_from(["", "one night", "2-3 weeks"]),
    ),
    min_size=1,
    max_size=60,
)


@settings(deadline=None, max_examples=50)
@given(STEPS)
def test_any_procedure_keeps_every_step_inside_the_picture(steps: list[DiagramStep]) -> None:
    diagram = poipet(steps)
    assert [node.anchor for shelf in diagram.shelves for node in shelf.nodes] == [
        step.anchor for step in steps
    ]
    for shelf in diagram.shelves:
        assert shelf.bands[-1].top + shelf.bands[-1].height == shelf.height
        for node in shelf.nodes:
            assert node.radius <= node.x <= shelf.width - node.radius
            assert all(text.y < shelf.height for text in (*node.lines, *node.times))


@settings(deadline=None, max_examples=50)
@given(STEPS)
def test_any_trail_stays_in_its_columns_and_follows_itself(steps: list[DiagramStep]) -> None:
    trail = poipet(steps).trail
    assert all(1 <= step.at <= poipet(steps).columns for step in trail)
    assert [step.previous for step in trail[1:]] == [step.at for step in trail[:-1]]


def test_labels_keep_to_their_column() -> None:
    shelf = poipet().shelves[0]
    column = shelf.nodes[1].x - shelf.nodes[0].x
    assert all(width(text.words) * 6.8 <= column for node in shelf.nodes for text in node.lines)


# The template


def markup(diagram: Diagram | None, language: str = "en") -> str:
    with translation.override(language):
        return render_to_string("guidelines/step_diagram.html", {"diagram": diagram})


def tree(diagram: Diagram) -> ElementTree.Element:
    """The markup is well-formed XML as well, which is what SVG asks for."""
    return ElementTree.fromstring(markup(diagram))


def test_every_node_and_every_step_of_the_trail_is_a_link_to_its_step() -> None:
    figure = tree(poipet())
    expected = [f"#{step.anchor}" for step in POIPET]
    assert [link.get("href") for link in figure.findall("./svg/a")] == expected
    assert [link.get("href") for link in figure.findall("./ol/li/a")] == expected


def test_a_link_in_the_drawing_is_named_by_its_number_and_whole_label() -> None:
    link = tree(poipet()).findall("./svg/a")[5]
    assert link.get("aria-label") == "6 Reunite or transfer"


def test_the_drawing_is_a_group_with_a_title_and_a_description() -> None:
    (svg,) = tree(poipet()).findall("./svg")
    (title,), (description,) = svg.findall("title"), svg.findall("desc")
    assert svg.get("role") == "group"
    assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == (
        title.get("id"),
        description.get("id"),
    )
    assert title.text == "10 steps, by actor"
    assert "NGOs leads: 7, 8, 9, 10." in (description.text or "")


def test_ids_are_unique_over_shelves_and_diagrams() -> None:
    other = draw(LANES, POIPET, "en", prefix="second")
    both = markup(poipet(line_of_steps(25, "ngo"))) + markup(other)
    ids = re.findall(r'\bid="([^"]+)"', both)
    assert len(ids) == len(set(ids)) == 8


def test_the_trail_carries_its_classes_and_numbers() -> None:
    (trail,) = tree(poipet()).findall("./ol")
    assert trail.get("class") == "trail of-5"
    assert trail.findall("li")[2].get("class") == "at-3 from-1"
    assert trail.findall("li/a")[2].get("data-n") == "3"


def test_there_is_no_inline_style_or_script() -> None:
    assert not re.search(r"style=|<script|<style|\son\w+=", markup(poipet()))


def test_words_are_escaped() -> None:
    assert "<b>x" not in markup(poipet([DiagramStep("s1", "1", "<b>x", "ngo")])).replace("<b>&lt;", "")


@pytest.mark.parametrize("language", ["vi", "km", "th"])
def test_coordinates_are_written_the_same_in_every_language(language: str) -> None:
    assert re.findall(r'\b[xyrd]\d?="([^"]+)"', markup(poipet(), language)) == re.findall(
        r'\b[xyrd]\d?="([^"]+)"', markup(poipet())
    )


def test_the_caption_explains_only_what_is_drawn() -> None:
    assert tree(poipet(POIPET[7:9])).findtext("./figcaption") == "A filled number is the actor who leads."


def test_no_steps_leave_no_markup() -> None:
    assert markup(None).strip() == ""
