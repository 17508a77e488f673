"""What the templates of a comparison say often: marked words, and places in an edition."""

from __future__ import annotations

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from content.languages import document_tag
from content.running_numbers import running_number
from editions.comparison.comparing import ShownLine

register = template.Library()


@register.filter
def place(number: int) -> str:
    """Where a block stands, in the digits of the reader's language."""
    return running_number(number, get_language())


@register.simple_tag
def marked_words(line: ShownLine, element: str, text_language: str, is_whole: bool) -> SafeString:
    """The words of a line; what the other edition lacks stands in ``ins`` or ``del``.

    Whoever listens is told where a mark begins, and where it ends unless the line does. Nothing is said of
    a row that is new or gone as a whole (``is_whole``): its heading says so. ``text_language`` is the
    document tag of written words where it is not the reader's.
    """
    foreign = "" if line.chosen else text_language
    # One spoken language inside another: our own words between those of the text.
    spoken = format_html(' lang="{}"', document_tag(get_language() or "en")) if foreign else ""
    parts: list[str] = []
    for index, segment in enumerate(line.segments):
        if segment.kept:
            parts.append(escape(segment.text))
            continue
        begin = end = ""
        if not is_whole:
            begin = _unseen(_beginning(element), spoken, before="", after=" ")
            if index + 1 < len(line.segments):
                end = _unseen(_end(element), spoken, before=" ", after="")
        parts.append(f"<{element}>{begin}{escape(segment.text)}{end}</{element}>")
    words = "".join(parts)
    if foreign:
        words = f'<span lang="{escape(foreign)}">{words}</span>'
    return mark_safe(words)  # noqa: S308  every piece is escaped above


def _unseen(words: str, language: str, *, before: str, after: str) -> str:
    return f'<span class="hide"{language}>{before}{escape(words)}{after}</span>'


def _beginning(element: str) -> str:
    return (
        pgettext("spoken before words", "added:")
        if element == "ins"
        else pgettext("spoken before words", "removed:")
    )


def _end(element: str) -> str:
    return gettext("(end of what was added)") if element == "ins" else gettext("(end of what was removed)")
