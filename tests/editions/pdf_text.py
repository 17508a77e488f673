"""What a PDF says, letter by letter."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*$")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def letters_of(pdf: bytes) -> str:
    """The text of all pages without any white space.

    Where letters are drawn in another order than they are written, or several as one sign, Chromium gives the
    written text beside the drawing (``ActualText``); copying, searching and reading aloud go by it. pypdf's own
    extraction does not know it and gives Khmer and Burmese in the order of drawing, so it is read here. White
    space is left out because a line that breaks leaves none in scripts without spaces, and pages hold more
    of it than the text.
    """
    return without_spaces("".join(_page(page) for page in PdfReader(BytesIO(pdf)).pages))


def without_spaces(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff\0]+", "", text)


def _page(page: Any) -> str:
    fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    said: list[str] = []
    font: dict[bytes, str] = {}
    spans: list[bool] = []  # for each open span: whether its text was given
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else None
            given = properties.get("/ActualText") if isinstance(properties, dict) else None
            if given is not None and not any(spans):
                said.append(str(given))
            spans.append(given is not None)
        elif operator == b"EMC":
            spans.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator == b"Tj" and not any(spans):
            said.append(_decoded(operands[0].original_bytes, font))
    return "".join(said)


def _decoded(codes: bytes, font: dict[bytes, str]) -> str:
    length = max(map(len, font), default=1)
    return "".join(font.get(codes[at : at + length], "") for at in range(0, len(codes), length))


def _letters(font: Any) -> dict[bytes, str]:
    """The letters behind a font's codes, from its ToUnicode table."""
    if "/ToUnicode" not in font:
        return {}
    letters: dict[bytes, str] = {}
    inside = b""
    for line in font["/ToUnicode"].get_object().get_data().splitlines():
        if line.endswith((b"beginbfchar", b"beginbfrange", b"endbfchar", b"endbfrange")):
            inside = line.split()[-1]
        elif inside == b"beginbfrange" and (found := _RANGE.match(line)):
            first, last, start = (bytes.fromhex(part.decode()) for part in found.groups())
            for step in range(int.from_bytes(last, "big") - int.from_bytes(first, "big") + 1):
                code = (int.from_bytes(first, "big") + step).to_bytes(len(first), "big")
                letters[code] = chr(int.from_bytes(start, "big") + step)
        elif inside == b"beginbfchar" and (found := _PAIR.match(line)):
            code, meant = (bytes.fromhex(part.decode()) for part in found.groups())
            letters[code] = meant.decode("utf-16-be")
    return letters
