"""Who is party to an agreement, and who has joined a treaty."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks import CountryBlock
from guidelines.choices import RatificationStatus


class PartyBlock(blocks.StructBlock):
    """A country or an organisation."""

    country = CountryBlock(required=False)
    name = blocks.CharBlock(label=_("Or organisation"), required=False, max_length=300)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["country"]) == bool(cleaned["name"]):
            raise StructBlockValidationError(
                block_errors={"name": ValidationError(_("Choose a country or name an organisation."))}
            )
        return cleaned

    class Meta:
        icon = "group"
        label = _("Party")
        description = _("A country or an organisation that is party to the agreement.")
        preview_value = {"country": "TH", "name": ""}


class PartiesBlock(blocks.StreamBlock):
    party = PartyBlock()


class RatificationBlock(blocks.StructBlock):
    """What one country has done about a treaty, as its source says."""

    country = CountryBlock()
    status = blocks.ChoiceBlock(label=_("Status"), choices=RatificationStatus.choices)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=300)
    year = blocks.IntegerBlock(label=_("Year"), required=False, min_value=1900, max_value=2100)
    as_of = blocks.IntegerBlock(
        label=_("As of"),
        required=False,
        min_value=1900,
        max_value=2100,
        help_text=_("The year of the source that says so."),
    )

    class Meta:
        icon = "globe"
        label = _("Ratification")
        description = _("What a country has done about this treaty, and when.")
        preview_value = {"country": "TH", "status": "ratified", "year": 2013, "as_of": 2018, "note": ""}


class RatificationsBlock(blocks.StreamBlock):
    ratification = RatificationBlock()

    class Meta:
        required = False
