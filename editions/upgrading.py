"""Editions for pages that were published before there were editions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from wagtail.models import Page, Revision, TaskState

from content.languages import DEFAULT_LANGUAGE
from editions.models import VersionedPage
from editions.publication import adopt


def give_first_editions(tick: Callable[[], object]) -> int:
    """Every live versioned page without an edition gets one of its live text; gives how many.

    Each in its own transaction, so that a run that was cut off is completed by the next. Originals come
    before their translations, which name the edition they were made from.
    """
    given = 0
    for page in pages_without_editions():
        with transaction.atomic():
            _give_first_edition(page.specific)
        given += 1
        tick()
    return given


def pages_without_editions() -> list[Page]:
    """Three queries, whatever the number of pages."""
    kinds = ContentType.objects.get_for_models(*VersionedPage.kinds()).values()
    rows = Page.objects.filter(content_type__in=kinds, live=True, standing__current=None)
    pages = list(rows.select_related("locale"))
    return sorted(pages, key=lambda page: (page.locale.language_code != DEFAULT_LANGUAGE, page.pk))


def _give_first_edition(page: Any) -> None:
    revision = page.live_revision or _revision_of(page)
    edition = adopt(page, revision, None if page.unconfirmed else _approver_of(revision))
    own = type(page)._default_manager.filter(pk=page.pk)
    # Pages with editions stay at their address; an end that was set before can no longer come.
    own.update(unconfirmed=page.unconfirmed, live_revision=edition.revision_id, expire_at=None)


def _revision_of(page: Any) -> Revision:
    """What readers see, as a revision. A draft that somebody has begun stays the latest one."""
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
        created_at=page.last_published_at,
    )
    Page.objects.filter(pk=page.pk, latest_revision=None).update(latest_revision=revision)
    return revision


def _approver_of(revision: Revision) -> int | None:
    """The second person who approved exactly this revision, if that is on record."""
    approvals = TaskState.objects.filter(
        ~Q(finished_by=revision.user_id),
        ~Q(finished_by=F("workflow_state__requested_by")),
        revision=revision,
        status=TaskState.STATUS_APPROVED,
        finished_by__isnull=False,
    )
    approver: int | None = approvals.order_by("-finished_at").values_list("finished_by", flat=True).first()
    return approver
