"""Where texts of seven languages may be cut, and what must stay whole."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.clusters import clusters, fold, unbreakable, width

LETTERS_AND_SIGNS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0E00, max_codepoint=0x0EFF),
        st.characters(min_codepoint=0x1000, max_codepoint=0x109F),
        st.characters(min_codepoint=0x1780, max_codepoint=0x17FF),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x4E40),
        st.sampled_from(" \u00a0\u200b\u200c\u200d\u0301\n-/'\"(),.、。「」ắéđZ09"),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)


def is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M") or character in "\u200c\u200d"


@given(LETTERS_AND_SIGNS)
def test_joined_clusters_are_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


@given(LETTERS_AND_SIGNS)
def test_no_cluster_starts_with_a_mark_but_where_the_text_does(text: str) -> None:
    assert not any(is_mark(cluster[0]) for cluster in clusters(text)[1:])


@given(LETTERS_AND_SIGNS)
def test_no_cluster_ends_with_a_sign_that_takes_the_next_letter(text: str) -> None:
    pieces = clusters(text)
    for piece, following in itertools.pairwise(pieces):
        if piece[-1] in "\u17d2\u1039":
            assert unicodedata.category(following[0]) != "Lo"


@given(LETTERS_AND_SIGNS, st.integers(min_value=4, max_value=30))
def test_folding_loses_nothing_but_spaces(text: str, limit: int) -> None:
    def ink(words: str) -> str:
        return "".join(words.replace("\u200b", "").split())

    assert ink("".join(fold(text, limit))) == ink(text)


@given(LETTERS_AND_SIGNS, st.integers(min_value=4, max_value=30))
def test_a_line_is_too_wide_only_if_it_is_one_piece(text: str, limit: int) -> None:
    whole = unbreakable(text)
    assert all(width(line) <= limit or line in whole for line in fold(text, limit))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("victim of trafficking", ["victim", " ", "of", " ", "trafficking"]),
        ("sốt rét", ["sốt", " ", "rét"]),
        ("so\u0302\u0301t", ["so\u0302\u0301t"]),
        ("遣返，安置", ["遣", "返", "，", "安", "置"]),
        ("2003年", ["2003", "年"]),
    ],
)
def test_words_where_there_are_spaces_and_single_characters_in_chinese(text: str, pieces: list[str]) -> None:
    assert clusters(text) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("គ្រោះ", ["គ្រោះ"]),
        ("ខ្មែរ", ["ខ្មែ", "រ"]),
        ("ស្ត្រី", ["ស្ត្រី"]),
    ],
)
def test_a_khmer_subscript_stays_under_its_letter(text: str, pieces: list[str]) -> None:
    assert clusters(text) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ចាប់", ["ចាប់"]),
        ("ប្រយោជន៍", ["ប្រ", "យោ", "ជន៍"]),
        ("ສຽງ", ["ສຽ", "ງ"]),
        ("สัมภาษณ์", ["สั", "ม", "ภา", "ษณ์"]),
    ],
)
def test_a_consonant_closed_by_a_sign_stays_with_the_syllable_before(text: str, pieces: list[str]) -> None:
    assert clusters(text) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("เด็ก", ["เด็", "ก"]),
        ("ไทย", ["ไท", "ย"]),
        ("ເດັກ", ["ເດັ", "ກ"]),
        ("ໂຮງ", ["ໂຮ", "ງ"]),
        ("ແໜ້ນ", ["ແໜ້", "ນ"]),
    ],
)
def test_a_vowel_written_before_its_consonant_stays_with_it(text: str, pieces: list[str]) -> None:
    assert clusters(text) == pieces


@pytest.mark.parametrize("text", ["เกาะ", "น้ำ", "ເຄາະ", "ນ້ຳ"])
def test_a_vowel_written_after_its_consonant_stays_with_it(text: str) -> None:
    assert clusters(text) == [text]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("မြန်မာ", ["မြန်", "မာ"]),
        ("စောင့်ရှောက်", ["စောင့်", "ရှောက်"]),
        ("ယောက်ျား", ["ယောက်ျား"]),
        ("ဝတ္ထု", ["ဝတ္ထု"]),
        ("အင်္ဂလန်", ["အင်္ဂ", "လန်"]),
    ],
)
def test_a_burmese_cluster_is_a_syllable_and_a_stack_holds_two_together(text: str, pieces: list[str]) -> None:
    assert clusters(text) == pieces


def test_an_empty_text_has_no_clusters_and_no_lines() -> None:
    assert clusters("") == []
    assert fold("", 12) == []
    assert fold(" \u200b ", 12) == []


def test_marks_take_no_room_and_chinese_takes_two() -> None:
    assert width("rét") == width("re\u0301t") == 3
    assert width("ที่") == 1
    assert width("遣返") == 4
    assert width("ខ្មែ") < width("ខម")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Plan", ["Plan"]),
        ("Finish tracing", ["Finish", "tracing"]),
        ("Reunite or transfer", ["Reunite or", "transfer"]),
        ("အမှုပုံစံ လက်ခံ", ["အမှုပုံစံ", "လက်ခံ"]),
        ("ជន\u200bរងគ្រោះ\u200bជន\u200bរងគ្រោះ", ["ជន\u200bរងគ្រោះ", "ជន\u200bរងគ្រោះ"]),
    ],
)
def test_lines_end_at_spaces_where_the_text_has_them(text: str, lines: list[str]) -> None:
    assert fold(text, 12) == lines


def test_a_run_without_spaces_is_cut_where_a_syllable_begins() -> None:
    assert fold("ตามหาครอบครัวและประเมิน", 12) == ["ตามหาครอบครัว", "และประเมิน"]


def test_a_long_word_of_a_script_with_spaces_is_not_cut() -> None:
    assert fold("Rehabilitation", 10) == ["Rehabilitation"]


def test_a_hyphen_may_end_a_line_but_not_between_numbers() -> None:
    assert fold("re-integration", 12) == ["re-", "integration"]
    assert fold("2-3", 2) == ["2-3"]


def test_no_line_starts_with_closing_punctuation_or_ends_with_an_opening_one() -> None:
    for limit in range(4, 16):
        for line in fold("首次面谈，并（临时）安置。", limit):
            assert line[0] not in "，）。"
            assert line[-1] != "（"


def test_a_sign_of_repetition_stays_with_its_word() -> None:
    for limit in range(4, 12):
        assert not any(line.startswith(("ๆ", "ໆ", "ៗ")) for line in fold("ต่างๆต่างๆຕ່າງໆផ្សេងៗ", limit))


def test_a_no_break_space_keeps_its_line() -> None:
    assert fold("about 10\u00a0km away", 6) == ["about", "10\u00a0km", "away"]
