"""Where a text may be cut, in scripts that put spaces between words and in those that do not.

Khmer, Lao, Burmese, Thai and Chinese write words without spaces, and none of the engines we use agrees
with another on where a word ends. What all can agree on is the smallest piece that must stay whole: a
letter with everything that is written around it. Search indexes these pieces, a comparison counts them,
and the step diagram, which no script may lay out, breaks its labels between them. The pieces depend on
this module alone: an index made today reads the same after the system's ICU was updated.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise

import regex

#: Scripts whose words are not divided by spaces. Hangul is not among them: Korean has spaces.
SPACELESS = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Han}\p{Hiragana}\p{Katakana}"

# ZWNJ and ZWJ shape the letter before them, so they are treated as marks. Khmer coeng and the Burmese
# stacker also take the letter that follows them: the pair is drawn under the letter before.
MARK = r"[\p{M}\u200C\u200D]"
AROUND = rf"(?:[\u17D2\u1039]\p{{Lo}}|{MARK})*+"

# Thai and Lao write some vowels before their consonant and some after, as letters and not as marks.
VOWEL_BEFORE = r"[\u0E40-\u0E44\u0EC0-\u0EC4]"
VOWEL_AFTER = r"[\u0E30\u0E32\u0E33\u0E45\u0EB0\u0EB2\u0EB3\u0EBD]"
THAI_OR_LAO_CONSONANT = r"[\u0E01-\u0E2E\u0E81-\u0EAE\u0EDC-\u0EDF]"

# A consonant that is silenced or closed by a sign ends a syllable and never begins one: Burmese asat
# (behind the dot below, in canonical order) and stacker, Thai thanthakhat, Lao cancellation, Khmer bantoc and
# toandakhiat. A Burmese stack thus holds two syllables together, and so does a kinzi: nothing may part them.
CLOSED_CONSONANT = (
    r"(?:[\u1000-\u1021\u1025](?=\u1037?\u103A|\u1039)"
    r"|[\u0E01-\u0E2E](?=[\u0E34\u0E38]?\u0E4C)"
    r"|[\u0E81-\u0EAE](?=[\u0EB4\u0EB8]?\u0ECC)"
    r"|[\u1780-\u17A2](?=[\u17CB\u17CD]))"
)

_CLUSTER = regex.compile(
    rf"""
    (?: {VOWEL_BEFORE} {MARK}*+ (?={THAI_OR_LAO_CONSONANT}) )? [{SPACELESS}&&\p{{L}}] {AROUND}
        (?: {VOWEL_AFTER} {MARK}*+ )*+ (?: {CLOSED_CONSONANT} {AROUND} )*+
    | (?: [\p{{L}}--[{SPACELESS}]] {MARK}*+ | [\p{{Nd}}--[{SPACELESS}]] {MARK}*+ )++
    | (?: \p{{Nd}} {MARK}*+ )++
    | \s++ {MARK}*+
    | . {MARK}*+
    """,
    regex.VERBOSE | regex.VERSION1 | regex.DOTALL,
)

_SPACELESS_START = regex.compile(rf"[{SPACELESS}]", regex.VERSION1)
_SYLLABLE_START = regex.compile(rf"{VOWEL_BEFORE}|[\p{{Myanmar}}\p{{Han}}\p{{Hiragana}}\p{{Katakana}}]")
_NO_BREAK = frozenset("\u00a0\u202f\u2060")
#: Signs that belong to what stands before them but are no punctuation to Unicode: repetition and abbreviation.
_CLINGING = frozenset("\u0e46\u0ec6\u0e2f\u0eaf\u17d7\u3005\u30fc")
_STRAIGHT_QUOTES = frozenset("\"'")


def clusters(text: str) -> list[str]:
    """Cut a text into the pieces that stay whole; joined again they are the text.

    A piece is a letter with its marks, subscripts and the vowels written before and after it, in a script
    without spaces; a word or number in any other; a run of white space; or one sign of punctuation. A Burmese,
    Thai, Lao or Khmer consonant that a sign closes stays with the syllable before. No piece starts with a
    mark, unless the text itself does. Text is taken as it is: normalise (NFC or NFKC) before, where it matters.

    >>> clusters("ပြန်လည် PTC")
    ['ပြန်', 'လည်', ' ', 'PTC']
    """
    pieces: list[str] = _CLUSTER.findall(text)
    return pieces


@lru_cache(maxsize=4096)
def _character_width(character: str) -> float:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf", "Cc"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 2.0
    if category == "Mc":
        return 0.75
    if "\u1000" <= character <= "\u109f":
        return 1.6
    if "\u1780" <= character <= "\u17ff":
        return 1.25
    return 1.0


def width(text: str) -> float:
    """Roughly how much room a text takes, in average Latin letters.

    Marks above and below take none, Chinese characters two. The averages for Burmese and Khmer letters and
    for the signs beside them were measured in the Noto fonts on the vocabulary of this project; a single
    word may be a fifth wider or narrower, so leave air.
    """
    total = 0.0
    stacked = False
    for character in text:
        # The letter after a coeng or a stacker is drawn below and takes no room of its own.
        total += 0.0 if stacked else _character_width(character)
        stacked = character in "\u17d2\u1039"
    return total


def _is_gap(piece: str) -> bool:
    """White space that may end a line and vanish there: not the no-break kinds."""
    return piece == "\u200b" or (piece.isspace() and not _NO_BREAK.intersection(piece))


def _cut_cost(before: str, after: str) -> float | None:
    """How much a line break between two neighbouring pieces hurts; None where it is wrong."""
    if _NO_BREAK.intersection(before + after) or before[0] in _STRAIGHT_QUOTES:
        return None
    if unicodedata.category(before[0]) in {"Ps", "Pi"}:
        return None
    if after[0] in _CLINGING or unicodedata.category(after[0]) in {"Pe", "Pf", "Pd", "Po"}:
        return None
    if before in "-/" and after[0].isalpha():
        return 8.0
    if not (_SPACELESS_START.match(before) or _SPACELESS_START.match(after)):
        return 8.0 if unicodedata.east_asian_width(before[0]) in {"W", "F"} else None
    if _SYLLABLE_START.match(after):
        return 2.0 if unicodedata.east_asian_width(after[0]) == "W" else 20.0
    # A bare letter in Thai, Lao or Khmer is most often the end of the syllable before.
    return 60.0 if len(after) == 1 and after.isalpha() else 30.0


def unbreakable(text: str) -> list[str]:
    """The pieces of a text that no line break may divide, without the spaces between them."""
    return [atom for atom, _cost, _gap in _atoms(text)]


def _atoms(text: str) -> list[tuple[str, float, str]]:
    """Every unbreakable piece, with the cost of a break before it and the space that vanishes there."""
    pieces = clusters(text.strip().strip("\u200b"))
    if not pieces:
        return []
    atoms: list[tuple[str, float, str]] = [(pieces[0], 0.0, "")]
    gap = ""
    for before, after in pairwise(pieces):
        if _is_gap(after):
            gap += after
            continue
        cost = 0.0 if gap else _cut_cost(before, after)
        if cost is None:
            last, last_cost, last_gap = atoms[-1]
            atoms[-1] = (last + after, last_cost, last_gap)
        else:
            atoms.append((after, cost, gap))
        gap = ""
    return atoms


def fold(text: str, limit: float) -> list[str]:
    """Break a text into lines of at most ``limit`` Latin widths, as even as they come.

    Lines end at spaces and zero-width spaces where the text has them, between clusters only where a run
    would not fit otherwise, and never inside a cluster. A piece wider than the limit, such as a long Latin
    word, gets a line of its own and is not cut: a word cut without its hyphen reads as two.
    """
    atoms = _atoms(text)
    best: list[tuple[float, int]] = [
        (0.0, 0)
    ]  # for every number of atoms: cost so far, where the last line starts
    for end in range(1, len(atoms) + 1):
        candidates = []
        for start in range(end - 1, -1, -1):
            room = width(_line(atoms, start, end))
            if room > limit and start < end - 1:
                break
            cost = 25.0 + 20.0 * (room / limit) ** 2 + (atoms[start][1] if start else 0.0)
            candidates.append((best[start][0] + cost, start))
        best.append(min(candidates))
    lines: list[str] = []
    end = len(atoms)
    while end:
        start = best[end][1]
        lines.append(_line(atoms, start, end))
        end = start
    return lines[::-1]


def _line(atoms: list[tuple[str, float, str]], start: int, end: int) -> str:
    return atoms[start][0] + "".join(gap + atom for atom, _cost, gap in atoms[start + 1 : end])
