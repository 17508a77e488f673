"""Who acts in a procedure."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import CountryBlock, KeyBlock


class AgencyBlock(blocks.StructBlock):
    """One who acts. Steps name it by its key, so renaming it changes every step at once."""

    key = KeyBlock(label=_("Key"), help_text=_("A short code that the steps use, for instance 'dsvy'."))
    name = blocks.CharBlock(label=_("Name"), max_length=255)
    short = blocks.CharBlock(
        label=_("Short name"), max_length=60, help_text=_("Stands in the step diagram; two or three words.")
    )
    country = CountryBlock(required=False)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=500)

    class Meta:
        icon = "group"
        label = _("Agency")
        label_format = "{short} ({key})"
        description = _("An office, organisation or group that acts in this procedure.")
        preview_value = {
            "key": "social-affairs",
            "name": "Provincial department of social affairs",
            "short": "Social affairs",
            "country": "KH",
            "role": "traces and assesses the family",
        }


class AgenciesBlock(blocks.StreamBlock):
    agency = AgencyBlock()

    class Meta:
        collapsed = True
