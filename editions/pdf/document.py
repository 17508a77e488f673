"""The HTML that is printed: an edition with its title page, its contents and what stands on every page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from content.clusters import clusters
from content.languages import BY_CODE
from content.running_numbers import DIGITS, running_number
from editions.choices import EventKind
from editions.models import Edition, Standing
from editions.pdf.body import Body, Heading, drawings

#: The site's own styles, so that the file looks like the page, and what only a file has.
STYLES = ("frame", "parts", "editions", "print", "pdf")
#: How much of a title stands at the head of every page; two lines of the longest scripts.
LONGEST_TITLE = 90
#: Chromium's counter styles for languages that count in digits of their own.
COUNTER_STYLES = {"my": "myanmar"}

assert COUNTER_STYLES.keys() == DIGITS.keys()


def document(edition: Edition, body: Body, pages: Mapping[str, int]) -> str:
    """The whole document. ``pages`` tells the page of each anchor, as far as it is known."""
    page = edition.page.specific
    address = f"{settings.PUBLIC_URL}{edition.short_address}"
    code = segno.make(address, error="m", micro=False)
    picture = code.svg_data_uri(border=0)
    with translation.override(edition.language):
        question = (
            _("Is this text still current?")
            if page.about_instrument
            else _("Is this edition still in force?")
        )
        context = {
            "edition": edition,
            "page": page,
            "body": mark_safe(body.html),  # noqa: S308  made by our own templates
            "symbols": mark_safe(body.symbols + drawings(_of_document(body))),  # noqa: S308
            "contents": _contents(body, pages, edition.language) if page.pdf_has_front_matter else [],
            "language": BY_CODE[edition.language],
            "is_unconfirmed": _is_unconfirmed(edition),
            "published": timezone.localdate(edition.published_at),
            "address": address,
            "question": question,
            "code": picture,
            "styles": mark_safe(styles() + _margins(edition, question, address, picture) + _first_page(page)),  # noqa: S308
        }
        return render_to_string("editions/print/document.html", context)


@cache
def styles() -> str:
    files = [finders.find(f"homeward/css/{name}.css") for name in STYLES]
    return "\n".join(Path(file).read_text(encoding="utf-8") for file in files if file)


def _of_document(body: Body) -> list[str]:
    """Icons of the document's own frame, unless the text has brought them."""
    return [name for name in ("warn",) if f'id="drawing-{name}"' not in body.symbols]


def headings_of(edition: Edition, body: Body) -> list[Heading]:
    """Every heading of the document, in order: those of the frame, then those of the text."""
    frame = [Heading(1, "title", edition.title)]
    if edition.page.specific_class.pdf_has_front_matter:
        with translation.override(edition.language):
            frame.append(Heading(2, "h-contents", _("Contents")))
    return frame + body.headings


def _contents(body: Body, pages: Mapping[str, int], language: str) -> list[dict[str, Any]]:
    """``page`` is empty while nobody knows it."""
    return [
        {
            "heading": heading,
            "page": running_number(pages[heading.anchor], language) if heading.anchor in pages else "",
        }
        for heading in body.headings
        if heading.level in (2, 3)
    ]


def _is_unconfirmed(edition: Edition) -> bool:
    """Whether this is starter content that nobody has approved, or a translation of such: two queries."""
    if Standing.objects.filter(current=edition.pk, unconfirmed=True).exists():
        return True
    events = set(edition.events.values_list("kind", flat=True))
    return EventKind.STARTED in events and EventKind.CONFIRMED not in events


def _margins(edition: Edition, question: str, address: str, picture: str) -> str:
    """What stands around every page. Chromium lays out the page's margins, and counts the pages itself."""
    counter = COUNTER_STYLES.get(edition.language, "decimal")
    words = _("Page {page} of {pages}").format(page="\0page\0", pages="\0pages\0").split("\0")
    numbers = " ".join(
        f"counter({word}, {counter})" if word in ("page", "pages") else _css(word) for word in words if word
    )
    label = _("Edition %(label)s") % {"label": edition.label}
    name = BY_CODE[edition.language].own_name
    return (
        f"\n@page {{"
        f"@top-left {{ content: {_css(_shortened(edition.title))}; }}"
        f"@top-right {{ content: {_css(f'{label} · {name}')}; }}"
        f"@bottom-left {{ content: {_css(question)} '\\A' {_css(address)}; background-image: url({_css(picture)}); }}"
        f"@bottom-right {{ content: {numbers}; }}"
        f"}}"
    )


def _first_page(page: Any) -> str:
    """A title page says the title once."""
    if not page.pdf_has_front_matter:
        return ""
    empty = "{ content: none; border: 0 }"
    return f"\n@page :first {{ @top-left {empty} @top-right {empty} }}"


def _shortened(title: str) -> str:
    """Cut between clusters, so that no letter loses its marks."""
    if len(title) <= LONGEST_TITLE:
        return title
    kept = ""
    for cluster in clusters(title):
        if len(kept) + len(cluster) >= LONGEST_TITLE:
            break
        kept += cluster
    return f"{kept.rstrip()}…"


def _css(text: str) -> str:
    """A string in CSS. What could end the string, or the ``style`` element around it, is written as a number."""
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>&\n\r\f\0' else sign for sign in text) + '"'
