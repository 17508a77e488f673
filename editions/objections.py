"""What speaks against publishing a text: asked by the guard, and before it by forms, lists and the workflow."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editions.choices import Change
from editions.content import same_text, text_of
from editions.drafts import Draft, draft_of
from editions.models.editions import Edition
from editions.reasons import Reason
from editions.retiring.retirement import reasons_after_take_down, reasons_out_of_use


def needs_second_person() -> str:
    return _("Somebody who wrote none of it must approve this text. Submit it for approval.")


def reasons_against(
    page: Any, *, draft: Draft | None = None, content: dict[str, Any] | None = None
) -> list[Reason]:
    """Every reason against publishing this draft but approval: what forms, bulk actions and tasks ask first.

    ``page`` holds the draft's words and what was said of its edition; ``content`` is their JSON, where it
    is known, to see whether starter content is left as it is. Three queries at most.
    """
    draft = draft or draft_of(page)
    if page.alias_of_id:
        return [Reason(_("An edition cannot stand at two addresses."))]
    out_of_use = reasons_out_of_use(draft.source if draft.is_translation else draft.standing)
    reasons = out_of_use + reasons_after_take_down(page, draft)
    if draft.is_translation:
        return reasons + _reasons_against_translation(page, draft)
    if draft.standing and draft.standing.coming:
        reasons += _reasons_beside_coming(page, draft, draft.standing.coming)
    if draft.is_first or confirms_starter_text(draft, content):
        return reasons + _reasons_about_date(page, draft, needed=False)
    if not page.edition_change:
        reasons.append(
            Reason(_("Say whether this is a correction, a minor or a major edition."), "edition_change")
        )
    if not page.change_note.strip():
        reasons.append(Reason(_("Say what changed and why: readers see it."), "change_note"))
    if page.edition_change != Change.CORRECTION:
        reasons += _reasons_about_date(page, draft, needed=bool(page.edition_change))
    return reasons


def _reasons_against_translation(page: Any, draft: Draft) -> list[Reason]:
    if draft.source_edition is None:
        return [Reason(_("The original has no edition yet. It must be published first."))]
    if page.coming_moment is not None:
        message = _("A translation has no day of its own: its original is in force already. Leave it empty.")
        return [Reason(message, "effective_date")]
    return []


def _reasons_beside_coming(page: Any, draft: Draft, coming: Edition) -> list[Reason]:
    if draft.is_first:  # there is nothing yet that could be corrected
        return [Reason(_("An edition of this page is announced. Cancel it first."))]
    if page.edition_change == Change.CORRECTION:
        return []
    words = {"number": coming.number, "date": date_format(coming.effective_date)}
    message = _(
        "Edition %(number)s comes into force on %(date)s. Until then only a correction can be published."
    )
    return [Reason(message % words, "edition_change")]


def _reasons_about_date(page: Any, draft: Draft, *, needed: bool) -> list[Reason]:
    if page.effective_date is None:
        return [Reason(_("Say from which day it is in force."), "effective_date")] if needed else []
    standing = draft.standing
    before = standing.current if standing and not standing.unconfirmed else None
    if before and page.effective_date < before.effective_date:
        words = {"number": before.number, "date": date_format(before.effective_date)}
        message = _("Edition %(number)s is in force since %(date)s; a later one cannot begin before it.")
        return [Reason(message % words, "effective_date")]
    return []


def confirms_starter_text(draft: Draft, content: dict[str, Any] | None) -> bool:
    """Whether this is starter content that nobody has changed: approval then keeps its number."""
    standing = draft.standing
    if content is None or standing is None or not standing.unconfirmed or standing.current is None:
        return False
    return standing.current.approved_by_id is None and same_text(text_of(content), standing.current.content)
