"""Turns validated entries into the values of model fields.

Pure data: everything that needs the database is asked through ``Lookup``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.starter_content import schema
from portal.starter_content.bodies import body_blocks
from portal.starter_content.entries import PageEntry

#: Block ids are derived from it: a file gives the same ids on every installation and in every language.
NAMESPACE = uuid.UUID("6f1c1d0e-6f57-4d5a-9b3d-9d1c7b1f4a10")


@dataclass(frozen=True)
class Lookup:
    """Primary keys by what the files say: pages by key in one language, documents by code.

    What an editor has deleted is missing, and whatever names it does without.
    """

    pages: dict[str, int]
    documents: dict[str, int]


def block_id(key: str, name: str) -> str:
    """The id of a block, from the page's key and the block's name in it."""
    return str(uuid.uuid5(NAMESPACE, f"{key}#{name}"))


class Values:
    """The field values of one page."""

    def __init__(self, entry: PageEntry, lookup: Lookup) -> None:
        self.entry = entry
        self.data = entry.data
        self.lookup = lookup

    def common(self) -> dict[str, Any]:
        """What every page has."""
        return {
            "title": self.data.title,
            "draft_title": self.data.title,
            "introduction": self.data.introduction or "",
            "as_of": self.data.as_of,
            "body": self._body(),
            "sources": self._stream(
                "sources",
                "source",
                (
                    {"document": self.lookup.documents[source.document], "where": source.where}
                    for source in self.data.sources
                    if source.document in self.lookup.documents
                ),
            ),
        }

    def special(self) -> dict[str, Any]:
        """What the page's type adds; relations to concepts are not among them."""
        make = getattr(self, f"_{self.data.type}", None)
        return make() if make is not None else {}

    def _id(self, name: str) -> str:
        return block_id(self.entry.key, name)

    def _stream(
        self, name: str, kind: str, values: Iterable[Any], keys: Iterable[str] | None = None
    ) -> list[dict[str, Any]]:
        """Blocks of one kind, with ids from their own keys or else from their place."""
        rows = list(values)
        names = list(keys) if keys is not None else [str(number) for number in range(1, len(rows) + 1)]
        return [
            {"type": kind, "value": value, "id": self._id(f"{name}:{item}")}
            for value, item in zip(rows, names, strict=True)
        ]

    def _sentences(self, name: str, sentences: Iterable[str] | None = None) -> list[dict[str, Any]]:
        return self._stream(name, "sentence", getattr(self.data, name) if sentences is None else sentences)

    def _list(self, name: str, values: Iterable[Any]) -> list[dict[str, Any]]:
        """The raw value of a list block, whose items have ids too."""
        return [
            {"type": "item", "value": value, "id": self._id(f"{name}:{number}")}
            for number, value in enumerate(values, start=1)
        ]

    def _body(self) -> list[dict[str, Any]]:
        blocks = body_blocks(self.entry.body, self._id, self.lookup.pages.get)
        if isinstance(self.data, schema.Standard):
            blocks += self._figures()
        return blocks

    def _figures(self) -> list[dict[str, Any]]:
        figures = self.data.figures
        return self._stream(
            "figures", "figure", map(self._figure, figures), (figure.key for figure in figures)
        )

    @staticmethod
    def _figure(figure: schema.Figure) -> dict[str, Any]:
        def cell(value: Any) -> str:
            return "" if value is None else " ".join(str(value).replace("|", "/").split())

        label, value = (column + 1 for column in figure.chart) if figure.chart else (None, None)
        return {
            "title": figure.title,
            "unit": figure.unit or "",
            "as_of": figure.as_of or "",
            "caveat": figure.caveat or "",
            "columns": " | ".join(cell(column) for column in figure.columns),
            "rows": "\n".join(" | ".join(cell(value) for value in row) for row in figure.rows),
            "chart_label": label,
            "chart_value": value,
            "source": "; ".join(source.where for source in figure.sources if source.where),
        }

    def _sop(self) -> dict[str, Any]:
        agencies = [
            {
                "key": agency.key,
                "name": agency.name,
                "short": agency.short,
                "country": agency.country or "",
                "role": agency.role or "",
            }
            for agency in self.data.agencies
        ]
        return {
            "purpose": self.data.purpose or "",
            "scope": self.data.scope or "",
            "all_corridors": self.data.all_corridors,
            "agencies": self._stream("agencies", "agency", agencies, (a.key for a in self.data.agencies)),
            "steps": self._stream(
                "steps", "step", map(self._step, self.data.steps), (step.key for step in self.data.steps)
            ),
            "legal_basis": self._stream(
                "legal_basis",
                "basis",
                (
                    {"page": self.lookup.pages[basis.page] if basis.page else None, "text": basis.text or ""}
                    for basis in self.data.legal_basis
                    if basis.page is None or basis.page in self.lookup.pages
                ),
            ),
            "forms": self._stream(
                "forms",
                "form",
                (
                    {"title": form.title, "note": form.note or "", "document": None}
                    for form in self.data.forms
                ),
            ),
            **{
                name: self._sentences(name)
                for name in ("child_notes", "male_notes", "known_problems", "proposed_changes")
            },
        }

    def _step(self, step: schema.Step) -> dict[str, Any]:
        name = f"steps:{step.key}"
        branches = [
            {"condition": branch.condition, "then": branch.then, "target": branch.target or ""}
            for branch in step.branches
        ]
        return {
            "key": step.key,
            "action": step.action,
            "label": step.label,
            "leads": step.leads,
            "takes_part": self._list(f"{name}:takes_part", step.takes_part),
            "place": step.place or "",
            "time_limit": step.time_limit or "",
            "usual_time": step.usual_time or "",
            "documents": self._list(f"{name}:documents", step.documents),
            "note": step.note or "",
            "child_note": step.child_note or "",
            "warning": step.warning or "",
            "branches": self._list(f"{name}:branches", branches),
        }

    def _findings(self) -> list[dict[str, Any]]:
        findings = self.data.findings
        return self._stream(
            "findings",
            "finding",
            ({"number": f.number, "title": f.title or "", "gist": f.gist} for f in findings),
            (f.number for f in findings),
        )

    def _checklist(self) -> dict[str, Any]:
        items = self.data.items
        return {
            "items": self._stream(
                "items",
                "item",
                ({"text": item.text, "guidance": item.guidance or ""} for item in items),
                (item.key for item in items),
            ),
            "child_notes": self._sentences("child_notes"),
            "male_notes": self._sentences("male_notes"),
            "findings": self._findings(),
        }

    def _agreement(self) -> dict[str, Any]:
        data = self.data
        return {
            **{
                name: getattr(data, name)
                for name in ("kind", "status", "status_as_of", "women", "men", "children")
            },
            **{
                name: getattr(data, name) or ""
                for name in ("signed", "starts", "ends", "status_note", "corridor_note")
            },
            "all_corridors": data.all_corridors,
            "parties": self._stream(
                "parties", "party", ({"country": p.country or "", "name": p.name or ""} for p in data.parties)
            ),
            "provisions": self._sentences("provisions"),
            "implementing_institutions": self._sentences("implementing_institutions"),
            "supplements_id": self.lookup.pages.get(data.supplements),
            "followed_by_id": self.lookup.pages.get(data.followed_by),
        }

    def _law(self) -> dict[str, Any]:
        data = self.data
        return {
            **{name: getattr(data, name) for name in ("kind", "year", "women", "men", "children", "gist")},
            **{name: getattr(data, name) or "" for name in ("period", "status_note", "note")},
            "ratifications": self._stream(
                "ratifications",
                "ratification",
                (
                    {
                        "country": r.country,
                        "status": r.status,
                        "note": r.note or "",
                        "year": r.year,
                        "as_of": r.as_of,
                    }
                    for r in data.ratifications
                ),
                (r.country for r in data.ratifications),
            ),
        }

    def _guidance(self) -> dict[str, Any]:
        data = self.data
        return {
            "child": data.child,
            **{name: self._sentences(name) for name in ("audience", "points", "do", "do_not")},
            "findings": self._findings(),
            "recommendations": self._stream(
                "recommendations",
                "recommendation",
                (
                    {
                        "number": r.number,
                        "heading": r.heading,
                        "gist": r.gist,
                        "who_acts": self._list(f"recommendations:{r.number}:who_acts", r.who_acts),
                    }
                    for r in data.recommendations
                ),
                (str(r.number) for r in data.recommendations),
            ),
            "referenced_documents": self._stream(
                "referenced_documents",
                "reference",
                (
                    {
                        "title": r.title,
                        "publisher": r.publisher or "",
                        "year": r.year,
                        "available_from": r.available_from or "",
                        "url": r.url or "",
                    }
                    for r in data.referenced_documents
                ),
            ),
        }

    def _case_study(self) -> dict[str, Any]:
        data = self.data
        return {
            **{
                name: getattr(data, name)
                for name in ("kind", "person_level", "sex", "age_group", "outcome", "summary")
            },
            **{name: self._sentences(name) for name in ("what_worked", "what_went_wrong", "practice_points")},
        }

    def _country(self) -> dict[str, Any]:
        return {"figures": self._figures()}

    def _home(self) -> dict[str, Any]:
        tasks = [task for task in self.data.tasks if task.page in self.lookup.pages]
        return {
            "tasks": self._stream(
                "tasks",
                "task",
                ({"label": task.label, "page": self.lookup.pages[task.page]} for task in tasks),
                (task.page for task in tasks),
            )
        }
