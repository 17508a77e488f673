"""An edition's frozen HTML, made to stand alone in one file."""

from __future__ import annotations

import base64
import mimetypes
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from content.running_numbers import running_number

#: What may not be in a document that is printed without a network and without a script.
UNWANTED = ("script", "style", "link", "iframe", "object", "embed", "video", "audio", "template")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """``anchor`` is its id in the document; ``number`` that of the step which it heads."""

    level: int
    anchor: str
    words: str
    number: str = ""


@dataclass
class Body:
    html: str
    headings: list[Heading] = field(default_factory=list)
    #: The drawings that the body uses, as SVG symbols.
    symbols: str = ""


def standalone(html: str, language: str) -> Body:
    """Links lead to the public site, drawings and pictures are inside, and every heading can be found."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(UNWANTED):
        element.decompose()
    _lead_to_the_site(soup)
    _embed_pictures(soup)
    names = _use_own_symbols(soup)
    headings = _headings(soup, language)
    return Body(str(soup), headings, drawings(names))


def _lead_to_the_site(soup: BeautifulSoup) -> None:
    for link in soup.find_all("a", href=True):
        if str(link["href"]).startswith("/"):
            link["href"] = f"{settings.PUBLIC_URL}{link['href']}"


def _embed_pictures(soup: BeautifulSoup) -> None:
    for picture in soup.find_all("img"):
        data = _picture(str(picture.get("src", "")))
        if data:
            picture["src"] = data
            del picture["srcset"], picture["loading"]
        else:  # its description says what was there
            picture.replace_with(str(picture.get("alt", "")))


def _picture(address: str) -> str:
    """An upload as a ``data:`` address; empty for what is not ours or is gone."""
    name = address.removeprefix(settings.MEDIA_URL)
    kind, _encoding = mimetypes.guess_type(name)
    if name == address or not (kind or "").startswith("image/"):
        return ""
    try:
        with default_storage.open(name) as file:
            return f"data:{kind};base64,{base64.b64encode(file.read()).decode()}"
    except (OSError, SuspiciousFileOperation):
        return ""


def _use_own_symbols(soup: BeautifulSoup) -> list[str]:
    """Points every icon to a symbol in the document itself; gives the names of those used."""
    names = []
    for use in soup.find_all("use", href=True):
        name = str(use["href"]).rpartition("#")[2]
        use["href"] = f"#drawing-{name}"
        names.append(name)
    return sorted(set(names))


def drawings(names: list[str]) -> str:
    """Symbols of the icons' sprite, named ``drawing-...`` so that no heading has the same id."""
    symbols = _sprite()
    return "".join(symbols[name] for name in names if name in symbols)


@cache
def _sprite() -> dict[str, str]:
    file = finders.find("homeward/icons.svg")
    text = Path(file).read_text(encoding="utf-8") if file else ""
    return {
        found[1]: found[0].replace(f'id="{found[1]}"', f'id="drawing-{found[1]}"', 1)
        for found in SYMBOL.finditer(text)
    }


def _headings(soup: BeautifulSoup, language: str) -> list[Heading]:
    """All of them, in order. Whichever has no id gets one, so that the contents can lead there."""
    headings = []
    for position, heading in enumerate(soup.find_all(HEADINGS), start=1):
        heading["id"] = heading.get("id") or f"heading-{position}"
        words = " ".join(heading.get_text().split())
        number = _number_of_step(heading, language)
        headings.append(Heading(int(heading.name[1]), str(heading["id"]), words, number))
    return headings


def _number_of_step(heading: Tag, language: str) -> str:
    """The number that stands beside a step's heading, which the style sheet counts."""
    step = heading.find_parent("li")
    if step is None or step.parent is None or "steps" not in (step.parent.get("class") or []):
        return ""
    return running_number(1 + len(step.find_previous_siblings("li")), language)
