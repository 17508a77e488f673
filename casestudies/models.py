"""Anonymised case studies, practices and lessons."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from casestudies.choices import AgeGroup, Kind, Outcome, Sex
from content.blocks import SentencesBlock
from content.listings import Filter, ListingPage, Sorting
from content.listings.filters import CORRIDOR, COUNTRY, SERVICE_AREA, STAGE, TAG, from_choices
from content.models import (
    Concept,
    ContentWarning,
    Country,
    ExploitationForm,
    FacetedPage,
    SourceDocument,
)
from content.taxonomy import taxonomy


class CaseStudyPage(FacetedPage):
    """What happened to one person or group, or what a practice taught, told so that nobody can be found.

    Facets are generalised: an empty one is not known or not said, because with the others it would
    single a person out. ``person_level`` is true where the text is about one person; only those count
    towards the smallest group. ``countries`` holds the countries a reader may filter by: origins, and
    destinations where they are said.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    person_level = models.BooleanField(_("about one person"), default=True)
    origins = ParentalManyToManyField(Country, blank=True, related_name="+", verbose_name=_("from"))
    destinations = ParentalManyToManyField(
        Country, blank=True, related_name="+", verbose_name=_("exploited in")
    )
    exploitation = ParentalManyToManyField(
        ExploitationForm, blank=True, related_name="+", verbose_name=_("forms of exploitation")
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.NOT_STATED)
    age_group = models.CharField(
        _("age group"), max_length=10, choices=AgeGroup.choices, default=AgeGroup.NOT_STATED
    )
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.NOT_STATED
    )
    summary = models.TextField(
        _("summary"), help_text=_("No names, exact ages, dates, villages or rare circumstances.")
    )
    what_worked = StreamField(SentencesBlock(), blank=True, verbose_name=_("what worked"))
    what_went_wrong = StreamField(SentencesBlock(), blank=True, verbose_name=_("what went wrong"))
    practice_points = StreamField(SentencesBlock(), blank=True, verbose_name=_("practice points"))
    content_warnings = ParentalManyToManyField(
        ContentWarning, blank=True, related_name="+", verbose_name=_("content warnings")
    )

    facet_names = (*FacetedPage.facet_names, "origins", "destinations", "exploitation", "content_warnings")

    kind_icon = "file"
    kind_name = _("Case study")
    main_panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("person_level")]),
        FieldPanel("content_warnings", widget=forms.CheckboxSelectMultiple),
        FieldPanel("summary"),
        FieldPanel("what_worked"),
        FieldPanel("what_went_wrong"),
        FieldPanel("practice_points"),
    ]
    applies_panels = [
        FieldRowPanel([FieldPanel("sex"), FieldPanel("age_group"), FieldPanel("outcome")]),
        FieldPanel("exploitation", widget=forms.CheckboxSelectMultiple),
        FieldPanel("origins", widget=forms.CheckboxSelectMultiple),
        FieldPanel("destinations", widget=forms.CheckboxSelectMultiple),
        *FacetedPage.applies_panels,
    ]
    override_translatable_fields = [
        *FacetedPage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("kind", "person_level", "sex", "age_group", "outcome")
        ),
        TranslatableField("summary"),
    ]
    parent_page_types = ["casestudies.CaseStudyIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    @cached_property
    def shown_origins(self) -> list[Country]:
        return taxonomy().countries.among(self.facet_keys["origins"])

    @cached_property
    def shown_destinations(self) -> list[Country]:
        return taxonomy().countries.among(self.facet_keys["destinations"])

    @cached_property
    def shown_exploitation(self) -> list[Concept]:
        return taxonomy().exploitation_forms.among(self.facet_keys["exploitation"])

    @cached_property
    def shown_warnings(self) -> list[Concept]:
        return taxonomy().content_warnings.among(self.facet_keys["content_warnings"])

    @property
    def story_is_behind_a_control(self) -> bool:
        """What happened to a person is read on purpose; so is anything that a warning stands before."""
        return self.person_level or bool(self.shown_warnings)

    @property
    def has_facets(self) -> bool:
        """Whether any facet but the service areas may be shown."""
        stated = (self.sex, self.age_group, self.outcome)
        return bool(
            self.shown_origins
            or self.shown_destinations
            or self.shown_exploitation
            or any(answer != "not_stated" for answer in stated)
        )

    @cached_property
    def shown_documents(self) -> list[SourceDocument]:
        """The documents of the sources, each once. The places in them stay with the editors."""
        documents = [block.value["document"] for block in self.sources]
        return list(dict.fromkeys(document for document in documents if document))


def _exploitation_choices() -> list[tuple[str, Any, str]]:
    return [(row.code, row.label, row.lang) for row in taxonomy().exploitation_forms]


class CaseStudyIndexPage(ListingPage):
    """All case studies, practices and lessons."""

    listed_model = CaseStudyPage
    filters: tuple[Filter, ...] = (
        Filter("kind", _("Kind"), "kind", from_choices(Kind)),
        COUNTRY,
        CORRIDOR,
        STAGE,
        SERVICE_AREA,
        Filter("exploitation", _("Form of exploitation"), "exploitation__code", _exploitation_choices),
        TAG,
    )
    sorting = Sorting(_("by title"))
    card_template = "casestudies/case_study_card.html"
    subpage_types = ["casestudies.CaseStudyPage"]

    class Meta:
        verbose_name = _("list of case studies")
        verbose_name_plural = _("lists of case studies")
