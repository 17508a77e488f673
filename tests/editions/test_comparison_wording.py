"""What is marked when the words of two editions are compared, in seven scripts."""

from __future__ import annotations

import itertools
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.comparison.wording import Segment, difference

SENTENCES = {
    "en": "The shelter sends the details to the transit centre, so that tracing of the family can begin.",
    "km": "មណ្ឌល\u200bបញ្ជូន\u200bព័ត៌មាន\u200bទៅ\u200bមណ្ឌល\u200bឆ្លងកាត់ "
    "ដើម្បី\u200bឱ្យ\u200bការ\u200bស្វែងរក\u200bគ្រួសារ\u200bអាច\u200bចាប់ផ្តើម។",
    "lo": "ສູນພັກເຊົາສົ່ງຂໍ້ມູນໄປຫາສູນຜ່ານແດນ ເພື່ອໃຫ້ການຕາມຫາຄອບຄົວສາມາດເລີ່ມຕົ້ນໄດ້",
    "my": "ဂေဟာက အချက်အလက်များကို ဖြတ်သန်းရေးစင်တာသို့ ပို့ပေးပြီး မိသားစုရှာဖွေခြင်း စတင်နိုင်သည်။",
    "th": "สถานคุ้มครองส่งข้อมูลไปยังศูนย์ส่งต่อ เพื่อให้เริ่มติดตามครอบครัวและประเมินความพร้อมได้",
    "vi": "Cơ sở bảo trợ gửi thông tin đến trung tâm trung chuyển để bắt đầu việc tìm kiếm gia đình.",
    "zh-hans": "收容所将资料送交中转中心，以便开始寻找家庭，并评估返回家庭的条件。",
}


def text(segments: list[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def kept(segments: list[Segment]) -> str:
    """What stayed, without spaces: they are no part of what is compared."""
    words = "".join(segment.text for segment in segments if segment.kept)
    return "".join(words.replace("\u200b", "").split())


def marked(segments: list[Segment]) -> list[str]:
    return [segment.text for segment in segments if not segment.kept]


@st.composite
def two_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A sentence of one of the languages, and what somebody made of it by cutting, adding and moving."""
    before = draw(st.sampled_from(list(SENTENCES.values())))
    after = before
    for _edit in range(draw(st.integers(min_value=0, max_value=3))):
        start = draw(st.integers(min_value=0, max_value=len(after)))
        end = draw(st.integers(min_value=start, max_value=min(len(after), start + 20)))
        put = draw(
            st.sampled_from(["", " ", "នៅ", "ໃນ", "တွင်", "ที่", "tại", "的", "not ", after[start:end] * 2])
        )
        after = after[:start] + put + after[end:]
    return before, after


@given(two_texts())
def test_joined_segments_are_the_two_texts(texts: tuple[str, str]) -> None:
    before, after = difference(*texts)
    assert (text(before), text(after)) == texts


@given(two_texts())
def test_what_is_kept_is_the_same_on_both_sides(texts: tuple[str, str]) -> None:
    before, after = difference(*texts)
    assert unicodedata.normalize("NFC", kept(before)) == unicodedata.normalize("NFC", kept(after))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_keep_both_promises(old: str, new: str) -> None:
    before, after = difference(old, new)
    assert (text(before), text(after)) == (old, new)
    assert unicodedata.normalize("NFC", kept(before)) == unicodedata.normalize("NFC", kept(after))


@given(two_texts())
def test_no_mark_is_parted_from_its_letter(texts: tuple[str, str]) -> None:
    for segments in difference(*texts):
        for segment, following in itertools.pairwise(segments):
            assert not unicodedata.category(following.text[0]).startswith("M")
            assert segment.text[-1] not in "\u17d2\u1039"


@given(st.sampled_from(list(SENTENCES.values())) | st.text(max_size=60))
def test_a_text_does_not_differ_from_itself(words: str) -> None:
    before, after = difference(words, words)
    assert not marked(before)
    assert not marked(after)


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_put_behind_is_all_that_is_marked(language: str) -> None:
    first = SENTENCES[language]
    added = {"th": "ภายในสามวัน", "lo": "ພາຍໃນສາມວັນ", "zh-hans": "限三天内。"}.get(language, "(3)")
    before, after = difference(first, f"{first} {added}")
    assert not marked(before)
    assert marked(after) == [added]


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        (
            "Repatriate when tracing is complete",
            "Repatriate; do not wait for tracing if it is not finished",
            ["Repatriate when tracing is complete"],
            ["Repatriate; do not wait for tracing if it is not finished"],
        ),
        (
            "Reunite with the family at Poipet",
            "Reunite with the family, or transfer to a reception centre",
            ["at Poipet"],
            [", or transfer to a reception centre"],
        ),
        ("The file is closed after 30 days.", "The file is closed after 60 days.", ["30"], ["60"]),
        ("ตามหาครอบครัวและประเมิน", "ตามหาญาติและประเมิน", ["ครอบครัว"], ["ญาติ"]),
        ("寻找家庭并评估返回的条件", "寻找亲属并评估返回的条件", ["家庭"], ["亲属"]),
        ("သုံးရက်အတွင်း အစီရင်ခံပါ", "ငါးရက်အတွင်း အစီရင်ခံပါ", ["သုံး"], ["ငါး"]),
    ],
)
def test_what_a_reader_would_mark(old: str, new: str, removed: list[str], added: list[str]) -> None:
    before, after = difference(old, new)
    assert (marked(before), marked(after)) == (removed, added)


def test_sentences_that_share_little_are_shown_whole() -> None:
    before, after = difference(
        "The shelter informs the embassy in writing.", "A person of trust goes along to the first visit."
    )
    assert [len(before), len(after)] == [1, 1]


def test_few_words_between_two_changes_are_marked_with_them() -> None:
    before, _after = difference(
        "Write to the head of the office in the capital and keep a copy of the letter",
        "Write to the desk of the embassy in the capital and keep a copy of the letter",
    )
    assert marked(before) == ["head of the office"]


def test_spaces_line_breaks_and_normal_forms_are_no_change() -> None:
    for old, new in [
        ("one two", "one\ntwo "),
        ("sốt rét", unicodedata.normalize("NFD", "sốt rét")),
        ("ជន\u200bរងគ្រោះ", "ជនរងគ្រោះ"),
    ]:
        before, after = difference(old, new)
        assert not marked(before)
        assert not marked(after)


def test_a_long_text_is_compared_by_sentences() -> None:
    numbers = random.Random(7)
    sentences = [
        " ".join(numbers.choice("abcdefghijklmnop") * 3 for _word in range(12)) + f" {index}."
        for index in range(200)
    ]
    changed = list(sentences)
    for index in range(0, 200, 60):
        changed[index] = changed[index].replace(".", " now.")
    before, after = difference(" ".join(sentences), " ".join(changed))
    assert not marked(before)
    assert marked(after) == ["now"] * 4


def test_one_endless_sentence_of_many_changes_is_shown_whole() -> None:
    old = " ".join(str(number) for number in range(2000))
    new = " ".join(str(number * 3) for number in range(2000))
    before, after = difference(old, new)
    assert (text(before), text(after)) == (old, new)
