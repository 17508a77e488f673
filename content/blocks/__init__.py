"""StreamField blocks, one concept a file."""

from content.blocks.body import BodyBlock
from content.blocks.country import CountryBlock
from content.blocks.figure import FigureBlock
from content.blocks.key import KeyBlock
from content.blocks.note import NoteBlock
from content.blocks.sentences import SentencesBlock
from content.blocks.source import SourceBlock, SourcesBlock
from content.blocks.text import HeadingBlock, ParagraphBlock

__all__ = [
    "BodyBlock",
    "CountryBlock",
    "FigureBlock",
    "HeadingBlock",
    "KeyBlock",
    "NoteBlock",
    "ParagraphBlock",
    "SentencesBlock",
    "SourceBlock",
    "SourcesBlock",
]
