"""Files of an edition: its PDF and its Word document."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from editions.models.editions import Edition


def file_name(instance: EditionFile, name: str) -> str:
    """``editions/7K2MQX/2.1.pdf``: by its code, which nobody can guess from another's."""
    edition = instance.edition
    return f"editions/{edition.code}/{edition.exact_number}.{instance.kind}"


class EditionFile(models.Model):
    """One file of an edition, or the wish for it. Made by a task, stored, and served as it is.

    ``error`` names the kind of what went wrong the last time, never its message, which may hold addresses.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        WORD = "docx", "Word"

    class State(models.TextChoices):
        WANTED = "wanted", _("waiting to be made")
        MADE = "made", _("made")
        FAILED = "failed", _("failed")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WANTED)
    file = models.FileField(upload_to=file_name, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="one_file_a_kind")]

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.kind}"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """With the file itself, which Django leaves behind."""
        if self.file:
            self.file.delete(save=False)
        return super().delete(*args, **kwargs)
