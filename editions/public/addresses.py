"""The addresses below a versioned page: its editions, their files, their comparison."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.db.models import CharField, Subquery, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from content.addresses import address_of
from content.models import BasePageQuerySet
from editions.models import Edition, VersionedPage


def address(page: Page) -> str:
    """The page's own address, from its path: no query where its locale is loaded."""
    return address_of(page.locale.language_code, page.url_path)


def page_at(language: str, path: str) -> Any | None:
    """The versioned page at ``/{language}/{path}`` that anybody may read, or one that was taken down.

    None for drafts, for private pages, and for pages of other kinds. Two queries.
    """
    home = Page.objects.filter(depth=2, locale__language_code=language).values("url_path")[:1]
    rows = BasePageQuerySet(Page).filter(
        url_path=Concat(Subquery(home), Value(path), output_field=CharField())
    )
    return readable(rows)


def readable(rows: BasePageQuerySet) -> Any | None:
    """The one page among these rows that has editions and that anybody may read, or that was taken down."""
    page = rows.shown().select_related("locale").first() or _taken_down(rows)
    if page is None or not issubclass(page.specific_class or Page, VersionedPage):
        return None
    specific = page.specific
    specific.locale = page.locale
    return specific


def _taken_down(rows: BasePageQuerySet) -> Page | None:
    """Of what is off the site, only this is told; a page that was private stays unknown."""
    page = rows.filter(live=False, standing__taken_down=True).select_related("locale").first()
    return None if page is None or page.get_view_restrictions().exists() else page


def moved(request: HttpRequest, language: str, path: str, rest: str) -> HttpResponsePermanentRedirect | None:
    """Leads from below the old address of a page that moved to the same place below its new one.

    ``rest`` is what follows the page's own address, such as ``editions/1.0/`` or ``updates.atom``. None where
    nothing that readers may see has moved from there.
    """
    old = Redirect.normalise_path(f"/{language}/{path}")
    redirects = Redirect.get_for_site(Site.find_for_request(request)).filter(old_path=old)
    target = redirects.exclude(redirect_page=None).values("redirect_page")[:1]
    page = BasePageQuerySet(Page).shown().filter(pk=Subquery(target)).select_related("locale").first()
    if page is None:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address(page)}{quote(rest)}" + (f"?{query}" if query else ""))


def addresses_by_language(page: Page) -> dict[str, str]:
    """The page's address in each language in which anybody may read it: one query."""
    versions = BasePageQuerySet(Page).shown().filter(translation_key=page.translation_key)
    return {
        language: address_of(language, url_path)
        for language, url_path in versions.values_list("locale__language_code", "url_path")
    }


def numbers_by_language(page: Page) -> dict[str, set[str]]:
    """The numbers, such as ``1.0``, of which each language has a text: one query."""
    found: dict[str, set[str]] = {}
    rows = Edition.objects.filter(translation_key=page.translation_key)
    for language, major, minor in rows.values_list("language", "major", "minor"):
        found.setdefault(language, set()).add(f"{major}.{minor}")
    return found
