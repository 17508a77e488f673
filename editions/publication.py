"""The publication guard: the one place that every publication of a versioned page passes.

``VersionedPage.save`` comes here. In one transaction, with the page's row locked, it asks for every
reason against going live, and either refuses with all of them or freezes the edition and lets the page
through. Whoever would rather ask first, such as a form, calls ``editions.objections.reasons_against``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from editions.choices import EventKind, Kind
from editions.content import text_of
from editions.drafts import Draft, draft_of
from editions.models.editions import Edition, EditionEvent, checksum, edition_moment
from editions.models.standing import Standing
from editions.objections import confirms_starter_text, needs_second_person, reasons_against
from editions.reasons import Reason, refuse
from editions.retiring.retirement import inherit
from editions.reviewing.reviews import next_review
from editions.signals import edition_announced, edition_published

#: Crockford's: no letter that is read as a digit, and none that makes a word of it.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

#: What a save of a live page may still write: where it stands, who locks it, which draft is the latest.
BOOKKEEPING_COLUMNS = (
    "path", "depth", "numchild", "slug", "url_path", "draft_title", "has_unpublished_changes",
    "latest_revision", "latest_revision_created_at", "locked", "locked_at", "locked_by", "show_in_menus",
    "owner", "go_live_at", "translation_key", "locale",
)  # fmt: skip

_loading_starter_content: ContextVar[bool] = ContextVar("loading starter content", default=False)
_taking_down: ContextVar[bool] = ContextVar("taking down", default=False)


@contextmanager
def _inside(exception: ContextVar[bool]) -> Iterator[None]:
    token = exception.set(True)
    try:
        yield
    finally:
        exception.reset(token)


def as_starter_content() -> AbstractContextManager[None]:
    """The one named exception: what is published inside is unconfirmed, and readers are told so."""
    return _inside(_loading_starter_content)


def as_take_down() -> AbstractContextManager[None]:
    """Inside, a page with editions may leave the site. Only ``editions.retiring.taking_down`` does this."""
    return _inside(_taking_down)


@dataclass(frozen=True)
class Stored:
    """What the database holds of a page, read under its lock."""

    live: bool
    live_revision_id: int | None


def guarded_save(page: Any, save: Callable[..., None], *args: Any, **kwargs: Any) -> None:
    """Saves the page as far as the guard allows. Raises ValidationError with the reasons otherwise."""
    columns = kwargs.get("update_fields")
    if columns is not None and not {"live", "live_revision", "live_revision_id"} & set(columns):
        save(*args, **kwargs)  # nothing that readers see; the page in memory may be older than the row
        return
    with transaction.atomic():
        stored = _lock(page)
        if stored is None:
            _insert(page, save, *args, **kwargs)
        elif page.live and (not stored.live or page.live_revision_id != stored.live_revision_id):
            _go_live(page, stored)
            save(*args, **kwargs)
        elif stored.live and not page.live:
            if not _taking_down.get() and Edition.objects.filter(page=page.pk).exists():
                refuse([Reason(_("A page with editions stays at its address. Withdraw it instead."))])
            save(*args, **kwargs)
        elif stored.live and columns is None:
            # A draft must not slip into the live row: only its bookkeeping is written.
            kwargs["clean"] = False
            save(*args, **kwargs, update_fields=BOOKKEEPING_COLUMNS)
        else:
            save(*args, **kwargs)


def _lock(page: Any) -> Stored | None:
    """Locks the page's row until the transaction ends. Two publications of one page then follow one another."""
    if page.pk is None:
        return None
    rows = Page.objects.select_for_update().filter(pk=page.pk)
    row = rows.values_list("live", "live_revision_id").first()
    return Stored(*row) if row else None


def _insert(page: Any, save: Callable[..., None], *args: Any, **kwargs: Any) -> None:
    """A new page is a draft, whoever says otherwise: going live needs a revision that somebody approved."""
    if page.alias_of_id:
        refuse([Reason(_("An edition cannot stand at two addresses. Copy the page without 'alias'."))])
    if page.live:
        page.live = False
        page.has_unpublished_changes = True
        page.live_revision = None
    save(*args, **kwargs)


