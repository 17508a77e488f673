"""Which words of two texts differ, in scripts that put spaces between words and in those that do not."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

import regex

from content.clusters import clusters

#: Beyond this many pairs of tokens, texts are compared sentence by sentence: the comparison of tokens is
#: quadratic. Within sentences that differ, tokens are compared as far as the second number goes.
MOST_PAIRS = 90_000
MOST_PAIRS_IN_SENTENCES = 5_000
#: A text of which less than this stayed is shown as a whole, old and new: scattered marks say nothing.
LEAST_KEPT = 0.4
#: What stays between two changes counts as changed with them if it weighs less. A word of more than three
#: letters weighs two, a shorter word or a cluster of a script without spaces weighs one.
LEAST_BETWEEN = 3
#: More separate changes than this in one text are too many to listen to; a long text may have one more for
#: each twenty tokens.
MOST_MARKS = 6
TOKENS_A_MARK = 20

_SPACELESS = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Han}\p{Hiragana}\p{Katakana}]")
#: Scripts in which a bare letter most often ends the syllable before.
_BARE_LETTER = regex.compile(r"[\u0E01-\u0E2E\u0E81-\u0EAE\u1780-\u17A2]")
_LETTER_OF_THEIRS = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}]")
_END_OF_SENTENCE = frozenset(".!?;。！？；។៕။\n")


@dataclass(frozen=True)
class Segment:
    """A stretch of one text that stands in the other too, or does not."""

    text: str
    kept: bool


@dataclass
class Run:
    """Tokens ``a_start:a_end`` of the old text and ``b_start:b_end`` of the new one: the same, or not."""

    kept: bool
    a_start: int
    a_end: int
    b_start: int
    b_end: int


class Tokens:
    """A text in tokens: a cluster with the space after it, and the key by which it is compared.

    Joined, ``words`` are the text. Keys leave out spaces and the way in which a mark is written, so that a
    line break or another normal form is no change.
    """

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.keys: list[str] = []
        leading = ""
        for piece in clusters(text):
            if piece.isspace() or piece == "\u200b":
                if self.words:
                    self.words[-1] += piece
                else:
                    leading += piece
                continue
            self.words.append(leading + piece)
            self.keys.append(piece)
            leading = ""
        if leading:
            self.words.append(leading)
            self.keys.append("")
        if not unicodedata.is_normalized("NFC", text):
            self.keys = [unicodedata.normalize("NFC", key) for key in self.keys]

    def join(self, start: int, end: int) -> str:
        return "".join(self.words[start:end])


def difference(before: str, after: str) -> tuple[list[Segment], list[Segment]]:
    """The old text and the new one in segments; joined again each is its text.

    Marks never part a letter from what is written around it. Texts that differ in spaces only differ in nothing.
    """
    old, new = Tokens(before), Tokens(after)
    if old.keys == new.keys:
        return [Segment(before, True)], [Segment(after, True)]
    runs = _aligned(old.keys, new.keys)
    if _LETTER_OF_THEIRS.search(before):
        _hold_syllables(runs, old, new)
    runs = _merged(runs, old)
    if _is_confetti(runs, old, new):
        return _segments_of_whole(before), _segments_of_whole(after)
    return (
        _segments(old, [(run.kept, run.a_start, run.a_end) for run in runs]),
        _segments(new, [(run.kept, run.b_start, run.b_end) for run in runs]),
    )


def _aligned(old: list[str], new: list[str]) -> list[Run]:
    """What both begin and end with, and in between what a matcher finds."""
    most = min(len(old), len(new))
    start = 0
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a_end, b_end = len(old) - end, len(new) - end
    if (a_end - start) * (b_end - start) > MOST_PAIRS:
        return _aligned_by_sentence(old, new)
    return [
        Run(True, 0, start, 0, start),
        *_matched(old[start:a_end], new[start:b_end], start, start),
        Run(True, a_end, len(old), b_end, len(new)),
    ]


def _matched(old: list[str], new: list[str], a_offset: int, b_offset: int) -> list[Run]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        Run(tag == "equal", a_offset + a1, a_offset + a2, b_offset + b1, b_offset + b2)
        for tag, a1, a2, b1, b2 in matcher.get_opcodes()
    ]


def _sentences(keys: list[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    start = 0
    for index, key in enumerate(keys, start=1):
        if key in _END_OF_SENTENCE or index == len(keys):
            found.append(tuple(keys[start:index]))
            start = index
    return found


def _aligned_by_sentence(old: list[str], new: list[str]) -> list[Run]:
    """The same for long texts; nothing is kept where even their sentences are too many."""
    old_sentences, new_sentences = _sentences(old), _sentences(new)
    if len(old_sentences) * len(new_sentences) > MOST_PAIRS:
        return [Run(False, 0, len(old), 0, len(new))]
    old_ends = [0, *accumulate(map(len, old_sentences))]
    new_ends = [0, *accumulate(map(len, new_sentences))]
    runs: list[Run] = []
    matcher = SequenceMatcher(None, old_sentences, new_sentences, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        run = Run(tag == "equal", old_ends[a1], old_ends[a2], new_ends[b1], new_ends[b2])
        pairs = (run.a_end - run.a_start) * (run.b_end - run.b_start)
        if not run.kept and 0 < pairs <= MOST_PAIRS_IN_SENTENCES:
            a_part, b_part = old[run.a_start : run.a_end], new[run.b_start : run.b_end]
            runs += _matched(a_part, b_part, run.a_start, run.b_start)
        else:
            runs.append(run)
    return runs


def _hold_syllables(runs: list[Run], old: Tokens, new: Tokens) -> None:
    """Moves the edges of changes outward, so that a Thai, Lao or Khmer syllable is marked with its last letter."""
    for index, run in enumerate(runs):
        if run.kept:
            continue
        if index and _ends_a_syllable(old, run.a_start, run.a_end) | _ends_a_syllable(
            new, run.b_start, run.b_end
        ):
            before = runs[index - 1]
            if before.kept and before.a_end > before.a_start and _runs_on(old.words[before.a_end - 1]):
                before.a_end, before.b_end = before.a_end - 1, before.b_end - 1
                run.a_start, run.b_start = before.a_end, before.b_end
        if index + 1 < len(runs):
            after = runs[index + 1]
            if after.kept and _ends_a_syllable(old, after.a_start, after.a_end):
                last = old.words[run.a_end - 1] if run.a_end > run.a_start else new.words[run.b_end - 1]
                if _runs_on(last):
                    after.a_start, after.b_start = after.a_start + 1, after.b_start + 1
                    run.a_end, run.b_end = after.a_start, after.b_start


def _ends_a_syllable(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a stretch begins with one bare letter. Of two, the first begins a syllable."""
    if start >= end or not _BARE_LETTER.fullmatch(tokens.keys[start]):
        return False
    following = tokens.keys[start + 1 : start + 2]
    return not (following and _BARE_LETTER.fullmatch(following[0]))


