"""Parts of a page as parts of a Word document: how each is shown there, and how it is read back.

A page type lists its parts in ``word_parts``. The part's ``name`` is the page's field.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from editions.word.facts import Row
from editions.word.flow import Form, Item, lines_of
from editions.word.inlines import same_words
from editions.word.labels import in_language
from editions.word.marks import part_mark
from editions.word.reading import Reading
from editions.word.report import Did
from editions.word.told import told


class Part(ABC):
    """``heading`` stands above it in the document, in the page's language."""

    template: ClassVar[str]
    #: Parts are read in this order; what others refer to comes first.
    rank = 1

    def __init__(self, name: str, heading: Any) -> None:
        self.name = name
        self.heading = heading

    @property
    def mark(self) -> str:
        return part_mark(self.name)

    @abstractmethod
    def shown(self, page: Any) -> dict[str, Any]:
        """What the part's template needs; empty where the page says nothing here."""

    @abstractmethod
    def take(self, items: list[Item], reading: Reading) -> list[Item]:
        """Writes the words into the page. Gives back what has no place in this part."""

    def where(self, reading: Reading) -> str:
        return in_language(self.heading, reading.language)


class Words(Part):
    """A text field: one paragraph a line."""

    template = "editions/word/words.html"

    def shown(self, page: Any) -> dict[str, Any]:
        lines = [line for line in getattr(page, self.name).split("\n") if line.strip()]
        return {"lines": lines} if lines else {}

    def take(self, items: list[Item], reading: Reading) -> list[Item]:
        # Somebody else's numbered lines are steps, whatever heading they stand under.
        forms = {Form.TEXT, Form.POINT, *([Form.NUMBER] if reading.ours else [])}
        words = "\n".join(lines_of(item for item in items if item.form in forms))
        rest = [item for item in items if item.form not in forms]
        before = getattr(reading.page, self.name)
        if same_words(words, before):
            reading.report.taken[self.where(reading)] += 1
            return rest
        longest = reading.page._meta.get_field(self.name).max_length
        if longest and len(words) > longest:
            reading.report.say(
                Did.TO_DO,
                _("%(where)s: %(length)d letters, at most %(longest)d fit. It was left as it was."),
                where=self.where(reading),
                length=len(words),
                longest=longest,
            )
            return items
        setattr(reading.page, self.name, words)
        reading.report.taken[self.where(reading)] += 1
        reading.report.say(Did.CHANGED, self.where(reading), before, words)
        return rest


class Told(Part):
    """Facts that the document tells but that are changed in the editor only, because they are choices.

    They are fields of the page, named by its type in ``word_told``.
    """

    template = "editions/word/told.html"

    def rows(self, page: Any) -> Sequence[Row]:
        return told(page, page.word_told)

    def shown(self, page: Any) -> dict[str, Any]:
        rows = self.rows(page)
        return {"rows": rows} if rows else {}

    def take(self, items: list[Item], reading: Reading) -> list[Item]:
        if not reading.ours:
            return items
        said = self._lines(reading)
        found = [line for item in items for line in item.lines()]
        for line in found:
            if not any(same_words(line, other) for other in said):
                where = self.where(reading)
                reading.report.say(Did.LEFT, _("%(where)s (change it in the editor)"), "", line, where=where)
        return []

    def _lines(self, reading: Reading) -> list[str]:
        return [" | ".join([row.label, " ".join(row.lines)]) for row in self.rows(reading.before)]


class Sources(Told):
    """The documents a page rests on, as a list."""

    template = "editions/word/list.html"

    def shown(self, page: Any) -> dict[str, Any]:
        lines = self._sources(page)
        return {"points": [{"mark": "", "text": line} for line in lines]} if lines else {}

    def _sources(self, page: Any) -> list[str]:
        lines = []
        for block in page.sources:
            document = block.value["document"]
            named = [document.title, document.publisher, str(document.year or "")] if document else []
            title = ", ".join(word for word in named if word)
            lines.append(". ".join(word for word in (title, block.value["where"]) if word))
        return lines

    def _lines(self, reading: Reading) -> list[str]:
        return self._sources(reading.before)
