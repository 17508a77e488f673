"""Cancelling an edition that was announced and has not come into force."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from editions.approval import covers
from editions.choices import EventKind
from editions.models.editions import Edition, EditionEvent
from editions.models.standing import Standing
from editions.models.tasks import APPROVERS
from editions.reasons import Reason, refuse
from editions.signals import standing_changed


def may_cancel(user: Any, page: Any) -> bool:
    """Whoever may approve the page's text may also call its announcement off."""
    return covers(user, page, *APPROVERS)


def cancel(edition: Edition, *, by: Any, reason: str) -> None:
    """The edition keeps its number and its address, and never comes into force.

    Under the page's lock, which the publication guard takes too: if the day came first, the person is told.
    Raises PublicationRefused with the reason.
    """
    with transaction.atomic():
        page = Page.objects.select_for_update().get(pk=edition.page_id)
        standing = Standing.objects.select_for_update().get(page=page.pk)
        if not reason.strip():
            refuse([Reason(_("Give the reason: readers and colleagues will ask for it."), "reason")])
        _refuse_unless_coming(edition, standing)
        record_cancelling(edition, standing, by=by, reason=reason)
        _go_on_from(edition)
        log(
            instance=page,
            action="editions.cancelled",
            user=by,
            data={"reason": reason.strip(), "number": edition.label},
        )
        changed = partial(
            standing_changed.send_robust, sender=page.specific_class, translation_key=page.translation_key
        )
        transaction.on_commit(changed)


def record_cancelling(edition: Edition, standing: Standing, *, by: Any, reason: str) -> None:
    """The event, the standing without it, and no schedule in Wagtail. Call it under the page's lock."""
    EditionEvent.objects.create(
        translation_key=edition.translation_key,
        edition=edition,
        kind=EventKind.CANCELLED,
        at=timezone.now(),
        by=by,
        reason=reason.strip(),
    )
    standing.coming = None
    standing.save(update_fields=["coming"])
    Revision.objects.filter(pk=edition.revision_id).update(approved_go_live_at=None)
    Page.objects.filter(pk=edition.page_id).update(go_live_at=None)


def _go_on_from(edition: Edition) -> None:
    """Its text is a draft of its author again, unless somebody has begun another one."""
    pages = Page.objects.filter(pk=edition.page_id, live=True, has_unpublished_changes=False)
    revision = edition.revision
    if revision is not None and pages.exists():
        revision.as_object().save_revision(user=revision.user, clean=False)


def _refuse_unless_coming(edition: Edition, standing: Standing) -> None:
    if standing.coming_id == edition.pk:
        return
    words = {"number": edition.label}
    if standing.current_id == edition.pk:
        message = _(
            "Edition %(number)s has come into force in the meantime. It cannot be cancelled any more."
        )
    else:
        message = _("Edition %(number)s is not announced: somebody has cancelled it already.")
    refuse([Reason(message % words)])