def _go_live(page: Any, stored: Stored) -> None:
    """Freezes the edition that this publication makes, or brings into force the one that was announced."""
    draft = draft_of(page)
    revision = page.live_revision
    standing = draft.standing
    starter = _loading_starter_content.get()
    if revision is None:
        refuse([Reason(_("Only a saved revision can be published."))])
    if standing and standing.current and standing.current.revision_id == revision.pk:
        if standing.taken_down:
            refuse([Reason(_("This text was taken down. Write a new one."))])
        return  # the same text again: the same edition
    if standing and standing.coming and standing.coming.revision_id == revision.pk:
        _refuse_if_changed(standing.coming, revision)
        _come_into_force(page, draft, standing.coming)
        return
    if Edition.objects.filter(revision=revision.pk).exists():
        # Cancelled or superseded. The schedule may have read the revision just before it was cancelled.
        refuse([Reason(_("This text was an edition before. Save it as a new draft, to be approved again."))])
    approver = None if starter else _approver(page, revision, stored.live_revision_id)
    reasons = [] if starter else reasons_against(page, draft=draft, content=revision.content)
    if stored.live_revision_id and revision.pk < stored.live_revision_id:
        reasons.append(Reason(_("A newer text went live in the meantime. Nothing of yours was lost.")))
    if approver is None and not starter:
        reasons.append(Reason(needs_second_person()))
    refuse(reasons)
    if not starter and confirms_starter_text(draft, revision.content):
        _confirm(page, draft, approver)
        return
    _come_into_force(page, draft, _freeze(page, draft, revision, approver), starter=starter)


def _approver(page: Any, revision: Revision, since: int | None) -> int | None:
    """Who approved exactly this revision and wrote nothing since the edition before; None if nobody did."""
    written = Revision.objects.filter(
        object_id=str(page.pk),
        base_content_type=page.get_base_content_type(),
        pk__lte=revision.pk,
        pk__gt=since or 0,
        user=OuterRef("finished_by"),
    )
    approvals = TaskState.objects.filter(
        revision=revision, status=TaskState.STATUS_APPROVED, finished_by__isnull=False
    )
    if since is None:  # whoever waited for the page's lock may hold words that were taken down meanwhile
        approvals = approvals.filter(revision__object_str=revision.object_str)
    second_person = approvals.filter(~Exists(written)).exclude(workflow_state__requested_by=F("finished_by"))
    approver: int | None = (
        second_person.order_by("-finished_at").values_list("finished_by", flat=True).first()
    )
    return approver


def reserve(page: Any, revision: Revision, approver: Any) -> Edition | None:
    """Announces an approved text whose day lies ahead: its number, its address and its banner from now on.

    ``page`` is the revision as a page. Gives None where the day is not ahead. Raises ValidationError with the
    reasons against it. Call it inside a transaction, before ``revision.publish()`` sets the schedule.
    """
    if page.coming_moment is None:
        return None
    stored = _lock(page)
    draft = draft_of(page)
    reasons = reasons_against(page, draft=draft, content=revision.content)
    if _approver(page, revision, stored.live_revision_id if stored else None) is None:
        reasons.append(Reason(needs_second_person()))
    refuse(reasons)
    if confirms_starter_text(draft, revision.content):
        refuse([Reason(_("A text that is confirmed unchanged keeps its day."), "effective_date")])
    edition = _freeze(page, draft, revision, approver.pk)
    standing = draft.standing or _first_standing(page, draft)
    standing.coming = edition
    standing.save()
    transaction.on_commit(partial(edition_announced.send_robust, sender=type(page), edition=edition))
    return edition


def go_on_from_text_in_force(coming: Edition) -> None:
    """While an edition is announced only a correction can be published: that begins with the text in force.

    Call it once the schedule is set. Nothing happens to a page that is not live yet. That text is saved anew, by
    nobody: beside an older latest revision Wagtail would warn editors of another window in which they saved.
    """
    pages = Page.objects.filter(pk=coming.page_id, live=True, latest_revision=coming.revision_id)
    for page in pages:
        page.specific.save_revision(changed=False, clean=False)
        Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False)


def adopt(page: Any, revision: Revision, approver: int | None) -> Edition:
    """Freezes a text that is live already, published before its page had editions, as its first one.

    In force since it was published; unconfirmed without ``approver``. Of the page's row it leaves writing
    ``unconfirmed`` to the caller. Call it inside a transaction.
    """
    _lock(page)
    draft = draft_of(page)
    page.effective_date = timezone.localdate(page.last_published_at, page.time_zone)
    edition = _freeze(page, draft, revision, approver)
    _come_into_force(page, draft, edition, starter=approver is None)
    return edition


def _freeze(page: Any, draft: Draft, revision: Revision, approver: int | None) -> Edition:
    content = text_of(revision.content)
    now = timezone.now()
    number, kind = draft.next_number()
    current = draft.standing.current if draft.standing else None
    if draft.source_edition is not None:
        effective = draft.source_edition.effective_date
    elif kind == Kind.CORRECTION:
        effective = current.effective_date  # type: ignore[union-attr]  # a correction corrects something
    else:
        effective = page.effective_date or timezone.localdate(timezone=page.time_zone)
    edition = Edition(
        page_id=page.pk,
        translation_key=page.translation_key,
        language=page.language,
        major=number.major,
        minor=number.minor,
        text=number.text,
        kind=kind,
        change_note="" if draft.is_translation else page.change_note,
        effective_date=effective,
        effective_at=edition_moment(effective, page.time_zone),
        published_at=now,
        approved_by_id=approver,
        supersedes=current,
        source_edition=draft.source_edition,
        revision=revision,
        title=page.title,
        content=content,
        sha256=checksum(content),
        code="".join(secrets.choice(ALPHABET) for _letter in range(6)),
    )
    edition.save(force_insert=True)
    return edition


