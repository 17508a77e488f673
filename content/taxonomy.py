"""All concepts, countries, corridors and tags, kept in memory for a minute.

Every page and every listing names dozens of them. Loaded one by one they would cost a listing more
queries than all else; together they cost seven, once a minute and process. A change is seen at once
in the process that made it and within ``SECONDS`` in the others, which is soon enough for words.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save

from content.models.concepts import (
    Concept,
    ConceptWords,
    ContentWarning,
    ExploitationForm,
    Outcome,
    Principle,
    ServiceArea,
    Stage,
)
from content.models.places import Corridor, Country, CountryWords
from content.models.tags import Tag, TagWords

SECONDS = 60
Row = TypeVar("Row", bound=Model)


@dataclass
class Group(Generic[Row]):
    """Rows of one kind in their stated order, found by code or by primary key."""

    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_code: dict[str, Row] = {row.code: row for row in self.rows}  # type: ignore[attr-defined]
        self.by_pk: dict[Any, Row] = {row.pk: row for row in self.rows}

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, code: str) -> Row | None:
        return self.by_code.get(code)

    def of(self, relation: Any) -> list[Row]:
        """The rows of a page's relation, in the stated order: one query; of a page being edited, from its form."""
        rows = relation.all()
        if isinstance(rows, QuerySet):
            return self.among(rows.order_by().values_list("pk", flat=True))
        return self.among(row.pk for row in rows)

    def among(self, keys: Iterable[Any]) -> list[Row]:
        """The rows with these primary keys, in the stated order."""
        wanted = set(keys)
        return [row for row in self.rows if row.pk in wanted]


class Taxonomy:
    """One loading of everything."""

    def __init__(self) -> None:
        concepts = list(Concept.objects.prefetch_related("words"))
        self.service_areas = self._kind(concepts, ServiceArea)
        self.stages = self._kind(concepts, Stage)
        self.outcomes = self._kind(concepts, Outcome)
        self.principles = self._kind(concepts, Principle)
        self.exploitation_forms = self._kind(concepts, ExploitationForm)
        self.content_warnings = self._kind(concepts, ContentWarning)
        self.countries: Group[Country] = Group(list(Country.objects.all()))
        corridors = list(Corridor.objects.select_related(None).prefetch_related(None))
        # One made between the two queries may name a country that was not there yet.
        known = self.countries.by_pk
        corridors = [c for c in corridors if c.destination_id in known and c.origin_id in known]
        for corridor in corridors:
            corridor.destination = self.countries.by_pk[corridor.destination_id]
            corridor.origin = self.countries.by_pk[corridor.origin_id]
        corridors.sort(key=lambda corridor: (corridor.destination.position, corridor.origin.position))
        self.corridors: Group[Corridor] = Group(corridors)
        self.tags: Group[Tag] = Group(list(Tag.objects.prefetch_related("words")))
        self.expires = time.monotonic() + SECONDS

    @staticmethod
    def _kind(concepts: list[Concept], proxy: type[Concept]) -> Group[Concept]:
        """The concepts of one kind, as instances of its proxy, which relations to that kind ask for."""
        rows = [concept for concept in concepts if concept.kind == proxy.of_kind]
        for row in rows:
            row.__class__ = (
                proxy  # a proxy has the same columns; asking kind by kind would be ten more queries
            )
        return Group(rows)

    @property
    def member_countries(self) -> list[Country]:
        return [country for country in self.countries if country.is_member]


_lock = threading.Lock()
_current: Taxonomy | None = None


def taxonomy() -> Taxonomy:
    """The taxonomy, at most a minute old."""
    global _current
    current = _current
    if current is None or current.expires < time.monotonic():
        loaded = Taxonomy()
        with _lock:
            _current = current = loaded
    return current


def forget_taxonomy() -> None:
    """Load it anew when it is next asked for."""
    global _current
    with _lock:
        _current = None


def _forget_what_changed(**kwargs: Any) -> None:
    """At once, and again after the commit: in between, another thread may have loaded the rows of before."""
    forget_taxonomy()
    transaction.on_commit(forget_taxonomy)


PROXIES = (ContentWarning, ExploitationForm, Outcome, Principle, ServiceArea, Stage)
for _model in (Concept, *PROXIES, ConceptWords, Country, CountryWords, Corridor, Tag, TagWords):
    post_save.connect(_forget_what_changed, sender=_model, dispatch_uid=f"taxonomy-save-{_model.__name__}")
    post_delete.connect(
        _forget_what_changed, sender=_model, dispatch_uid=f"taxonomy-delete-{_model.__name__}"
    )
