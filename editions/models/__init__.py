"""Versioned pages, their editions, and what happened to them."""

from editions.models.desks import Desk
from editions.models.editions import Edition, EditionEvent, EditionText
from editions.models.files import EditionFile
from editions.models.standing import Standing
from editions.models.subscriptions import Subscription
from editions.models.tasks import ApprovalTask, SecondPersonTask
from editions.models.versioned import VersionedPage, VersionedPageQuerySet

__all__ = [
    "ApprovalTask",
    "Desk",
    "Edition",
    "EditionEvent",
    "EditionFile",
    "EditionText",
    "SecondPersonTask",
    "Standing",
    "Subscription",
    "VersionedPage",
    "VersionedPageQuerySet",
]
