"""Who owns a page: a named office, never a person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel


class Desk(ClusterableModel):
    """An office that answers for pages. Readers see its name; nobody sees its members but staff.

    ``email`` gets the reminders; where it is empty, the members get them.
    """

    name = models.CharField(
        _("name"), max_length=120, unique=True, help_text=_("An office, never the name of a person.")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="desks", verbose_name=_("members")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("desk")
        verbose_name_plural = _("desks")

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ValidationError while it owns pages, live or draft: nobody would be reminded of them."""
        from editions.reviewing.ownership import pages_owned

        if pages_owned().get(self.pk):
            raise ValidationError(gettext("This desk owns pages. Hand them over to another desk first."))
        return super().delete(*args, **kwargs)
