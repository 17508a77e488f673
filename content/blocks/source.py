"""Where a page's statements come from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class SourceBlock(blocks.StructBlock):
    """A document and the place in it."""

    document = SnippetChooserBlock("content.SourceDocument", label=_("Document"))
    where = blocks.CharBlock(
        label=_("Place in it"), required=False, max_length=500, help_text=_("Chapter, section or page.")
    )

    class Meta:
        icon = "openquote"
        label = _("Source")
        template = "blocks/source.html"
        description = _("The document a statement rests on, and where in it.")
        preview_value = {"document": None, "where": "Introduction"}


class SourcesBlock(blocks.StreamBlock):
    """All sources of a page."""

    source = SourceBlock()

    class Meta:
        required = False
