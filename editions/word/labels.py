"""The words that head a part or a row of a document, and how they are found again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from content.languages import DEFAULT_LANGUAGE


def in_language(words: Any, language: str) -> str:
    with override(language):
        return str(words)


def plain_label(words: str) -> str:
    """Without what people change unawares: capitals, spaces, a colon at the end."""
    return " ".join(words.split()).casefold().rstrip(":：៖ ")


def is_called(written: str, words: Any, language: str) -> bool:
    """Whether somebody wrote this label, in the document's language or in English."""
    known = {plain_label(in_language(words, code)) for code in (language, DEFAULT_LANGUAGE)}
    return plain_label(written) in known
