"""Pages of which every publication is an edition."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.models import PageManager, Revision, TaskState
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from content.languages import DEFAULT_LANGUAGE
from content.listings import LeftOut, LeftOutState
from content.models import BasePageQuerySet
from editions.choices import Change, OutOfUse
from editions.models.desks import Desk
from editions.models.editions import Edition, edition_moment
from editions.models.standing import Standing
from editions.panels import EditionPanel

if TYPE_CHECKING:
    from content.models import Country
    from editions.word.parts import Part

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
    keeps_editions = True
    #: Whether the PDF of starter content is made at once or when somebody asks for it.
    pdf_at_once = False
    #: Whether the PDF begins with a title page and a table of contents.
    pdf_has_front_matter = False
    left_out = LeftOut(
        "standing__out_of_use",
        (
            LeftOutState("withdrawn", OutOfUse.WITHDRAWN, OutOfUse.WITHDRAWN.label),
            LeftOutState("superseded", OutOfUse.REPLACED, OutOfUse.REPLACED.label),
        ),
    )
    #: What the page and its editions have in common: the template of the text, without the page around it.
    text_template: str
    #: For keys inside blocks, by ``field.child``: the stream and the child that say what a key stands for.
    #: A comparison says that name; a key that is not listed means nothing to readers.
    key_names: ClassVar[dict[str, tuple[str, str]]] = {}
    #: The type's own parts of a Word document, in their order, and the one that numbered lists of somebody
    #: else's document go to; fields that the document only tells; fields without which no draft can be stored.
    word_parts: tuple[Part, ...] = ()
    word_main = ""
    word_told: tuple[str, ...] = ()
    word_asked: tuple[str, ...] = ()
    #: Whether the text is about an instrument, such as a law. "In force" is then said of that alone.
    about_instrument = False

    edition_panels = [
        EditionPanel(heading=_("This page's editions")),
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

    @staticmethod
    def kinds() -> list[Any]:
        """The page types that have editions, in the order in which they were installed."""
        return [model for model in apps.get_models() if issubclass(model, VersionedPage)]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The publication guard. Raises ValidationError with every reason against going live."""
        from editions.publication import guarded_save

        guarded_save(self, super().save, *args, **kwargs)

    @classproperty
    def base_form_class(cls) -> Any:  # noqa: N805
        """The form asks the guard, and the guard knows the models."""
        from editions.forms import VersionedPageForm

        return VersionedPageForm

    def save_revision(self, *args: Any, overwrite_revision: Any = None, **kwargs: Any) -> Any:
        """Saves a draft. Autosave may overwrite its own last draft, but no text that others rely on.

        The owner and the review interval belong to the page, so they hold at once, in every language.
        """
        if overwrite_revision is not None and _is_frozen(overwrite_revision, self):
            overwrite_revision = None
        with transaction.atomic():
            revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)  # type: ignore[misc]
            model: Any = type(self)
            family = model.objects.filter(translation_key=revision.content["translation_key"])
            family.update(desk=self.desk_id, review_every=self.review_every)
        return revision

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """A page that was taken down answers too: whoever comes back must learn that it is gone, and why."""
        standing = None if self.live or path_components else self.standing_today  # type: ignore[attr-defined]
        if standing is not None and standing.taken_down:
            return RouteResult(self, kwargs={"taken_down": True})
        return super().route(request, path_components)  # type: ignore[misc]

    def serve(self, request: HttpRequest, *args: Any, taken_down: bool = False, **kwargs: Any) -> Any:
        if taken_down:
            from editions.public.views import gone

            return gone(request, self)
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision as a page. Whether the text is confirmed and who owns it belong to the page, and when
        it goes live follows from the effective date.
        """
        page = super().with_content_json(content)  # type: ignore[misc]
        page.unconfirmed = self.unconfirmed  # type: ignore[attr-defined]
        page.desk_id = self.desk_id
        page.review_every = self.review_every
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

    def get_lock(self) -> Any:
        """Wagtail locks what is scheduled. Beside an announced edition the text in force can be corrected."""
        lock = super().get_lock()  # type: ignore[misc]
        if not self.live or not isinstance(lock, ScheduledForPublishLock):  # type: ignore[attr-defined]
            return lock
        if self.locked:  # type: ignore[attr-defined]
            return BasicLock(self)
        task = self.current_workflow_task  # type: ignore[attr-defined]
        return task.lock_class(self, task) if task else None

    @property
    def governing_countries(self) -> list[Country]:
        """Whose guidance this is: an approver's assignment must cover all of them. Empty: the region's."""
        return [] if getattr(self, "all_corridors", False) else list(getattr(self, "shown_countries", []))

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
        rows = Standing.objects.select_related("current__source_edition", "coming")
        texts = ("current__content", "current__source_edition__content", "coming__content")
        return rows.defer(*texts).filter(page=self.pk).first()

    @property
    def is_in_default_language(self) -> bool:
        return self.language == DEFAULT_LANGUAGE  # type: ignore[attr-defined]


def _is_frozen(revision: Revision, page: Any) -> bool:
    """Whether others rely on this text: it is live, scheduled, being approved, or an edition's."""
    return (
        revision.approved_go_live_at is not None
        or _is_an_editions(revision.pk, page)
        or TaskState.objects.filter(revision=revision).exclude(status=TaskState.STATUS_CANCELLED).exists()
    )


def _is_an_editions(revision: int, page: Any) -> bool:
    """Whether a revision is frozen: live already, or an edition's, be it coming or past."""
    return revision == page.live_revision_id or Edition.objects.filter(revision=revision).exists()


__all__ = ["EDITION_FIELDS", "VersionedPage", "VersionedPageQuerySet"]
