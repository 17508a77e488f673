"""Every text that the starter content shows, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from portal.starter_content.entries import PageEntry, StarterContent
from portal.starter_content.reading import read_starter_content


class Text(NamedTuple):
    place: str
    field: str
    words: str


@cache
def starter_content() -> StarterContent:
    """The files of this repository, read once a process: nobody changes them."""
    return read_starter_content()


def pages(kind: str, language: str = "en") -> dict[str, PageEntry]:
    """The pages of one type in one language, by key."""
    return {
        key: entry
        for (key, code), entry in starter_content().pages.items()
        if code == language and entry.data.type == kind
    }


def texts_of_page(entry: PageEntry) -> Iterator[Text]:
    place = f"pages/{entry.language}/{entry.key}"
    yield Text(place, "key", entry.key)
    yield Text(place, "body", entry.body)
    yield from _texts(place, "", entry.data)


def texts() -> Iterator[Text]:
    """All of them: pages with their addresses, terms, concepts and source documents, in every language."""
    content = starter_content()
    for entry in content.pages.values():
        yield from texts_of_page(entry)
    for language, terms in content.terms.items():
        for term in terms:
            yield from _texts(f"terms/{language}#{term.key}", "", term)
    for name, concepts in content.concepts.items():
        for concept in concepts:
            yield from _texts(f"concepts/{name}#{concept.code}", "", concept)
    for document in content.documents:
        yield from _texts(f"documents#{document.code}", "", document)


def _texts(place: str, field: str, value: Any) -> Iterator[Text]:
    """The strings below ``value``. ``facts`` are left out: they name records, nobody is shown them."""
    if isinstance(value, str):
        yield Text(place, field, value)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "facts":
                yield from _texts(place, name, getattr(value, name))
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(place, field, part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(place, field, part)
