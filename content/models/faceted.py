"""Pages that apply somewhere: to countries, corridors, stages and service areas."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel

from content.models.concepts import Concept, ServiceArea, Stage
from content.models.pages import BasePage
from content.models.places import Corridor, Country
from content.taxonomy import taxonomy


class FacetedPage(BasePage):
    """A page that listings filter and that country and corridor pages gather.

    The facets are the same rows in every language. They are read as codes and looked up in the
    taxonomy, so that a page with many costs no more queries than a page with few.
    """

    countries = ParentalManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries"))
    corridors = ParentalManyToManyField(Corridor, blank=True, related_name="+", verbose_name=_("corridors"))
    all_corridors = models.BooleanField(
        _("all corridors of the region"),
        default=False,
        help_text=_("Applies between all six countries, in every direction."),
    )
    stages = ParentalManyToManyField(Stage, blank=True, related_name="+", verbose_name=_("stages"))
    service_areas = ParentalManyToManyField(
        ServiceArea, blank=True, related_name="+", verbose_name=_("service areas")
    )

    applies_panels: list[Any] = [
        FieldPanel("countries", widget=forms.CheckboxSelectMultiple),
        FieldPanel(
            "corridors",
            widget=forms.CheckboxSelectMultiple,
            help_text=_("From where people are found to where they go home."),
        ),
        FieldPanel("all_corridors"),
        FieldPanel("stages", widget=forms.CheckboxSelectMultiple),
        FieldPanel("service_areas", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        abstract = True

    #: The choices that are read together; subclasses add their own.
    facet_names: tuple[str, ...] = ("countries", "corridors", "stages", "service_areas")

    @cached_property
    def facet_keys(self) -> dict[str, list[int]]:
        """The primary keys of all facets with one query; while a page is being edited, from its form."""
        keys: dict[str, list[int]] = {name: [] for name in self.facet_names}
        stored = []
        for name in self.facet_names:
            rows = getattr(self, name).all()
            if isinstance(rows, models.QuerySet):
                rows = rows.order_by().select_related(None).prefetch_related(None)
                facet = models.Value(name, output_field=models.CharField())
                stored.append(rows.annotate(facet=facet).values_list("facet", "pk"))
            else:
                keys[name] = [row.pk for row in rows]
        if stored:
            for name, key in stored[0].union(*stored[1:], all=True):
                keys[name].append(key)
        return keys

    @cached_property
    def shown_countries(self) -> list[Country]:
        return taxonomy().countries.among(self.facet_keys["countries"])

    @cached_property
    def shown_corridors(self) -> list[Corridor]:
        return taxonomy().corridors.among(self.facet_keys["corridors"])

    @cached_property
    def shown_stages(self) -> list[Concept]:
        return taxonomy().stages.among(self.facet_keys["stages"])

    @cached_property
    def shown_service_areas(self) -> list[Concept]:
        return taxonomy().service_areas.among(self.facet_keys["service_areas"])
