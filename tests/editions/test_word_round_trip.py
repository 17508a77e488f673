"""What leaves as Word and comes back unchanged changes nothing, in every script."""

from __future__ import annotations

import re
from typing import Any

import pytest

from content.models import SourceDocument
from editions import files
from editions.content import text_of
from editions.models import Edition, EditionFile, Standing
from editions.models.editions import checksum
from editions.word.exporting import make_word
from tests.factories.concepts import CountryFactory
from tests.factories.editions import publish
from tests.factories.pages import (
    AgreementPageFactory,
    ChecklistPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
)
from tests.factories.word import block, entries_of, read_into, sentences

pytestmark = pytest.mark.django_db

#: Sentences with everything that gets lost on the way: marks above and below letters, zero-width spaces,
#: no spaces at all, two lines.
WORDS = {
    "en": ("Find the family", "Ask  first; then “write”\u00a0& sign.", "One line.\nAnother line."),
    "km": ("ស្វែងរកគ្រួសារ", "សួរ\u200bនាង\u200bមុន រួចសរសេរ។", "បន្ទាត់ទីមួយ។\nបន្ទាត់ទីពីរ។"),
    "lo": ("ຊອກຫາຄອບຄົວ", "ຖາມກ່ອນ ແລ້ວຂຽນ.", "ແຖວທີໜຶ່ງ.\nແຖວທີສອງ."),
    "my": ("မိသားစုကို ရှာဖွေပါ", "အရင်မေးပြီး ရေးပါ။", "ပထမစာကြောင်း။\nဒုတိယစာကြောင်း။"),
    "th": ("ค้นหาครอบครัว", "ถามก่อนแล้วจึงเขียน", "บรรทัดที่หนึ่ง\nบรรทัดที่สอง"),
    "vi": ("Tìm gia đình", "Hỏi trước, rồi viết lại.", "Dòng một.\nDòng hai."),
    "zh-hans": ("寻找家人", "先问，再写。", "第一行。\n第二行。"),
}


def values(language: str, link: int) -> dict[str, Any]:
    """A procedure with something in every field."""
    short, sentence, lines = WORDS[language]

    def items(*texts: str) -> list[dict[str, Any]]:
        return [block("item", text) for text in texts]

    def agency(key: str, name: str, country: str) -> dict[str, Any]:
        return block(
            "agency", {"key": key, "name": name, "short": name[:20], "country": country, "role": sentence}
        )

    def step(key: str, action: str, **rest: Any) -> dict[str, Any]:
        value = {"key": key, "action": action, "label": f"{key} {short}", "leads": "office", **rest}
        return block("step", {"takes_part": [], "documents": [], "branches": [], **value})

    return {
        "introduction": sentence,
        "purpose": lines,
        "scope": sentence,
        "as_of": 2007,
        "agencies": [agency("office", f"{short} 1", "KH"), agency("shelter", f"{short} 2", "TH")],
        "steps": [
            step(
                "first",
                f"{sentence} 1",
                takes_part=items("shelter"),
                place=short,
                time_limit=sentence,
                usual_time=short,
                documents=items(short, sentence),
                note=lines,
                child_note=sentence,
                warning=sentence,
                branches=[
                    block("item", {"condition": sentence, "then": short, "target": "third"}),
                    block("item", {"condition": short, "then": sentence, "target": ""}),
                ],
            ),
            step("second", lines),
            step("third", f"{sentence} 3"),
        ],
        "legal_basis": [
            block("basis", {"page": None, "text": sentence}),
            block("basis", {"page": link, "text": ""}),
        ],
        "forms": [block("form", {"title": short, "note": sentence, "document": None})],
        "child_notes": sentences(sentence, short),
        "male_notes": sentences(short),
        "known_problems": sentences(lines, sentence),
        "proposed_changes": sentences(sentence),
        "body": [
            block("heading", {"text": short, "level": "2"}),
            block(
                "paragraph",
                f'<p>{sentence} <b>{short}</b> <a linktype="page" id="{link}">{short}</a>.</p>'
                f'<ul><li>{short}</li><li>{sentence} <a href="https://example.org/a?b=1&amp;c=2">{short}</a></li></ul>'
                f"<ol><li>{sentence}</li></ol><p>{short}</p>",
            ),
            block("paragraph", f"<p>{sentence}</p>"),
            block("note", {"kind": "caution", "heading": short, "text": f"<p>{sentence}</p><p>{short}</p>"}),
            block("heading", {"text": sentence, "level": "3"}),
            block(
                "figure",
                {
                    "title": short,
                    "unit": short,
                    "as_of": "2007",
                    "caveat": sentence,
                    "columns": f"{short} | {short} 2",
                    "rows": "2004 | 151\n2005 | 1,186",
                    "chart_label": 1,
                    "chart_value": 2,
                    "source": sentence,
                },
            ),
            block("paragraph", f"<ul><li>{short}</li></ul>"),
        ],
    }


