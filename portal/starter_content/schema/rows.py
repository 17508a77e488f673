"""Terms, documents and concepts: files that hold rows, not pages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from portal.starter_content.schema.parts import (
    CountryCode,
    FactReference,
    ItemKey,
    Source,
    Strict,
    Text,
    Text200,
    Text300,
    Year,
)


class Term(Strict):
    """A glossary term in one language; ``key`` is shared by all languages."""

    key: ItemKey
    term: Text200
    abbreviations: list[Text] = []
    synonyms: list[Text] = []
    definition: Text
    country: CountryCode | None = None
    facts: list[FactReference] = []
    sources: list[Source] = []

    @field_validator("key")
    @classmethod
    def key_is_short(cls, value: str) -> str:
        if len(value) > 80:
            raise ValueError("a key has at most 80 characters")
        return value


class SourceDocument(Strict):
    code: Annotated[ItemKey, Field(max_length=60)]
    title: Text300
    publisher: Text300 | None = None
    year: Year | None = None
    note: Text | None = None


class ConceptWord(Strict):
    name: Text200
    description: Text = ""


class Concept(Strict):
    """A row of the taxonomy: a code that never changes, an ASCII slug and words by language code."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=40)]
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$", max_length=80)]
    words: dict[Literal["en", "km", "lo", "my", "th", "vi", "zh-hans"], ConceptWord]
    facts: list[FactReference] = []

    @field_validator("words")
    @classmethod
    def has_english(cls, value: dict[str, ConceptWord]) -> dict[str, ConceptWord]:
        if "en" not in value:
            raise ValueError("English words are missing")
        return value
