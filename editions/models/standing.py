"""Where a versioned page stands today, kept beside it."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from editions.choices import OutOfUse
from editions.models.editions import Edition


class Standing(models.Model):
    """One row a versioned page and language: what the events amount to, so that a page asks one row.

    Never in a revision, never translated: it belongs to the page, not to a draft of it. Written only by
    ``editions.publication``, ``editions.retiring`` and ``editions.reviewing``;
    ``out_of_use`` and what goes with it are the same in every language of a page. Everything here but
    ``reminded_on`` can be rebuilt from the events.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    current = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    coming = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    unconfirmed = models.BooleanField(default=False)
    out_of_use = models.CharField(max_length=20, blank=True, choices=OutOfUse.choices)
    out_of_use_since = models.DateTimeField(null=True)
    out_of_use_reason = models.TextField(blank=True)
    replaced_by_key = models.UUIDField(null=True)
    taken_down = models.BooleanField(default=False)
    review_due = models.DateField(_("review due"), null=True, db_index=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("standing")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.current_id}"

    @property
    def is_overdue(self) -> bool:
        return self.review_due is not None and self.review_due < timezone.localdate()

    @property
    def is_due_soon(self) -> bool:
        soon = timezone.localdate() + datetime.timedelta(days=30)
        return self.review_due is not None and self.review_due <= soon
