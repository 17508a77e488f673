"""The items of a checklist."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ChecklistItemBlock(blocks.StructBlock):
    """One thing to see to. Its block id is its identity: on paper, in a saved list, in every language."""

    text = blocks.TextBlock(label=_("Item"), rows=2)
    guidance = blocks.TextBlock(label=_("Guidance"), required=False, rows=2, help_text=_("Why, or how."))

    class Meta:
        icon = "tick"
        label = _("Item")
        label_format = "{text}"
        template = "blocks/checklist_item.html"
        description = _("One thing to see to, in one sentence.")
        preview_value = {
            "text": "Work from the start on where the person can live in the long run.",
            "guidance": "Usual obstacles: no home at all, or a dangerous one.",
        }


class ChecklistItemsBlock(blocks.StreamBlock):
    item = ChecklistItemBlock()
