"""A country, stored as its code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


def country_choices() -> list[tuple[str, str]]:
    """All countries with their names, for a form."""
    # Here, because pages are made of blocks and the taxonomy is made of models.
    from content.taxonomy import taxonomy

    return [(country.code, country.label) for country in taxonomy().countries]


class CountryBlock(blocks.ChoiceBlock):
    """Holds an ISO 3166-1 alpha-2 code; the same in every language, so translators never see it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Country"))
        super().__init__(choices=country_choices, **kwargs)

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return value

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        # The choices are rows of the database and no part of a migration.
        return ("wagtail.blocks.CharBlock", [], {"required": self.field.required})

    class Meta:
        icon = "globe"
