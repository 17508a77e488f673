"""Documents of other people: headings and numbered steps are understood, everything else is kept and listed."""

from __future__ import annotations

import pytest

from editions.word.report import Did
from tests.factories.pages import ChecklistPageFactory, GuidancePageFactory, LawPageFactory, SOPPageFactory
from tests.factories.word import bullet, foreign, heading, numbered, paragraph, read_into, table, title

pytestmark = pytest.mark.django_db


def test_headings_and_numbered_steps_become_a_procedure() -> None:
    page = SOPPageFactory(title="Empty", live=False)
    document = foreign(
        title("Repatriation from the coast"),
        heading("Purpose"),
        paragraph("So that nobody waits for months."),
        heading("What to do"),
        paragraph("In this order:"),
        numbered("Interview the person"),
        numbered("Tell the other country"),
        paragraph("Both at the same time if you can."),
        numbered("Travel together"),
        heading("Costs"),
        paragraph("The office pays."),
        bullet("food"),
        bullet("bus"),
    )
    after, report = read_into(page, document)
    assert after.title == "Repatriation from the coast"
    assert after.purpose == "So that nobody waits for months."
    assert [step.value["action"] for step in after.steps] == [
        "Interview the person",
        "Tell the other country",
        "Travel together",
    ]
    assert after.steps[1].value["note"] == "Both at the same time if you can."
    assert after.steps[0].value["key"] == "interview-the-person"
    body = after.body.get_prep_value()
    assert [block["type"] for block in body] == ["heading", "paragraph", "heading", "paragraph"]
    assert body[1]["value"] == "<p>In this order:</p>"
    assert body[3]["value"] == "<p>The office pays.</p><ul><li>food</li><li>bus</li></ul>"
    assert len([line for line in report.lines if line.did is Did.BODY]) == 4
    assert sum("say who leads it" in line.where for line in report.lines) == 3


def test_steps_numbered_by_hand_are_steps() -> None:
    page = SOPPageFactory(title="Empty", live=False)
    document = foreign(title("T"), paragraph("1. Ask"), paragraph("2) Write"), paragraph("៣. ស្តាប់"))
    after, _report = read_into(page, document)
    assert [step.value["action"] for step in after.steps] == ["Ask", "Write", "ស្តាប់"]


def test_a_single_paragraph_with_a_year_is_no_step() -> None:
    page = SOPPageFactory(title="Empty", live=False)
    after, _report = read_into(page, foreign(title("T"), paragraph("12. is a number"), paragraph("Words")))
    assert not after.steps


def test_steps_in_khmer_under_a_khmer_heading() -> None:
    original = SOPPageFactory(title="Return", live=False)
    page = SOPPageFactory(translation_of=original, language="km", title="ការវិលត្រឡប់", live=False)
    after, _report = read_into(page, foreign(heading("ជំហាន"), numbered("ស្វែងរកគ្រួសារ"), numbered("សួរនាងមុន")))
    assert [step.value["action"] for step in after.steps] == ["ស្វែងរកគ្រួសារ", "សួរនាងមុន"]


def test_numbered_lines_become_items_of_a_checklist() -> None:
    page = ChecklistPageFactory(title="Housing", live=False)
    after, _report = read_into(
        page, foreign(heading("Before"), numbered("See the room"), numbered("Meet the owner"))
    )
    assert [item.value["text"] for item in after.items] == ["See the room", "Meet the owner"]


def test_numbered_lines_become_points_of_guidance() -> None:
    page = GuidancePageFactory(title="Children", live=False)
    after, _report = read_into(page, foreign(heading("Notes"), numbered("Listen"), paragraph("More.")))
    assert [point.value for point in after.points] == ["Listen"]
    assert "More." in str(after.body.get_prep_value())


def test_numbered_lines_stay_a_list_where_the_page_has_no_steps() -> None:
    page = LawPageFactory(title="Law", live=False)
    after, _report = read_into(page, foreign(heading("Articles"), numbered("First"), numbered("Second")))
    assert after.body.get_prep_value()[1]["value"] == "<ol><li>First</li><li>Second</li></ol>"


def test_a_table_of_somebody_else_stays_a_table() -> None:
    page = SOPPageFactory(title="Empty", live=False)
    after, _report = read_into(page, foreign(title("T"), table(("Year", "People"), ("2004", "151"))))
    figure = after.body.get_prep_value()[0]
    assert figure["type"] == "figure"
    assert (figure["value"]["columns"], figure["value"]["rows"]) == ("Year | People", "2004 | 151")


def test_the_same_document_again_changes_nothing() -> None:
    page = SOPPageFactory(title="T", live=False)
    document = foreign(title("T"), numbered("Ask"), numbered("Write"), heading("Costs"), paragraph("None."))
    first, _report = read_into(page, document)
    first.save_revision(clean=False)
    second, report = read_into(page, document)
    assert [step.id for step in second.steps] == [step.id for step in first.steps]
    assert second.steps[0].value["key"] == "ask"
    assert not any(line.did in {Did.CHANGED, Did.ADDED, Did.REMOVED} for line in report.lines)


def test_pictures_headers_and_text_boxes_are_listed() -> None:
    page = SOPPageFactory(title="T", live=False)
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    inline = f'<p:inline xmlns:p="{drawing}"><p:docPr id="1" name="P" descr="A map"/></p:inline>'
    picture = f"<w:p><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"
    box = (
        f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('Words in a box')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    header = f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{paragraph("Secretariat")}</w:hdr>'
    document = foreign(title("T"), paragraph("Words."), picture, box, extra={"word/header1.xml": header})
    after, report = read_into(page, document)
    told = str(report.lines) + str(after.body.get_prep_value())
    for words in ("A map", "Secretariat", "Words in a box"):
        assert words in told


def test_a_link_that_is_no_web_address_is_only_words() -> None:
    page = SOPPageFactory(title="T", live=False)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r9" TargetMode="External" Target="javascript:alert(1)" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>'
    )
    link = (
        '<w:p><w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="r9">'
        "<w:r><w:t>press here</w:t></w:r></w:hyperlink></w:p>"
    )
    after, _report = read_into(
        page, foreign(title("T"), link, extra={"word/_rels/document.xml.rels": relations})
    )
    assert after.body.get_prep_value()[0]["value"] == "<p>press here</p>"


def test_markup_typed_in_word_stays_words() -> None:
    page = SOPPageFactory(title="T", live=False)
    after, _report = read_into(page, foreign(title("T"), paragraph("<script>alert(1)</script>")))
    assert after.body.get_prep_value()[0]["value"] == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
