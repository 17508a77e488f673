"""Text goes live when somebody has approved it, and exactly the text that was approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.actions.publish_revision import PublishPermissionError

from editions.reasons import PublicationRefused
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.pages import GuidancePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Any:
    return GuidancePageFactory(introduction="Old words.")


def submitted(page: Any, author: Any) -> Any:
    """The task that waits after an editor has changed the page and submitted it."""
    page.introduction = "New words."
    return submit(page, author)


def words_for_readers(page: Any) -> str:
    return str(type(page).objects.get(pk=page.pk).introduction)


def test_an_approved_page_shows_the_new_text(page: Any) -> None:
    approve(submitted(page, person_with()), person_with("safeguarding_reviewer"))
    assert words_for_readers(page) == "New words."


def test_a_text_changed_after_it_was_submitted_does_not_go_live_with_it(page: Any) -> None:
    author = person_with()
    waiting = submitted(page, author)
    page.introduction = "Words that nobody has approved."
    page.save_revision(user=author)
    approve(waiting, person_with())
    assert words_for_readers(page) == "New words."


def test_a_submitted_page_still_shows_the_old_text(page: Any) -> None:
    submitted(page, person_with())
    assert words_for_readers(page) == "Old words."


@pytest.mark.parametrize("role", ["editor", "safeguarding_reviewer", "administrator", "translator"])
def test_nobody_publishes_past_the_workflow(page: Any, role: str) -> None:
    page.introduction = "New words."
    revision = page.save_revision()
    with pytest.raises((PublishPermissionError, PermissionDenied)):
        revision.publish(user=person_with(role))


def test_nobody_approves_what_they_have_written_themselves(page: Any) -> None:
    author = person_with()
    waiting = submitted(page, author)
    with pytest.raises(PublicationRefused):
        approve(waiting, author)
    waiting.refresh_from_db()
    assert words_for_readers(page) == "Old words."
    assert waiting.status == waiting.STATUS_IN_PROGRESS


def test_who_wrote_an_edition_that_is_live_already_may_approve_the_next_one(page: Any) -> None:
    first, second = person_with(), person_with()
    publish(page, author=first, approver=second)
    page.introduction = "Newer words."
    publish(page, "minor", author=second, approver=first)
    assert words_for_readers(page) == "Newer words."
