"""Catalogs are compiled without gettext, and only when they changed."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from portal.catalogs import compile_catalogs

CATALOG = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Leave now"
msgstr "ອອກດຽວນີ້"

#, fuzzy
msgid "Home"
msgstr "ບ້ານ"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "lo" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOG)
    return path


def compiled(source: Path) -> gettext.GNUTranslations:
    with source.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_a_translation_can_be_read(source, tmp_path):
    assert compile_catalogs([tmp_path]) == (1, 0)
    assert compiled(source).gettext("Leave now") == "ອອກດຽວນີ້"


def test_a_guess_is_not_shown_to_readers(source, tmp_path):
    compile_catalogs([tmp_path])
    assert compiled(source).gettext("Home") == "Home"


def test_what_did_not_change_is_left_alone(source, tmp_path):
    compile_catalogs([tmp_path])
    assert compile_catalogs([tmp_path]) == (0, 1)


def test_an_older_catalog_put_back_is_compiled_again(source, tmp_path):
    compile_catalogs([tmp_path])
    os.utime(source, (1_000_000_000, 1_000_000_000))
    assert compile_catalogs([tmp_path]) == (1, 0)


def test_nothing_else_is_left_in_the_folder(source, tmp_path):
    compile_catalogs([tmp_path])
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
