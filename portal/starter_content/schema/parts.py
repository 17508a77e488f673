"""What more than one kind of file may say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

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


def each_once(field: str) -> AfterValidator:
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


class Finding(Strict):
    """A finding of the study *After Trafficking*, by its issue number."""

    number: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    title: Text | None = None
    gist: Text
