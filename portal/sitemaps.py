"""The sitemap, with the other languages of each page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail.models import Page

from content.addresses import address_of
from content.languages import DEFAULT_LANGUAGE, LANGUAGES, document_tag
from content.taxonomy import taxonomy
from editions.models import VersionedPageQuerySet

#: The protocol's limit for one file.
MOST_ADDRESSES = 50_000


def _entries() -> Iterator[dict[str, object]]:
    """Pages in use, and corridors; addresses are built from paths, so no page costs a query of its own."""
    rows = (
        VersionedPageQuerySet(Page)
        .listed()
        .filter(depth__gte=2)
        .order_by("translation_key", "pk")
        .values_list("translation_key", "locale__language_code", "url_path", "last_published_at")
    )
    for _key, versions in groupby(rows, key=lambda row: row[0]):
        addresses = {
            language: (_address(language, url_path), changed) for _k, language, url_path, changed in versions
        }
        yield from _with_alternates(addresses)
    for corridor in taxonomy().corridors:
        yield from _with_alternates(
            {
                language.code: (f"{settings.PUBLIC_URL}/{language.code}/corridors/{corridor.slug}/", None)
                for language in LANGUAGES
            }
        )


def _with_alternates(addresses: dict[str, tuple[str, object]]) -> Iterator[dict[str, object]]:
    alternates = [(document_tag(language), address) for language, (address, _c) in addresses.items()]
    if DEFAULT_LANGUAGE in addresses:
        alternates.append(("x-default", addresses[DEFAULT_LANGUAGE][0]))
    for address, changed in addresses.values():
        yield {"address": address, "changed": changed, "alternates": alternates}


def _address(language: str, url_path: str) -> str:
    return settings.PUBLIC_URL + address_of(language, url_path)


def sitemap(request: HttpRequest) -> HttpResponse:
    entries = []
    for entry in _entries():
        entries.append(entry)
        if len(entries) == MOST_ADDRESSES:
            break
    text = render_to_string("portal/sitemap.xml", {"entries": entries})
    return HttpResponse(text, content_type="application/xml")
