"""Mail without a mail server: it is kept where administrators read it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from accounts.models import OutboxMessage

#: Mail is about somebody, and old mail helps nobody.
KEPT_FOR = datetime.timedelta(days=30)

BACKEND = "accounts.outbox.OutboxBackend"


class OutboxBackend(BaseEmailBackend):
    """Keeps each mail as a row. Attachments and HTML are not kept; our mail has neither."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            OutboxMessage.objects.create(
                to=", ".join(message.recipients()),
                subject=" ".join(str(message.subject).split())[:300],
                body=str(message.body),
            )
        return len(email_messages)


def is_in_use() -> bool:
    """Mail goes to administrators rather than to the person it is for."""
    return settings.EMAIL_BACKEND == BACKEND


def prune_outbox() -> int:
    """Deletes mail older than 30 days; says how many."""
    deleted, _by_model = OutboxMessage.objects.filter(created__lt=timezone.now() - KEPT_FOR).delete()
    return deleted
