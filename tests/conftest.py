"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation
from wagtail.models import Locale, Site

from content.taxonomy import forget_taxonomy
from portal.catalogs import compile_catalogs

pytest_plugins = ["tests.plugins.committed"]

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """A fresh clone has no compiled catalogs; Django reads them when a language is first asked for."""
    compile_catalogs([ROOT / "locale", ROOT / "locale_borrowed"])


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Each test starts without what another one left in memory, in English."""
    forget_taxonomy()
    cache.clear()
    Site.clear_site_root_paths_cache()
    with translation.override("en"):
        yield
    forget_taxonomy()


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def khmer(db: None) -> Locale:
    return Locale.objects.get(language_code="km")
