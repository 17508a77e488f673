"""Forms and annexes."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class FormBlock(blocks.StructBlock):
    """A form that a procedure uses, with its file where there is one."""

    title = blocks.CharBlock(label=_("Title"), max_length=300)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=500)
    document = DocumentChooserBlock(label=_("File"), required=False)

    class Meta:
        icon = "doc-empty"
        label = _("Form or annex")
        description = _("A paper that this procedure uses.")
        preview_value = {"title": "Individual integration plan", "note": "", "document": None}


class FormsBlock(blocks.StreamBlock):
    form = FormBlock()

    class Meta:
        required = False
