"""The documents that guidance rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.addresses import slug_validator


class SourceDocument(models.Model):
    """A report, study or record that pages cite. Titles are not translated, so that they can be found."""

    code = models.CharField(_("code"), max_length=60, unique=True, validators=[slug_validator])
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title
