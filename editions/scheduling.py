"""What must happen at a time: announced editions come into force, and other scheduled pages go live or expire."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from editions.reasons import PublicationRefused

logger = logging.getLogger(__name__)


@dataclass
class Report:
    """How many went live, how many expired, and the revisions that were refused, with the reasons."""

    published: int
    expired: int
    refused: dict[int, list[str]]


def publish_due() -> Report:
    """Revision by revision, each in its own transaction: one that is refused keeps none of the others.

    Wagtail's own command stops at the first. What was refused keeps its schedule and is tried again, and
    the page's editors see why; it may be that only an undoing of a withdrawal is missing.
    """
    report = Report(0, 0, {})
    for model in (Page, *_other_models()):
        for item in model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at"):
            try:
                with transaction.atomic():
                    item.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            except PublicationRefused:
                logger.error("Page %s has editions and does not expire.", item.pk)
            else:
                report.expired += 1
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by(
        "approved_go_live_at", "pk"
    )
    for revision in due:
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except PublicationRefused as refusal:
            report.refused[revision.pk] = refusal.messages
            logger.error("Revision %s was due and may not go live.", revision.pk)
        except DatabaseError as error:
            report.refused[revision.pk] = [type(error).__name__]
            logger.error("Revision %s was due and failed: %s", revision.pk, type(error).__name__)
        else:
            report.published += 1
    return report


def _other_models() -> list[type[DraftStateMixin]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
