"""An edition as a PDF, with the pages of its contents."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from editions.models import Edition
from editions.pdf.body import standalone
from editions.pdf.chromium import print_to_pdf
from editions.pdf.document import document, headings_of
from editions.pdf.finishing import bookmarks, finish
from editions.public.rendering import rendered

#: A table of contents may move the text that it points to, but hardly twice.
MOST_PRINTS = 3


def make_pdf(edition: Edition) -> bytes:
    """The file as readers get it. Takes seconds. Raises PrintingFailed.

    Chromium does not know ``target-counter``, so that the pages of the contents are read from the bookmarks of
    one print and written into the next. Without contents, one print is enough.
    """
    body = standalone(rendered(edition), edition.language)
    with_contents = edition.page.specific_class.pdf_has_front_matter
    headings = headings_of(edition, body)
    pages: dict[str, int] = {}
    for _print in range(MOST_PRINTS):
        pdf = print_to_pdf(document(edition, body, pages))
        found = {mark.heading.anchor: mark.page for mark in bookmarks(PdfReader(BytesIO(pdf)), headings)}
        if found == pages or not with_contents:
            break
        pages = found
    return finish(pdf, headings)
