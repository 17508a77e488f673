"""The public page on which two editions stand side by side."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from wagtail.models import Page

from editions.comparison.views import comparison
from editions.models import Edition
from tests.factories.editions import publish
from tests.factories.pages import (
    SOPPageFactory,
    sop_steps,
)

pytestmark = pytest.mark.django_db


def ask(page: Page, before: Edition, after: Edition, **query: str) -> HttpRequest:
    request = RequestFactory().get("/en/", {"from": before.exact_number, "to": after.exact_number, **query})
    request.homeward_page = page
    return request


def shown(page: Page, before: Edition, after: Edition, **query: str) -> str:
    response = comparison(ask(page, before, after, **query), page, before, after)
    assert response.status_code == 200
    return response.render().content.decode()


@pytest.fixture
def two_editions() -> tuple[Page, Edition, Edition]:
    page = SOPPageFactory(title="Return", live=False, **sop_steps(6))
    first = publish(page)
    page.steps[0].value["place"] = "Poipet"
    page.steps.append(("step", {**page.steps[1].value, "key": "new", "action": "Report the arrival"}))
    return page, first, publish(page, "minor", note="The arrival is reported.")


def test_the_page_says_how_much_changed_and_why(two_editions: tuple[Page, Edition, Edition]) -> None:
    words = shown(*two_editions)
    for expected in (
        "What changed from edition 1.0 to 1.1",
        "The arrival is reported.",
        "1 changed",
        "1 added",
        "Report the arrival",
        "5 parts unchanged",
        'name="robots" content="noindex"',
    ):
        assert expected in words
    assert "style=" not in words
    assert "csrfmiddlewaretoken" not in words
    assert "<script>" not in words


def test_a_reader_may_see_all_parts_or_one_kind_of_change(
    two_editions: tuple[Page, Edition, Edition],
) -> None:
    assert "Do what step 3 says" not in shown(*two_editions)
    assert "Do what step 3 says" in shown(*two_editions, show="all")
    added = shown(*two_editions, show="added")
    assert "Report the arrival" in added
    assert "Poipet" not in added
    assert "Report the arrival" in shown(*two_editions, show="nonsense")


def test_two_editions_with_the_same_words_are_said_to_be_the_same(
    two_editions: tuple[Page, Edition, Edition],
) -> None:
    page, first, second = two_editions
    second.content, second.sha256 = first.content, first.sha256
    words = shown(page, first, second)
    assert "These two editions say the same." in words
    assert "<table" not in words


def test_the_links_keep_the_editions_that_were_asked_for(two_editions: tuple[Page, Edition, Edition]) -> None:
    assert 'href="?from=1.0&amp;to=1.1&amp;show=all"' in shown(*two_editions)


def test_a_text_that_was_taken_down_is_said_to_be_so_and_not_compared(
    two_editions: tuple[Page, Edition, Edition],
) -> None:
    page, first, second = two_editions
    first.content = {}
    words = shown(page, first, second)
    assert "The text of edition 1.0 was taken down" in words
    assert "Report the arrival" not in words


def test_the_comparison_stands_below_the_page(
    client: Client, two_editions: tuple[Page, Edition, Edition]
) -> None:
    page, _first, _second = two_editions
    words = client.get(f"/en/procedures/{page.slug}/editions/compare/?from=1.0&to=1.1").content.decode()
    assert "Report the arrival" in words
    assert words.count("<option") == 4
    assert words.count(" selected>") == 2
