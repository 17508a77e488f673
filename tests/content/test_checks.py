"""The system check on addresses."""

from __future__ import annotations

import pytest
from django.core.checks import Error, run_checks
from wagtail.models import Page

from content.addresses import RESERVED_SLUGS
from content.checks import no_page_has_a_reserved_slug
from tests.factories.pages import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["editions", "with", "help-now", "corridors", "search", "directory", "plan"])
def test_a_page_with_a_reserved_slug_is_an_error(slug: str) -> None:
    page = StandardPageFactory()
    Page.objects.filter(pk=page.pk).update(slug=slug)
    assert [
        (error.id, slug in error.msg) for error in no_page_has_a_reserved_slug(databases=["default"])
    ] == [("content.E001", True)]


def test_ordinary_pages_pass() -> None:
    StandardPageFactory()
    assert no_page_has_a_reserved_slug(databases=["default"]) == []


def test_without_a_database_nothing_is_asked() -> None:
    assert no_page_has_a_reserved_slug(databases=None) == []


def test_the_check_runs_with_those_of_the_database() -> None:
    Page.objects.filter(pk=StandardPageFactory().pk).update(slug="editions")
    errors = run_checks(tags=["database"], databases=["default"])
    assert any(isinstance(error, Error) and error.id == "content.E001" for error in errors)


def test_every_address_that_is_no_page_is_reserved() -> None:
    """What stands first in an address beside the languages, or first below a language."""
    from portal.urls import urlpatterns

    first_parts = set()
    for pattern in urlpatterns:
        if hasattr(pattern.pattern, "_route"):
            first_parts.add(pattern.pattern._route.partition("/")[0].partition(".")[0])
        else:
            for below in pattern.url_patterns:
                first_parts.add(str(below.pattern).partition("/")[0])
    words = {part for part in first_parts if part.isalpha()}
    assert words <= RESERVED_SLUGS
