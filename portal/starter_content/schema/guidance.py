"""What people act on: procedures, checklists and practice guidance."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from portal.starter_content.schema.parts import (
    CorridorCode,
    CountryCode,
    Finding,
    ItemKey,
    PageFile,
    PageKey,
    ServiceArea,
    Stage,
    Strict,
    Text,
    Year,
    each_once,
)


class Agency(Strict):
    """One who acts. ``short`` is what fits into a lane of the step diagram, at most about 24 letters."""

    key: ItemKey
    name: Text
    short: Text
    country: CountryCode | None = None
    role: Text | None = None


class Branch(Strict):
    """If ``condition`` ("family assessment negative"), then ``then``; ``target`` is a step's key."""

    condition: Text
    then: Text
    target: ItemKey | None = None


class Step(Strict):
    """One step. ``label`` is two or three words for the diagram; ``leads`` and ``takes_part`` agency keys."""

    key: ItemKey
    action: Text
    label: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]
    leads: ItemKey
    takes_part: list[ItemKey] = []
    place: Text | None = None
    time_limit: Text | None = None
    usual_time: Text | None = None
    documents: list[Text] = []
    note: Text | None = None
    child_note: Text | None = None
    warning: Text | None = None
    branches: list[Branch] = []


class LegalBasis(Strict):
    """A page of this site (agreement or law), or words where there is none."""

    page: PageKey | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> LegalBasis:
        if (self.page is None) == (self.text is None):
            raise ValueError("give either a page or a text")
        return self


class Form(Strict):
    title: Text
    note: Text | None = None


class SOP(PageFile):
    type: Literal["sop"]
    purpose: Text | None = None
    scope: Text | None = None
    legal_basis: list[LegalBasis] = []
    agencies: Annotated[list[Agency], Field(min_length=1), each_once("key")]
    corridors: list[CorridorCode] = []
    all_corridors: bool = False
    countries: list[CountryCode] = []
    stage: Stage
    stages: list[Stage] = []
    service_areas: list[ServiceArea] = []
    steps: Annotated[list[Step], Field(min_length=1), each_once("key")]
    forms: list[Form] = []
    known_problems: list[Text] = []
    child_notes: list[Text] = []
    male_notes: list[Text] = []
    proposed_changes: list[Text] = []

    @field_validator("steps")
    @classmethod
    def actors_and_targets_exist(cls, value: list[Step], info: ValidationInfo) -> list[Step]:
        keys = [step.key for step in value]
        agencies = {agency.key for agency in info.data["agencies"]} if "agencies" in info.data else None
        for step in value:
            for actor in [step.leads, *step.takes_part]:
                if agencies is not None and actor not in agencies:
                    raise ValueError(f"step {step.key}: no agency has the key {actor!r}")
            for branch in step.branches:
                if branch.target is not None and branch.target not in keys:
                    raise ValueError(f"step {step.key}: no step has the key {branch.target!r}")
        return value


class ChecklistItem(Strict):
    key: ItemKey
    text: Text
    guidance: Text | None = None


class Checklist(PageFile):
    type: Literal["checklist"]
    service_area: ServiceArea
    items: Annotated[list[ChecklistItem], Field(min_length=1), each_once("key")]
    child_notes: list[Text] = []
    male_notes: list[Text] = []
    outcomes: list[ItemKey] = []
    principles: list[ItemKey] = []
    findings: Annotated[list[Finding], each_once("number")] = []
    procedures: list[PageKey] = []


class Reference(Strict):
    title: Text
    publisher: Text | None = None
    year: Year | None = None
    available_from: Text | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://")] | None = None


class Recommendation(Strict):
    """One of the 21 recommended actions of *The Long Road Home*."""

    number: Annotated[int, Field(ge=1, le=21)]
    heading: Text
    gist: Text
    who_acts: list[Text] = []


class Guidance(PageFile):
    type: Literal["guidance"]
    audience: list[Text] = []
    child: bool = False
    points: list[Text] = []
    do: list[Text] = []
    do_not: list[Text] = []
    referenced_documents: list[Reference] = []
    findings: Annotated[list[Finding], each_once("number")] = []
    recommendations: Annotated[list[Recommendation], each_once("number")] = []
    countries: list[CountryCode] = []
    stages: list[Stage] = []
    service_areas: list[ServiceArea] = []
