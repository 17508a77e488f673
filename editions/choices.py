"""The words of editions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Change(models.TextChoices):
    """What an editor says a publication is. The first publication needs no answer: it is 1.0."""

    CORRECTION = "correction", _("Correction: same number, the meaning stays")
    MINOR = "minor", _("Minor edition: something is clearer or new, the procedure stays")
    MAJOR = "major", _("Major edition: what people must do has changed")


class Kind(models.TextChoices):
    """What kind of text an edition holds."""

    FIRST = "first", pgettext_lazy("edition", "First edition")
    CORRECTION = "correction", pgettext_lazy("edition", "Correction")
    MINOR = "minor", pgettext_lazy("edition", "Minor edition")
    MAJOR = "major", pgettext_lazy("edition", "Major edition")
    TRANSLATION = "translation", pgettext_lazy("edition", "Translation")


class State(models.TextChoices):
    """How an edition stands today. Derived from events and dates, never stored with the edition."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("edition", "Starter content, not approved")
    COMING = "coming", pgettext_lazy("edition", "Not yet in force")
    IN_FORCE = "in_force", pgettext_lazy("edition", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("edition", "Superseded")
    WITHDRAWN = "withdrawn", pgettext_lazy("edition", "Withdrawn")
    CANCELLED = "cancelled", pgettext_lazy("edition", "Never came into force")
    TAKEN_DOWN = "taken_down", pgettext_lazy("edition", "Taken down")


class EventKind(models.TextChoices):
    """What can happen to an edition, or to a page in all its languages."""

    STARTED = "started", _("put up as starter content")
    CAME_INTO_FORCE = "came_into_force", _("came into force")
    CANCELLED = "cancelled", _("cancelled before it came into force")
    CONFIRMED = "confirmed", _("confirmed by a second person")
    STILL_CORRECT = "still_correct", _("confirmed as still correct")
    WITHDRAWN = "withdrawn", _("withdrawn")
    WITHDRAWAL_UNDONE = "withdrawal_undone", _("withdrawal undone")
    REPLACED = "replaced", _("replaced by another page")
    REPLACEMENT_UNDONE = "replacement_undone", _("replacement undone")
    TAKEN_DOWN = "taken_down", _("taken down")


class OutOfUse(models.TextChoices):
    """Why a page is out of use, in all its languages."""

    WITHDRAWN = "withdrawn", pgettext_lazy("page", "Withdrawn")
    REPLACED = "replaced", pgettext_lazy("page", "Superseded by another page")
