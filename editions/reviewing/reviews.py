"""When a page must be looked at again, and how somebody says that it is still correct."""

from __future__ import annotations

import calendar
import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editions.approval import covers
from editions.choices import EventKind
from editions.models.editions import EditionEvent
from editions.models.standing import Standing
from editions.models.tasks import APPROVERS
from editions.reasons import Reason, refuse

#: So long before a review is due its owner is told, and after it again and again.
NOTICE = datetime.timedelta(days=30)


class ReviewState(models.TextChoices):
    """How a page's review stands. Starter content that nobody approved is no case for a review yet."""

    OVERDUE = "overdue", pgettext_lazy("review", "Overdue")
    SOON = "soon", pgettext_lazy("review", "Due within 30 days")
    LATER = "later", pgettext_lazy("review", "Later")
    UNCONFIRMED = "unconfirmed", gettext_lazy("Starter content, never approved")


def next_review(since: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last day of the month where it is shorter."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(since.day, last))


def under_review() -> models.QuerySet[Standing]:
    """Pages that readers find and that are in use, in every language: drafts and withdrawn pages are not."""
    return Standing.objects.filter(page__live=True, out_of_use="", review_due__isnull=False)


def state_of(standing: Standing, today: datetime.date) -> ReviewState:
    due = standing.review_due
    if standing.unconfirmed:
        return ReviewState.UNCONFIRMED
    if due is None or due > today + NOTICE:
        return ReviewState.LATER
    return ReviewState.OVERDUE if due < today else ReviewState.SOON


def in_state(state: str, today: datetime.date) -> Q:
    """Standings in one state: the same question as ``state_of``, for a query."""
    confirmed = Q(unconfirmed=False)
    match ReviewState(state):
        case ReviewState.UNCONFIRMED:
            return Q(unconfirmed=True)
        case ReviewState.OVERDUE:
            return confirmed & Q(review_due__lt=today)
        case ReviewState.SOON:
            return confirmed & Q(review_due__gte=today, review_due__lte=today + NOTICE)
        case ReviewState.LATER:
            return confirmed & Q(review_due__gt=today + NOTICE)


def may_confirm(user: Any, page: Any) -> bool:
    """Whether somebody may say that a page is still correct: its owners, and who could approve it."""
    if not user.is_active:
        return False
    if page.desk_id and user.desks.filter(pk=page.desk_id).exists():
        return True
    return covers(user, page, *APPROVERS)


def reasons_against_confirming(standing: Standing | None) -> list[Reason]:
    """Why "still correct" cannot be said of a page, in words."""
    if standing is None or standing.current_id is None:
        return [Reason(_("This page has no edition yet."))]
    if standing.taken_down:
        return [Reason(_("This page was taken down."))]
    if standing.out_of_use:
        return [Reason(_("This page is out of use. Nobody needs to review it."))]
    if standing.unconfirmed:
        return [
            Reason(
                _(
                    "This is starter content that nobody has approved. 'Still correct' alone does not bring it "
                    "into force: submit it for approval."
                )
            )
        ]
    return []


@transaction.atomic
def confirm(page: Any, user: Any, note: str) -> datetime.date:
    """Records that a page is still correct; gives the day of its next review.

    One number means one content in all languages: what is said of an original holds for its translations
    that carry the same number. What is said of a translation holds for it alone. The same number of
    queries whatever the number of languages. Raises PermissionDenied for who may not say it, and
    ValidationError with the reasons against it.
    """
    if not may_confirm(user, page):
        raise PermissionDenied(
            _("Only the owning desk, or somebody who could approve this page, may say so.")
        )
    if not note.strip():
        refuse([Reason(_("Say what you checked."), "note")])
    family = (
        Standing.objects.select_for_update(of=("self",))
        .filter(page__translation_key=page.translation_key)
        .select_related("current")
        .defer("current__content")
        .order_by("pk")
    )
    standings = {standing.pk: standing for standing in family}
    standing = standings.get(page.pk)
    refuse(reasons_against_confirming(standing))
    assert standing is not None
    assert standing.current is not None
    now = timezone.now()
    due = next_review(timezone.localdate(now), page.review_every)
    confirmed = [standing]
    if not standing.current.kind_is_translation:
        confirmed += [other for other in standings.values() if _says_the_same(other, standing)]
    EditionEvent.objects.bulk_create(
        EditionEvent(
            translation_key=page.translation_key,
            edition=each.current,
            kind=EventKind.STILL_CORRECT,
            at=now,
            by=user,
            reason=note.strip(),
        )
        for each in confirmed
    )
    Standing.objects.filter(pk__in=[each.pk for each in confirmed]).update(review_due=due, reminded_on=None)
    page.__dict__.pop("standing_today", None)
    return due


def _says_the_same(other: Standing, original: Standing) -> bool:
    """Whether this is a translation of the very edition that the original shows now."""
    if other.pk == original.pk or reasons_against_confirming(other):
        return False
    current, of_original = other.current, original.current
    return (
        current is not None
        and of_original is not None
        and (current.major, current.minor) == (of_original.major, of_original.minor)
    )
