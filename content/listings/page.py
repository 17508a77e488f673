"""The page type of a listing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from content.listings.cards import with_places
from content.listings.filters import Filter
from content.listings.listing import Listing, Sorting
from content.models.pages import BasePage


class ListingPage(BasePage):
    """Lists the pages of one kind, in the reader's language where they exist, each once."""

    #: The page class that is listed; set by subclasses.
    listed_model: type[BasePage]
    filters: Sequence[Filter] = ()
    sorting = Sorting(_("by title"))
    #: The template of one line.
    card_template = "content/listing_card.html"

    listing_template = "content/listing_page.html"
    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]

    class Meta:
        abstract = True

    def listing(self, request: HttpRequest) -> Listing:
        return Listing(
            queryset=self.listed_model.objects.all(),
            filters=self.filters,
            parameters=request.GET,
            locale=self.locale,
            sorting=self.sorting,
            left_out=self.listed_model.left_out,
            prepare=self.prepare_cards,
        )

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """One template for all kinds; Wagtail would look for one by each subclass's name."""
        return self.listing_template

    def prepare_cards(self, pages: list[Any], listing: Listing) -> list[Any]:
        """Add what the cards of one screen show; subclasses add their own."""
        return with_places(pages, listing)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = self.listing(request)
        context["listing"] = listing
        context["results"] = listing.page
        return context
