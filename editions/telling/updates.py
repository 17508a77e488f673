"""What has changed: the entries of a feed and the lines of a mail.

Starter content is no news: it is told when somebody approves it.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from content.models import BasePageQuerySet
from content.templatetags.homeward import long_date
from editions.choices import EventKind, Kind
from editions.models import Edition, EditionEvent, Standing, VersionedPage
from editions.public.addresses import address as page_address
from editions.telling.scopes import Scope

#: As many as a feed holds, and a mail names.
MOST = 50

#: What happens to one edition and is told, and what happens to a page in all its languages.
OF_EDITIONS = (EventKind.CAME_INTO_FORCE, EventKind.CONFIRMED, EventKind.CANCELLED, EventKind.TAKEN_DOWN)
OF_PAGES = (
    EventKind.WITHDRAWN,
    EventKind.WITHDRAWAL_UNDONE,
    EventKind.REPLACED,
    EventKind.REPLACEMENT_UNDONE,
    EventKind.TAKEN_DOWN,
)
#: Beside the kinds of events: approved, and waiting for its day.
ANNOUNCED = "announced"


@dataclass(frozen=True)
class Note:
    """Words of an editor, in their language."""

    text: str
    language: str


@dataclass(frozen=True)
class Update:
    """The last thing that happened to an edition, or something that happened to a page.

    ``what`` is a kind of event or ``ANNOUNCED``. ``key`` never changes, whatever becomes of the page's
    address; an edition that is announced and later comes into force keeps it. ``replaced_by`` is the page
    to go on to, where readers may see it.
    """

    what: str
    key: uuid.UUID
    at: datetime.datetime
    began: datetime.datetime
    page: Page
    edition: Edition | None
    desk: str
    notes: tuple[Note, ...] = ()
    replaced_by: Page | None = None

    @property
    def address(self) -> str:
        """The path of the edition or page. Of what was taken down, the short address: it says no more."""
        if self.edition is None:
            return page_address(self.page)
        if self.what == EventKind.TAKEN_DOWN or not self.page.live:
            return self.edition.short_address
        # With the number of the text always: without it, 1.0 means the latest text of that number.
        return f"{page_address(self.page)}editions/{self.edition.order}/"

    @property
    def heading(self) -> str:
        """One line in the language in use. Never "in force": of agreements and laws that means the instrument."""
        edition = self.edition
        words = {
            # An older text that was kept has the title of the page whose text was taken down.
            "title": edition.title if edition and self.page.live else self.page.title,
            "number": edition.label if edition else "",
            "date": long_date(edition.effective_date) if edition else "",
        }
        if self.what == EventKind.TAKEN_DOWN:
            if edition is None:
                return _("A text was taken down")
            return _("Edition %(number)s of a text was taken down") % words
        sentences = {
            ANNOUNCED: _("%(title)s: edition %(number)s comes on %(date)s"),
            EventKind.CANCELLED: _("%(title)s: edition %(number)s does not come"),
            EventKind.CONFIRMED: _("%(title)s: edition %(number)s is approved"),
            EventKind.WITHDRAWN: _("%(title)s: withdrawn"),
            EventKind.WITHDRAWAL_UNDONE: _("%(title)s: in use again"),
            EventKind.REPLACED: _("%(title)s: superseded by another page"),
            EventKind.REPLACEMENT_UNDONE: _("%(title)s: in use again"),
        }
        return sentences.get(self.what, _("%(title)s: edition %(number)s")) % words

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.at)

    @property
    def kind(self) -> str:
        """The words for what kind of edition it is; empty for what happens to a page."""
        if self.edition is None or self.what == EventKind.TAKEN_DOWN:
            return ""
        return str(Kind(self.edition.kind).label)


def updates_in(
    scope: Scope,
    *,
    since: datetime.datetime | None = None,
    until: datetime.datetime | None = None,
    most: int = MOST,
) -> list[Update]:
    """The newest updates of a scope in its language, newest first: at most six queries, whatever their number.

    ``since`` is left out, ``until`` is within. Only what readers may see; that a text was taken down is
    told all the same, because somebody may hold a copy.
    """
    pages = _readable().filter(scope.pages, locale__language_code=scope.language)
    moment = _between(since, until)
    found = _of_editions(pages, scope.language, moment, most) + _of_pages(pages, scope.language, moment, most)
    found.sort(key=lambda update: update.at, reverse=True)
    return found[:most]


def _readable() -> Any:
    """Pages that anybody may read, and pages whose text was taken down."""
    down = Standing.objects.filter(page=OuterRef("pk"), taken_down=True)
    return BasePageQuerySet(Page).unrestricted().filter(Q(live=True) | Exists(down))


def _between(
    since: datetime.datetime | None, until: datetime.datetime | None
) -> dict[str, datetime.datetime]:
    bounds = {"gt": since, "lte": until}
    return {name: value for name, value in bounds.items() if value is not None}


def _of_editions(pages: QuerySet[Page], language: str, moment: dict[str, Any], most: int) -> list[Update]:
    events = EditionEvent.objects.filter(edition=OuterRef("pk"), kind__in=OF_EDITIONS).order_by("-at", "-pk")
    coming = Exists(Standing.objects.filter(coming=OuterRef("pk")))
    rows = (
        Edition.objects.filter(language=language, page__in=pages.values("pk"))
        .annotate(
            happened=Subquery(events.values("kind")[:1]),
            happened_at=Coalesce(
                Subquery(events.values("at")[:1]),
                Case(When(coming, then=F("published_at")), output_field=DateTimeField()),
            ),
        )
        .filter(
            happened_at__isnull=False, **{f"happened_at__{name}": value for name, value in moment.items()}
        )
        .select_related("page__locale", "source_edition")
        .defer("content", "source_edition__content")
        .order_by("-happened_at", "-pk")[:most]
    )
    editions = list(rows)
    desks = _desks(edition.page_id for edition in editions)
    return [
        Update(
            what=edition.happened or ANNOUNCED,
            key=uuid.uuid5(edition.translation_key, f"{language} {edition.order}"),
            at=edition.happened_at,
            began=edition.published_at,
            page=edition.page,
            edition=edition,
            desk=desks.get(edition.page_id, ""),
            notes=_notes(edition) if edition.page.live and edition.happened != EventKind.TAKEN_DOWN else (),
        )
        for edition in editions
    ]


def _notes(edition: Edition) -> tuple[Note, ...]:
    """What changed and why; for a translation, what its original says of that."""
    written = edition if edition.change_note else edition.source_edition
    return (Note(written.change_note, written.language),) if written and written.change_note else ()


def _of_pages(pages: QuerySet[Page], language: str, moment: dict[str, Any], most: int) -> list[Update]:
    events = list(
        EditionEvent.objects.filter(
            edition=None,
            kind__in=OF_PAGES,
            translation_key__in=pages.values("translation_key"),
            **{f"at__{name}": value for name, value in moment.items()},
        ).order_by("-at", "-pk")[:most]
    )
    if not events:
        return []
    keys = {event.translation_key for event in events}
    by_key = {
        page.translation_key: page for page in pages.filter(translation_key__in=keys).select_related("locale")
    }
    others = _others({event.other_key for event in events if _leads_on(event)}, language)
    desks = _desks(page.pk for page in by_key.values())
    return [
        Update(
            what=event.kind,
            key=uuid.uuid5(event.translation_key, f"{language} {event.kind} {event.at.isoformat()}"),
            at=event.at,
            began=event.at,
            page=by_key[event.translation_key],
            edition=None,
            desk=desks.get(by_key[event.translation_key].pk, ""),
            notes=(Note(event.reason, ""),) if event.reason and event.kind != EventKind.TAKEN_DOWN else (),
            replaced_by=others.get(event.other_key) if _leads_on(event) else None,
        )
        for event in events
    ]


def _leads_on(event: EditionEvent) -> bool:
    return event.kind == EventKind.REPLACED and event.other_key is not None


def _others(keys: set[uuid.UUID], language: str) -> dict[uuid.UUID | None, Page]:
    """The pages that replace others, each in this language if it exists: two queries."""
    if not keys:
        return {}
    shown = BasePageQuerySet(Page).shown().filter(translation_key__in=keys)
    found = shown.once_each(Locale.objects.get(language_code=language)).select_related("locale")
    return {page.translation_key: page for page in found}


def _desks(pages: Iterable[int]) -> dict[int, str]:
    """The names of the desks that own these pages: one query."""
    wanted = list(pages)
    first, *rest = (
        model.objects.filter(pk__in=wanted, desk__isnull=False).order_by().values_list("pk", "desk__name")
        for model in VersionedPage.kinds()
    )
    return dict(first.union(*rest, all=True)) if wanted else {}
