"""What guidance rests on: findings, recommended actions, documents to read."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class FindingBlock(blocks.StructBlock):
    """A finding of a study, by its number there."""

    number = blocks.CharBlock(label=_("Number"), max_length=10)
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    gist = blocks.TextBlock(label=_("Gist"), rows=2)

    class Meta:
        icon = "search"
        label = _("Finding")
        description = _("What a study found.")
        preview_value = {"number": "2.3", "title": "Housing", "gist": "Home was for many missing or unsafe."}


class FindingsBlock(blocks.StreamBlock):
    finding = FindingBlock()

    class Meta:
        required = False


class RecommendationBlock(blocks.StructBlock):
    """A recommended action and who is to act."""

    number = blocks.IntegerBlock(label=_("Number"), min_value=1)
    heading = blocks.CharBlock(label=_("Heading"), max_length=255)
    gist = blocks.TextBlock(label=_("Gist"), rows=3)
    who_acts = blocks.ListBlock(
        blocks.CharBlock(label=_("Who"), max_length=200), label=_("Who acts"), default=[]
    )

    class Meta:
        icon = "list-ol"
        label = _("Recommendation")
        label_format = "{number} {heading}"
        description = _("A recommended action.")
        preview_value = {
            "number": 1,
            "heading": "Settle who does what",
            "gist": "Spell out the tasks of each agency.",
            "who_acts": ["governments"],
        }


class RecommendationsBlock(blocks.StreamBlock):
    recommendation = RecommendationBlock()

    class Meta:
        required = False


class ReferenceBlock(blocks.StructBlock):
    """A document to read elsewhere; a reader leaves only by pressing its link."""

    title = blocks.CharBlock(label=_("Title"), max_length=300)
    publisher = blocks.CharBlock(label=_("Publisher"), required=False, max_length=200)
    year = blocks.IntegerBlock(label=_("Year"), required=False, min_value=1900, max_value=2100)
    available_from = blocks.CharBlock(label=_("Available from"), required=False, max_length=200)
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A document to read elsewhere.")
        preview_value = {
            "title": "Guidelines on the protection of child victims",
            "publisher": "UNICEF",
            "year": 2006,
        }


class ReferencesBlock(blocks.StreamBlock):
    reference = ReferenceBlock()

    class Meta:
        required = False
