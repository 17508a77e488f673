"""The results of a listing and the counts on its filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, QueryDict
from wagtail.models import Locale

from content.listings.filters import Filter, LeftOut, Option, OptionGroup

PAGE_SIZE = 25


@dataclass(frozen=True)
class Sorting:
    """``words`` tells readers the order; ``order_by`` tells the database."""

    words: Any
    order_by: tuple[str, ...] = ("title", "pk")


@dataclass
class Listing:
    """Reads the address once, answers with one page of results and with counts.

    The values of each filter over a relation are fetched with one query and compared in memory: exact counts
    for every option cost the same number of queries with 5 pages as with 5,000.
    """

    queryset: Any
    filters: Sequence[Filter]
    parameters: QueryDict
    locale: Locale
    sorting: Sorting
    #: Adds what cards show to the pages of one screen.
    prepare: Callable[[list[Any], Listing], list[Any]] = field(default=lambda pages, listing: pages)
    left_out: LeftOut | None = None

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        return {item.parameter: item.chosen(self.parameters.getlist(item.parameter)) for item in self.filters}

    @cached_property
    def included(self) -> list[str]:
        """The states asked for of pages that are otherwise left out."""
        if self.left_out is None:
            return []
        return self.left_out.chosen(self.parameters.getlist(self.left_out.parameter))

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        """All pages in order, left out or not, with the filters' values that stand in their own columns."""
        columns = {item.path for item in self.filters if "__" not in item.path}
        if any(item.everywhere for item in self.filters):
            columns.add("all_corridors")
        if self.left_out is not None:
            columns.add(self.left_out.path)
        once = self.queryset.shown().once_each(self.locale)
        return list(once.order_by(*self.sorting.order_by).values("pk", *sorted(columns)))

    @cached_property
    def _states(self) -> dict[int, str]:
        """Of pages that are left out, why: a value of the parameter."""
        if self.left_out is None:
            return {}
        values = {state.stored: state.value for state in self.left_out.states}
        reasons = ((row["pk"], row[self.left_out.path]) for row in self._rows)
        return {pk: values[reason] for pk, reason in reasons if reason}

    @cached_property
    def _all(self) -> list[int]:
        shown = {"", *self.included}
        return [row["pk"] for row in self._rows if self._states.get(row["pk"], "") in shown]

    @cached_property
    def _having(self) -> dict[str, dict[str, set[int]]]:
        """For each parameter and value, the pages that have it."""
        found: dict[str, dict[str, set[int]]] = {}
        wanted = {row["pk"] for row in self._rows}
        everywhere = {row["pk"] for row in self._rows if row.get("all_corridors")}
        for item in self.filters:
            values: dict[str, set[int]] = defaultdict(set)
            for page, value in self._pairs(item):
                if page in wanted and value is not None:
                    values[value].add(page)
            if item.everywhere and everywhere:
                for value in item.everywhere():
                    values[value] |= everywhere
            found[item.parameter] = values
        return found

    def _pairs(self, item: Filter) -> Iterable[tuple[int, Any]]:
        """Each page with each value that it has, of a filter."""
        if "__" not in item.path:
            return [(row["pk"], row[item.path]) for row in self._rows]
        pairs: Iterable[tuple[int, Any]] = self.queryset.live().order_by().values_list("pk", item.path)
        return pairs

    def values_of(self, page: Any, parameter: str) -> set[str]:
        """The values of a filter that a page has. They are fetched already, so asking costs nothing."""
        return {value for value, pages in self._having.get(parameter, {}).items() if page.pk in pages}

    def _matching(self, parameter: str, values: Sequence[str]) -> set[int]:
        having = self._having[parameter]
        return set().union(*(having.get(value, set()) for value in values))

    def _passing_others(self, parameter: str | None, pages: Iterable[int] | None = None) -> set[int]:
        """Of the listed pages, or of these, the ones that pass every filter except the named one."""
        passing = set(self._all if pages is None else pages)
        for other, values in self.chosen.items():
            if values and other != parameter:
                passing &= self._matching(other, values)
        return passing

    @cached_property
    def _results(self) -> list[int]:
        passing = self._passing_others(None)
        return [pk for pk in self._all if pk in passing]

    @property
    def total(self) -> int:
        return len(self._results)

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen.values())

    @cached_property
    def groups(self) -> list[OptionGroup]:
        """The filters with counts; values that no page has are left out, unless they are chosen."""
        groups = []
        for item in self.filters:
            passing = self._passing_others(item.parameter)
            chosen = self.chosen[item.parameter]
            already = self._matching(item.parameter, chosen)
            having = self._having[item.parameter]
            options = [
                Option(
                    value=value,
                    label=label,
                    lang=lang,
                    count=len(passing & (already | having.get(value, set()))),
                    chosen=value in chosen,
                    address_without=self.address(without=(item.parameter, value)),
                )
                for value, label, lang in item.choices()
                if self._is_offered(item, value) or value in chosen
            ]
            if options:
                groups.append(OptionGroup(item.parameter, item.label, options))
        return groups + self._group_of_left_out

    def _is_offered(self, item: Filter, value: str) -> bool:
        """Whether any page that is listed has the value."""
        return not self._having[item.parameter].get(value, set()).isdisjoint(self._all)

    @cached_property
    def _group_of_left_out(self) -> list[OptionGroup]:
        """What may be listed as well, as a filter; nothing where no page is left out."""
        if self.left_out is None:
            return []
        passing = self._passing_others(None, self._states)
        options = [
            Option(
                value=state.value,
                label=state.label,
                lang="",
                count=self.total
                + sum(self._states[pk] == state.value for pk in passing if state.value not in self.included),
                chosen=state.value in self.included,
                address_without=self.address(without=(self.left_out.parameter, state.value)),
            )
            for state in self.left_out.states
            if state.value in self._states.values() or state.value in self.included
        ]
        return [OptionGroup(self.left_out.parameter, self.left_out.label, options)] if options else []

    def label_of_left_out(self, pk: int) -> Any:
        """Why a page that was asked for is otherwise left out, in words; empty for every other page."""
        states = self.left_out.states if self.left_out else ()
        return next((state.label for state in states if state.value == self._states.get(pk)), "")

    @cached_property
    def chips(self) -> list[Option]:
        return [option for group in self.groups for option in group.options if option.chosen]

    @cached_property
    def page(self) -> Page[Any]:
        """The screen asked for. Raises BadRequest where ``page`` is no number, Http404 beyond the last."""
        raw = self.parameters.get("page", "1")
        if not (raw.isascii() and raw.isdigit() and len(raw) < 7):
            raise BadRequest("page is not a number")
        try:
            found = Paginator(self._results, PAGE_SIZE).page(int(raw))
        except EmptyPage as error:
            raise Http404("there is no such page of results") from error
        rows = {page.pk: page for page in self.queryset.filter(pk__in=list(found)).select_related("locale")}
        found.object_list = self.prepare([rows[pk] for pk in found if pk in rows], self)
        for page in found.object_list:
            page.why_left_out = self.label_of_left_out(page.pk)
        return found

    @property
    def address_of_next(self) -> str:
        return self.address(page=self.page.next_page_number())

    @property
    def address_of_previous(self) -> str:
        return self.address(page=self.page.previous_page_number())

    def address(self, *, without: tuple[str, str] | None = None, page: int | None = None) -> str:
        """The query string of these filters, without one value or with another screen; never empty."""
        query = QueryDict(mutable=True)
        chosen = {**self.chosen, self.left_out.parameter: self.included} if self.left_out else self.chosen
        for parameter, values in chosen.items():
            kept = [value for value in values if (parameter, value) != without]
            if kept:
                query.setlist(parameter, kept)
        if page and page > 1:
            query["page"] = str(page)
        return "?" + query.urlencode()