def _refuse_if_changed(coming: Edition, revision: Revision) -> None:
    if checksum(text_of(revision.content)) != coming.sha256:
        refuse([Reason(_("This text was changed after it had been approved. It must be approved again."))])


def _come_into_force(page: Any, draft: Draft, edition: Edition, *, starter: bool = False) -> None:
    """The edition becomes the page's current one: event, standing, and what the next draft starts from."""
    now = timezone.now()
    kind = EventKind.STARTED if starter else EventKind.CAME_INTO_FORCE
    EditionEvent.objects.create(
        translation_key=page.translation_key, edition=edition, kind=kind, at=now, by_id=edition.approved_by_id
    )
    standing = draft.standing or _first_standing(page, draft)
    was_coming = standing.coming
    standing.current = edition
    standing.coming = None if was_coming == edition else was_coming
    was_unconfirmed = standing.unconfirmed
    standing.unconfirmed = starter or draft.source_is_unconfirmed
    standing.taken_down = False  # this is another text
    if edition.kind != Kind.CORRECTION or standing.review_due is None:
        standing.review_due = next_review(edition.effective_date, page.review_every)
        standing.reminded_on = None
    standing.save()
    if standing.coming is not None:
        # Wagtail has just cleared every schedule of the page.
        Revision.objects.filter(pk=standing.coming.revision_id).update(
            approved_go_live_at=standing.coming.effective_at
        )
    if was_coming == edition:
        _go_on_from(page)
    if was_unconfirmed and not standing.unconfirmed:
        _confirm_translations(page, edition)
    _settle(page, unconfirmed=standing.unconfirmed)
    published = partial(
        edition_published.send_robust,
        sender=type(page),
        edition=edition,
        starter=starter,
        coming=standing.coming_id,
    )
    transaction.on_commit(published)


def _first_standing(page: Any, draft: Draft) -> Standing:
    """A language that joins later stands as the others do."""
    standing = Standing(page_id=page.pk)
    if draft.is_translation:
        inherit(standing, page)
    return standing


def _confirm(page: Any, draft: Draft, approver: int | None) -> None:
    """Unchanged starter content that a second person approved: in force, under the same number."""
    standing = draft.standing
    if standing is None or standing.current is None:  # confirms_starter_text has asked
        return
    EditionEvent.objects.create(
        translation_key=page.translation_key,
        edition=standing.current,
        kind=EventKind.CONFIRMED,
        at=timezone.now(),
        by_id=approver,
    )
    standing.unconfirmed = draft.source_is_unconfirmed
    standing.review_due = next_review(timezone.localdate(), page.review_every)
    standing.reminded_on = None
    standing.save()
    if not standing.unconfirmed:
        _confirm_translations(page, standing.current)
    _settle(page, unconfirmed=standing.unconfirmed)
    published = partial(
        edition_published.send_robust,
        sender=type(page),
        edition=standing.current,
        starter=False,
        coming=standing.coming_id,
    )
    transaction.on_commit(published)


def _confirm_translations(page: Any, edition: Edition) -> None:
    """What somebody approved in other languages waited only for its original to be confirmed under this number."""
    approved = Standing.objects.filter(
        page__translation_key=page.translation_key,
        current__source_edition__isnull=False,
        current__approved_by__isnull=False,
        current__major=edition.major,
        current__minor=edition.minor,
        unconfirmed=True,
    )
    type(page).objects.filter(pk__in=list(approved.values_list("page", flat=True))).update(unconfirmed=False)
    approved.update(unconfirmed=False)


def _go_on_from(page: Any) -> None:
    """After a coming edition came into force, its text is what editors go on from.

    The latest revision may be the text before, or a correction of it; a draft that somebody has begun stays.
    """
    latest = page.latest_revision_id
    nobodys = Q(user=None) | Q(editions__isnull=False)
    if latest != page.live_revision_id and Revision.objects.filter(nobodys, pk=latest).exists():
        page.latest_revision = page.live_revision
        page.draft_title = page.title
        page.has_unpublished_changes = False


def _settle(page: Any, *, unconfirmed: bool) -> None:
    page.edition_change, page.change_note, page.effective_date, page.go_live_at = "", "", None, None
    page.unconfirmed = unconfirmed
    page.__dict__.pop("standing_today", None)
