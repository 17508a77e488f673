"""What a listing can be narrowed by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import BadRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.taxonomy import taxonomy


@dataclass(frozen=True)
class Filter:
    """One parameter of the address.

    ``path`` leads from a page to the value, over relations: ``countries__code``. ``choices`` gives all
    values with their words; a value outside it is a mistake in the address and is refused. ``everywhere``
    gives the values that a page for all corridors of the region has without naming them.
    """

    parameter: str
    label: str | Promise
    path: str
    choices: Callable[[], Iterable[tuple[str, Any, str]]]
    everywhere: Callable[[], Iterable[str]] | None = None

    def chosen(self, values: list[str]) -> list[str]:
        """The values asked for, each once. Raises BadRequest for one that does not exist."""
        known = {value for value, _label, _lang in self.choices()}
        for value in values:
            if value not in known:
                raise BadRequest(f"{self.parameter} has an unknown value")
        return list(dict.fromkeys(values))


@dataclass(frozen=True)
class LeftOutState:
    """``value`` is said in the address, ``stored`` stands in the column."""

    value: str
    stored: str
    label: str | Promise


@dataclass(frozen=True)
class LeftOut:
    """Pages that a listing leaves out until its address asks for them: ``include=withdrawn``.

    ``path`` leads from a page to the reason; a page without one is always listed.
    """

    path: str
    states: tuple[LeftOutState, ...]

    parameter: ClassVar[str] = "include"
    label: ClassVar[Promise] = _("Also show")

    def chosen(self, values: list[str]) -> list[str]:
        """The states asked for, each once. Raises BadRequest for one that does not exist."""
        known = {state.value for state in self.states}
        for value in values:
            if value not in known:
                raise BadRequest(f"{self.parameter} has an unknown value")
        return list(dict.fromkeys(values))


@dataclass(frozen=True)
class Option:
    """``count`` is the number of results if this option were ticked too; ``lang`` marks a foreign word."""

    value: str
    label: Any
    lang: str
    count: int
    chosen: bool
    #: The address without this option, for the cross on its chip.
    address_without: str = ""


@dataclass(frozen=True)
class OptionGroup:
    parameter: str
    label: Any
    options: list[Option]

    @property
    def any_chosen(self) -> bool:
        return any(option.chosen for option in self.options)


def _rows(name: str) -> Callable[[], list[tuple[str, Any, str]]]:
    return lambda: [(row.code, row.label, row.lang) for row in getattr(taxonomy(), name)]


def from_choices(choices: type[Any]) -> Callable[[], list[tuple[str, Any, str]]]:
    """The values of a ``TextChoices``; its words are part of the interface."""
    return lambda: [(value, label, "") for value, label in choices.choices]


def _countries_of_the_region() -> list[str]:
    return [country.code for country in taxonomy().member_countries]


def _corridors_of_the_region() -> list[str]:
    return [corridor.code for corridor in taxonomy().corridors if corridor.is_regional]


COUNTRY = Filter("country", _("Country"), "countries__code", _rows("countries"), _countries_of_the_region)
CORRIDOR = Filter("corridor", _("Corridor"), "corridors__code", _rows("corridors"), _corridors_of_the_region)
STAGE = Filter("stage", _("Stage"), "stages__code", _rows("stages"))
SERVICE_AREA = Filter("service_area", _("Service area"), "service_areas__code", _rows("service_areas"))
TAG = Filter("tag", _("Tag"), "tagged_items__tag__slug", _rows("tags"))
