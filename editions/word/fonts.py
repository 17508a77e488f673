"""The language and the letters of a Word document.

Word takes the font of Khmer, Lao, Burmese and Thai letters from the one for complex scripts, and of Chinese
from the one for East Asia. Pandoc names neither, and Word then shows boxes on some machines. The fonts
named here come with Windows; where they are missing Word takes another that has the letters.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

from editions.word.safety import W


@dataclass(frozen=True)
class Letters:
    """``tag`` as Word writes languages; ``complex_script`` or ``east_asia`` says which of its fonts is used."""

    tag: str
    font: str = "Calibri"
    complex_script: bool = False
    east_asia: bool = False


LETTERS = {
    "en": Letters("en-GB"),
    "km": Letters("km-KH", "Leelawadee UI", complex_script=True),
    "lo": Letters("lo-LA", "Leelawadee UI", complex_script=True),
    "my": Letters("my-MM", "Myanmar Text", complex_script=True),
    "th": Letters("th-TH", "Leelawadee UI", complex_script=True),
    "vi": Letters("vi-VN"),
    "zh-hans": Letters("zh-CN", "Microsoft YaHei", east_asia=True),
}
SIZES = {"Title": "40", "Heading1": "30", "Heading2": "26", "Heading3": "24"}
#: Half points. Letters with marks above and below need more.
TEXT_SIZE = "22"
INK = "1F2A33"

#: Word knows the properties of a file by these prefixes only.
TERMS = "http://purl.org/dc/terms/"
for prefix, address in {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "dcterms": TERMS,
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}.items():
    ElementTree.register_namespace(prefix, address)


def with_letters(document: bytes, language: str, made: datetime) -> bytes:
    """The document with its language, its fonts, lines around tables, and the time of its text.

    Inside its sandbox pandoc does not know what time it is.
    """
    letters = LETTERS.get(language, LETTERS["en"])
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as given,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == "word/styles.xml":
                content = _styles(content, letters)
            elif entry.filename == "word/settings.xml":
                content = _settings(content, letters)
            elif entry.filename == "docProps/core.xml":
                content = _times(content, made)
            result.writestr(entry.filename, content)
    return written.getvalue()


def _written(tree: ElementTree.Element) -> bytes:
    return bytes(ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True))


def _set_language(row: ElementTree.Element, letters: Letters) -> None:
    row.attrib.clear()
    row.set(f"{W}val", letters.tag)
    row.set(f"{W}eastAsia", letters.tag if letters.east_asia else "zh-CN")
    row.set(f"{W}bidi", letters.tag if letters.complex_script else "ar-SA")


def _styles(content: bytes, letters: Letters) -> bytes:
    tree = fromstring(content)
    for fonts in tree.iter(f"{W}rFonts"):
        mono = "Consolas" in fonts.attrib.values()
        if not mono:
            fonts.attrib.clear()
            for name in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(f"{W}{name}", letters.font)
    for language in tree.iter(f"{W}lang"):
        _set_language(language, letters)
    for size in (*tree.iterfind(f".//{W}docDefaults//{W}sz"), *tree.iterfind(f".//{W}docDefaults//{W}szCs")):
        size.set(f"{W}val", TEXT_SIZE)
    for style in tree.iter(f"{W}style"):
        identity = style.get(f"{W}styleId", "")
        if identity in SIZES:
            _heading(style, SIZES[identity])
        elif identity == "Table":
            _borders(style)
    return _written(tree)


def _heading(style: ElementTree.Element, size: str) -> None:
    """Dark and to the left, as on the site."""
    for row in [*style.iter(f"{W}sz"), *style.iter(f"{W}szCs")]:
        row.set(f"{W}val", size)
    for row in style.iter(f"{W}color"):
        row.attrib.clear()
        row.set(f"{W}val", INK)
    for row in style.iter(f"{W}jc"):
        row.set(f"{W}val", "left")


def _borders(style: ElementTree.Element) -> None:
    properties = style.find(f"{W}tblPr")
    if properties is None:
        properties = ElementTree.SubElement(style, f"{W}tblPr")
    borders = ElementTree.Element(f"{W}tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = {f"{W}val": "single", f"{W}sz": "4", f"{W}space": "0", f"{W}color": "B8BEC4"}
        ElementTree.SubElement(borders, f"{W}{side}", line)
    margins = properties.find(f"{W}tblCellMar")
    # The order of elements is fixed by the format: borders stand before the margins of cells.
    properties.insert(len(properties) if margins is None else list(properties).index(margins), borders)


def _times(content: bytes, made: datetime) -> bytes:
    tree = fromstring(content)
    for name in ("created", "modified"):
        for row in tree.iter(f"{{{TERMS}}}{name}"):
            row.text = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _written(tree)


def _settings(content: bytes, letters: Letters) -> bytes:
    tree = fromstring(content)
    for row in tree.iter(f"{W}themeFontLang"):
        _set_language(row, letters)
    return _written(tree)
