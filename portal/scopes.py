"""Which pages are meant by everything, a section, a country, a way home, a service area or a page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from content.addresses import address_of
from content.listings import ListingPage
from content.models import BasePageQuerySet, Corridor, FacetedPage
from content.taxonomy import taxonomy
from editions.models import Subscription, VersionedPage
from editions.public.addresses import readable
from editions.telling import scopes
from editions.telling.scopes import Scope
from guidelines.models import ChecklistPage, SOPPage
from portal.models import CountryPage, HomePage

Kind = Subscription.Scope


def connect() -> None:
    scopes.connect(find)


def find(kind: str, key: str, language: str) -> Scope | None:
    """At most two queries. A country or service area is there where its page is, in that language."""
    with override(language):
        if kind == Kind.CORRIDOR:
            corridor = taxonomy().corridors.get(key)
            return of_corridor(corridor, language) if corridor else None
        page = _page(kind, key, language)
        scope = of_page(page) if page is not None else None
    return scope if scope is not None and scope.kind == kind else None


def _page(kind: str, key: str, language: str) -> Page | None:
    """The page that stands for a scope, if readers may see it."""
    here = {"locale__language_code": language}
    if kind == Kind.SITE and not key:
        return HomePage.objects.shown().filter(**here).first()
    if kind == Kind.COUNTRY:
        return CountryPage.objects.shown().filter(country__code=key, **here).first()
    if kind == Kind.SERVICE_AREA:
        return ChecklistPage.objects.shown().filter(service_area__code=key, **here).first()
    if kind in (Kind.SECTION, Kind.PAGE):
        try:
            translation_key = uuid.UUID(key)
        except ValueError:
            return None
        pages = BasePageQuerySet(Page).filter(translation_key=translation_key, **here)
        if kind == Kind.PAGE:
            return readable(pages)  # or taken down: somebody may hold a copy
        page = pages.shown().first()
        return page.specific if page is not None else None
    return None


def kind_of(page: Any) -> str:
    """Of what kind the scope is that a page stands for; empty where nothing in it has editions.

    Each service area is its checklist, so the checklist's feed tells of the whole area.
    """
    kinds: list[tuple[type[Page], str]] = [
        (HomePage, Kind.SITE),
        (CountryPage, Kind.COUNTRY),
        (ChecklistPage, Kind.SERVICE_AREA),
        (VersionedPage, Kind.PAGE),
    ]
    for model, kind in kinds:
        if isinstance(page, model):
            return kind
    lists_editions = isinstance(page, ListingPage) and issubclass(page.listed_model, VersionedPage)
    return Kind.SECTION if lists_editions else ""


def address_of_feed(page: Any) -> str:
    """Where the updates of a page's scope are; empty where there are none. No query."""
    return f"{address_of(page.language, page.url_path)}updates.atom" if kind_of(page) else ""


def all_scopes(language: str) -> list[tuple[Any, list[Scope]]]:
    """Everything that can be followed in a language but single pages, in groups with a heading."""
    here = {"locale__language_code": language}
    homes = HomePage.objects.shown().filter(**here)
    sections = BasePageQuerySet(Page).shown().filter(depth=3, **here).order_by("path").specific()
    checklists = ChecklistPage.objects.listed().filter(**here).order_by("service_area__position")
    countries = sorted(
        CountryPage.objects.shown().filter(**here).select_related("locale"),
        key=lambda page: page.shown_country.position,
    )
    return [
        (_("The whole site"), _scopes(homes.select_related("locale"))),
        (_("Sections"), _scopes(sections)),
        (_("Countries"), _scopes(countries)),
        (_("Service areas"), _scopes(checklists.select_related("locale"))),
        (_("Ways home"), [of_corridor(corridor, language) for corridor in taxonomy().corridors]),
    ]


def _scopes(pages: Any) -> list[Scope]:
    return [scope for scope in map(of_page, pages) if scope is not None]


def of_page(page: Any) -> Scope | None:
    """What a page stands for; None for no page, and where nothing in it has editions. No query."""
    kind = kind_of(page)
    makers: dict[str, Callable[[Any], tuple[str, str, Q]]] = {
        Kind.SITE: lambda page: ("", _("Everything"), Q()),
        Kind.SECTION: lambda page: (str(page.translation_key), page.title, Q(path__startswith=page.path)),
        Kind.COUNTRY: lambda page: (
            page.shown_country.code,
            page.title,
            _naming(Q(countries=page.country_id), everywhere=page.shown_country.is_member),
        ),
        Kind.SERVICE_AREA: lambda page: (
            page.shown_area.code,
            page.title,
            _naming(Q(service_areas=page.service_area_id))
            | Q(pk__in=ChecklistPage.objects.filter(service_area=page.service_area_id).values("pk")),
        ),
        Kind.PAGE: lambda page: (str(page.translation_key), page.title, Q(pk=page.pk)),
    }
    if not kind:
        return None
    key, title, pages = makers[kind](page)
    address = address_of(page.language, page.url_path)
    return Scope(kind, key, page.language, title, address, pages)


def of_corridor(corridor: Corridor, language: str) -> Scope:
    """What a way home shows: what is made for it, what is for all, and the procedures at either end."""
    here = Q(corridors=corridor.pk)
    ends = Q(countries__in=[corridor.destination_id, corridor.origin_id])
    at_ends = SOPPage.objects.filter(ends, corridors__isnull=True, all_corridors=False)
    return Scope(
        kind=Kind.CORRIDOR,
        key=corridor.code,
        language=language,
        title=corridor.label,
        address=_address_of_corridor(corridor, language),
        pages=_naming(here, everywhere=corridor.is_regional) | Q(pk__in=at_ends.values("pk")),
    )


def _address_of_corridor(corridor: Corridor, language: str) -> str:
    with override(language):
        return reverse("corridor", kwargs={"slug": corridor.slug})


def _naming(condition: Q, *, everywhere: bool = False) -> Q:
    """Pages of any kind with editions whose facets meet a condition, or that are for all of the region."""
    if everywhere:
        condition |= Q(all_corridors=True)
    found = Q(pk__in=[])
    for model in VersionedPage.kinds():
        if issubclass(model, FacetedPage):
            found |= Q(pk__in=model.objects.filter(condition).values("pk"))
    return found
