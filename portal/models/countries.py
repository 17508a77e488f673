"""Country pages: everything the portal holds for one country."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from content.blocks import FigureBlock
from content.models import BasePage, Country
from content.taxonomy import taxonomy
from portal.gathering import for_country


class FiguresBlock(blocks.StreamBlock):
    """Key figures of a country."""

    figure = FigureBlock()

    class Meta:
        required = False


class CountryPage(BasePage):
    """Procedures, agreements, laws, case studies and key figures of one country."""

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    figures = StreamField(FiguresBlock(), blank=True, verbose_name=_("key figures"))

    kind_icon = "globe"
    kind_name = _("Country")
    main_panels = [FieldPanel("figures")]
    applies_panels = [FieldPanel("country")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("country", overridable=False),
    ]
    parent_page_types = ["portal.CountryIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("country page")
        verbose_name_plural = _("country pages")

    @cached_property
    def shown_country(self) -> Country:
        return taxonomy().countries.by_pk.get(self.country_id) or self.country

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["gathered"] = for_country(self.shown_country, self.locale)
        context["ways"] = [
            corridor
            for corridor in taxonomy().corridors
            if self.country_id in (corridor.destination_id, corridor.origin_id)
        ]
        return context


class CountryIndexPage(BasePage):
    """The six countries, and others."""

    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.CountryPage"]

    class Meta:
        verbose_name = _("list of countries")
        verbose_name_plural = _("lists of countries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = list(CountryPage.objects.shown().once_each(self.locale).select_related("locale"))
        pages.sort(key=lambda page: page.shown_country.position)
        context["member_pages"] = [page for page in pages if page.shown_country.is_member]
        context["other_pages"] = [page for page in pages if not page.shown_country.is_member]
        context["members"] = taxonomy().member_countries
        return context
