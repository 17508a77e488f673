"""What the home page shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from content.models import Concept, Country
from content.taxonomy import taxonomy
from editions.models import VersionedPageQuerySet
from guidelines.models import AgreementPage, ChecklistPage, SOPPage

#: The code of the stage that runs beside the others: legal proceedings.
BESIDE = "legal"


@dataclass(frozen=True)
class StageLine:
    stage: Concept
    procedures: int


@dataclass(frozen=True)
class CountryLine:
    """Counts are of pages that readers may see, each counted once over all languages."""

    country: Country
    page: Page | None
    procedures: int
    agreements: int


@dataclass(frozen=True)
class TaskLine:
    """A line of "I need to ..." with its page in the reader's language, as far as there is one."""

    label: str
    page: Page


@dataclass(frozen=True)
class FrontPage:
    """``stages`` lead home one after the other; ``beside`` is what runs along all of them."""

    tasks: list[TaskLine]
    stages: list[StageLine]
    beside: StageLine | None
    checklists: list[ChecklistPage]
    countries: list[CountryLine]
    destinations: list[Country]


def _tasks(home: Any) -> list[TaskLine]:
    """The tasks whose pages readers may see and that are in use: two queries, whatever their number."""
    chosen = [(block.value["label"], block.value["page"]) for block in home.tasks]
    keys = [page.translation_key for _label, page in chosen if page]
    shown = {
        page.translation_key: page
        for page in VersionedPageQuerySet(Page)
        .listed()
        .filter(translation_key__in=keys)
        .once_each(home.locale)
        .select_related("locale")
    }
    return [
        TaskLine(label, shown[page.translation_key])
        for label, page in chosen
        if page and page.translation_key in shown
    ]


def _by_country(pages: Any) -> defaultdict[int, set[int]]:
    """The pages of each country, as its own page gathers them (``portal.gathering``): one query."""
    members = [country.pk for country in taxonomy().member_countries]
    found: defaultdict[int, set[int]] = defaultdict(set)
    for pk, named, everywhere in pages.order_by().values_list("pk", "countries", "all_corridors"):
        for country in [named, *members] if everywhere else [named]:
            found[country].add(pk)
    return found


def front_page(home: Any) -> FrontPage:
    """Counts of each stage and country, and the ten checklists; as many queries for 40 pages as for 4,000."""
    from portal.models import CountryPage

    words = taxonomy()
    locale = home.locale
    procedures = SOPPage.objects.listed().once_each(locale)
    by_stage = Counter(procedures.order_by().values_list("stages", flat=True))
    agreements = AgreementPage.objects.listed().once_each(locale)
    procedures_of, agreements_of = _by_country(procedures), _by_country(agreements)
    pages = {
        page.country_id: page
        for page in CountryPage.objects.shown().once_each(locale).select_related("locale")
    }
    stages = [StageLine(stage, by_stage[stage.pk]) for stage in words.stages]
    return FrontPage(
        tasks=_tasks(home),
        stages=[line for line in stages if line.stage.code != BESIDE],
        beside=next((line for line in stages if line.stage.code == BESIDE), None),
        checklists=list(
            ChecklistPage.objects.listed()
            .once_each(locale)
            .select_related("locale")
            .order_by("service_area__position")
        ),
        countries=[
            CountryLine(
                country=country,
                page=pages.get(country.pk),
                procedures=len(procedures_of[country.pk]),
                agreements=len(agreements_of[country.pk]),
            )
            for country in words.member_countries
        ],
        destinations=[country for country in words.countries if country.has_page],
    )
