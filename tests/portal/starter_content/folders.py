"""A small, complete folder of starter content, made to be changed and broken."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from django.core.management import call_command

COUNTRIES = {"KH": "Cambodia", "TH": "Thailand"}
SECTIONS = ("procedures", "service-areas", "agreements", "laws", "guidance")

PROCEDURE: dict[str, Any] = {
    "type": "sop",
    "title": "Return from Thailand to Cambodia",
    "as_of": 2007,
    "facts": ["procedures#th-kh"],
    "sources": [{"document": "report", "where": "Chapter 2"}],
    "tags": ["children"],
    "related": ["guidance/family-tracing"],
    "corridors": ["TH-KH"],
    "countries": ["TH", "KH"],
    "stage": "return",
    "legal_basis": [{"page": "agreements/mou"}],
    "agencies": [
        {"key": "shelter", "name": "Shelter staff", "short": "Shelter", "country": "TH"},
        {"key": "office", "name": "Social affairs office", "short": "Office", "country": "KH"},
    ],
    "steps": [
        {"key": "trace", "action": "Find the family.", "label": "Trace family", "leads": "office"},
        {
            "key": "travel",
            "action": "Travel home together.",
            "label": "Travel",
            "leads": "shelter",
            "takes_part": ["office"],
            "branches": [{"condition": "family not found", "then": "search again", "target": "trace"}],
        },
    ],
}
CHECKLIST: dict[str, Any] = {
    "type": "checklist",
    "title": "Medical assistance",
    "facts": ["service_areas#2"],
    "sources": [{"document": "report"}],
    "tags": ["children"],
    "service_area": 2,
    "items": [
        {"key": "treat", "text": "Arrange treatment."},
        {"key": "consent", "text": "Ask first.", "guidance": "Explain in plain words."},
    ],
    "outcomes": ["health"],
    "principles": ["voluntary"],
    "procedures": ["procedures/th-kh"],
}
CHECKLIST_KM: dict[str, Any] = {
    "type": "checklist",
    "title": "ជំនួយវេជ្ជសាស្ត្រ",
    "facts": ["service_areas#2"],
    "service_area": 2,
    "items": [
        {"key": "treat", "text": "រៀបចំការព្យាបាល។"},
        {"key": "consent", "text": "សួរជាមុនសិន។", "guidance": "ពន្យល់ដោយពាក្យសាមញ្ញ។"},
    ],
    "outcomes": ["health"],
    "principles": ["voluntary"],
}
AGREEMENT: dict[str, Any] = {
    "type": "agreement",
    "title": "Memorandum of 2003",
    "sources": [{"document": "report"}],
    "kind": "mou",
    "status": "signed",
    "parties": [{"country": "TH"}, {"country": "KH"}],
}
LAW: dict[str, Any] = {
    "type": "law",
    "title": "Law on Protection",
    "sources": [{"document": "report"}],
    "kind": "law",
    "country": "KH",
    "gist": "Protects people.",
}
GUIDANCE: dict[str, Any] = {
    "type": "guidance",
    "title": "Family tracing",
    "sources": [{"document": "report"}],
    "related": ["procedures/th-kh"],
    "points": ["Ask the person first."],
}
GUIDANCE_BODY = """
A paragraph about [the agreement](page:agreements/mou).

## How it is done

- One thing
- **Another** thing
"""


class StarterFolder:
    """Files below ``path``; ``page`` and ``rows`` write them from plain values, ``text`` as they are."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def text(self, name: str, content: str) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        return file

    def rows(self, name: str, rows: list[dict[str, Any]]) -> Path:
        return self.text(name, dumped(rows))

    def page(self, name: str, data: dict[str, Any], body: str = "", **changes: Any) -> Path:
        """``changes`` replace fields of ``data``; None takes one out."""
        fields = {key: value for key, value in {**data, **changes}.items() if value is not None}
        return self.text(f"pages/{name}.md", f"---\n{dumped(fields)}---\n{body}")

    def load(self, *arguments: str) -> str:
        """Runs the command; gives what it said."""
        said = StringIO()
        call_command(
            "load_starter_content", *arguments, folder=self.path, stdout=said, stderr=StringIO(), verbosity=1
        )
        return said.getvalue()


def dumped(value: Any) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True)


def concept(code: str, name: str, **words: str) -> dict[str, Any]:
    languages = {"en": name, **words}
    return {
        "code": code,
        "slug": name.lower().replace(" ", "-"),
        "words": {language: {"name": word} for language, word in languages.items()},
    }


def make_folder(path: Path) -> StarterFolder:
    """Every concept that the pages name, five pages in English, three in Khmer, two terms."""
    folder = StarterFolder(path)
    folder.rows("documents.yaml", [{"code": "report", "title": "A Report", "year": 2007}])
    concepts = {
        "countries": [concept(code, name) for code, name in COUNTRIES.items()],
        "service-areas": [concept("1", "Housing"), concept("2", "Medical assistance", km="ជំនួយវេជ្ជសាស្ត្រ")],
        "stages": [concept("return", "Return")],
        "outcomes": [concept("health", "Health")],
        "principles": [concept("voluntary", "Help is offered")],
        "exploitation-forms": [concept("labour", "Forced labour")],
        "content-warnings": [concept("violence", "Violence")],
        "tags": [concept("children", "Children")],
    }
    for name, rows in concepts.items():
        folder.rows(f"concepts/{name}.yaml", rows)
    source = [{"document": "report", "where": "Annex 1"}]
    folder.rows(
        "terms/en.yaml",
        [
            {"key": "return", "term": "return", "definition": "Going home.", "sources": source},
            {"key": "consent", "term": "consent", "synonyms": ["agreement"], "definition": "Saying yes."},
        ],
    )
    folder.rows("terms/km.yaml", [{"key": "return", "term": "ការវិលត្រឡប់", "definition": "ការទៅផ្ទះវិញ។"}])
    folder.page("en/home", {"type": "home", "title": "Home"}, tasks=[TASK])
    folder.page("km/home", {"type": "home", "title": "ទំព័រដើម"})
    for name in SECTIONS:
        folder.page(f"en/{name}", {"type": "section", "title": name.capitalize(), "lists": name})
    folder.page("km/service-areas", {"type": "section", "title": "វិស័យសេវា", "lists": "service-areas"})
    folder.page("en/procedures/th-kh", PROCEDURE)
    folder.page("en/service-areas/medical-assistance", CHECKLIST)
    folder.page("km/service-areas/medical-assistance", CHECKLIST_KM)
    folder.page("en/agreements/mou", AGREEMENT)
    folder.page("en/laws/protection", LAW)
    folder.page("en/guidance/family-tracing", GUIDANCE, GUIDANCE_BODY)
    return folder


TASK = {"label": "trace a family", "page": "guidance/family-tracing"}
#: Pages that ``make_folder`` writes.
PAGES = 14
#: Rows that it writes: a document, ten concepts and countries, three terms.
ROWS = 14
