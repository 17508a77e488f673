"""Mails that remind the owners of pages: 30 days before a review is due, on the day, and every 30 days after."""

from __future__ import annotations

import datetime
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from content.languages import BY_CODE, DEFAULT_LANGUAGE
from editions.models import Desk, Standing
from editions.reviewing.ownership import owner_of_page
from editions.reviewing.reviews import NOTICE, under_review

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """A page in a mail."""

    title: str
    language: str
    due: datetime.date
    days_overdue: int
    unconfirmed: bool
    address: str


def latest_step(due: datetime.date, today: datetime.date) -> datetime.date | None:
    """The last day on which a reminder had to go out; None while the review is further away than 30 days."""
    steps = (today - (due - NOTICE)) // NOTICE
    return due - NOTICE + steps * NOTICE if steps >= 0 else None


def wants_reminder(standing: Standing, today: datetime.date) -> bool:
    """Whether a step has come since the last reminder. After days without a run the last step counts, once."""
    if standing.review_due is None:
        return False
    step = latest_step(standing.review_due, today)
    return step is not None and (standing.reminded_on is None or standing.reminded_on < step)


def remind_owners() -> int:
    """Writes to every desk that owns pages to review: one mail about all of them.

    It goes to the desk's address, or where it has none to each member, in the language that they work in.
    Says how many desks were written to. Bears being run twice. A mail that could not be sent is tried again
    at the next run and stops no other; then the first error is raised at the end.
    """
    today = timezone.localdate()
    wanted: dict[int, list[int]] = defaultdict(list)
    near = under_review().filter(review_due__lte=today + NOTICE).annotate(owner=owner_of_page())
    for standing in near.filter(owner__isnull=False):
        if wants_reminder(standing, today):
            wanted[standing.owner].append(standing.pk)
    members = Prefetch("members", User.objects.active().select_related("wagtail_userprofile"))
    told, errors = 0, []
    for desk in Desk.objects.filter(pk__in=wanted).prefetch_related(members):
        try:
            told += _remind(desk, wanted[desk.pk], today)
        except Exception as error:  # noqa: BLE001  one desk's mail server must not silence the others
            logger.error("Desk %s was not reminded: %s", desk.pk, type(error).__name__)
            errors.append(error)
    if errors:
        raise errors[0]
    return told


def _remind(desk: Desk, keys: list[int], today: datetime.date) -> bool:
    """Claims the pages, then writes; gives them back where no mail went out, and raises what stopped one.

    Mail goes out after the claim is stored and never inside the transaction: a slow mail server would
    hold SQLite's one write lock.
    """
    recipients = _recipients(desk)
    if not recipients:
        return False
    claimed = _claim(keys, today)
    if not claimed:
        return False
    sent, error = 0, None
    for address, language in recipients:
        try:
            _write(desk, address, language, claimed, today)
            sent += 1
        except Exception as failure:  # noqa: BLE001  the other members still get theirs
            error = failure
    if not sent:
        _give_back(claimed, today)
    if error is not None:
        raise error
    return True


def _claim(keys: Iterable[int], today: datetime.date) -> list[Standing]:
    """Marks the pages as told, and gives them as they were. Of two runs only one gets a page."""
    with transaction.atomic():
        rows = under_review().select_for_update(of=("self",)).filter(pk__in=keys).order_by("review_due", "pk")
        rows = rows.select_related("page__locale")
        claimed = [standing for standing in rows if wants_reminder(standing, today)]
        Standing.objects.filter(pk__in=[row.pk for row in claimed]).update(reminded_on=today)
    return claimed


def _give_back(claimed: Iterable[Standing], today: datetime.date) -> None:
    for standing in claimed:
        told = Standing.objects.filter(pk=standing.pk, reminded_on=today)
        told.update(reminded_on=standing.reminded_on)


def _recipients(desk: Desk) -> list[tuple[str, str]]:
    """Addresses, each with the language of its mail. A desk's own address has no language."""
    if desk.email:
        return [(desk.email, DEFAULT_LANGUAGE)]
    return [(member.email, _preferred_language(member)) for member in desk.members.all() if member.email]


def _preferred_language(member: Any) -> str:
    profile = getattr(member, "wagtail_userprofile", None)
    chosen = profile.preferred_language if profile else ""
    return chosen if chosen in BY_CODE else DEFAULT_LANGUAGE


def _write(desk: Desk, address: str, language: str, standings: list[Standing], today: datetime.date) -> None:
    context = {
        "desk": desk,
        "lines": [_line(standing, today) for standing in standings],
        "report": settings.PUBLIC_URL + reverse("review_due"),
    }
    with translation.override(language):
        subject = render_to_string("editions/mail/review_subject.txt", context)
        body = render_to_string("editions/mail/review_body.txt", context)
    EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[address]).send()


def _line(standing: Standing, today: datetime.date) -> Line:
    page = standing.page
    due = standing.review_due
    assert due is not None
    return Line(
        title=page.title,
        language=BY_CODE[page.locale.language_code].own_name,
        due=due,
        days_overdue=(today - due).days,
        unconfirmed=standing.unconfirmed,
        address=settings.PUBLIC_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