def _runs_on(word: str) -> bool:
    """Whether the next token belongs to the same run of letters."""
    return bool(_LETTER_OF_THEIRS.match(word[-1]))


def _weight(keys: list[str]) -> int:
    total = 0
    for key in keys:
        if not key or not (key[0].isalnum() or _SPACELESS.match(key[0])):
            continue
        total += 1 if len(key) <= 3 or _SPACELESS.match(key[0]) else 2
        if total >= LEAST_BETWEEN:
            break
    return total


def _merged(runs: list[Run], old: Tokens) -> list[Run]:
    """Neighbours of one kind joined, and what hardly counts between two changes given to them."""
    runs = _joined(runs)
    for run in runs[1:-1]:
        if run.kept and _weight(old.keys[run.a_start : run.a_end]) < LEAST_BETWEEN:
            run.kept = False
    return _joined(runs)


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if run.a_end == run.a_start and run.b_end == run.b_start:
            continue
        if joined and joined[-1].kept == run.kept:
            joined[-1].a_end, joined[-1].b_end = run.a_end, run.b_end
        else:
            joined.append(run)
    return joined


def _is_confetti(runs: list[Run], old: Tokens, new: Tokens) -> bool:
    shortest = min(len(old.keys), len(new.keys))
    if sum(not run.kept for run in runs) > max(MOST_MARKS, shortest // TOKENS_A_MARK):
        return True
    kept = sum(len(old.join(run.a_start, run.a_end)) for run in runs if run.kept)
    shorter = min(sum(map(len, old.words)), sum(map(len, new.words)))
    return kept < LEAST_KEPT * shorter


def _segments(tokens: Tokens, runs: list[tuple[bool, int, int]]) -> list[Segment]:
    found: list[Segment] = []
    for kept, start, end in runs:
        text = tokens.join(start, end)
        if text:
            found += [Segment(text, True)] if kept else _segments_of_whole(text)
    return found


def _segments_of_whole(text: str) -> list[Segment]:
    """A stretch that is not in the other text. The space at its end is not worth a mark."""
    words = text.rstrip()
    if not words:
        return [Segment(text, True)] if text else []
    rest = text[len(words) :]
    return [Segment(words, False)] + ([Segment(rest, True)] if rest else [])
