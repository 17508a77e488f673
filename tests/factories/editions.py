"""Editions, made the way they are made: written by one person, approved by another."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Workflow

from accounts.models import Assignment, User
from editions.models import Edition
from tests.factories.accounts import UserFactory


def person_with(role: str = "editor", *, countries: Any = "all", languages: Any = "all") -> User:
    """Somebody with a role, for everything unless said otherwise."""
    person: User = UserFactory(must_change_password=False)
    Assignment.objects.give(person, role, countries=countries, languages=languages)
    return person


def submit(page: Any, author: User, *, change: str = "", note: str = "", effective: Any = None) -> Any:
    """Saves the page's words as a draft and asks for approval; gives the task that waits."""
    page.edition_change, page.change_note, page.effective_date = change, note, effective
    page.save_revision(user=author)
    state = Workflow.objects.get(active=True).start(page, author)
    return state.current_task_state


def approve(task_state: Any, approver: User, comment: str = "") -> None:
    task_state.task.specific.on_action(task_state, approver, "approve", comment=comment)


def publish(
    page: Any,
    change: str = "",
    note: str = "",
    *,
    effective: datetime.date | None = None,
    author: User | None = None,
    approver: User | None = None,
) -> Edition:
    """The edition that follows from publishing the page's words as they are in memory.

    The page is refreshed, so that the next call starts from what is live.
    """
    if change and not note:
        note = "The steps were hard to follow."
    if change in ("minor", "major") and effective is None:
        effective = timezone.localdate()
    waiting = submit(page, author or person_with(), change=change, note=note, effective=effective)
    approve(waiting, approver or person_with())
    page.refresh_from_db()
    page.__dict__.pop("standing_today", None)
    edition: Edition = Edition.objects.filter(page=page.pk).latest("pk")
    return edition
