"""Listings: filters in the address, counts on every option, pages of 25, no JavaScript."""

from content.listings.filters import Filter, LeftOut, LeftOutState, Option, OptionGroup
from content.listings.listing import PAGE_SIZE, Listing, Sorting
from content.listings.page import ListingPage

__all__ = [
    "PAGE_SIZE",
    "Filter",
    "LeftOut",
    "LeftOutState",
    "Listing",
    "ListingPage",
    "Option",
    "OptionGroup",
    "Sorting",
]
