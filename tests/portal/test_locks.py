"""The locks: everything pinned, everything with a checksum, nothing that leads to a package index."""

from __future__ import annotations

import tomllib
from itertools import pairwise

import pytest
from django.conf import settings
from packaging.requirements import Requirement

from scripts.locks import LOCKS, all_faults, faults, normal, pins

FOLDER = settings.BASE_DIR / "requirements"


def test_the_locks_have_no_fault():
    assert all_faults() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("django==5.2.1 \\\n    --hash=sha256:00\n", []),
        ("django==5.2.1\n", ["lock.txt: no checksum: django==5.2.1"]),
        ("django>=5.2 \\\n    --hash=sha256:00\n", ["lock.txt: not pinned: django>=5.2"]),
        (
            "--index-url https://example.org\n",
            ["lock.txt: not pinned: --index-url", "lock.txt: holds an address"],
        ),
    ],
)
def test_a_fault_is_found(tmp_path, text, expected):
    lock = tmp_path / "lock.txt"
    lock.write_text(text)
    assert faults(lock) == expected


def test_the_locks_give_what_pyproject_asks_for():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    pinned = dict(pins(FOLDER / "production.txt"))
    asked = [Requirement(text) for text in project["dependencies"]]
    wrong = [str(one) for one in asked if not one.specifier.contains(pinned[normal(one.name)])]
    assert wrong == []


def test_each_lock_holds_the_one_before():
    names = [name for name, _ in LOCKS]
    for smaller, larger in pairwise(names):
        assert pins(FOLDER / f"{smaller}.txt") <= pins(FOLDER / f"{larger}.txt")
