"""What a reader is told in place of a row's number: names, asked for together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.models import (
    BasePageQuerySet,
    ContentWarning,
    Corridor,
    Country,
    ExploitationForm,
    Outcome,
    Principle,
    ServiceArea,
    Stage,
    Tag,
)
from content.taxonomy import taxonomy

#: Which part of the taxonomy holds the rows of a model.
GROUPS: dict[type[models.Model], str] = {
    Country: "countries",
    Corridor: "corridors",
    Stage: "stages",
    ServiceArea: "service_areas",
    Outcome: "outcomes",
    Principle: "principles",
    ExploitationForm: "exploitation_forms",
    ContentWarning: "content_warnings",
    Tag: "tags",
}


@dataclass(frozen=True)
class Reference:
    """A row that an edition names by its primary key."""

    model: type[models.Model]
    pk: Any


class Names:
    """The names of rows as they are today. First all are wanted, then all are loaded, then they are said.

    One query for every model outside the taxonomy, two for pages, whatever their number.
    """

    def __init__(self, locale: Any) -> None:
        self.locale = locale
        self._wanted: dict[type[models.Model], set[Any]] = {}
        self._known: dict[Reference, str] = {}

    def want(self, model: type[models.Model], pk: Any) -> Reference:
        if model not in GROUPS:
            self._wanted.setdefault(model, set()).add(pk)
        return Reference(model, pk)

    def load(self) -> None:
        pages = {model: keys for model, keys in self._wanted.items() if issubclass(model, Page)}
        if pages:
            titles = self._titles(set().union(*pages.values()))
            for model, keys in pages.items():
                self._known |= {Reference(model, pk): titles[pk] for pk in keys if pk in titles}
        for model, keys in self._wanted.items():
            if model not in pages:
                rows = model._base_manager.in_bulk(list(keys))
                self._known |= {Reference(model, pk): str(row) for pk, row in rows.items()}
        self._wanted.clear()

    def _titles(self, keys: set[Any]) -> dict[Any, str]:
        """Titles of the pages that readers may see, in the language of the comparison where they exist."""
        translations = dict(Page.objects.filter(pk__in=keys).values_list("pk", "translation_key"))
        shown = BasePageQuerySet(Page).shown().filter(translation_key__in=translations.values())
        titles = dict(shown.once_each(self.locale).values_list("translation_key", "title"))
        return {pk: titles.get(key, _("A page that is not public")) for pk, key in translations.items()}

    def say(self, reference: Reference) -> str:
        """The name, or words for a row that is gone."""
        if reference.model in GROUPS:
            row = getattr(taxonomy(), GROUPS[reference.model]).by_pk.get(reference.pk)
            name = row.label if row else None
        else:
            name = self._known.get(reference)
        return name or _("An entry that no longer exists")
