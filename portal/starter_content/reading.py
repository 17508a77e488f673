"""Reads and validates every file of starter content before anything is loaded.

A mistake is told as file, line and field, all mistakes at once, so that a translator who has broken
three files mends them in one go.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from content.languages import BY_CODE, DEFAULT_LANGUAGE
from portal.starter_content import schema
from portal.starter_content.entries import PageEntry, Problem, StarterContent
from portal.starter_content.references import problems_between_files
from portal.starter_content.strict_yaml import FRONT_MATTER, StrictLoader, line_of

FOLDER = Path(__file__).resolve().parent
PAGE_ADAPTER: TypeAdapter[Any] = TypeAdapter(schema.AnyPage)
KEY = re.compile(r"^[a-z0-9-]+(/[a-z0-9-]+)*$")
CONCEPT_FILES = (
    "service-areas", "stages", "outcomes", "principles", "exploitation-forms", "content-warnings",
    "countries", "tags",
)  # fmt: skip
#: Pydantic's messages, where ours say it in plainer words.
MESSAGES = {
    "extra_forbidden": "there is no such field",
    "missing": "is missing",
    "union_tag_not_found": "is missing",
}
#: What pydantic adds to the place of a table cell, once for each type that a cell may have.
CELL_TYPES = frozenset({"str", "int", "float"})
#: What a translation takes from the English page where it says nothing itself.
SAID_ONCE = ("sources", "tags")


class StarterContentError(Exception):
    """One or more files cannot be loaded; ``problems`` are lines for a person."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_starter_content(folder: Path = FOLDER) -> StarterContent:
    """Everything below ``folder``. Raises StarterContentError with every problem found."""
    reader = _Reader(folder)
    content = reader.read()
    content.unread = {problem.path for problem in reader.problems}
    problems = [*reader.problems, *problems_between_files(content)]
    if problems:
        raise StarterContentError([problem.told(folder) for problem in sorted(problems, key=_place)])
    _say_once(content)
    _give_each_pair_one_owner(content)
    return content


def _place(problem: Problem) -> tuple[str, int, str]:
    return (str(problem.path), problem.line or 0, problem.field)


def _say_once(content: StarterContent) -> None:
    """Sources and tags are facts: a translation that names none has those of the English page."""
    for (key, language), entry in content.pages.items():
        if language != DEFAULT_LANGUAGE:
            english = content.pages[key, DEFAULT_LANGUAGE].data
            taken = {name: getattr(english, name) for name in SAID_ONCE if not getattr(entry.data, name)}
            content.pages[key, language] = replace(entry, data=entry.data.model_copy(update=taken))


def _give_each_pair_one_owner(content: StarterContent) -> None:
    """Related pages are stored once a pair, with the first of the two by key that names the other."""
    pairs: set[frozenset[str]] = set()
    for key, language in sorted(content.pages):
        entry = content.pages[key, language]
        if language == DEFAULT_LANGUAGE:
            named = dict.fromkeys([*entry.data.related, *getattr(entry.data, "procedures", [])])
            owned = tuple(other for other in named if other != key and frozenset((key, other)) not in pairs)
            pairs |= {frozenset((key, other)) for other in owned}
            content.pages[key, language] = replace(entry, related=owned)


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def read(self) -> StarterContent:
        content = StarterContent(self.folder)
        for path in sorted((self.folder / "pages").rglob("*.md")):
            entry = self._page(path)
            if entry is not None:
                content.pages[entry.key, entry.language] = entry
        for path in sorted((self.folder / "terms").glob("*.yaml")):
            if path.stem not in BY_CODE:
                self._say(path, None, "", f"{path.stem} is none of our languages")
            content.terms[path.stem] = self._rows(path, schema.Term)
        for name in CONCEPT_FILES:
            content.concepts[name] = self._rows(self.folder / "concepts" / f"{name}.yaml", schema.Concept)
        content.documents = self._rows(self.folder / "documents.yaml", schema.SourceDocument)
        return content

    def _say(self, path: Path, line: int | None, place: str, message: str) -> None:
        self.problems.append(Problem(path, line, place, message))

    def _text(self, path: Path) -> str | None:
        try:
            raw = path.read_bytes()
        except OSError:
            self._say(path, None, "", "cannot be read")
            return None
        try:
            return raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            self._say(path, raw.count(b"\n", 0, error.start) + 1, "", f"is not UTF-8 (byte {error.start})")
        return None

    def _yaml(self, path: Path, text: str, first_line: int) -> Any:
        """What ``text`` says, or None with a problem."""
        line: int | None = first_line
        try:
            value = yaml.load(text, Loader=StrictLoader)  # noqa: S506  it is a safe loader
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + first_line if mark else None
            message = f"is no valid YAML: {error.problem}"
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + first_line
            message = f"is no valid YAML: the character U+{ord(text[error.position]):04X} is not allowed"
        except ValueError as error:
            line, message = None, f"is no valid YAML: {error}"
        else:
            message = "holds nothing"
            if value is not None:
                return value
        self._say(path, line, "", message)
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
        parts = FRONT_MATTER.match(text)
        if parts is None:
            self._say(path, 1, "", "begins with no front matter between '---' lines")
            return None
        raw = self._yaml(path, parts[1], first_line=2)
        if raw is None:
            return None
        try:
            data = PAGE_ADAPTER.validate_python(raw)
        except ValidationError as error:
            self._explain(path, parts[1], 2, error, in_page=True)
            return None
        return PageEntry(key, language, data, parts[2].strip(), path)

    def _rows(self, path: Path, model: type[BaseModel]) -> list[Any]:
        text = self._text(path)
        raw = self._yaml(path, text, first_line=1) if text is not None else None
        if raw is None:
            return []
        try:
            return TypeAdapter(list[model]).validate_python(raw)  # type: ignore[valid-type]
        except ValidationError as error:
            self._explain(path, text or "", 1, error, in_page=False)
        return []

    def _explain(
        self, path: Path, text: str, first_line: int, error: ValidationError, *, in_page: bool
    ) -> None:
        tree = yaml.compose(text, Loader=StrictLoader)
        told = set()
        for detail in error.errors():
            location = list(detail["loc"])
            message = MESSAGES.get(detail["type"], detail["msg"].removeprefix("Value error, "))
            if detail["type"].startswith("union_tag"):
                location = ["type"]
            elif in_page:
                del location[:1]  # the page type, which pydantic puts first
            if location and location[-1] in CELL_TYPES:
                location.pop()
                message = "must be text or a number"
            place = ".".join(map(str, location))
            if (place, message) not in told:
                told.add((place, message))
                self._say(path, line_of(tree, location) + first_line, place, message)
