"""National laws and international instruments."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content.listings import Filter, ListingPage, Sorting
from content.listings.filters import CORRIDOR, COUNTRY, SERVICE_AREA, STAGE, TAG, from_choices
from content.models import Country, FacetedPage
from content.taxonomy import taxonomy
from editions.models import VersionedPage
from guidelines import word
from guidelines.blocks import RatificationsBlock
from guidelines.choices import LawKind
from guidelines.models.coverage import CoversPeople


class LawPage(VersionedPage, CoversPeople, FacetedPage):
    """A law of one country, or a treaty with what each country has done about it.

    ``country`` is empty for international instruments; ``countries`` then holds those that have acted.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=LawKind.choices)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
        help_text=_("Leave empty for an international instrument."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    period = models.CharField(_("period"), max_length=60, blank=True)
    status_note = models.CharField(_("status in the words of the source"), max_length=300, blank=True)
    gist = models.TextField(_("what it says on the matter"))
    ratifications = StreamField(RatificationsBlock(), blank=True, verbose_name=_("ratification"))
    note = models.TextField(_("note"), blank=True)

    kind_icon = "scales"
    kind_name = _("Law")
    text_template = "guidelines/law_text.html"
    word_parts = word.LAW
    word_told = (
        *("kind", "country", "year", "women", "men", "children"),
        *("as_of", *FacetedPage.facet_names, "all_corridors"),
    )
    word_asked = ("kind",)
    about_instrument = True
    main_panels = [
        FieldPanel("kind"),
        FieldPanel("country"),
        FieldRowPanel([FieldPanel("year"), FieldPanel("period")]),
        FieldPanel("status_note"),
        FieldPanel("gist"),
        CoversPeople.coverage_panel,
        FieldPanel("ratifications"),
        FieldPanel("note"),
    ]
    override_translatable_fields = [
        *FacetedPage.override_translatable_fields,
        *VersionedPage.edition_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("kind", "country", "year", "period", "women", "men", "children")
        ),
        TranslatableField("status_note"),
        TranslatableField("gist"),
        TranslatableField("note"),
    ]
    parent_page_types = ["guidelines.LawIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("law")
        verbose_name_plural = _("laws")

    @cached_property
    def shown_country(self) -> Country | None:
        return taxonomy().countries.by_pk.get(self.country_id)

    @cached_property
    def shown_ratifications(self) -> list[tuple[Country | None, Any]]:
        """The country and what it has done, in the stated order."""
        countries = taxonomy().countries.by_code
        return [(countries.get(block.value["country"]), block.value) for block in self.ratifications]


class LawIndexPage(ListingPage):
    """All laws."""

    listed_model = LawPage
    filters: tuple[Filter, ...] = (
        Filter("kind", _("Kind"), "kind", from_choices(LawKind)),
        COUNTRY,
        CORRIDOR,
        STAGE,
        SERVICE_AREA,
        TAG,
    )
    sorting = Sorting(_("by title"))
    card_template = "guidelines/law_card.html"
    subpage_types = ["guidelines.LawPage"]

    class Meta:
        verbose_name = _("list of laws")
        verbose_name_plural = _("lists of laws")
