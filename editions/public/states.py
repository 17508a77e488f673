"""How editions stand today, from their dates and from what happened to them. Nothing here is stored."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from editions.choices import EventKind, OutOfUse, State
from editions.models.editions import Edition, EditionEvent
from editions.models.standing import Standing
from editions.numbers import EditionNumber

#: Events after which an edition was what readers saw.
CAME = (EventKind.STARTED, EventKind.CAME_INTO_FORCE)


def state_of(edition: Edition, standing: Standing | None, happened: Collection[str]) -> State:
    """``happened`` holds the kinds of the edition's own events."""
    if EventKind.TAKEN_DOWN in happened:
        return State.TAKEN_DOWN
    if EventKind.CANCELLED in happened:
        return State.CANCELLED
    if not any(kind in happened for kind in CAME):
        return State.COMING
    if standing is None or standing.current_id != edition.pk or standing.out_of_use == OutOfUse.REPLACED:
        return State.SUPERSEDED
    if standing.out_of_use:
        return State.WITHDRAWN
    return State.UNCONFIRMED if standing.unconfirmed else State.IN_FORCE


@dataclass(frozen=True)
class Stand:
    """How one edition stands today.

    ``number`` is what its address says: ``1.0``, or ``1.0-1`` where ``1.0`` is the address of a later text.
    ``until`` is the day on which it stopped being what readers see at the page's own address, None while it
    is that, or never was.
    """

    edition: Edition
    state: State
    number: str
    about_instrument: bool
    superseded_by: Stand | None = None
    until: datetime.date | None = None
    events: tuple[EditionEvent, ...] = ()

    @property
    def is_current(self) -> bool:
        return self.state in (State.IN_FORCE, State.UNCONFIRMED)

    @property
    def came(self) -> EditionEvent | None:
        """The event with which readers first saw it at the page's own address."""
        return next((event for event in self.events if event.kind in CAME), None)

    @property
    def was_approved(self) -> bool:
        """Whether it was more than starter content."""
        return any(event.kind in (EventKind.CAME_INTO_FORCE, EventKind.CONFIRMED) for event in self.events)

    @property
    def is_readable(self) -> bool:
        return self.state != State.TAKEN_DOWN


@dataclass
class History:
    """All editions of a page in one language, newest first, and what happened to the page as a whole."""

    page: Any
    standing: Standing | None
    rows: list[Stand]
    #: Events of the page in all its languages, such as a withdrawal; oldest first.
    of_page: list[EditionEvent] = field(default_factory=list)

    @cached_property
    def current(self) -> Stand | None:
        """What stands at the page's own address, in use or not."""
        wanted = self.standing.current_id if self.standing else None
        return next((row for row in self.rows if row.edition.pk == wanted), None)

    def find(self, number: EditionNumber) -> Stand | None:
        """The exact text; of a number without one its latest text that came into force, else its latest."""
        rows = [row for row in self.rows if row.edition.order[:2] == number[:2]]
        if number.text:
            return next((row for row in rows if row.edition.text == number.text), None)
        came = (row for row in rows if row.came)
        return next(came, rows[0] if rows else None)

    def before(self, stand: Stand) -> Stand | None:
        """The edition to compare with: the one before that readers have seen and can still read."""
        older = self.rows[self.rows.index(stand) + 1 :]
        return next((row for row in older if row.is_readable and row.came), None)

    @property
    def steps(self) -> list[tuple[Stand, Stand | None]]:
        """Each edition with the one to compare it with, newest first."""
        return [(row, self.before(row)) for row in self.rows]


def history_of(page: Any, *, with_people: bool = False) -> History:
    """Three queries, however many editions there are. ``with_people`` also loads who approved them."""
    people = ("approved_by",) if with_people else ()
    editions = list(
        Edition.objects.of(page)
        .select_related("source_edition", *people)
        .defer("content", "source_edition__content")
    )
    events = EditionEvent.objects.filter(
        Q(edition__page=page.pk) | Q(edition=None, translation_key=page.translation_key)
    )
    by_edition: dict[int | None, list[EditionEvent]] = defaultdict(list)
    for event in events.select_related("by") if with_people else events:
        by_edition[event.edition_id].append(event)
    standing = page.standing_today
    return History(
        page=page,
        standing=standing,
        rows=_stands(editions, by_edition, standing, about_instrument=page.about_instrument),
        of_page=by_edition[None],
    )


def _stands(
    editions: list[Edition],
    events: dict[int | None, list[EditionEvent]],
    standing: Standing | None,
    *,
    about_instrument: bool,
) -> list[Stand]:
    """In the order of the editions. What superseded an edition is what came next, whatever its number."""
    came = {pk: event.at for pk, rows in events.items() for event in rows[::-1] if event.kind in CAME}
    texts = Counter((edition.major, edition.minor) for edition in editions)
    found: dict[int, Stand] = {}
    after: Stand | None = None
    for edition in _latest_first(editions, came):
        own = tuple(events[edition.pk])
        has_come = edition.pk in came
        order = edition.order
        found[edition.pk] = stand = Stand(
            edition=edition,
            state=state_of(edition, standing, {event.kind for event in own}),
            number=str(order if texts[order[:2]] > 1 else EditionNumber(order.major, order.minor)),
            about_instrument=about_instrument,
            superseded_by=after if has_come else None,
            until=_until(edition, after, standing) if has_come else None,
            events=own,
        )
        if has_come:
            after = stand
    return [found[edition.pk] for edition in editions]


def _latest_first(editions: list[Edition], came: dict[int | None, datetime.datetime]) -> list[Edition]:
    """By when they came, those that never came at the end."""
    seen = [edition for edition in editions if edition.pk in came]
    seen.sort(key=lambda edition: (came[edition.pk], edition.order), reverse=True)
    return seen + [edition for edition in editions if edition.pk not in came]


def _until(edition: Edition, after: Stand | None, standing: Standing | None) -> datetime.date | None:
    """A later number holds from its effective date; a correction or a translation from the moment it came."""
    if after is not None:
        following = after.edition
        if following.order[:2] != edition.order[:2] and not following.kind_is_translation:
            return following.effective_date
        return timezone.localdate(after.came.at) if after.came else None
    if standing is not None and standing.current_id == edition.pk and standing.out_of_use_since:
        return timezone.localdate(standing.out_of_use_since) if standing.out_of_use else None
    return None


def stand_of_page(page: Any) -> Stand | None:
    """How the edition at the page's own address stands; None for a page without one. One query a page.

    Without events: a page that is shown asks no more than its standing knows.
    """
    standing = page.standing_today
    if standing is None or standing.current is None:
        return None
    edition = standing.current
    state = state_of(edition, standing, {EventKind.CAME_INTO_FORCE})
    return Stand(edition, state, str(edition.order), page.about_instrument)
