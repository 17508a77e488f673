"""A short code inside one page, the same in every language."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class KeyBlock(blocks.CharBlock):
    """Refers to another block of the same page, so translators never see it and it is never translated."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(
            validators=[
                RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use letters a to z, digits and hyphens."))
            ],
            **kwargs,
        )

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Nothing to translate (wagtail-localize asks)."""
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        """The same key in every language (wagtail-localize asks)."""
        return value

    class Meta:
        icon = "code"
