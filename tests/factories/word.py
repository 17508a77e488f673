"""Word documents as somebody at a ministry would send them back."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from editions.models import VersionedPage
from editions.word.importing import draft_to_go_on_from, read_document, take_over
from editions.word.report import Report

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
NUMBERING = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="-"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
DOCUMENT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="numbering.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"/>'
    '<Relationship Id="rId2" Target="styles.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/>'
    "</Relationships>"
)
STYLES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style></w:styles>'
)
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(text: str, *, style: str = "", numbering: int = 0) -> str:
    """A paragraph; ``numbering`` 1 counts, 2 has a bullet."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbering:
        look += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>'
    return f'<w:p><w:pPr>{look}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def title(text: str) -> str:
    return paragraph(text, style="Title")


def heading(text: str, level: int = 1) -> str:
    return paragraph(text, style=f"Heading{level}")


def numbered(text: str) -> str:
    return paragraph(text, numbering=1)


def bullet(text: str) -> str:
    return paragraph(text, numbering=2)


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def foreign(*blocks: str, extra: dict[str, bytes | str] | None = None, prolog: str = "") -> bytes:
    """A document that this site did not make. ``extra`` are further entries of the zip, or other ones."""
    body = f'{prolog}<w:document xmlns:w="{NAMESPACE}"><w:body>{"".join(blocks)}</w:body></w:document>'
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": body,
            "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
            "word/numbering.xml": NUMBERING,
            "word/styles.xml": STYLES,
            **(extra or {}),
        }
    )


def zipped(entries: dict[str, bytes | str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return written.getvalue()


def entries_of(document: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(document: bytes, change: Callable[[str], str]) -> bytes:
    """The document after somebody changed its text in Word; ``change`` gets the XML."""
    entries = entries_of(document)
    before = bytes(entries["word/document.xml"]).decode()
    after = change(before)
    assert after != before, "the change found nothing to change"
    return zipped({**entries, "word/document.xml": after})


def without_paragraph(words: str) -> Callable[[str], str]:
    """Deletes the paragraph, and the table of facts that follows a step."""
    inside = r"(?:(?!</?w:p[ >]).)*?"
    pattern = rf"<w:p(?: [^>]*)?>{inside}{re.escape(words)}{inside}</w:p>\s*(?:<w:tbl>.*?</w:tbl>)?"
    return lambda xml: re.sub(pattern, "", xml, count=1, flags=re.DOTALL)


def read_into(page: VersionedPage, document: bytes, editor_language: str = "en") -> tuple[Any, Report]:
    """The page's next draft in memory, with the document's words, and the report."""
    before, after = draft_to_go_on_from(page), draft_to_go_on_from(page)
    return after, take_over(after, before, read_document(document), editor_language)


def block(kind: str, value: Any) -> dict[str, Any]:
    """A raw block, its names in the order in which Wagtail writes them."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def sentences(*texts: str) -> list[dict[str, Any]]:
    return [block("sentence", text) for text in texts]
