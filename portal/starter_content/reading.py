"""Reads and validates every file of starter content before anything is loaded.

A mistake is told as file, line and field, all mistakes at once, so that a translator who has broken
three files mends them in one go.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from content.languages import BY_CODE, DEFAULT_LANGUAGE
from portal.starter_content import schema

FOLDER = Path(__file__).resolve().parent
PAGE_ADAPTER: TypeAdapter[Any] = TypeAdapter(schema.AnyPage)
FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n?(.*)\Z", re.DOTALL)
KEY = re.compile(r"^[a-z0-9-]+(/[a-z0-9-]+)*$")
CONCEPT_FILES = (
    "service-areas", "stages", "outcomes", "principles", "exploitation-forms", "content-warnings",
    "countries", "tags",
)  # fmt: skip


class StarterContentError(Exception):
    """One or more files cannot be loaded; ``problems`` are lines for a person."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class PageEntry:
    key: str
    language: str
    data: Any
    body: str
    checksum: str
    path: Path

    @property
    def slug(self) -> str:
        return self.key.rpartition("/")[2]

    @property
    def parent_key(self) -> str:
        """The key of the page above: a section's pages hang below it, all else below the home page."""
        return self.key.rpartition("/")[0] or "home"


@dataclass
class StarterContent:
    """Everything that the files hold."""

    pages: dict[tuple[str, str], PageEntry] = field(default_factory=dict)
    terms: dict[str, list[schema.Term]] = field(default_factory=dict)
    concepts: dict[str, list[schema.Concept]] = field(default_factory=dict)
    documents: list[schema.SourceDocument] = field(default_factory=list)

    def page_keys(self) -> set[str]:
        return {key for key, _language in self.pages}


def checksum(value: Any) -> str:
    """A checksum of anything that JSON can hold or of a validated entry."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read_starter_content(folder: Path = FOLDER) -> StarterContent:
    """Everything below ``folder``. Raises StarterContentError with every problem found."""
    reader = _Reader(folder)
    content = reader.read()
    if not reader.problems:
        reader.problems.extend(_dangling_references(content))
    if reader.problems:
        raise StarterContentError(reader.problems)
    return content


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []

    def read(self) -> StarterContent:
        content = StarterContent()
        for path in sorted((self.folder / "pages").rglob("*.md")):
            entry = self._page(path)
            if entry is not None:
                content.pages[entry.key, entry.language] = entry
        for path in sorted((self.folder / "terms").glob("*.yaml")):
            content.terms[path.stem] = self._rows(path, schema.Term)
        for name in CONCEPT_FILES:
            content.concepts[name] = self._rows(self.folder / "concepts" / f"{name}.yaml", schema.Concept)
        content.documents = self._rows(self.folder / "documents.yaml", schema.SourceDocument)
        return content

    def _say(self, path: Path, line: int | None, place: str, message: str) -> None:
        name = path.relative_to(self.folder)
        where = f"{name}:{line}" if line else str(name)
        self.problems.append(f"{where}: {place}: {message}" if place else f"{where}: {message}")

    def _text(self, path: Path) -> str | None:
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            self._say(path, None, "", f"is not UTF-8 (byte {error.start})")
        except OSError:
            self._say(path, None, "", "cannot be read")
        return None

    def _yaml(self, path: Path, text: str, first_line: int) -> Any:
        try:
            return yaml.load(text, Loader=_StrictLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + first_line if mark else None
            self._say(path, line, "", f"is no valid YAML: {error.problem}")
        return None

    def _page(self, path: Path) -> PageEntry | None:
        language, _slash, rest = path.relative_to(self.folder / "pages").as_posix().partition("/")
        key = rest.removesuffix(".md")
        if language not in BY_CODE:
            self._say(path, None, "", f"{language} is none of our languages")
            return None
        if not KEY.match(key):
            self._say(path, None, "", "names of files and folders use a to z, digits and hyphens")
            return None
        text = self._text(path)
        if text is None:
            return None
        parts = FRONT_MATTER.match(text.replace("\r\n", "\n"))
        if parts is None:
            self._say(path, 1, "", "begins with no front matter between '---' lines")
            return None
        raw = self._yaml(path, parts[1], first_line=2)
        if raw is None:
            return None
        try:
            data = PAGE_ADAPTER.validate_python(raw)
        except ValidationError as error:
            self._explain(path, parts[1], 2, error)
            return None
        body = parts[2].strip()
        return PageEntry(key, language, data, body, checksum([data.model_dump(mode="json"), body]), path)

    def _rows(self, path: Path, model: type[BaseModel]) -> list[Any]:
        text = self._text(path)
        raw = self._yaml(path, text, first_line=1) if text is not None else None
        if raw is None:
            return []
        try:
            return TypeAdapter(list[model]).validate_python(raw)  # type: ignore[valid-type]
        except ValidationError as error:
            self._explain(path, text or "", 1, error)
        return []

    def _explain(self, path: Path, text: str, first_line: int, error: ValidationError) -> None:
        tree = yaml.compose(text, Loader=_StrictLoader)
        for detail in error.errors():
            location = [part for part in detail["loc"] if part not in schema_tags()]
            line = _line_of(tree, location) + first_line
            self._say(path, line, ".".join(map(str, location)), detail["msg"])


class _StrictLoader(yaml.SafeLoader):
    """Refuses a field given twice, which YAML itself would silently let the last one win."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _value in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key_node.value!r} is given twice", key_node.start_mark
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


# Dates stay as they are written: a partial date is text.
_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def schema_tags() -> set[str]:
    """The names of page types, which pydantic puts into the place of an error."""
    return {"sop", "checklist", "agreement", "law", "guidance", "case_study", "country", "standard", "section", "home"}


def _line_of(node: Any, location: list[Any]) -> int:
    """The line of the deepest part of ``location`` that exists, counted from 0."""
    line = node.start_mark.line if node is not None else 0
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        else:
            break
    return line


def _references(data: Any) -> Iterator[str]:
    """Every key of another page that a page names."""
    yield from data.related
    for name in ("supplements", "followed_by"):
        if getattr(data, name, None):
            yield getattr(data, name)
    yield from getattr(data, "procedures", [])
    yield from (basis.page for basis in getattr(data, "legal_basis", []) if basis.page)
    yield from (task.page for task in getattr(data, "tasks", []))


def _dangling_references(content: StarterContent) -> Iterator[str]:
    """References to pages, documents, concepts that no file holds."""
    keys = content.page_keys()
    documents = {document.code for document in content.documents}
    codes = {name: {row.code for row in rows} for name, rows in content.concepts.items()}
    for (key, language), entry in content.pages.items():
        name = f"pages/{language}/{key}.md"
        if language != DEFAULT_LANGUAGE and (key, DEFAULT_LANGUAGE) not in content.pages:
            yield f"{name}: there is no such page in English"
        if entry.parent_key not in keys:
            yield f"{name}: there is no page {entry.parent_key} above it"
        for reference in _references(entry.data):
            if reference not in keys:
                yield f"{name}: there is no page {reference}"
        for source in entry.data.sources:
            if source.document not in documents:
                yield f"{name}: sources: there is no document {source.document}"
        for field_name, kind in (
            ("countries", "countries"),
            ("tags", "tags"),
            ("outcomes", "outcomes"),
            ("principles", "principles"),
            ("exploitation", "exploitation-forms"),
            ("content_warnings", "content-warnings"),
            ("origin", "countries"),
            ("destination", "countries"),
        ):
            for code in getattr(entry.data, field_name, []):
                if code not in codes[kind]:
                    yield f"{name}: {field_name}: there is no {code} in concepts/{kind}.yaml"
