"""Anchors of headings, in every script."""

from __future__ import annotations

import unicodedata

import regex


def anchor(text: str) -> str:
    """``"Before you begin"`` gives ``before-you-begin``; letters, marks and digits of any script stay.

    Django's slugify drops vowel signs, so that different Khmer words would share one anchor. An anchor of
    nothing but signs gives ``part``, because an empty id is no id.
    """
    normal = unicodedata.normalize("NFC", text).casefold()
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", normal)
    return "-".join(words) or "part"
