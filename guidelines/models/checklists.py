"""The checklists of the ten service areas."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from content.blocks import SentencesBlock
from content.listings import Filter, ListingPage, Sorting
from content.listings.filters import SERVICE_AREA, TAG
from content.models import BasePage, Concept, Outcome, Principle, ServiceArea
from content.taxonomy import taxonomy
from editions.models import VersionedPage
from guidelines import word
from guidelines.blocks import ChecklistItemsBlock, FindingsBlock


class ChecklistPage(VersionedPage, BasePage):
    """What to see to in one of the ten service areas."""

    service_area = models.ForeignKey(
        ServiceArea, on_delete=models.PROTECT, related_name="+", verbose_name=_("service area")
    )
    items = StreamField(ChecklistItemsBlock(), blank=True, verbose_name=_("items"))
    child_notes = StreamField(SentencesBlock(), blank=True, verbose_name=_("if the person is under 18"))
    male_notes = StreamField(SentencesBlock(), blank=True, verbose_name=_("if he is a man or a boy"))
    outcomes = ParentalManyToManyField(
        Outcome, blank=True, related_name="+", verbose_name=_("outcomes served")
    )
    principles = ParentalManyToManyField(
        Principle, blank=True, related_name="+", verbose_name=_("principles")
    )
    findings = StreamField(FindingsBlock(), blank=True, verbose_name=_("findings"))

    kind_icon = "case"
    pdf_at_once = True
    pdf_has_front_matter = True
    kind_name = _("Checklist")
    text_template = "guidelines/checklist_text.html"
    word_parts = word.CHECKLIST
    word_main = "items"
    word_told = ("as_of", "service_area", "outcomes", "principles")
    word_asked = ("service_area",)
    main_panels = [
        FieldPanel("items"),
        MultiFieldPanel([FieldPanel("child_notes"), FieldPanel("male_notes")], heading=_("Notes")),
        FieldPanel("findings", classname="collapsed"),
    ]
    applies_panels = [
        FieldPanel("service_area", widget=forms.Select),
        FieldPanel("outcomes", widget=forms.CheckboxSelectMultiple),
        FieldPanel("principles", widget=forms.CheckboxSelectMultiple),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *VersionedPage.edition_translatable_fields,
        SynchronizedField("service_area", overridable=False),
    ]
    parent_page_types = ["guidelines.ServiceAreaIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")

    @cached_property
    def shown_area(self) -> Concept:
        return taxonomy().service_areas.by_pk.get(self.service_area_id) or self.service_area

    @property
    def number_of_areas(self) -> int:
        return len(taxonomy().service_areas)

    @cached_property
    def shown_outcomes(self) -> list[Concept]:
        return taxonomy().outcomes.of(self.outcomes)

    @cached_property
    def shown_principles(self) -> list[Concept]:
        return taxonomy().principles.of(self.principles)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["next_checklist"] = (
            ChecklistPage.objects.listed()
            .filter(locale=self.locale, service_area__position__gt=self.shown_area.position)
            .order_by("service_area__position")
            .first()
        )
        return context


class ServiceAreaIndexPage(ListingPage):
    """The ten service areas; each one is its checklist."""

    listed_model = ChecklistPage
    filters: tuple[Filter, ...] = (
        Filter(SERVICE_AREA.parameter, SERVICE_AREA.label, "service_area__code", SERVICE_AREA.choices),
        TAG,
    )
    sorting = Sorting(_("by number"), ("service_area__position", "pk"))
    listing_template = "guidelines/service_area_index_page.html"
    subpage_types = ["guidelines.ChecklistPage"]

    class Meta:
        verbose_name = _("list of checklists")
        verbose_name_plural = _("lists of checklists")