def procedure(language: str) -> Any:
    CountryFactory(code="KH")
    CountryFactory(code="TH")
    link = AgreementPageFactory(title="Agreement of two offices")
    original = SOPPageFactory(title="Return", live=False, **values("en", link.pk))
    publish(original)
    if language == "en":
        return original
    page = SOPPageFactory(
        title=WORDS[language][0],
        translation_of=original,
        language=language,
        live=False,
        **values(language, link.pk),
    )
    publish(page)
    return page


def same_text(page: Any, edition: Edition) -> bool:
    """Whether the page says what the edition froze. Says on failure which field does not."""
    now = text_of(page.serializable_data())
    assert {name: now[name] for name in now} == edition.content
    return checksum(now) == edition.sha256


def current(page: Any) -> Edition:
    return Edition.objects.filter(page=page.pk).latest("pk")


@pytest.mark.parametrize("language", WORDS)
def test_a_procedure_comes_back_as_it_left(language: str) -> None:
    page = procedure(language)
    after, report = read_into(page, make_word(current(page)))
    assert [(line.did, line.where, line.before, line.after) for line in report.lines] == []
    assert same_text(after, current(page))


def test_a_checklist_comes_back_as_it_left() -> None:
    items = [block("item", {"text": f"See to {n}.", "guidance": "Why: safety." * (n % 2)}) for n in range(12)]
    finding = block("finding", {"number": "2.3", "title": "", "gist": "Homes were unsafe."})
    page = ChecklistPageFactory(
        title="Housing", live=False, items=items, child_notes=sentences("Ask the child."), findings=[finding]
    )
    edition = publish(page)
    after, report = read_into(page, make_word(edition))
    assert report.lines == []
    assert same_text(after, edition)


def test_an_agreement_comes_back_as_it_left() -> None:
    CountryFactory(code="TH")
    page = AgreementPageFactory(
        title="MOU",
        live=False,
        parties=[
            block("party", {"country": "TH", "name": ""}),
            block("party", {"country": "", "name": "An office: the first"}),
        ],
        signed="2003-05",
        status_note="Signed.",
        provisions=sentences("Victims are not detained.", "They are heard."),
        corridor_note="By land.",
    )
    edition = publish(page)
    after, report = read_into(page, make_word(edition))
    assert report.lines == []
    assert same_text(after, edition)


def test_a_law_comes_back_as_it_left() -> None:
    CountryFactory(code="TH")
    ratified = {"country": "TH", "status": "ratified", "note": "", "year": 2013, "as_of": None}
    page = LawPageFactory(
        title="A treaty",
        live=False,
        period="2000 to 2010",
        note="A note.",
        ratifications=[block("ratification", ratified)],
    )
    edition = publish(page)
    after, report = read_into(page, make_word(edition))
    assert report.lines == []
    assert same_text(after, edition)


