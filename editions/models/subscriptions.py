"""Who is told by mail what has changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.languages import LANGUAGES


class Subscription(models.Model):
    """One person's wish to be told of editions within a scope, in one language.

    ``scope`` and ``key`` name it: the whole site (empty key), a section or page (its translation key), a
    country, corridor or service area (its code). The scope's rows may vanish; nothing is sent then.
    """

    class Scope(models.TextChoices):
        SITE = "site", _("everything")
        SECTION = "section", _("a section")
        COUNTRY = "country", _("a country")
        CORRIDOR = "corridor", _("a way home")
        SERVICE_AREA = "service_area", _("a service area")
        PAGE = "page", _("a page")

    class Pace(models.TextChoices):
        IMMEDIATELY = "immediately", _("immediately")
        WEEKLY = "weekly", _("once a week")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    scope = models.CharField(max_length=12, choices=Scope.choices)
    key = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, choices=[(item.code, item.own_name) for item in LANGUAGES])
    pace = models.CharField(max_length=12, choices=Pace.choices, default=Pace.WEEKLY)
    created = models.DateTimeField(auto_now_add=True)
    #: Editions published up to here have been told; set when the subscription begins.
    told_until = models.DateTimeField()

    class Meta:
        default_permissions = ()
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["user", "scope", "key", "language"], name="one_wish_a_scope")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.scope} {self.key} {self.language}"
