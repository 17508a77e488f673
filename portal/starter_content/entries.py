"""What the files of starter content say, once they are read, and what may be wrong with them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from portal.starter_content import schema


@dataclass(frozen=True)
class Problem:
    """A mistake and its place; ``field`` is a path such as ``steps.2.label``."""

    path: Path
    line: int | None
    field: str
    message: str

    def told(self, folder: Path) -> str:
        parts = [f"{self.path.relative_to(folder)}" + (f":{self.line}" if self.line else "")]
        return ": ".join([*parts, *([self.field] if self.field else []), self.message])


@dataclass(frozen=True)
class PageEntry:
    """One page in one language. ``related`` are the keys of the pairs that are stored with this page."""

    key: str
    language: str
    data: Any
    body: str
    path: Path
    related: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        return self.key.rpartition("/")[2]

    @property
    def parent_key(self) -> str:
        """The key of the page above: a section's pages hang below it, all else below the home page."""
        return self.key.rpartition("/")[0] or "home"

    @property
    def checksum(self) -> str:
        return checksum([self.data.model_dump(mode="json"), self.body, self.related])


@dataclass
class StarterContent:
    """Everything that the files hold. ``unread`` are files with mistakes, of which nothing is known."""

    folder: Path
    pages: dict[tuple[str, str], PageEntry] = field(default_factory=dict)
    terms: dict[str, list[schema.Term]] = field(default_factory=dict)
    concepts: dict[str, list[schema.Concept]] = field(default_factory=dict)
    documents: list[schema.SourceDocument] = field(default_factory=list)
    unread: set[Path] = field(default_factory=set)

    def page_path(self, key: str, language: str) -> Path:
        return self.folder / "pages" / language / f"{key}.md"


def checksum(value: Any) -> str:
    """A checksum of anything that JSON can hold or of a validated entry."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
