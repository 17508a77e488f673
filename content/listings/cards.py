"""What the cards of one screen show beyond the pages' own fields."""

from __future__ import annotations

from typing import Any

from content.listings.filters import CORRIDOR, COUNTRY
from content.listings.listing import Listing
from content.models import FacetedPage
from content.taxonomy import taxonomy


def with_places(pages: list[Any], listing: Listing) -> list[Any]:
    """The same pages, knowing their countries and corridors.

    The filters have fetched them already; a page asked by itself costs two queries.
    """
    words = taxonomy()
    for page in pages:
        if isinstance(page, FacetedPage):
            countries = listing.values_of(page, COUNTRY.parameter)
            corridors = listing.values_of(page, CORRIDOR.parameter)
            page.shown_countries = [row for row in words.countries if row.code in countries]
            page.shown_corridors = [row for row in words.corridors if row.code in corridors]
    return pages
