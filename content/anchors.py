"""Anchors of headings, in every script."""

from __future__ import annotations

import unicodedata

import regex

#: Ids that our templates use themselves; a heading "Main" must not take the place of the page's own part.
IDS_OF_THE_FRAME = frozenset(
    [
        "agencies",
        "basis",
        "changed",
        "child",
        "do",
        "filters",
        "findings",
        "forms",
        "further",
        "known",
        "languages",
        "main",
        "men",
        "menu",
        "on-this-page",
        "points",
        "problems",
        "procedures",
        "purpose",
        "ratification",
        "results",
        "sources",
        "steps",
        "tags",
    ]
)


def anchor(text: str) -> str:
    """``"Before you begin"`` gives ``before-you-begin``; letters, marks and digits of any script stay.

    Django's slugify drops vowel signs, so that different Khmer words would share one anchor. An anchor of
    nothing but signs gives ``part``, because an empty id is no id.
    """
    normal = unicodedata.normalize("NFC", text).casefold()
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", normal)
    found = "-".join(words) or "part"
    return f"part-{found}" if found in IDS_OF_THE_FRAME else found
