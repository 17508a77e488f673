"""Anchors of headings, in every script."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from content.anchors import anchor

LETTERS_AND_MARKS = st.text(st.characters(categories=["L", "M"]), min_size=1)
KHMER = st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17D3, categories=["L", "M"]), min_size=1)


def words(text: str) -> str:
    """What an anchor must not lose, in the form in which two equal words are equal."""
    normal = unicodedata.normalize("NFC", text).casefold()
    return "".join(regex.findall(r"[\p{L}\p{M}\p{N}]", normal))


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Before you begin", "before-you-begin"),
        ("  What, if not?  ", "what-if-not"),
        ("Step 2: trace", "step-2-trace"),
        ("កុមារ និង គ្រួសារ", "កុមារ-និង-គ្រួសារ"),
        ("ผู้เสียหาย", "ผู้เสียหาย"),
        ("ຜູ້ຖືກເຄາະຮ້າຍ", "ຜູ້ຖືກເຄາະຮ້າຍ"),
        ("ပြန်လည်ပေါင်းစည်းရေး", "ပြန်လည်ပေါင်းစည်းရေး"),
        ("Hồi hương an toàn", "hồi-hương-an-toàn"),
        ("返回", "返回"),
    ],
)
def test_letters_marks_and_digits_of_every_script_stay(heading: str, expected: str) -> None:
    assert anchor(heading) == expected


@pytest.mark.parametrize("text", ["", "  ", "!?", "—"])
def test_an_anchor_is_never_empty(text: str) -> None:
    assert anchor(text) == "part"


def test_a_word_written_in_two_ways_has_one_anchor() -> None:
    assert anchor(unicodedata.normalize("NFD", "Hồi hương")) == anchor("Hồi hương")


def test_khmer_words_that_differ_by_a_vowel_sign_have_different_anchors() -> None:
    """Django's slugify makes them one."""
    assert anchor("កា") != anchor("កិ")


@given(st.text())
def test_no_letter_mark_or_digit_is_lost(text: str) -> None:
    assert anchor(text).replace("-", "") == words(text) or not words(text)


@given(KHMER, KHMER)
def test_different_khmer_words_have_different_anchors(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (anchor(one) == anchor(other)) is same


@given(st.text())
def test_an_anchor_needs_no_escaping_in_an_attribute_or_an_address(text: str) -> None:
    assert not set(anchor(text)) & set(" \t\n\r\"'<>&#%?/")


@given(LETTERS_AND_MARKS)
def test_an_anchor_of_an_anchor_is_itself(text: str) -> None:
    assert anchor(anchor(text)) == anchor(text)
