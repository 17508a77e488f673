"""What somebody changed in our document is taken over, told, and nothing is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest

from editions.word.exporting import make_word
from editions.word.marks import block_mark
from editions.word.report import Did, Report
from tests.factories.concepts import CountryFactory
from tests.factories.editions import publish
from tests.factories.pages import SOPPageFactory, sop_steps
from tests.factories.word import (
    block,
    edited,
    entries_of,
    heading,
    numbered,
    paragraph,
    read_into,
    sentences,
    table,
    without_paragraph,
    zipped,
)

pytestmark = pytest.mark.django_db

#: Where the first part begins.
PURPOSE = '<w:bookmarkStart w:id="[0-9]+" w:name="hw_part_purpose" ?/>'


def procedure() -> Any:
    CountryFactory(code="KH")
    CountryFactory(code="TH")
    return SOPPageFactory(
        title="Return",
        live=False,
        purpose="Why.",
        known_problems=sentences("Papers are late.", "Nobody answers."),
        body=[block("paragraph", "<p>Further words.</p>")],
        **sop_steps(3),
    )


def exported() -> tuple[Any, bytes]:
    page = procedure()
    return page, make_word(publish(page))


def said(report: Report, did: Did) -> list[tuple[str, str, str]]:
    return [(line.where, line.before, line.after) for line in report.lines if line.did is did]


def replaced(old: str, new: str) -> Any:
    return lambda xml: xml.replace(old, new, 1)


def test_changed_words_of_a_step_are_taken_over_under_its_id() -> None:
    page, document = exported()
    after, report = read_into(page, edited(document, replaced("Do what step 2 says", "Do it at once")))
    assert [step.value["action"] for step in after.steps][1] == "Do it at once"
    assert [step.id for step in after.steps] == [step.id for step in page.steps]
    assert said(report, Did.CHANGED) == [("Steps 2", "Do what step 2 says", "Do it at once")]
    assert len(report.lines) == 1


def test_the_key_and_what_else_word_does_not_show_stay() -> None:
    page, document = exported()
    after, _report = read_into(page, edited(document, replaced("Do what step 2 says", "Do it at once")))
    assert after.steps[1].value["key"] == "step-2"
    assert after.steps[1].value["leads"] == page.steps[1].value["leads"]


def test_a_deleted_step_is_removed_and_told_with_all_its_words() -> None:
    page, document = exported()
    after, report = read_into(page, edited(document, without_paragraph("Do what step 2 says")))
    assert [step.value["key"] for step in after.steps] == ["step-1", "step-3"]
    [(where, before, _after)] = said(report, Did.REMOVED)
    assert where == "Steps 2"
    assert "Do what step 2 says" in before
    assert "Social affairs" in before


def test_a_new_step_gets_a_key_and_the_editor_is_asked_who_leads_it() -> None:
    page, document = exported()
    copy = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1001"/></w:numPr></w:pPr>'
    new = f"{copy}<w:r><w:t>Thank the family</w:t></w:r></w:p>"
    marked = f'w:name="{block_mark(page.steps[1].id)}"'

    def insert(xml: str) -> str:
        start = xml.rindex("<w:p>", 0, xml.index(marked))
        return xml[:start] + new + xml[start:]

    after, report = read_into(page, edited(document, insert))
    assert [step.value["action"] for step in after.steps][1] == "Thank the family"
    assert [step.value["key"] for step in after.steps] == ["step-1", "thank-the-family", "step-2", "step-3"]
    assert after.steps[1].value["label"] == "Thank the family"
    assert said(report, Did.ADDED) == [("Steps 2", "", "Thank the family")]
    assert ("Steps 2: say who leads it", "", "") in said(report, Did.TO_DO)


def test_a_step_typed_anew_over_its_bookmark_keeps_its_id() -> None:
    page, document = exported()
    bookmark = rf'<w:bookmarkStart w:id="[0-9]+" w:name="{block_mark(page.steps[1].id)}" ?/>'

    def retype(xml: str) -> str:
        return re.sub(bookmark, "", xml).replace("Do what step 2 says", "Do what the second step says")

    after, report = read_into(page, edited(document, retype))
    assert [step.id for step in after.steps] == [step.id for step in page.steps]
    assert said(report, Did.CHANGED) == [("Steps 2", "Do what step 2 says", "Do what the second step says")]


def test_a_step_replaced_by_quite_another_is_removed_and_added() -> None:
    page, document = exported()
    bookmark = rf'<w:bookmarkStart w:id="[0-9]+" w:name="{block_mark(page.steps[1].id)}" ?/>'

    def replace_step(xml: str) -> str:
        return re.sub(bookmark, "", xml).replace("Do what step 2 says", "Call a lawyer")

    after, report = read_into(page, edited(document, replace_step))
    assert after.steps[1].id != page.steps[1].id
    assert [where for where, _before, _after in said(report, Did.REMOVED)] == ["Steps 2"]
    assert [words for _where, _before, words in said(report, Did.ADDED)] == ["Call a lawyer"]


def test_steps_in_another_order_are_told_as_moved() -> None:
    page, document = exported()

    def swap(xml: str) -> str:
        starts = [xml.rindex("<w:p>", 0, xml.index(f'w:name="{block_mark(step.id)}"')) for step in page.steps]
        first, second, third = (
            slice(starts[0], starts[1]),
            slice(starts[1], starts[2]),
            slice(starts[2], None),
        )
        return xml[: starts[0]] + xml[second] + xml[first] + xml[third]

    after, report = read_into(page, edited(document, swap))
    assert [step.value["key"] for step in after.steps] == ["step-2", "step-1", "step-3"]
    assert [step.id for step in after.steps][2] == page.steps[2].id
    assert len(said(report, Did.MOVED)) == 1
    assert not said(report, Did.REMOVED)


def test_a_renamed_agency_keeps_the_steps_that_it_leads() -> None:
    page, document = exported()

    def in_name_column(xml: str) -> str:
        table_start = xml.index(f'w:name="{block_mark(page.agencies[0].id)}"')
        head, tail = xml[:table_start], xml[table_start:]
        return head + tail.replace(">Shelter staff<", ">Staff of the house<", 1)

    after, report = read_into(page, edited(document, in_name_column))
    assert after.agencies[0].value["name"] == "Staff of the house"
    assert [step.value["leads"] for step in after.steps] == [step.value["leads"] for step in page.steps]
    assert said(report, Did.CHANGED) == [("Responsible agencies 1", "Shelter staff", "Staff of the house")]


def test_a_leader_whom_nobody_knows_stays_and_is_told() -> None:
    page, document = exported()
    after, report = read_into(page, edited(document, replaced(">Shelter staff<", ">The moon<")))
    assert after.steps[0].value["leads"] == "shelter"
    assert any(words == "The moon" for _where, _before, words in said(report, Did.TO_DO))


def test_tracked_changes_are_accepted_and_that_is_said() -> None:
    page, document = exported()

    def track(xml: str) -> str:
        old = '<w:r><w:t xml:space="preserve">Papers are late.</w:t></w:r>'
        assert old in xml
        return xml.replace(
            old,
            '<w:del w:id="900" w:author="A"><w:r><w:delText>Papers are late.</w:delText></w:r></w:del>'
            '<w:ins w:id="901" w:author="A"><w:r><w:t>Papers take three weeks.</w:t></w:r></w:ins>',
            1,
        )

    after, report = read_into(page, edited(document, track))
    assert after.known_problems[0].value == "Papers take three weeks."
    assert after.known_problems[0].id == page.known_problems[0].id
    assert any("tracked changes (2)" in where for where, _before, _after in said(report, Did.TO_DO))


def test_comments_are_listed_with_what_they_are_about() -> None:
    page, document = exported()
    comments = (
        '<?xml version="1.0"?><w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="7" w:author="Legal desk"><w:p><w:r><w:t>Which papers?</w:t></w:r></w:p></w:comment>'
        "</w:comments>"
    )
    old = '<w:r><w:t xml:space="preserve">Papers are late.</w:t></w:r>'
    start, end = '<w:commentRangeStart w:id="7"/>', '<w:commentRangeEnd w:id="7"/>'
    changed = edited(document, replaced(old, f"{start}{old}{end}"))
    changed = zipped({**entries_of(changed), "word/comments.xml": comments})
    after, report = read_into(page, changed)
    assert said(report, Did.COMMENT) == [("Legal desk", "Papers are late.", "Which papers?")]
    assert not report.changes_anything
    assert after.known_problems[0].value == "Papers are late."


def test_a_part_that_the_document_lacks_stays_and_is_told() -> None:
    page, document = exported()

    def cut(xml: str) -> str:
        start = xml.index('w:name="hw_part_known_problems"')
        end = xml.index('w:name="hw_part_agencies"')
        return xml[: xml.rindex("<w:bookmarkStart", 0, start)] + xml[xml.rindex("<w:bookmarkStart", 0, end) :]

    after, report = read_into(page, edited(document, cut))
    assert [point.value for point in after.known_problems] == ["Papers are late.", "Nobody answers."]
    assert any("Known problems" in where for where, _before, _after in said(report, Did.TO_DO))


def test_a_heading_in_other_words_is_found_by_its_bookmark() -> None:
    page, document = exported()
    after, report = read_into(page, edited(document, replaced(">Known problems<", ">What goes wrong<")))
    assert [point.id for point in after.known_problems] == [point.id for point in page.known_problems]
    assert not report.changes_anything


def test_a_part_that_the_site_does_not_know_lands_in_the_further_text() -> None:
    page, document = exported()
    extra = heading("Costs") + paragraph("Who pays for the bus?") + table(("What", "Who"), ("Bus", "Office"))
    extra += numbered("Ask the office")
    after, report = read_into(page, edited(document, replaced("<w:sectPr", f"{extra}<w:sectPr")))
    assert [block.block_type for block in after.body] == [
        "paragraph",
        "heading",
        "paragraph",
        "figure",
        "paragraph",
    ]
    assert after.body[1].value["text"] == "Costs"
    assert "Who pays for the bus?" in after.body[2].value.source
    assert after.body[3].value["rows"] == "Bus | Office"
    assert len(said(report, Did.BODY)) == 4


def test_a_choice_changed_in_word_is_told_and_not_taken_over() -> None:
    page = procedure()
    page.as_of = 2007
    page.save()
    document = make_word(publish(page))
    after, report = read_into(page, edited(document, replaced(">2007<", ">2011<")))
    assert after.as_of == 2007
    assert any("2011" in words for _where, _before, words in said(report, Did.LEFT))


def test_a_changed_paragraph_keeps_its_links_to_pages() -> None:
    page = procedure()
    link = f'<a linktype="page" id="{page.get_parent().pk}">the list</a>'
    page.body = [block("paragraph", f"<p>See {link} first.</p>")]
    document = make_word(publish(page))
    after, _report = read_into(page, edited(document, replaced("first.", "at once.")))
    assert link.replace("the list</a>", "") in after.body[0].value.source
    assert "at once." in after.body[0].value.source


def test_a_document_from_an_older_edition_is_told() -> None:
    page, document = exported()
    page.purpose = "Another reason."
    publish(page, "minor")
    _after, report = read_into(page, document)
    assert any("made from edition 1.0" in where for where, _before, _after in said(report, Did.TO_DO))


def test_a_document_of_another_page_is_told() -> None:
    _page, document = exported()
    other = SOPPageFactory(title="Other", live=False, **sop_steps(1))
    other.save_revision()
    _after, report = read_into(other, document)
    assert any("made from another text" in where for where, _before, _after in said(report, Did.TO_DO))


def test_every_word_of_a_changed_document_is_somewhere() -> None:
    page, document = exported()
    inserted = (
        paragraph("Stray words above.")
        + heading("Annex")
        + table(("One", "Two", "Three"), ("four", "five", "six"))
        + heading("Sub", 2)
        + paragraph("Stray words below.")
    )
    after, report = read_into(page, edited(document, lambda xml: re.sub(PURPOSE, rf"{inserted}\g<0>", xml)))
    kept = str(after.serializable_data()) + str(report.lines)
    for word in (
        "Stray words above.",
        "Annex",
        "One",
        "Two",
        "Three",
        "four",
        "five",
        "six",
        "Sub",
        "Stray words below.",
    ):
        assert word in kept
