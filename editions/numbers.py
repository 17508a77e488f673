"""Edition numbers: ``1.0``, ``1.1``, ``2.0``, and ``1.0-2`` for the second text of 1.0."""

from __future__ import annotations

import re
from typing import NamedTuple

#: ASCII digits in every script: a number is read aloud on the telephone and typed into an address.
PATTERN = re.compile(r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})(?:-([1-9][0-9]{0,3}))?", re.ASCII)


class EditionNumber(NamedTuple):
    """Sorts by age. ``text`` counts the frozen texts of one number in one language, from 1; 0 means any."""

    major: int
    minor: int
    text: int = 0

    @classmethod
    def parse(cls, words: str) -> EditionNumber:
        """Raises ValueError for what is no number of an edition."""
        found = PATTERN.fullmatch(words)
        if found is None:
            raise ValueError("no edition number")
        major, minor, text = found.groups()
        return cls(int(major), int(minor), int(text or 0))

    def __str__(self) -> str:
        number = f"{self.major}.{self.minor}"
        return f"{number}-{self.text}" if self.text else number
