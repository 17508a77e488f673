"""Editions: numbered, dated, frozen texts that the public may cite. They are inserted, never updated."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from content.languages import document_tag
from editions.choices import EventKind, Kind
from editions.numbers import EditionNumber


def checksum(content: dict[str, Any]) -> str:
    """SHA-256 over the one way to write this content as JSON, so that any database gives the same."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


class NeverChanged(models.QuerySet[Any]):
    """Rows that are inserted and then only read."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError(_("Editions are never changed or deleted."))

    update = delete = bulk_update = aupdate = adelete = abulk_update = update_or_create = _refuse


class InsertedOnce(models.Model):
    """The same for a single row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inserts. Raises ValidationError for a row that exists."""
        if not self._state.adding:
            raise ValidationError(_("Editions are never changed or deleted."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError(_("Editions are never changed or deleted."))


class EditionQuerySet(NeverChanged):
    def of(self, page: Page) -> Self:
        """All frozen texts of a page in its language, newest first."""
        return self.filter(page=page.pk).newest_first()

    def newest_first(self) -> Self:
        return self.order_by("-major", "-minor", "-text")

    def numbered(self, number: EditionNumber) -> Self:
        """The texts of a number; of one text where the number says which."""
        found = self.filter(major=number.major, minor=number.minor)
        return found.filter(text=number.text) if number.text else found

    def blank_for_take_down(self, title: str) -> None:
        """The one exception, for ``editions.retiring.taking_down`` alone: the words go, the checksum stays."""
        models.QuerySet.update(self, content={}, title=title, change_note="")


class EditionTextQuerySet(NeverChanged):
    def blank_for_take_down(self) -> None:
        """As for editions: nothing of the text is left."""
        models.QuerySet.update(self, html="")


class EditionEventQuerySet(NeverChanged):
    def blank_for_take_down(self) -> None:
        """As for editions: a reason may quote the text."""
        models.QuerySet.update(self, reason="")


class Edition(InsertedOnce):
    """One frozen text of a page in one language.

    A correction is a new row under the same number with the next ``text``; a translation is a row of its
    own page that names the row it was made from. ``content`` is the page's own JSON without what Wagtail
    keeps for itself, ``sha256`` its checksum, and both stay when ``purge_revisions`` runs, as does the
    revision, which is protected. What becomes of an edition later stands in ``EditionEvent``.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="editions", verbose_name=_("page"))
    translation_key = models.UUIDField(db_index=True, editable=False)
    language = models.CharField(max_length=12, editable=False)
    major = models.PositiveSmallIntegerField(editable=False)
    minor = models.PositiveSmallIntegerField(editable=False)
    text = models.PositiveSmallIntegerField(_("text revision"), editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    change_note = models.TextField(_("what changed and why"), blank=True)
    effective_date = models.DateField(_("in force from"))
    effective_at = models.DateTimeField(
        help_text="The start of that day in the page's country.", editable=False
    )
    published_at = models.DateTimeField(_("published at"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
    )
    source_edition = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="translations", verbose_name=_("made from")
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="editions")
    title = models.CharField(_("title"), max_length=255)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=6, unique=True, help_text="The short address on every print.")

    objects = EditionQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "language", "major", "minor", "text"], name="one_text_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.label}"

    @property
    def number(self) -> str:
        """What people say: ``1.1``."""
        return str(EditionNumber(self.major, self.minor))

    @property
    def exact_number(self) -> str:
        """The number with its text where there is more than one: ``1.1`` or ``1.1-2``. Ends its address."""
        return str(EditionNumber(self.major, self.minor, self.text if self.text > 1 else 0))

    @property
    def label(self) -> str:
        """As it is cited: ``1.1``, ``1.1-2``, and for a translation ``1.1 km-2``."""
        if self.kind_is_translation:
            return f"{self.number} {self.language}-{self.text}"
        return self.exact_number

    @property
    def kind_is_translation(self) -> bool:
        return self.source_edition_id is not None

    @property
    def order(self) -> EditionNumber:
        return EditionNumber(self.major, self.minor, self.text)

    @property
    def document_language(self) -> str:
        """For ``lang``: the language of the frozen words, whatever language the reader's frame is in."""
        return document_tag(self.language)

    @property
    def short_address(self) -> str:
        """The path that tells whether the edition is still in force. Printed after ``PUBLIC_URL``."""
        return f"/e/{self.code}/"

    @cached_property
    def is_whole(self) -> bool:
        """Whether the content is what its checksum was made from. False once it was taken down."""
        return checksum(self.content) == self.sha256


class EditionText(InsertedOnce):
    """The rendered body of an edition: made once from its frozen content, and never again.

    A row beside the edition, because it is made after publication, by a task or for the first reader.
    ``html`` is the main column of the page without the frame around it.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="rendered")
    html = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = EditionTextQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.edition)


class EditionEvent(InsertedOnce):
    """What happened to an edition, or with ``edition`` empty to a page in all its languages. Only appended.

    ``by`` is nobody for what happened by itself: starter content, or a date that came.
    """

    translation_key = models.UUIDField(db_index=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    other_key = models.UUIDField(
        null=True, editable=False, help_text="The translation key of the page that replaces this one."
    )

    objects = EditionEventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        verbose_name = _("event of an edition")
        verbose_name_plural = _("events of editions")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


def edition_moment(date: Any, zone: Any) -> datetime:
    """The start of a day in a time zone."""
    return datetime(date.year, date.month, date.day, tzinfo=zone)
