"""Pages that belong together, both ways."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel


class RelatedPages(models.Model):
    """A pair of pages. It is said once, on either page, and shown on both, in every language.

    The pair names pages of whatever language the editor chose; readers see the version in their own
    language, found through the translation key.
    """

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="related_to")
    other = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="related_from", verbose_name=_("page")
    )
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    panels = [PageChooserPanel("other")]

    class Meta:
        ordering = ["sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["page", "other"], name="one_relation_a_pair"),
            models.CheckConstraint(
                condition=~models.Q(page=models.F("other")), name="page_not_related_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} – {self.other_id}"
