"""Headings and running text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

#: What running text may hold. No images and no embeds: a picture needs its own text, an embed a third party.
TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    """A heading with an anchor made from its own letters and marks, in whatever script."""

    text = blocks.CharBlock(label=_("Text"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Heading")), ("3", _("Subheading"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        description = _("Starts a part of the page; readers can jump to it.")
        preview_value = {"text": "Before you begin", "level": "2"}


class ParagraphBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>Ask what the person wants before you arrange anything.</p>"
