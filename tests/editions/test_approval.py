"""Text goes live when somebody has approved it, and exactly the text that was approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import Workflow

from accounts.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.pages import GuidancePageFactory

pytestmark = pytest.mark.django_db


def person_with(role: str) -> Any:
    person = UserFactory()
    Assignment.objects.give(person, role, countries="all", languages="all")
    return person


def submitted(page: Any, author: Any) -> Any:
    """The state of the workflow after an editor has changed the page and submitted it."""
    page.introduction = "New words."
    page.save_revision(user=author)
    return Workflow.objects.get(active=True).start(page, author)


def test_an_approved_page_shows_the_new_text() -> None:
    page = GuidancePageFactory(introduction="Old words.")
    author, approver = person_with("editor"), person_with("safeguarding_reviewer")
    state = submitted(page, author)
    state.current_task_state.task.specific.on_action(state.current_task_state, approver, "approve")
    page.refresh_from_db()
    assert page.introduction == "New words."


def test_a_text_changed_after_it_was_submitted_does_not_go_live_with_it() -> None:
    page = GuidancePageFactory(introduction="Old words.")
    author, approver = person_with("editor"), person_with("editor")
    state = submitted(page, author)
    approved = state.current_task_state.revision_id
    page.introduction = "Words that nobody has approved."
    page.save_revision(user=author)
    state.refresh_from_db()
    task_state = state.current_task_state
    state.current_task_state.task.specific.on_action(task_state, approver, "approve")
    page.refresh_from_db()
    assert page.live_revision_id == task_state.revision_id
    assert page.live_revision_id >= approved


def test_a_submitted_page_still_shows_the_old_text() -> None:
    page = GuidancePageFactory(introduction="Old words.")
    submitted(page, person_with("editor"))
    page.refresh_from_db()
    assert page.introduction == "Old words."


@pytest.mark.parametrize("role", ["editor", "safeguarding_reviewer", "administrator", "translator"])
def test_nobody_publishes_past_the_workflow(role: str) -> None:
    page = GuidancePageFactory(introduction="Old words.")
    page.introduction = "New words."
    revision = page.save_revision()
    with pytest.raises((PublishPermissionError, PermissionDenied)):
        revision.publish(user=person_with(role))


def test_nobody_approves_what_they_have_written_themselves() -> None:
    page = GuidancePageFactory(introduction="Old words.")
    author = person_with("editor")
    state = submitted(page, author)
    with pytest.raises(PermissionDenied):
        state.current_task_state.task.specific.on_action(state.current_task_state, author, "approve")
    page.refresh_from_db()
    state.refresh_from_db()
    assert page.introduction == "Old words."
    assert state.status == state.STATUS_IN_PROGRESS


def test_who_wrote_an_edition_that_is_live_already_may_approve_the_next_one() -> None:
    page = GuidancePageFactory(introduction="Old words.")
    first, second = person_with("editor"), person_with("editor")
    state = submitted(page, first)
    state.current_task_state.task.specific.on_action(state.current_task_state, second, "approve")
    page.refresh_from_db()
    page.introduction = "Newer words."
    page.save_revision(user=second)
    state = Workflow.objects.get(active=True).start(page, second)
    state.current_task_state.task.specific.on_action(state.current_task_state, first, "approve")
    page.refresh_from_db()
    assert page.introduction == "Newer words."