def test_guidance_comes_back_as_it_left() -> None:
    recommendation = {
        "number": 1,
        "heading": "Settle who does what",
        "gist": "Spell it out.",
        "who_acts": [block("item", "governments"), block("item", "offices")],
    }
    reference = {"title": "Guidelines", "publisher": "UNICEF", "year": 2006, "available_from": "", "url": ""}
    page = GuidancePageFactory(
        title="Children",
        live=False,
        audience=sentences("Everybody."),
        points=sentences("One.", "Two."),
        do=sentences("Listen."),
        do_not=sentences("Promise."),
        recommendations=[block("recommendation", recommendation)],
        referenced_documents=[block("reference", reference)],
        sources=[block("source", {"document": source().pk, "where": "Chapter 2"})],
    )
    edition = publish(page)
    after, report = read_into(page, make_word(edition))
    assert report.lines == []
    assert same_text(after, edition)


def source() -> SourceDocument:
    return SourceDocument.objects.create(code="study", title="A study", publisher="An institute", year=2015)


def test_it_comes_back_to_an_editor_who_reads_another_language() -> None:
    page = procedure("km")
    _after, report = read_into(page, make_word(current(page)), editor_language="th")
    assert report.lines == []


def test_the_document_says_its_title_its_edition_and_where_to_ask() -> None:
    page = procedure("en")
    edition = current(page)
    entries = {
        name: bytes(text).decode()
        for name, text in entries_of(make_word(edition)).items()
        if name.endswith("xml")
    }
    assert "<dc:title>Return</dc:title>" in entries["docProps/core.xml"]
    assert "Edition 1.0" in entries["docProps/core.xml"]
    assert f"http://localhost{edition.short_address}" in entries["word/document.xml"]
    assert edition.code in entries["docProps/custom.xml"]


@pytest.mark.parametrize(
    ("language", "tag", "font"),
    [
        ("km", "km-KH", "Leelawadee UI"),
        ("lo", "lo-LA", "Leelawadee UI"),
        ("my", "my-MM", "Myanmar Text"),
        ("th", "th-TH", "Leelawadee UI"),
    ],
)
def test_word_is_told_the_script_of_the_text(language: str, tag: str, font: str) -> None:
    page = procedure(language)
    styles = bytes(entries_of(make_word(current(page)))["word/styles.xml"]).decode()
    assert f'w:bidi="{tag}"' in styles
    assert f'w:cs="{font}"' in styles


def test_every_bookmark_has_a_name_that_word_keeps() -> None:
    page = procedure("en")
    document = bytes(entries_of(make_word(current(page)))["word/document.xml"]).decode()
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]*)"', document)
    assert len(names) == len(set(names)) > 20
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) for name in names)


def test_nothing_is_made_of_a_text_that_was_taken_down() -> None:
    edition = current(procedure("en"))
    edition.content = {}
    with pytest.raises(ValueError, match="taken down"):
        make_word(edition)


def test_the_file_of_an_edition_is_made_and_kept() -> None:
    edition = current(procedure("en"))
    row = EditionFile.objects.create(edition=edition, kind=EditionFile.Kind.WORD)
    files.make(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error) == (EditionFile.State.MADE, "")
    with row.file.open() as stored:
        assert "word/document.xml" in entries_of(stored.read())


def test_the_document_carries_the_time_of_its_text() -> None:
    edition = current(procedure("en"))
    properties = bytes(entries_of(make_word(edition))["docProps/core.xml"]).decode()
    assert f"{edition.published_at:%Y-%m-%dT%H:%M}" in properties
    assert "<dcterms:created" in properties


def test_starter_content_says_that_nobody_has_approved_it_and_still_comes_back() -> None:
    page = procedure("en")
    edition = current(page)
    assert "Starter content" not in text_in(make_word(edition))
    Standing.objects.filter(page=page.pk).update(unconfirmed=True)
    document = make_word(current(page))
    assert "Starter content" in text_in(document)
    _after, report = read_into(page, document)
    assert report.lines == []


def text_in(document: bytes) -> str:
    return bytes(entries_of(document)["word/document.xml"]).decode()
