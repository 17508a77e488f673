"""A booklet: the texts of a country or a service area in one page, made to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Paginator
from django.core.paginator import Page as Part
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content.languages import DEFAULT_LANGUAGE
from editions.models import Desk, Edition, EditionText, Standing
from editions.public.addresses import address, addresses_by_language, moved
from editions.public.rendering import rendered
from editions.public.states import Stand, stand_of_page
from guidelines.models import ChecklistPage
from portal.gathering import versioned_for_country, versioned_for_service_area
from portal.models import CountryPage
from portal.updates import page_at

#: Texts in one part. More than this no browser prints in one go, and no reader staples.
MOST = 40

#: Attributes that name an element of the same page, or another one.
NAMES = re.compile(r' (id|for|headers|aria-labelledby|aria-describedby|aria-controls)="([^"]+)"')
LINKS = re.compile(r' (href|xlink:href)="#([^"]+)"')


@dataclass(frozen=True)
class Chapter:
    """A page with the text of its current edition. ``newer`` is the original's edition where it is a later one."""

    page: Any
    stand: Stand
    desk: Desk | None
    is_overdue: bool
    newer: Edition | None
    text: SafeString

    @property
    def anchor(self) -> str:
        return f"text-{self.page.pk}"


@require_safe
def booklet(request: HttpRequest, path: str) -> HttpResponse:
    """The texts of the country or service area at a path; ``page`` chooses the part."""
    page = page_at(path)
    if page is None:
        answer = moved(request, get_language() or DEFAULT_LANGUAGE, path, "booklet/")
        if answer is not None:
            return answer
    if not isinstance(page, CountryPage | ChecklistPage):
        raise Http404("only countries and service areas have a booklet")
    pages, without = _sorted_out(_pages_of(page))
    part = _part(request, pages)
    request.homeward_page = page  # type: ignore[attr-defined]  # the frame asks
    request.homeward_addresses = {  # type: ignore[attr-defined]
        code: f"{place}booklet/" for code, place in addresses_by_language(page).items()
    }
    context = {
        "page": page,
        "address": address(page),
        "part": part,
        "chapters": list(_chapters(list(part))),
        "without": without,
        "today": timezone.localdate(),
    }
    response = render(request, "portal/booklet.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _pages_of(page: Any) -> list[Any]:
    """In use, each once: in the reader's language, else in the original. At most six queries."""
    if isinstance(page, CountryPage):
        return versioned_for_country(page.shown_country, page.locale)
    return versioned_for_service_area(page.shown_area, page.locale)


def _sorted_out(pages: list[Any]) -> tuple[list[Any], list[Any]]:
    """Pages with their standing and current edition, and those that have no edition yet: one query."""
    rows = Standing.objects.filter(page__in=[page.pk for page in pages], current__isnull=False)
    rows = rows.select_related("current__source_edition")
    standings = {
        row.page_id: row for row in rows.defer("current__content", "current__source_edition__content")
    }
    for page in pages:
        page.standing_today = standings.get(page.pk)
    return [page for page in pages if page.standing_today], [
        page for page in pages if not page.standing_today
    ]


def _part(request: HttpRequest, pages: list[Any]) -> Part[Any]:
    """Raises BadRequest where ``page`` is no number, Http404 beyond the last part."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise BadRequest("page is not a number")
    try:
        return Paginator(pages, MOST).page(int(number))
    except EmptyPage as error:
        raise Http404("there is no such part") from error


def _chapters(pages: list[Any]) -> Iterator[Chapter]:
    """Three queries; more only for texts that nobody has read since they were published."""
    current = [page.standing_today.current for page in pages]
    kept = dict(EditionText.objects.filter(edition__in=current).values_list("edition", "html"))
    desks = Desk.objects.in_bulk({page.desk_id for page in pages if page.desk_id})
    newer = _newer_originals([edition for edition in current if edition.source_edition])
    for page in pages:
        stand = stand_of_page(page)
        if stand is None:
            continue
        edition = stand.edition
        text = mark_safe(kept[edition.pk]) if edition.pk in kept else rendered(edition)  # noqa: S308  our own
        yield Chapter(
            page=page,
            stand=stand,
            desk=desks.get(page.desk_id),
            is_overdue=page.standing_today.is_overdue and not page.standing_today.unconfirmed,
            newer=newer.get(edition.pk),
            text=apart(text, prefix=f"t{page.pk}-", title=f"text-{page.pk}-title"),
        )


def _newer_originals(translations: list[Edition]) -> dict[int, Edition]:
    """The edition of the original that has another number than the one it was translated from: one query."""
    if not translations:
        return {}
    made_from = {edition.pk: edition.source_edition for edition in translations}
    rows = Standing.objects.filter(page__in=[source.page_id for source in made_from.values() if source])
    now = {
        row.page_id: row.current
        for row in rows.select_related("current").defer("current__content")
        if row.current
    }
    return {
        pk: now[source.page_id]
        for pk, source in made_from.items()
        if source and source.page_id in now and now[source.page_id].order[:2] > source.order[:2]
    }


def apart(html: str, *, prefix: str, title: str) -> SafeString:
    """The same HTML with names of its own: texts that stand in one page say "steps" and "sources" each.

    ``title`` is the id of the text's title, which its sections are called by too: a screen reader lists them all.
    """

    def renamed(found: re.Match[str]) -> str:
        names = " ".join(f"{prefix}{name}" for name in found[2].split())
        if found[1] == "aria-labelledby":
            names = f"{title} {names}"
        return f' {found[1]}="{names}"'

    html = LINKS.sub(rf' \1="#{prefix}\2"', NAMES.sub(renamed, html))
    return mark_safe(html)  # noqa: S308  made by our own templates
