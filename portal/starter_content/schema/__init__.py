"""What a file of starter content may say.

A page is one file: ``pages/<language>/<key>.md``, YAML front matter between ``---`` lines, then a
body in Markdown (paragraphs, ``##`` and ``###`` headings, lists, links, bold). The key, for instance
``procedures/th-kh-poipet``, is the same in every language and is also the page's path below the
language's home page, so a slug is the last part of the key. Pages refer to one another by key.

The classes of this package validate the front matter, one class a ``type``. Unknown fields are errors,
because a misspelt field would otherwise vanish silently.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portal.starter_content.schema.guidance import SOP, Checklist, Guidance, Step
from portal.starter_content.schema.instruments import Agreement, Law
from portal.starter_content.schema.rows import Concept, SourceDocument, Term
from portal.starter_content.schema.site import CaseStudy, Country, Figure, Home, Section, Standard

AnyPage = Annotated[
    SOP | Checklist | Agreement | Law | Guidance | CaseStudy | Country | Standard | Section | Home,
    Field(discriminator="type"),
]

__all__ = [
    "SOP",
    "Agreement",
    "AnyPage",
    "CaseStudy",
    "Checklist",
    "Concept",
    "Country",
    "Figure",
    "Guidance",
    "Home",
    "Law",
    "Section",
    "SourceDocument",
    "Standard",
    "Step",
    "Term",
]
