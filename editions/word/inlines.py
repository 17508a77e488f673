"""Words inside a paragraph: pandoc's inlines as plain text and as the site's rich text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.utils.html import escape

from editions.word.marks import CARRIED

#: Kinds of inlines that only say how their content looks.
LOOKS = frozenset(
    {"Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps"}
)  # fmt: skip
#: What a link of ours may lead to.
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

#: The attributes of a link in rich text by the address that stands for it in Word.
Links = Mapping[str, Mapping[str, str]]


def marks_in(inlines: list[Any]) -> tuple[list[str], list[Any]]:
    """The marks carried by a paragraph, and the paragraph without them."""
    marks: list[str] = []

    def without(value: Any) -> Any:
        if isinstance(value, list):
            return [without(part) for part in value]
        if isinstance(value, dict):
            if value.get("t") == "Str":
                marks.extend(CARRIED.findall(value["c"]))
                return {"t": "Str", "c": CARRIED.sub("", value["c"])}
            return {name: without(part) for name, part in value.items()}
        return value

    return marks, without(inlines)


def plain(inlines: list[Any]) -> str:
    """Words only. The address of a link follows its words where they do not say it already."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Any) -> str:
    kind, content = inline["t"], inline.get("c")
    if kind == "Str":
        return str(content)
    if kind in {"Space", "SoftBreak"}:
        return " "
    if kind == "LineBreak":
        return "\n"
    if kind in LOOKS:
        return plain(content)
    if kind in {"Span", "Quoted", "Cite"}:
        return plain(content[1])
    if kind in {"Code", "Math"}:
        return str(content[1])
    if kind == "Link":
        words, address = plain(content[1]), content[2][0]
        return f"{words} ({address})" if _leads_out(address) and address not in words else words
    if kind == "Note":
        return f" ({_note(content)})"
    return ""


def _note(blocks: list[Any]) -> str:
    """The words of a footnote, which has no place of its own here."""
    return " ".join(plain(block["c"]) for block in blocks if block["t"] in {"Para", "Plain"})


def _leads_out(address: str) -> bool:
    """Whether it is an address of the web, of mail or of a telephone; a bookmark of the file is not."""
    try:
        return urlsplit(address).scheme.lower() in SCHEMES
    except ValueError:
        return False


def rich(inlines: list[Any], links: Links) -> str:
    """The inside of a paragraph of rich text: bold, line breaks and links. A link to a page becomes one again."""
    return "".join(_rich(inline, links) for inline in inlines)


def _rich(inline: Any, links: Links) -> str:
    kind, content = inline["t"], inline.get("c")
    if kind == "LineBreak":
        return "<br/>"
    if kind == "Strong":
        return f"<b>{rich(content, links)}</b>"
    if kind in LOOKS:
        return rich(content, links)
    if kind in {"Span", "Quoted", "Cite"}:
        return rich(content[1], links)
    if kind == "Link":
        return _anchor(rich(content[1], links), content[2][0], links)
    return escape(_plain(inline))


def _anchor(words: str, address: str, links: Links) -> str:
    attributes = links.get(address) or ({"href": address} if _leads_out(address) else {})
    if not attributes:
        return words
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<a{written}>{words}</a>"


def canonical(html: str) -> str:
    """Rich text in one way of writing it, so that two can be compared: only what Word could carry is left."""
    soup = BeautifulSoup(html, "html.parser")
    return _tidy("".join(_canonical(node) for node in soup.children))


def _canonical(node: Any) -> str:
    if isinstance(node, NavigableString):
        return escape(str(node))
    if not isinstance(node, Tag):
        return ""
    inner = "".join(_canonical(child) for child in node.children)
    if node.name in {"b", "strong"}:
        return f"<b>{inner}</b>"
    if node.name in {"p", "ul", "ol", "li"}:
        return f"<{node.name}>{inner}</{node.name}>"
    if node.name == "br":
        return "<br/>"
    if node.name == "a":
        target = " ".join(
            f"{name}={node[name]}" for name in ("linktype", "id", "href") if node.has_attr(name)
        )
        return f"<a {escape(target)}>{inner}</a>" if target else inner
    return inner


def _tidy(html: str) -> str:
    """Word does not say on which side of a bold word its space stands, nor keep two spaces."""
    html = re.sub(r"\s+", " ", html)
    html = re.sub(r"(<b>|<a [^>]*>) ", r" \1", html)
    html = re.sub(r" (</b>|</a>)", r"\1 ", html)
    html = html.replace("</b><b>", "").replace("</b> <b>", " ").replace("<b></b>", "")
    html = re.sub(r"\s+", " ", html)
    return re.sub(r" ?(</?(?:p|ul|ol|li)>|<br/>) ?", r"\1", html).replace("<p></p>", "").strip()


def same_words(one: str, other: str) -> bool:
    """Whether two plain texts say the same: spaces and empty lines, which Word does not keep, do not count."""
    return one.split() == other.split()
