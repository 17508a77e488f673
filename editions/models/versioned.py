"""Pages of which every publication is an edition."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField

from content.languages import DEFAULT_LANGUAGE
from content.models import BasePageQuerySet
from editions.choices import Change
from editions.models.desks import Desk
from editions.models.editions import Edition, edition_moment
from editions.models.standing import Standing

if TYPE_CHECKING:
    from content.models import Country

#: What an editor says about the coming edition. It travels in the revision through workflow and schedule,
#: and is empty again in the next draft.
EDITION_FIELDS = ("edition_change", "change_note", "effective_date")


class VersionedPageQuerySet(BasePageQuerySet):
    """Listings leave out what is out of use."""

    def listed(self) -> Any:
        """Shown pages that are in use: neither withdrawn nor replaced by another page."""
        retired = Standing.objects.filter(page=models.OuterRef("pk")).exclude(out_of_use="")
        return self.shown().filter(~models.Exists(retired))


class VersionedPage(models.Model):
    """Part of a page type, before its base: ``class SOPPage(VersionedPage, FacetedPage)``.

    ``save`` is the publication guard: no path makes a text live without its edition, in one transaction.
    """

    desk = models.ForeignKey(
        Desk,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("The desk that answers for this page and is reminded to review it."),
    )
    review_every = models.PositiveSmallIntegerField(
        _("review every ... months"),
        default=12,
        db_default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Counted from an edition's effective date, and from each 'still correct'."),
    )
    edition_change = models.CharField(
        _("this publication is a"), max_length=12, choices=Change.choices, blank=True, db_default=""
    )
    change_note = models.TextField(
        _("what changed and why"),
        blank=True,
        db_default="",
        help_text=_("One or two sentences for readers. Not needed for a first edition or a translation."),
    )
    effective_date = models.DateField(
        _("in force from"),
        null=True,
        blank=True,
        help_text=_("A later day than today: the edition is announced at once and comes into force then."),
    )

    objects = PageManager.from_queryset(VersionedPageQuerySet)()

    exclude_fields_in_copy = [*EDITION_FIELDS]
    #: Whether the PDF of starter content is made at once or when somebody asks for it.
    pdf_at_once = False

    edition_panels = [
        MultiFieldPanel(
            [FieldPanel("edition_change"), FieldPanel("change_note"), FieldPanel("effective_date")],
            heading=_("The coming edition"),
        ),
        MultiFieldPanel([FieldPanel("desk"), FieldPanel("review_every")], heading=_("Owner and review")),
    ]
    edition_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("desk", "review_every", *EDITION_FIELDS)
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The publication guard. Raises ValidationError with every reason against going live."""
        from editions.publication import guarded_save

        guarded_save(self, super().save, *args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision as a page. Whether the text is confirmed belongs to the page, and when it goes live
        follows from the effective date.
        """
        page = super().with_content_json(content)  # type: ignore[misc]
        page.unconfirmed = self.unconfirmed  # type: ignore[attr-defined]
        page.go_live_at = page.coming_moment
        page.expire_at = None
        return page

    def get_latest_revision_as_object(self) -> Any:
        """The draft to go on from. What was said of an edition that exists is not said of the next one."""
        page = super().get_latest_revision_as_object()  # type: ignore[misc]
        if page.latest_revision_id and _is_an_editions(page.latest_revision_id, page):
            page.edition_change, page.change_note, page.effective_date = "", "", None
            page.go_live_at = None
        return page

    @property
    def governing_countries(self) -> list[Country]:
        """Whose guidance this is: an approver's assignment must cover all of them. Empty: the region's."""
        return list(getattr(self, "shown_countries", []))

    @property
    def time_zone(self) -> ZoneInfo:
        """An effective date starts at midnight here."""
        countries = self.governing_countries
        zone = countries[0].time_zone if len(countries) == 1 else ""
        return ZoneInfo(zone or settings.TIME_ZONE)

    @property
    def effective_moment(self) -> datetime.datetime | None:
        """When the coming edition would come into force; None where no day is given."""
        return edition_moment(self.effective_date, self.time_zone) if self.effective_date else None

    @property
    def coming_moment(self) -> datetime.datetime | None:
        """The same, if it lies ahead and counts: a correction holds at once."""
        moment = self.effective_moment
        if moment is None or self.edition_change == Change.CORRECTION or moment <= timezone.now():
            return None
        return moment

    @cached_property
    def standing_today(self) -> Standing | None:
        """Where the page stands, with its editions: one query. None for a page that was never published."""
        rows = Standing.objects.select_related("current", "coming")
        return rows.filter(page=self.pk).first()

    @property
    def is_in_default_language(self) -> bool:
        return self.language == DEFAULT_LANGUAGE  # type: ignore[attr-defined]


def _is_an_editions(revision: int, page: Any) -> bool:
    """Whether a revision is frozen: live already, or an edition's, be it coming or past."""
    return revision == page.live_revision_id or Edition.objects.filter(revision=revision).exists()


__all__ = ["EDITION_FIELDS", "VersionedPage", "VersionedPageQuerySet"]
