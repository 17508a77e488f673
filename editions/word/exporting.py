"""An edition as a Word document, in which a ministry can comment and which can be read back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from editions.models import Edition
from editions.word import pandoc
from editions.word.fonts import LETTERS, with_letters
from editions.word.layout import parts_of
from editions.word.marks import EDITION_PROPERTY, LINE


def make_word(edition: Edition) -> bytes:
    """The .docx of an edition, in its language. Raises ConversionFailed, and ValueError once it was taken down."""
    if not edition.content:
        raise ValueError("the text was taken down")
    page = edition.page.specific
    text = page.with_content_json({**edition.content, "pk": page.pk})
    with override(edition.language):
        html = render_to_string("editions/word/document.html", _context(edition, text))
        named = _("Edition %(label)s") % {"label": edition.label}
    properties = {
        "subject": named,
        "description": named,
        "lang": LETTERS[edition.language].tag if edition.language in LETTERS else edition.document_language,
        EDITION_PROPERTY: edition.code,
    }
    options = tuple(f"--metadata={name}:{value}" for name, value in properties.items())
    document = pandoc.convert(html.encode(), read="html", write="docx", options=options)
    return with_letters(document, edition.language, edition.published_at)


def _context(edition: Edition, page: Any) -> dict[str, Any]:
    parts = [{"part": part, "shown": part.shown(page)} for part in parts_of(page)]
    standing = page.standing_today
    return {
        "edition": edition,
        "today": timezone.localdate(),
        "is_unconfirmed": bool(standing and standing.unconfirmed and standing.current_id == edition.pk),
        "page": page,
        "line_mark": LINE,
        "address": settings.PUBLIC_URL + edition.short_address,
        "parts": [row for row in parts if row["shown"]],
    }
