"""What binds those who act: agreements and laws."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from portal.starter_content.schema.parts import (
    Answer,
    CorridorCode,
    CountryCode,
    PageFile,
    PageKey,
    PartialDate,
    ServiceArea,
    Stage,
    Strict,
    Text,
    Text60,
    Text300,
    Year,
    each_once,
)


class Party(Strict):
    """A country by its code, or an organisation by its name."""

    country: CountryCode | None = None
    name: Text | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> Party:
        if (self.country is None) == (self.name is None):
            raise ValueError("give either a country or a name")
        return self


class Agreement(PageFile):
    """``status_as_of`` is the year of the source that states the status."""

    type: Literal["agreement"]
    kind: Literal["mou", "agreement", "guidelines", "plan", "sop", "declaration"]
    parties: list[Party] = Field(min_length=1)
    signed: PartialDate | None = None
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    status: Literal[
        "recommended", "in_negotiation", "signed", "in_force", "superseded", "ended", "not_stated"
    ]
    status_note: Text300 | None = None
    status_as_of: Year | None = None
    women: Answer = "not_stated"
    men: Answer = "not_stated"
    children: Answer = "not_stated"
    provisions: list[Text] = []
    implementing_institutions: list[Text] = []
    supplements: PageKey | None = None
    followed_by: PageKey | None = None
    corridors: list[CorridorCode] = []
    all_corridors: bool = False
    corridor_note: Text300 | None = None
    countries: list[CountryCode] = []
    stages: list[Stage] = []
    service_areas: list[ServiceArea] = []


class Ratification(Strict):
    """``year`` is when it was done, ``as_of`` the year of the source that says so."""

    country: CountryCode
    status: Literal["signed", "ratified", "acceded", "signed_not_ratified", "not_signed", "other"]
    note: Text | None = None
    year: Year | None = None
    as_of: Year | None = None


class Law(PageFile):
    """``country`` is empty for international instruments."""

    type: Literal["law"]
    kind: Literal[
        "treaty", "constitution", "law", "decree", "ordinance", "regulation", "decision",
        "policy", "plan", "guideline", "standard", "declaration",
    ]  # fmt: skip
    country: CountryCode | None = None
    year: Year | None = None
    period: Text60 | None = None
    status_note: Text300 | None = None
    women: Answer = "not_stated"
    men: Answer = "not_stated"
    children: Answer = "not_stated"
    gist: Text
    ratifications: Annotated[list[Ratification], each_once("country")] = []
    note: Text | None = None
