"""Standard operating procedures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from content.blocks import SentencesBlock
from content.listings import Filter, ListingPage, Sorting
from content.listings.filters import CORRIDOR, COUNTRY, SERVICE_AREA, STAGE, TAG
from content.models import BasePageQuerySet, Concept, Country, FacetedPage, Stage
from content.running_numbers import running_number
from content.taxonomy import taxonomy
from editions.models import VersionedPage
from guidelines import word
from guidelines.blocks import AgenciesBlock, FormsBlock, LegalBasisListBlock, StepsBlock
from guidelines.diagram import Diagram, DiagramStep, Lane, draw


@dataclass(frozen=True)
class ShownStep:
    """A step as a page shows it: numbered, with the name of who leads and the short names of the others."""

    anchor: str
    number: int
    value: Any
    leads: str
    takes_part: list[str]
    branches: list[ShownBranch]


@dataclass(frozen=True)
class ShownBranch:
    condition: str
    then: str
    #: The step to go on at, None where the branch leads out of the procedure.
    number: int | None
    anchor: str


class SOPPage(VersionedPage, FacetedPage):
    """Ordered steps: who does what, where, until when, with which papers."""

    purpose = models.TextField(_("purpose"), blank=True, help_text=_("Why this procedure exists."))
    scope = models.TextField(_("scope"), blank=True, help_text=_("Whom and what it covers."))
    stage = models.ForeignKey(
        Stage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main stage"),
    )
    agencies = StreamField(AgenciesBlock(), blank=True, verbose_name=_("responsible agencies"))
    steps = StreamField(StepsBlock(), blank=True, verbose_name=_("steps"))
    legal_basis = StreamField(LegalBasisListBlock(), blank=True, verbose_name=_("legal basis"))
    forms = StreamField(FormsBlock(), blank=True, verbose_name=_("forms and annexes"))
    child_notes = StreamField(SentencesBlock(), blank=True, verbose_name=_("if the person is under 18"))
    male_notes = StreamField(SentencesBlock(), blank=True, verbose_name=_("men and boys"))
    known_problems = StreamField(SentencesBlock(), blank=True, verbose_name=_("known problems"))
    proposed_changes = StreamField(SentencesBlock(), blank=True, verbose_name=_("proposed changes"))

    key_names = {
        "steps.leads": ("agencies", "name"),
        "steps.takes_part": ("agencies", "short"),
        "steps.branches.target": ("steps", "label"),
    }
    kind_icon = "route"
    kind_name = _("Standard operating procedure")
    pdf_has_front_matter = True
    text_template = "guidelines/sop_text.html"
    word_parts = word.SOP
    word_main = "steps"
    word_told = ("as_of", "stage", *FacetedPage.facet_names, "all_corridors")
    main_panels = [
        FieldPanel("purpose"),
        FieldPanel("scope"),
        FieldPanel("agencies"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [FieldPanel("child_notes"), FieldPanel("male_notes")], heading=_("Notes"), classname="collapsed"
        ),
        FieldPanel("known_problems", classname="collapsed"),
        FieldPanel("proposed_changes", classname="collapsed"),
        FieldPanel("forms", classname="collapsed"),
        FieldPanel("legal_basis"),
    ]
    applies_panels = [FieldPanel("stage", widget=Select), *FacetedPage.applies_panels]
    override_translatable_fields = [
        *FacetedPage.override_translatable_fields,
        *VersionedPage.edition_translatable_fields,
        SynchronizedField("stage", overridable=False),
    ]
    parent_page_types = ["guidelines.ProcedureIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("standard operating procedure")
        verbose_name_plural = _("standard operating procedures")

    def clean(self) -> None:
        super().clean()
        self._check_keys()
        self._check_actors()

    def _check_keys(self) -> None:
        """A key names one agency, and one step: what refers to it must not mean two."""
        errors = {}
        for name in ("agencies", "steps"):
            seen: set[str] = set()
            repeated = {}
            for index, block in enumerate(getattr(self, name)):
                if block.value["key"] in seen:
                    message = _("The key %(key)s is used twice.") % {"key": block.value["key"]}
                    repeated[index] = StructBlockValidationError(
                        block_errors={"key": ValidationError(message)}
                    )
                seen.add(block.value["key"])
            if repeated:
                errors[name] = StreamBlockValidationError(block_errors=repeated)
        if errors:
            raise ValidationError(errors)

    def _check_actors(self) -> None:
        """Every actor of a step is an agency of this page, every branch leads to a step of it."""
        agencies = {block.value["key"] for block in self.agencies}
        steps = {block.value["key"] for block in self.steps}
        errors: dict[int, ValidationError] = {}
        for index, block in enumerate(self.steps):
            wrong: dict[str, ValidationError] = {}
            if block.value["leads"] not in agencies:
                wrong["leads"] = ValidationError(
                    _("No agency of this page has this key. Its keys are: %(keys)s.")
                    % {"keys": ", ".join(sorted(agencies))}
                )
            unknown = [key for key in block.value["takes_part"] if key not in agencies]
            if unknown:
                wrong["takes_part"] = ValidationError(
                    _("No agency of this page has the key %(key)s.") % {"key": unknown[0]}
                )
            lost = [b["target"] for b in block.value["branches"] if b["target"] and b["target"] not in steps]
            if lost:
                wrong["branches"] = ValidationError(
                    _("No step of this page has the key %(key)s.") % {"key": lost[0]}
                )
            if wrong:
                errors[index] = StructBlockValidationError(block_errors=wrong)
        if errors:
            raise ValidationError({"steps": StreamBlockValidationError(block_errors=errors)})

    @cached_property
    def agency_by_key(self) -> dict[str, Any]:
        return {block.value["key"]: block.value for block in self.agencies}

    def _agency(self, key: str, name: str) -> str:
        """The ``name`` or the ``short`` name of an agency; its key where the page has no such agency."""
        agency = self.agency_by_key.get(key)
        return agency[name] if agency else key

    @cached_property
    def shown_steps(self) -> list[ShownStep]:
        numbers = {block.value["key"]: (number, block.id) for number, block in enumerate(self.steps, start=1)}
        return [
            ShownStep(
                anchor=f"step-{block.id}",
                number=number,
                value=block.value,
                leads=self._agency(block.value["leads"], "name"),
                takes_part=[self._agency(key, "short") for key in block.value["takes_part"]],
                branches=[
                    ShownBranch(
                        condition=branch["condition"],
                        then=branch["then"],
                        number=numbers[branch["target"]][0] if branch["target"] in numbers else None,
                        anchor=f"step-{numbers[branch['target']][1]}" if branch["target"] in numbers else "",
                    )
                    for branch in block.value["branches"]
                ],
            )
            for number, block in enumerate(self.steps, start=1)
        ]

    @cached_property
    def shown_agencies(self) -> list[tuple[Country | None, Any]]:
        """Each agency with its country, None where it belongs to none or to several."""
        countries = taxonomy().countries
        return [(countries.get(block.value["country"] or ""), block.value) for block in self.agencies]

    @cached_property
    def shown_legal_basis(self) -> list[tuple[str, Page | None]]:
        """Words and pages in the stated order, the pages in the reader's language if they exist: one query.

        A page that readers may not see stands by its words, or not at all. The stream is read raw, because
        it would fetch the pages once more.
        """
        stated = [block["value"] for block in self.legal_basis.raw_data]
        chosen = {value["page"] for value in stated if value.get("page")}
        found: dict[int, Page] = {}
        if chosen:
            keys = dict(Page.objects.filter(pk__in=chosen).values_list("pk", "translation_key"))
            shown = BasePageQuerySet(Page).shown().filter(translation_key__in=keys.values())
            versions = shown.once_each(self.locale).select_related("locale")
            by_key = {page.translation_key: page for page in versions}
            found = {pk: by_key[key] for pk, key in keys.items() if key in by_key}
        shown_basis = [(value.get("text") or "", found.get(value.get("page"))) for value in stated]
        return [(text, page) for text, page in shown_basis if text or page]

    @cached_property
    def diagram(self) -> Diagram | None:
        """The steps by actor; None for a page without steps."""
        if not self.steps:
            return None
        countries = taxonomy().countries.by_code
        lanes = []
        for block in self.agencies:
            country = countries.get(block.value["country"] or "")
            lanes.append(
                Lane(
                    key=block.value["key"],
                    label=block.value["short"],
                    country=country.label if country else "",
                )
            )
        steps = [
            DiagramStep(
                anchor=shown.anchor,
                number=running_number(shown.number, self.language),
                label=shown.value["label"],
                leads=shown.value["leads"],
                takes_part=tuple(shown.value["takes_part"]),
                usual_time=shown.value["usual_time"] or "",
            )
            for shown in self.shown_steps
        ]
        ends = self.shown_corridors[0] if len(self.shown_corridors) == 1 else None
        return draw(
            lanes,
            steps,
            self.language,
            destination=ends.destination.label if ends else "",
            origin=ends.origin.label if ends else "",
        )

    @cached_property
    def main_stage(self) -> Concept | None:
        return taxonomy().stages.by_pk.get(self.stage_id)


class ProcedureIndexPage(ListingPage):
    """All procedures."""

    listed_model = SOPPage
    filters: tuple[Filter, ...] = (COUNTRY, CORRIDOR, STAGE, SERVICE_AREA, TAG)
    sorting = Sorting(_("by title"))
    card_template = "guidelines/procedure_card.html"
    subpage_types = ["guidelines.SOPPage"]

    class Meta:
        verbose_name = _("list of procedures")
        verbose_name_plural = _("lists of procedures")
