"""People who follow what changes, and the mails that they got."""

from __future__ import annotations

import datetime
from typing import Any

from django.core import mail
from django.utils import timezone

from accounts.models import User
from editions.models import Subscription
from editions.telling.mailing import SETTLED
from tests.factories.accounts import UserFactory


def later() -> datetime.datetime:
    """A moment at which everything that has happened is settled."""
    return timezone.now() + SETTLED


def follow(user: User | None = None, scope: str = "site", key: str = "", **values: Any) -> Subscription:
    said = {"language": "en", "pace": Subscription.Pace.IMMEDIATELY, "told_until": timezone.now(), **values}
    return Subscription.objects.create(user=user or UserFactory(), scope=scope, key=key, **said)


def told() -> list[Any]:
    """The mails to those who follow; others are sent to those who write and approve."""
    return [message for message in mail.outbox if "List-Unsubscribe" in message.extra_headers]
