"""A list of sentences, each with an id of its own."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SentencesBlock(blocks.StreamBlock):
    """Points that are listed one below the other.

    A stream and not a list block, because each point then keeps its id through moving and translating,
    which comparison of editions rests on.
    """

    sentence = blocks.TextBlock(
        label=_("Sentence"),
        rows=2,
        icon="list-ul",
        description=_("One point, in one or two sentences."),
        preview_value="Speak with the child as well as with the parents.",
        template="blocks/sentence.html",
    )

    class Meta:
        icon = "list-ul"
        template = "blocks/sentences.html"
        required = False
