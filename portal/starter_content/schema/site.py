"""Case studies, countries, and pages about the site itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from portal.starter_content.schema.parts import (
    CountryCode,
    ItemKey,
    PageFile,
    PageKey,
    ServiceArea,
    Source,
    Strict,
    Text,
    each_once,
)


class CaseStudy(PageFile):
    """Facets are generalised until at least five people share them; an empty facet is not shown.

    ``person_level`` is true where the record is about one person, false for practices and lessons.
    """

    type: Literal["case_study"]
    kind: Literal["case_study", "good_practice", "promising_practice", "lesson_learned", "testimony"]
    person_level: bool
    origin: list[CountryCode] = []
    destination: list[CountryCode] = []
    exploitation: list[ItemKey] = []
    sex: Literal["female", "male", "group", "not_stated"] = "not_stated"
    age_group: Literal["adult", "child", "not_stated"] = "not_stated"
    service_areas: list[ServiceArea] = []
    outcome: Literal["positive", "mixed", "negative", "not_stated"] = "not_stated"
    summary: Text
    what_worked: list[Text] = []
    what_went_wrong: list[Text] = []
    practice_points: list[Text] = []
    content_warnings: list[ItemKey] = []


class Figure(Strict):
    """A table; ``chart`` names the label column and the value column of a bar chart, if one may be drawn.

    Only a figure with one measure and no conflicting values is charted. Cells are text or numbers.
    """

    key: ItemKey
    title: Text
    unit: Text | None = None
    as_of: Text | None = None
    caveat: Text | None = None
    columns: list[Text] = Field(min_length=1)
    rows: list[list[str | int | float | None]] = Field(min_length=1)
    chart: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None = None
    sources: list[Source] = []

    @model_validator(mode="after")
    def rows_fit_columns(self) -> Figure:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, the table {len(self.columns)} columns")
        if self.chart is not None:
            label, value = self.chart
            if max(label, value) >= len(self.columns):
                raise ValueError("chart names a column that does not exist")
            if any(not isinstance(row[value], int | float) for row in self.rows):
                raise ValueError("the charted column must hold numbers only")
        return self


class Country(PageFile):
    type: Literal["country"]
    country: CountryCode
    figures: Annotated[list[Figure], each_once("key")] = []


class Standard(PageFile):
    type: Literal["standard"]
    figures: Annotated[list[Figure], each_once("key")] = []


class Section(PageFile):
    """A listing: procedures, checklists, agreements, laws, guidance, case studies, countries, glossary."""

    type: Literal["section"]
    lists: Literal[
        "procedures",
        "service-areas",
        "agreements",
        "laws",
        "guidance",
        "case-studies",
        "countries",
        "glossary",
    ]


class Task(Strict):
    """One line of "I need to ..." on the home page."""

    label: Text
    page: PageKey


class Home(PageFile):
    type: Literal["home"]
    tasks: Annotated[list[Task], each_once("page")] = []
