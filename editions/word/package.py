"""What the XML of a Word document tells that pandoc does not: bookmarks, comments, and what is left out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from editions.word.marks import EDITION_PROPERTY, END, OURS, START
from editions.word.safety import Package, Refused, W

#: Pandoc looks for these prefixes. Ours are written with them; all others may be renamed.
NAMESPACES = {
    "w": W[1:-1],
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
for prefix, address in NAMESPACES.items():
    ElementTree.register_namespace(prefix, address)

CUSTOM_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
DRAWING_NAME = f"{{{NAMESPACES['wp']}}}docPr"


@dataclass(frozen=True)
class Comment:
    """``about`` is the paragraph it stands at."""

    author: str
    text: str
    about: str


@dataclass
class Findings:
    """What stands in the file beside its text."""

    edition_code: str = ""
    comments: list[Comment] = field(default_factory=list)
    tracked_changes: int = 0
    pictures: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)
    #: Texts of headers and footers, and of text boxes.
    margins: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


def findings(package: Package) -> Findings:
    """Read before ``with_marks``, which writes into the trees."""
    body = package.trees[package.main]
    found = Findings(
        edition_code=_edition_code(package.trees.get("docProps/custom.xml")),
        comments=_comments(body, package.trees.get("word/comments.xml")),
        tracked_changes=sum(1 for name in ("ins", "del", "moveTo") for _row in body.iter(f"{W}{name}")),
        embedded=[name for name in package.left_out if "/embeddings/" in name],
    )
    for row in [*body.iter(f"{W}drawing"), *body.iter(f"{W}pict")]:
        if next(row.iter(f"{W}txbxContent"), None) is None:
            named = next(row.iter(DRAWING_NAME), None)
            found.pictures.append("" if named is None else named.get("descr") or named.get("title") or "")
    for box in body.iter(f"{W}txbxContent"):
        words = _words_below(box)
        if words and words not in found.boxes:  # Word writes each box twice, for older versions too
            found.boxes.append(words)
    for _name, tree in sorted(package.trees.items()):
        if tree.tag in {f"{W}hdr", f"{W}ftr"}:
            words = _words_below(tree)
            if words and words not in found.margins:
                found.margins.append(words)
    return found


def _edition_code(properties: Any) -> str:
    for row in properties.iter(CUSTOM_PROPERTY) if properties is not None else ():
        if row.get("name") == EDITION_PROPERTY:
            return "".join(row.itertext()).strip()
    return ""


def _comments(body: Any, comments: Any) -> list[Comment]:
    if comments is None:
        return []
    about: dict[str, str] = {}
    for paragraph in body.iter(f"{W}p"):
        for name in ("commentRangeStart", "commentReference"):
            for row in paragraph.iter(f"{W}{name}"):
                about.setdefault(row.get(f"{W}id", ""), _words(paragraph))
    return [
        Comment(row.get(f"{W}author", ""), _words_below(row), about.get(row.get(f"{W}id", ""), ""))
        for row in comments.iter(f"{W}comment")
    ]


def _words(paragraph: Any) -> str:
    return "".join(row.text or "" for row in paragraph.iter(f"{W}t")).strip()


def _words_below(tree: Any) -> str:
    lines = (_words(paragraph) for paragraph in tree.iter(f"{W}p"))
    return "\n".join(line for line in lines if line)


def with_marks(package: Package) -> bytes:
    """The document again, with the name of each bookmark of ours as the first word of its paragraph.

    Nothing but XML goes in: what is left out is not there to be opened. Raises Refused.
    """
    body = package.trees[package.main]
    inside = {row for paragraph in body.iter(f"{W}p") for row in paragraph.iter(f"{W}bookmarkStart")}
    waiting: list[str] = []
    for row in list(body.iter()):
        if row.tag == f"{W}bookmarkStart" and row not in inside:
            waiting += _names([row])
        elif row.tag == f"{W}p":
            names = waiting + _names(row.iter(f"{W}bookmarkStart"))
            waiting = []
            if names:
                _write(row, names)
    try:
        marked = ElementTree.tostring(body, encoding="utf-8", xml_declaration=True)
    except RecursionError as error:
        raise Refused(_("This file is damaged: its text cannot be read.")) from error
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in package.xml.items():
            archive.writestr(name, marked if name == package.main else text)
    return written.getvalue()


def _names(rows: Any) -> list[str]:
    names = (row.get(f"{W}name", "") for row in rows)
    return [name for name in names if OURS.fullmatch(name)]


def _write(paragraph: Any, names: list[str]) -> None:
    run = ElementTree.Element(f"{W}r")
    text = ElementTree.SubElement(run, f"{W}t")
    text.text = "".join(f"{START}{name}{END}" for name in names)
    first = 1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0
    paragraph.insert(first, run)
