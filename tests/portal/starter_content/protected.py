"""Whether a text names a place that is kept secret, asked without keeping the names.

``protected_names.txt`` holds fingerprints only, because this repository is public. It is made by
``python -m tests.portal.starter_content.protected < names``, one name a line, from a list that never enters
the repository. A name in Latin letters is compared word by word; one in a script that writes no spaces
between words is looked for at every letter.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import regex

NAMES = Path(__file__).parent / "protected_names.txt"
LONGEST = 9
LATIN_WORD = regex.compile(r"[a-z0-9]+")
NOT_LATIN = regex.compile(r"[\p{L}--\p{Script=Latin}]", regex.VERSION1)
APART = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _words(text: str) -> list[str]:
    """Words in Latin letters, without their accents and whatever their case."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return LATIN_WORD.findall(plain.casefold().replace("đ", "d"))


def _joined(text: str) -> str:
    """All letters without what stands between them."""
    return APART.sub("", unicodedata.normalize("NFKC", text).casefold())


def fingerprint(name: str) -> str:
    """``words:<hash>``, or ``<number of letters>:<hash>`` for a name with letters that are not Latin."""
    if NOT_LATIN.search(name):
        return f"{len(_joined(name))}:{_hash(_joined(name))}"
    return f"words:{_hash(' '.join(_words(name)))}"


@cache
def protected() -> frozenset[str]:
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def names_in(text: str, fingerprints: Iterable[str] | None = None) -> Iterator[str]:
    """The parts of ``text`` that are protected names."""
    known = protected() if fingerprints is None else frozenset(fingerprints)
    words = _words(text)
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            run = " ".join(words[start:end])
            if f"words:{_hash(run)}" in known:
                yield run
    if NOT_LATIN.search(text):
        letters = _joined(text)
        lengths = {int(kind) for kind in (line.partition(":")[0] for line in known) if kind != "words"}
        for length in lengths:
            for start in range(len(letters) - length + 1):
                part = letters[start : start + length]
                if f"{length}:{_hash(part)}" in known:
                    yield part


if __name__ == "__main__":
    for line in sorted({fingerprint(name) for name in sys.stdin.read().splitlines() if name.strip()}):
        sys.stdout.write(f"{line}\n")
