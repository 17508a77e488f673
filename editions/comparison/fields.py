"""Which fields of a page are its text, in which order and under which heading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.text import capfirst
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField

from editions.content import BOOKKEEPING


@dataclass(frozen=True)
class ComparedField:
    """``name`` is its key in an edition's content; ``field`` is None for rows that belong to the page."""

    name: str
    heading: Any
    field: Any
    #: For rows that belong to the page, the model of the rows.
    child_model: type[models.Model] | None = None

    @property
    def is_stream(self) -> bool:
        return isinstance(self.field, StreamField)


@dataclass(frozen=True)
class FieldGroup:
    """The fields of one tab of the editor."""

    heading: Any
    fields: tuple[ComparedField, ...]


@lru_cache(maxsize=64)
def compared_fields(page_class: Any) -> tuple[FieldGroup, ...]:
    """What editors can write, in the order in which they see it: what has no panel, nobody has changed."""
    groups = []
    for tab in page_class.edit_handler.children:
        found = tuple(field for panel in _leaves(tab) for field in _of_panel(page_class, panel))
        if found:
            groups.append(FieldGroup(tab.heading, found))
    return tuple(groups)


def _leaves(panel: Any) -> list[Any]:
    if isinstance(panel, FieldPanel | InlinePanel):
        return [panel]
    return [leaf for child in getattr(panel, "children", []) for leaf in _leaves(child)]


def _of_panel(page_class: type[Any], panel: Any) -> list[ComparedField]:
    if isinstance(panel, InlinePanel):
        relation = page_class._meta.get_field(panel.relation_name)
        heading = panel.heading or capfirst(relation.related_model._meta.verbose_name_plural)
        return [ComparedField(panel.relation_name, heading, None, relation.related_model)]
    if panel.field_name in BOOKKEEPING:
        return []
    field = page_class._meta.get_field(panel.field_name)
    heading = panel.heading or capfirst(field.verbose_name)
    if isinstance(field, ClusterTaggableManager):
        name = field.through._meta.get_field("content_object").remote_field.related_name
        return [ComparedField(name, heading, None, field.through)]
    return [ComparedField(panel.field_name, heading, field)]
