"""The agreements and laws that a procedure rests on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class LegalBasisBlock(blocks.StructBlock):
    """A page of this site, or words where the site has none."""

    page = blocks.PageChooserBlock(
        label=_("Agreement or law"),
        required=False,
        page_type=["guidelines.AgreementPage", "guidelines.LawPage"],
    )
    text = blocks.CharBlock(label=_("Or in words"), required=False, max_length=500)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["page"] and not cleaned["text"]:
            raise StructBlockValidationError(
                block_errors={"text": ValidationError(_("Choose a page or write its name."))}
            )
        return cleaned

    class Meta:
        icon = "doc-full"
        label = _("Legal basis")
        description = _("An agreement or a law that this procedure rests on.")
        preview_value = {"page": None, "text": "National law on suppression of trafficking"}


class LegalBasisListBlock(blocks.StreamBlock):
    basis = LegalBasisBlock()

    class Meta:
        required = False
