"""The running part of a page."""

from wagtail import blocks

from content.blocks.figure import FigureBlock
from content.blocks.note import NoteBlock
from content.blocks.text import HeadingBlock, ParagraphBlock


class BodyBlock(blocks.StreamBlock):
    """Headings, text, notes and figures in any order."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    note = NoteBlock()
    figure = FigureBlock()

    class Meta:
        required = False
