"""Taking a page out of use, in all its languages at once, and bringing it back.

The page stays at its address; readers are told why it is out of use. Each action appends one event for all
languages and writes the same state into the standing of each, in one transaction with the pages locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from content.languages import DEFAULT_LANGUAGE
from editions.approval import covers
from editions.choices import Change, EventKind, OutOfUse
from editions.drafts import Draft
from editions.models.editions import EditionEvent
from editions.models.standing import Standing
from editions.models.tasks import APPROVERS
from editions.reasons import Reason, refuse
from editions.signals import standing_changed

#: Columns of ``Standing`` that are the same in every language of a page.
SHARED = ("out_of_use", "out_of_use_since", "out_of_use_reason", "replaced_by_key")


@dataclass(frozen=True)
class Family:
    """A page in all its languages, its rows and standings locked. Drafts have no standing."""

    pages: list[Page]
    standings: list[Standing]

    @property
    def first(self) -> Standing:
        return self.standings[0]


def original_of(page: Any) -> Any:
    """The version that translations were made from, as its own class. Two queries unless it is this page."""
    if page.language == DEFAULT_LANGUAGE:
        return page
    family = Page.objects.filter(translation_key=page.translation_key)
    english = family.filter(locale__language_code=DEFAULT_LANGUAGE).first()
    oldest = english or family.order_by("pk").first()
    return page if oldest is None or oldest.pk == page.pk else oldest.specific


def may_retire(user: Any, page: Any) -> bool:
    """Whether this person may take the page out of use and bring it back.

    It happens in all languages, so the assignment must cover the original: an editor for Khmer alone
    does not withdraw what others read in Lao.
    """
    return covers(user, original_of(page), *APPROVERS)


def withdraw(page: Any, *, by: Any, reason: str) -> None:
    """Nobody shall act on this page any more, in any language. Raises PublicationRefused with the reasons."""
    with transaction.atomic():
        family = lock_family(page.translation_key)
        _refuse_retiring(family, reason)
        _write(family, EventKind.WITHDRAWN, by=by, reason=reason, state=OutOfUse.WITHDRAWN)


def replace(page: Any, other: Any, *, by: Any, reason: str) -> None:
    """``other`` takes this page's place in all languages. Raises PublicationRefused with the reasons.

    Only a page in use can do so, and both are locked: that no two pages replace each other follows from it.
    """
    with transaction.atomic():
        families = lock_families(page.translation_key, other.translation_key)
        family = families[page.translation_key]
        _refuse_retiring(family, reason)
        refuse(_reasons_against_replacing(page, other, families[other.translation_key]))
        _write(
            family,
            EventKind.REPLACED,
            by=by,
            reason=reason,
            state=OutOfUse.REPLACED,
            other_key=other.translation_key,
        )


def undo(page: Any, *, by: Any, reason: str) -> None:
    """Brings a page back into use, in all languages. Raises PublicationRefused with the reasons."""
    with transaction.atomic():
        family = lock_family(page.translation_key)
        _refuse_without_reason(reason)
        if not family.standings or not family.first.out_of_use:
            refuse([Reason(_("This page is in use: there is nothing to undo."))])
        was_replaced = family.first.out_of_use == OutOfUse.REPLACED
        kind = EventKind.REPLACEMENT_UNDONE if was_replaced else EventKind.WITHDRAWAL_UNDONE
        _write(family, kind, by=by, reason=reason, other_key=family.first.replaced_by_key, state="")


def inherit(standing: Standing, page: Any) -> None:
    """What holds for a page in its other languages holds for this new one too. One query; does not save."""
    siblings = Standing.objects.filter(page__translation_key=page.translation_key).exclude(page=page.pk)
    shared = siblings.exclude(out_of_use="").values(*SHARED).first()
    for name, value in (shared or {}).items():
        setattr(standing, name, value)


def reasons_out_of_use(standing: Standing | None) -> list[Reason]:
    """What speaks against a new edition of a page that is out of use."""
    if standing is None or not standing.out_of_use:
        return []
    if standing.out_of_use == OutOfUse.REPLACED:
        return [Reason(_("Another page has taken the place of this one. Undo that first."))]
    return [Reason(_("This page is withdrawn. Undo the withdrawal first."))]


def reasons_after_take_down(page: Any, draft: Draft) -> list[Reason]:
    """What speaks against a text after the one before was taken down. One query, for translations only.

    A correction would stand under the number of the text that is gone; a translation would bring it back.
    """
    if draft.source_edition is not None:
        gone = EditionEvent.objects.filter(edition=draft.source_edition, kind=EventKind.TAKEN_DOWN)
        if gone.exists():
            return [Reason(_("The original was taken down. Its next edition must be published first."))]
    elif draft.standing and draft.standing.taken_down and page.edition_change == Change.CORRECTION:
        message = _(
            "The text was taken down, so there is nothing to correct. Choose a minor or major edition."
        )
        return [Reason(message, "edition_change")]
    return []


def lock_family(key: UUID) -> Family:
    """Call it inside a transaction; the rows stay locked until it ends."""
    return lock_families(key)[key]


def lock_families(*keys: UUID) -> dict[UUID, Family]:
    """The pages first and in the order of their keys, as the publication guard does: nobody waits in a circle."""
    locked = Page.objects.select_for_update(of=("self",)).filter(translation_key__in=keys)
    pages = list(locked.select_related("locale").order_by("pk"))
    standings = list(
        Standing.objects.select_for_update(of=("self",))
        .filter(page__in=[page.pk for page in pages])
        .order_by("pk")
    )
    keys_of = {page.pk: page.translation_key for page in pages}
    return {
        key: Family(
            [page for page in pages if page.translation_key == key],
            [standing for standing in standings if keys_of[standing.page_id] == key],
        )
        for key in keys
    }


def _refuse_retiring(family: Family, reason: str) -> None:
    _refuse_without_reason(reason)
    if not any(standing.current_id for standing in family.standings):
        refuse([Reason(_("This page was never published. Delete it instead."))])
    refuse(
        Reason(_("This page is out of use already."))
        for standing in family.standings[:1]
        if standing.out_of_use
    )
    if any(standing.coming_id for standing in family.standings):
        refuse([Reason(_("An edition of this page is announced. Cancel it first."))])


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        refuse([Reason(_("Give the reason: readers and colleagues will ask for it."), "reason")])


def _reasons_against_replacing(page: Any, other: Any, others: Family) -> list[Reason]:
    if other.translation_key == page.translation_key:
        return [Reason(_("A page cannot take its own place."), "other")]
    standing = next((standing for standing in others.standings if standing.page_id == other.pk), None)
    live = any(version.live for version in others.pages if version.pk == other.pk)
    if standing is None or standing.current_id is None or not live:
        return [Reason(_("That page is not on the site, or has no editions."), "other")]
    if standing.replaced_by_key == page.translation_key:
        return [Reason(_("This page has taken the place of that one. Undo that first."), "other")]
    if standing.out_of_use:
        return [Reason(_("That page is out of use itself."), "other")]
    return []


def _write(
    family: Family,
    kind: EventKind,
    *,
    by: Any,
    reason: str,
    state: OutOfUse | str,
    other_key: UUID | None = None,
) -> None:
    now = timezone.now()
    key = family.pages[0].translation_key
    reason = reason.strip()
    EditionEvent.objects.create(
        translation_key=key, edition=None, kind=kind, at=now, by=by, reason=reason, other_key=other_key
    )
    Standing.objects.filter(pk__in=[standing.pk for standing in family.standings]).update(
        out_of_use=state,
        out_of_use_since=now if state else None,
        out_of_use_reason=reason if state else "",
        replaced_by_key=other_key if state else None,
    )
    with_standing = {standing.page_id for standing in family.standings}
    for version in family.pages:
        if version.pk in with_standing:
            log(instance=version, action=f"editions.{kind}", user=by, data={"reason": reason})
    sender = family.pages[0].specific_class
    transaction.on_commit(partial(standing_changed.send_robust, sender=sender, translation_key=key))
