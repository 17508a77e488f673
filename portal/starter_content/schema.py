"""What a file of starter content may say.

A page is one file: ``pages/<language>/<key>.md``, YAML front matter between ``---`` lines, then a
body in Markdown (paragraphs, ``##`` and ``###`` headings, lists, links, bold). The key, for instance
``procedures/th-kh-poipet``, is the same in every language and is also the page's path below the
language's home page, so a slug is the last part of the key. Pages refer to one another by key.

The classes below validate the front matter, one class a ``type``. Unknown fields are errors, because
a misspelt field would otherwise vanish silently.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
#: Texts as long as their columns: SQLite would take more, PostgreSQL would stop in the middle of loading.
Text60 = Annotated[Text, Field(max_length=60)]
Text200 = Annotated[Text, Field(max_length=200)]
Text255 = Annotated[Text, Field(max_length=255)]
Text300 = Annotated[Text, Field(max_length=300)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
#: A key inside one page; block ids are derived from it, so it must never change.
ItemKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
PageKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$")]
#: ``<fact file>#<id>``, for instance ``procedures#th-kh-poipet`` or ``service_areas#1``.
FactReference = Annotated[str, StringConstraints(pattern=r"^[a-z_]+#[A-Za-z0-9._-]+$")]
#: A date as far as it is known: ``2004``, ``2004-10`` or ``2004-10-29``.
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Year = Annotated[int, Field(ge=1900, le=2100)]
Answer = Literal["yes", "no", "not_stated"]
Stage = Literal["identification", "protection", "return", "reintegration", "monitoring", "legal"]
ServiceArea = Annotated[int, Field(ge=1, le=10)]


def _each_once(field: str) -> AfterValidator:
    """That no two rows of a list have the same ``field``: block ids are derived from it."""

    def check(rows: list[Any]) -> list[Any]:
        seen = set()
        for row in rows:
            value = getattr(row, field)
            if value in seen:
                raise ValueError(f"{field} {value} is given twice")
            seen.add(value)
        return rows

    return AfterValidator(check)


def _joins_two_countries(corridor: str) -> str:
    if corridor[:2] == corridor[3:]:
        raise ValueError("a corridor joins two countries")
    return corridor


#: Destination and origin, for instance ``TH-KH``: found in Thailand, going home to Cambodia.
CorridorCode = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z]{2}$"), AfterValidator(_joins_two_countries)
]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """Where a statement comes from: the code of a document in ``documents.yaml`` and the place in it."""

    document: Text
    where: Text = ""


class PageFile(Strict):
    """What every page has. ``as_of`` is the year the sources describe, not a promise of today."""

    type: str
    title: Text255
    introduction: Text | None = None
    as_of: Year | None = None
    facts: list[FactReference] = []
    sources: list[Source] = []
    tags: list[ItemKey] = []
    related: list[PageKey] = []


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
    agencies: Annotated[list[Agency], Field(min_length=1), _each_once("key")]
    corridors: list[CorridorCode] = []
    all_corridors: bool = False
    countries: list[CountryCode] = []
    stage: Stage
    stages: list[Stage] = []
    service_areas: list[ServiceArea] = []
    steps: Annotated[list[Step], Field(min_length=1), _each_once("key")]
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


class Finding(Strict):
    """A finding of the study *After Trafficking*, by its issue number."""

    number: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    title: Text | None = None
    gist: Text


class Checklist(PageFile):
    type: Literal["checklist"]
    service_area: ServiceArea
    items: Annotated[list[ChecklistItem], Field(min_length=1), _each_once("key")]
    child_notes: list[Text] = []
    male_notes: list[Text] = []
    outcomes: list[ItemKey] = []
    principles: list[ItemKey] = []
    findings: Annotated[list[Finding], _each_once("number")] = []
    procedures: list[PageKey] = []


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
    ratifications: Annotated[list[Ratification], _each_once("country")] = []
    note: Text | None = None


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
    findings: Annotated[list[Finding], _each_once("number")] = []
    recommendations: Annotated[list[Recommendation], _each_once("number")] = []
    countries: list[CountryCode] = []
    stages: list[Stage] = []
    service_areas: list[ServiceArea] = []


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
    figures: Annotated[list[Figure], _each_once("key")] = []


class Standard(PageFile):
    type: Literal["standard"]
    figures: Annotated[list[Figure], _each_once("key")] = []


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
    tasks: Annotated[list[Task], _each_once("page")] = []


AnyPage = Annotated[
    SOP | Checklist | Agreement | Law | Guidance | CaseStudy | Country | Standard | Section | Home,
    Field(discriminator="type"),
]


class Term(Strict):
    """A glossary term in one language; ``key`` is shared by all languages."""

    key: ItemKey
    term: Text200
    abbreviations: list[Text] = []
    synonyms: list[Text] = []
    definition: Text
    country: CountryCode | None = None
    facts: list[FactReference] = []
    sources: list[Source] = []

    @field_validator("key")
    @classmethod
    def key_is_short(cls, value: str) -> str:
        if len(value) > 80:
            raise ValueError("a key has at most 80 characters")
        return value


class SourceDocument(Strict):
    code: Annotated[ItemKey, Field(max_length=60)]
    title: Text300
    publisher: Text300 | None = None
    year: Year | None = None
    note: Text | None = None


class ConceptWord(Strict):
    name: Text200
    description: Text = ""


class Concept(Strict):
    """A row of the taxonomy: a code that never changes, an ASCII slug and words by language code."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=40)]
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$", max_length=80)]
    words: dict[Literal["en", "km", "lo", "my", "th", "vi", "zh-hans"], ConceptWord]
    facts: list[FactReference] = []

    @field_validator("words")
    @classmethod
    def has_english(cls, value: dict[str, ConceptWord]) -> dict[str, ConceptWord]:
        if "en" not in value:
            raise ValueError("English words are missing")
        return value
