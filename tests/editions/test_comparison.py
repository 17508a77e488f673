"""Two editions side by side: what readers and approvers are shown."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from content.models import RelatedPages
from editions.comparison.comparing import ALL, Comparison, Fold, Row, State, compare
from editions.comparison.views import render_comparison
from editions.content import text_of
from tests.factories.concepts import CountryFactory, SourceDocumentFactory, StageFactory
from tests.factories.pages import (
    AgreementPageFactory,
    ChecklistPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    sop_steps,
)

pytestmark = pytest.mark.django_db


def text(page: Page) -> dict[str, Any]:
    """The page's words as an edition would freeze them."""
    return json.loads(json.dumps(text_of(page.serializable_data()), default=str))


def edited(content: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Another text; blocks as lists."""
    stored = {name: json.dumps(value) if name in STREAMS else value for name, value in values.items()}
    return {**content, **stored}


STREAMS = {"steps", "agencies", "child_notes", "body", "legal_basis", "items", "ratifications", "sources"}


def stream(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return json.loads(content[name])


def compared(page: Page, before: dict[str, Any], after: dict[str, Any], view: str = "changes") -> Comparison:
    return compare(type(page), before, after, page.locale, view)


def section(found: Comparison, heading: str) -> list[Row | Fold]:
    return next(section.rows for section in found.sections if str(section.heading) == heading)


def html(page: Page, before: dict[str, Any], after: dict[str, Any]) -> str:
    """The fragment with its white space and its icons taken out."""
    words = re.sub(r"<svg.*?</svg>", "", str(render_comparison(before, after, page)))
    return re.sub(r"\s+", " ", words)


@pytest.fixture
def sop() -> Page:
    return SOPPageFactory(title="Return", **sop_steps(6))


def test_a_text_compared_with_itself_has_no_change(sop: Page) -> None:
    found = compared(sop, text(sop), text(sop))
    assert found.is_same
    assert found.sections == []
    assert "The two texts say the same." in html(sop, text(sop), text(sop))


def test_a_moved_step_is_shown_as_moved(sop: Page) -> None:
    before = text(sop)
    steps = stream(before, "steps")
    steps.insert(1, steps.pop(4))
    rows = section(compared(sop, before, edited(before, steps=steps)), "Steps")
    moved = [row for row in rows if isinstance(row, Row)]
    assert [(row.states, row.before.number, row.after.number) for row in moved] == [((State.MOVED,), 5, 2)]
    assert "5 to 2" in html(sop, before, edited(before, steps=steps))


def test_a_step_that_moved_and_changed_says_both(sop: Page) -> None:
    before = text(sop)
    steps = stream(before, "steps")
    steps.insert(1, steps.pop(4))
    steps[1]["value"]["place"] = "Poipet"
    found = compared(sop, before, edited(before, steps=steps))
    assert found.counts[State.CHANGED] == found.counts[State.MOVED] == 1
    assert found.counts[State.ADDED] == found.counts[State.REMOVED] == 0


def test_added_and_removed_steps_stand_where_they_belong(sop: Page) -> None:
    before = text(sop)
    steps = stream(before, "steps")
    new = {
        "type": "step",
        "id": str(uuid.uuid4()),
        "value": {**steps[2]["value"], "action": "Interview again"},
    }
    steps[2:3] = [new]
    rows = section(compared(sop, before, edited(before, steps=steps)), "Steps")
    assert [row.folded if isinstance(row, Fold) else row.states[0] for row in rows] == [
        2,
        State.REMOVED,
        State.ADDED,
        3,
    ]
    words = html(sop, before, edited(before, steps=steps))
    assert "<ins>Interview again</ins>" in words
    assert "<del>Do what step 3 says</del>" in words
    assert "Not in this edition" in words


def test_a_step_that_lost_its_id_is_found_by_its_words(sop: Page) -> None:
    before = text(sop)
    steps = [{**step, "id": str(uuid.uuid4())} for step in stream(before, "steps")]
    assert compared(sop, before, edited(before, steps=steps)).is_same


def test_changed_words_are_marked_and_said(sop: Page) -> None:
    before = edited(text(sop), purpose="The file is closed after 30 days by the desk.")
    words = html(sop, before, edited(before, purpose="The file is closed after 60 days by the desk."))
    assert (
        'after <del><span class="hide">removed: </span>30<span class="hide"> (end of what was removed)</span></del>'
        in words
    )
    assert (
        'after <ins><span class="hide">added: </span>60<span class="hide"> (end of what was added)</span></ins>'
        in words
    )


def test_of_a_changed_step_only_its_beginning_and_what_differs_is_shown(sop: Page) -> None:
    before = text(sop)
    steps = stream(before, "steps")
    steps[0]["value"]["time_limit"] = "Within 3 days"
    after = edited(before, steps=steps)
    row = next(row for row in section(compared(sop, before, after), "Steps") if isinstance(row, Row))
    assert [line.label for line in row.after.lines] == ["", "Time limit"]
    everything = section(compared(sop, before, after, ALL), "Steps")
    assert [line.label for line in everything[0].after.lines] == ["", "Short label", "Leads", "Time limit"]
    assert len(everything) == 6


def test_actors_are_named_and_codes_are_never_shown(sop: Page) -> None:
    before = text(sop)
    steps = stream(before, "steps")
    steps[0]["value"] |= {"leads": "office", "takes_part": [{"type": "item", "id": "1", "value": "shelter"}]}
    steps[0]["value"]["branches"] = [
        {
            "type": "item",
            "id": "2",
            "value": {"condition": "no family is found", "then": "Ask the desk", "target": "step-4"},
        }
    ]
    words = html(sop, before, edited(before, steps=steps))
    assert "Shelter staff" in words
    assert "Social affairs" in words
    assert "Step 4" in words
    assert "step-4" not in words
    assert ">office<" not in words
    assert ">shelter<" not in words


def test_a_renamed_agency_changes_its_own_row_and_not_every_step(sop: Page) -> None:
    before = text(sop)
    agencies = stream(before, "agencies")
    agencies[0]["value"]["name"] = "Staff of the shelter"
    found = compared(sop, before, edited(before, agencies=agencies))
    assert found.counts[State.CHANGED] == 1
    assert "Steps" in found.same_fields


def test_an_inner_code_that_changed_is_told_in_words(sop: Page) -> None:
    before = text(sop)
    steps = stream(before, "steps")
    steps[0]["value"]["key"] = "other"
    words = html(sop, before, edited(before, steps=steps))
    assert "The words are the same" in words
    assert "other" not in words


def test_ids_of_list_items_and_empty_values_are_no_change(sop: Page) -> None:
    before = text(sop)
    steps = stream(before, "steps")
    steps[0]["value"]["documents"] = [{"type": "item", "id": "a", "value": "assessment"}]
    one = edited(before, steps=steps)
    steps[0]["value"] |= {"documents": [{"type": "item", "id": "b", "value": "assessment"}], "place": ""}
    assert compared(sop, one, edited(before, steps=steps)).is_same


def test_countries_and_stages_are_lists_of_names(sop: Page) -> None:
    thailand, cambodia, stage = CountryFactory(code="TH"), CountryFactory(code="KH"), StageFactory()
    before = edited(text(sop), countries=[thailand.pk], stage=None)
    words = html(sop, before, edited(before, countries=[cambodia.pk, thailand.pk], stage=stage.pk))
    assert f"<p>{thailand.label}</p>" in words
    assert f"added: </span>{cambodia.label}</ins>" in words
    assert f"<ins>{stage.label}</ins>" in words


def test_another_order_of_countries_is_no_change(sop: Page) -> None:
    one, two = CountryFactory(code="TH"), CountryFactory(code="KH")
    before = edited(text(sop), countries=[one.pk, two.pk])
    assert compared(sop, before, edited(before, countries=[two.pk, one.pk])).is_same


def test_choices_dates_and_answers_are_told_in_words() -> None:
    page = AgreementPageFactory(kind="mou", signed="2004-10", women="not_stated")
    before = text(page)
    after = edited(before, kind="plan", signed="2004-10-29", women="yes", document=None)
    words = html(page, before, after)
    for word in (
        "Memorandum of understanding",
        "Plan",
        "October 2004",
        "29 October 2004",
        "Not stated",
        "Yes",
    ):
        assert word in words
    for code in ("2004-10", "not_stated", ">mou<"):
        assert code not in words


def test_choices_inside_blocks_are_told_in_words() -> None:
    country = CountryFactory()
    page = LawPageFactory()
    block = {"type": "ratification", "id": str(uuid.uuid4())}
    before = edited(
        text(page), ratifications=[{**block, "value": {"country": country.code, "status": "signed"}}]
    )
    after = edited(
        before, ratifications=[{**block, "value": {"country": country.code, "status": "ratified"}}]
    )
    words = html(page, before, after)
    assert country.label in words
    assert "removed: </span>Signed</del>" in words
    assert "added: </span>Ratified</ins>" in words


def test_pages_and_sources_are_named_and_what_is_not_public_is_not(sop: Page) -> None:
    law = LawPageFactory(title="Law on trafficking")
    draft = LawPageFactory(title="Secret draft", live=False)
    source = SourceDocumentFactory()
    before = text(sop)
    after = edited(
        before,
        legal_basis=[
            {"type": "basis", "id": str(uuid.uuid4()), "value": {"page": page.pk, "text": ""}}
            for page in (law, draft)
        ],
        sources=[
            {"type": "source", "id": str(uuid.uuid4()), "value": {"document": source.pk, "where": "Page 3"}}
        ],
    )
    words = html(sop, before, after)
    assert "Law on trafficking" in words
    assert str(source) in words
    assert "Page 3" in words
    assert "Secret draft" not in words
    assert "A page that is not public" in words


def test_rows_that_are_gone_are_told_as_gone(sop: Page) -> None:
    before = edited(text(sop), countries=[999_999])
    assert "An entry that no longer exists" in html(sop, before, edited(before, countries=[]))


def test_tags_and_related_pages_are_compared_by_name() -> None:
    related = GuidancePageFactory(title="Speaking with children")
    page = SOPPageFactory(title="Tagged", tags=["reunion"])
    before = text(page)
    RelatedPages.objects.create(page=page, other=related)
    after = text(type(page).objects.get(pk=page.pk))
    after["tagged_items"] = []
    words = html(page, before, after)
    assert "<del>reunion</del>" in words
    assert "<ins>Speaking with children</ins>" in words


def test_rich_text_is_compared_by_its_words_and_the_addresses_of_its_links(sop: Page) -> None:
    block = {"type": "paragraph", "id": str(uuid.uuid4())}

    def body(value: str) -> list[dict[str, Any]]:
        return [{**block, "value": value}]

    before = edited(
        text(sop), body=body('<p>Read <a href="https://example.org/one">the form</a> &amp; sign.</p>')
    )
    after = edited(
        text(sop), body=body('<p>Read <a href="https://example.org/two">the form</a> &amp; sign.</p>')
    )
    words = html(sop, before, after)
    assert "&lt;" not in words
    assert "&amp; sign." in words
    assert ">one<" in words
    assert ">two<" in words
    bold = edited(text(sop), body=body("<p><b>Read</b> on</p>"))
    plain = edited(text(sop), body=body("<p>Read on</p>"))
    assert "The words are the same" in html(sop, plain, bold)


def test_words_of_a_text_are_never_markup(sop: Page) -> None:
    before = text(sop)
    words = html(sop, before, edited(before, purpose="<script>alert(1)</script>", title="A & B"))
    assert "<script>" not in words
    assert "&lt;script&gt;" in words
    assert "A &amp; B" in words


def test_an_older_text_that_lacks_a_field_can_be_compared(sop: Page) -> None:
    before = {"title": "Return"}
    found = compared(sop, before, text(sop))
    assert found.counts[State.ADDED] > 6
    assert found.counts[State.REMOVED] == 0


def test_a_first_text_is_all_new(sop: Page) -> None:
    found = compared(sop, {}, text(sop))
    assert found.counts[State.ADDED]
    assert not found.counts[State.CHANGED]
    assert not found.counts[State.SAME]


def test_items_of_a_checklist_are_matched_by_their_ids() -> None:
    ids = [str(uuid.uuid4()) for _item in range(3)]
    page = ChecklistPageFactory(
        items=[{"type": "item", "id": key, "value": {"text": f"Ask {key}", "guidance": ""}} for key in ids]
    )
    before = text(page)
    items = stream(before, "items")[::-1]
    found = compared(page, before, edited(before, items=items))
    assert found.counts[State.MOVED] == 2
    assert not found.counts[State.CHANGED]


def test_words_in_another_language_than_the_readers_are_marked_as_such() -> None:
    page = SOPPageFactory(title="ត្រឡប់", language="km", slug="return")
    before = text(page)
    words = html(page, before, edited(before, purpose="ស្វែងរក\u200bគ្រួសារ"))
    assert '<span lang="km"><ins>ស្វែងរក\u200bគ្រួសារ</ins></span>' in words
    with translation.override("km"):
        assert 'lang="km"' not in html(page, before, edited(before, purpose="ស្វែងរក\u200bគ្រួសារ"))


def test_places_of_steps_are_counted_in_the_readers_digits(sop: Page) -> None:
    before = text(sop)
    steps = stream(before, "steps")
    steps.insert(1, steps.pop(4))
    with translation.override("my"):
        assert '<span class="n">၅</span>' in html(sop, before, edited(before, steps=steps))


def test_the_queries_do_not_grow_with_the_steps() -> None:
    def queries(number: int) -> int:
        page = SOPPageFactory(title=f"With {number}", **sop_steps(number))
        laws = [LawPageFactory(title=f"Law {number} {index}") for index in range(number // 5)]
        before = text(page)
        steps = stream(before, "steps")
        for step in steps[::2]:
            step["value"]["place"] = "Poipet"
        basis = [{"type": "basis", "id": str(law.pk), "value": {"page": law.pk, "text": ""}} for law in laws]
        after = edited(before, steps=steps, legal_basis=basis)
        render_comparison(before, after, page)
        with CaptureQueriesContext(connection) as captured:
            render_comparison(before, after, page)
        return len(captured)

    few = queries(5)
    assert few == queries(60)
    assert few <= 2
