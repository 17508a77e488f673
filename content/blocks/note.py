"""A note that changes what the reader does."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.text import TEXT_FEATURES


class NoteBlock(blocks.StructBlock):
    """A filled panel. Kept rare, so that it is seen."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("information", _("Information")), ("child", _("About a child")), ("caution", _("Caution"))],
        default="information",
    )
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Note")
        template = "blocks/note.html"
        description = _("A panel for what the reader must not miss.")
        preview_value = {
            "kind": "caution",
            "heading": "Ask first",
            "text": "<p>Whom the place serves is not stated.</p>",
        }
