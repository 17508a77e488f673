"""What one file says about another: references that lead nowhere, keys given twice, misplaced pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from content.addresses import RESERVED_SLUGS
from content.languages import DEFAULT_LANGUAGE
from portal.starter_content.bodies import page_links
from portal.starter_content.entries import PageEntry, Problem, StarterContent
from portal.starter_content.strict_yaml import line_in

#: Fields that hold keys of pages.
PAGE_FIELDS = frozenset({"related", "procedures", "supplements", "followed_by", "page"})
#: Fields that hold codes, and the file of concepts that defines them.
CODE_FIELDS = {
    "countries": "countries", "country": "countries", "origin": "countries", "destination": "countries",
    "corridors": "countries", "tags": "tags", "outcomes": "outcomes", "principles": "principles",
    "exploitation": "exploitation-forms", "content_warnings": "content-warnings",
    "service_area": "service-areas", "service_areas": "service-areas", "stage": "stages", "stages": "stages",
}  # fmt: skip
#: The section below which pages of a type stand.
SECTION_OF = {
    "sop": "procedures", "checklist": "service-areas", "agreement": "agreements", "law": "laws",
    "guidance": "guidance", "case_study": "case-studies", "country": "countries",
}  # fmt: skip


def problems_between_files(content: StarterContent) -> Iterator[Problem]:
    """Asks files that are in order by themselves, and lets them refer to those that are not."""
    check = _References(content)
    for entry in content.pages.values():
        yield from check.page(entry)
    for language, terms in content.terms.items():
        path = terms_path(content, language)
        yield from check.rows(path, terms, ["key"])
        if language != DEFAULT_LANGUAGE and terms_path(content, DEFAULT_LANGUAGE) not in content.unread:
            english = {term.key for term in content.terms.get(DEFAULT_LANGUAGE, [])}
            for index, term in enumerate(terms):
                if term.key not in english:
                    yield check.problem(path, [index, "key"], f"there is no term {term.key} in English")
    for name, concepts in content.concepts.items():
        yield from check.rows(concepts_path(content, name), concepts, ["code", "slug"])
    yield from check.rows(content.folder / "documents.yaml", content.documents, ["code"])


def terms_path(content: StarterContent, language: str) -> Path:
    return content.folder / "terms" / f"{language}.yaml"


def concepts_path(content: StarterContent, name: str) -> Path:
    return content.folder / "concepts" / f"{name}.yaml"


class _References:
    def __init__(self, content: StarterContent) -> None:
        self.content = content
        self.pages = content.pages
        pages = content.folder / "pages"
        unread = (path.relative_to(pages) for path in content.unread if path.is_relative_to(pages))
        self.keys = {key for key, _language in content.pages}
        self.keys |= {path.as_posix().partition("/")[2].removesuffix(".md") for path in unread}
        self.documents = {document.code for document in content.documents}
        self.codes = {name: {row.code for row in rows} for name, rows in content.concepts.items()}
        #: Files with mistakes may hold any code.
        self.unknown = {name for name in self.codes if concepts_path(content, name) in content.unread}
        self.documents_unknown = content.folder / "documents.yaml" in content.unread

    @staticmethod
    def problem(path: Path, location: list[Any], message: str) -> Problem:
        return Problem(path, line_in(path, location), ".".join(map(str, location)), message)

    def page(self, entry: PageEntry) -> Iterator[Problem]:
        yield from self._place(entry)
        yield from self._fields(entry.path, [], entry.data)
        if entry.slug in RESERVED_SLUGS:
            yield Problem(entry.path, None, "", f"{entry.slug} belongs to another part of the site")
        for key in page_links(entry.body):
            if key not in self.keys:
                yield Problem(entry.path, _line_of_link(entry.path, key), "body", f"there is no page {key}")

    def _place(self, entry: PageEntry) -> Iterator[Problem]:
        original = self.pages.get((entry.key, DEFAULT_LANGUAGE))
        if original is None and self._readable(entry.key, DEFAULT_LANGUAGE):
            yield Problem(entry.path, None, "", "there is no such page in English")
        elif original is not None and original.data.type != entry.data.type:
            yield self.problem(entry.path, ["type"], f"in English this page is of type {original.data.type}")
        if (entry.key == "home") != (entry.data.type == "home"):
            yield self.problem(entry.path, ["type"], "the home page, and it alone, is the file home.md")
        parent = self.pages.get((entry.parent_key, entry.language))
        if parent is None and self._readable(entry.parent_key, entry.language):
            yield Problem(entry.path, None, "", f"there is no page {entry.parent_key} above it")
        elif parent is not None and SECTION_OF.get(entry.data.type) != getattr(parent.data, "lists", None):
            yield self.problem(
                entry.path, ["type"], f"pages of type {entry.data.type} do not stand below {entry.parent_key}"
            )

    def _readable(self, key: str, language: str) -> bool:
        return self.content.page_path(key, language) not in self.content.unread

    def rows(self, path: Path, rows: Sequence[BaseModel], names: list[str]) -> Iterator[Problem]:
        """Rows of one file, of which no two may have the same value in the fields ``names``."""
        for name in names:
            seen = set()
            for index, row in enumerate(rows):
                value = getattr(row, name)
                if value in seen:
                    yield self.problem(path, [index, name], f"{value} is given twice")
                seen.add(value)
        for index, row in enumerate(rows):
            yield from self._fields(path, [index], row)

    def _fields(self, path: Path, location: list[Any], value: Any) -> Iterator[Problem]:
        """Every reference below ``value``, however deep."""
        if isinstance(value, BaseModel):
            for name in type(value).model_fields:
                yield from self._fields(path, [*location, name], getattr(value, name))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._fields(path, [*location, index], item)
        elif value is not None:
            name = next(part for part in reversed(location) if isinstance(part, str))
            if name in PAGE_FIELDS and value not in self.keys:
                yield self.problem(path, location, f"there is no page {value}")
            elif name == "document" and value not in self.documents and not self.documents_unknown:
                yield self.problem(path, location, f"there is no document {value} in documents.yaml")
            elif name in CODE_FIELDS:
                file = CODE_FIELDS[name]
                for code in str(value).split("-") if name == "corridors" else [str(value)]:
                    if code not in self.codes[file] and file not in self.unknown:
                        yield self.problem(path, location, f"there is no {code} in concepts/{file}.yaml")


def _line_of_link(path: Path, key: str) -> int | None:
    """The line where a body links to ``page:key``."""
    link = re.compile(rf"page:{re.escape(key)}(?![a-z0-9/-])")
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if link.search(line):
            return number
    return None
