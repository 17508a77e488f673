"""What the portal holds for a country or for a way home between two countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from wagtail.models import Locale

from casestudies.models import CaseStudyPage
from content.models import Concept, Corridor, Country
from guidelines.models import AgreementPage, ChecklistPage, GuidancePage, LawPage, SOPPage


@dataclass(frozen=True)
class Gathered:
    """Pages by kind, each once, in the reader's language where they exist."""

    procedures: list[SOPPage]
    agreements: list[AgreementPage]
    laws: list[LawPage]
    case_studies: list[CaseStudyPage]


@dataclass(frozen=True)
class GatheredForCorridor:
    """Everything for one way home: what is made for it, and what applies at either end."""

    between: list[SOPPage]
    at_destination: list[SOPPage]
    at_origin: list[SOPPage]
    general: list[SOPPage]
    agreements: list[AgreementPage]
    case_studies: list[CaseStudyPage]

    @property
    def is_empty(self) -> bool:
        procedures = self.between or self.at_destination or self.at_origin or self.general
        return not (procedures or self.agreements or self.case_studies)


def _shown(model: Any, locale: Locale, condition: Q, *order: Any) -> list[Any]:
    """Pages in use; what is withdrawn or superseded by another page is left out."""
    pages = model.objects.listed().filter(condition).once_each(locale).select_related("locale")
    return list(pages.order_by(*(order or ("title",))).distinct())


def for_country(country: Country, locale: Locale) -> Gathered:
    """Everything that names the country, and the procedures between all six where it is one of them."""
    here = Q(countries=country)
    everywhere = Q(all_corridors=True) if country.is_member else Q(pk__in=[])
    return Gathered(
        procedures=_shown(SOPPage, locale, here | everywhere),
        agreements=_shown(AgreementPage, locale, here | everywhere, "-signed", "title"),
        laws=_shown(LawPage, locale, here, F("year").desc(nulls_last=True), "title"),
        case_studies=_shown(CaseStudyPage, locale, here),
    )


def for_corridor(corridor: Corridor, locale: Locale) -> GatheredForCorridor:
    """Four groups of procedures, the agreements that bind both ends, and case studies of this way home.

    A case study whose destination is withheld, so that nobody can be found, counts for its origin.
    """
    everywhere = Q(all_corridors=True) if corridor.is_regional else Q(pk__in=[])
    here = Q(corridors=corridor)
    one_country = Q(corridors__isnull=True, all_corridors=False)
    procedures = SOPPage
    return GatheredForCorridor(
        between=_shown(procedures, locale, here),
        at_destination=_shown(procedures, locale, one_country & Q(countries=corridor.destination)),
        at_origin=_shown(procedures, locale, one_country & Q(countries=corridor.origin)),
        general=_shown(procedures, locale, everywhere & ~here),
        agreements=_shown(AgreementPage, locale, here | everywhere, "-signed", "title"),
        case_studies=_shown(
            CaseStudyPage,
            locale,
            Q(origins=corridor.origin)
            & (Q(destinations=corridor.destination) | Q(destinations__isnull=True)),
        ),
    )


def versioned_for_country(country: Country, locale: Locale) -> list[Any]:
    """What a booklet of the country holds: pages with editions that name it or are for all six. Four queries."""
    here = Q(countries=country)
    everywhere = Q(all_corridors=True) if country.is_member else Q(pk__in=[])
    return [
        *_shown(SOPPage, locale, here | everywhere),
        *_shown(GuidancePage, locale, here | everywhere),
        *_shown(AgreementPage, locale, here | everywhere, "-signed", "title"),
        *_shown(LawPage, locale, here, F("year").desc(nulls_last=True), "title"),
    ]


def versioned_for_service_area(area: Concept, locale: Locale) -> list[Any]:
    """What a booklet of the service area holds: its checklist first, then what names the area. Five queries."""
    here = Q(service_areas=area.pk)
    return [
        *_shown(ChecklistPage, locale, Q(service_area=area.pk)),
        *_shown(SOPPage, locale, here),
        *_shown(GuidancePage, locale, here),
        *_shown(AgreementPage, locale, here, "-signed", "title"),
        *_shown(LawPage, locale, here, F("year").desc(nulls_last=True), "title"),
    ]
