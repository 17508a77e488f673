"""Taking a text down because it endangers someone: the one exception to editions that never change.

The words go from everywhere: editions, their bodies and files, every save that holds them, drafts in other
languages made from them, and what Wagtail and wagtail-localize keep beside. Numbers, dates, checksums and the
event with its reason stay. It cannot be undone. Old backups still hold the text.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search import index
from wagtail.signals import page_unpublished
from wagtail_localize.models import TranslationSource

from content.languages import DEFAULT_LANGUAGE
from content.permissions import TAKE_OFF_SITE
from editions.choices import EventKind
from editions.models.editions import Edition, EditionEvent, EditionText
from editions.models.files import EditionFile
from editions.models.standing import Standing
from editions.publication import as_take_down
from editions.reasons import Reason, refuse
from editions.retiring import traces
from editions.retiring.blanking import blank_revisions, blank_row, blank_title
from editions.retiring.cancelling import record_cancelling
from editions.retiring.retirement import Family, lock_family
from editions.signals import standing_changed

logger = logging.getLogger(__name__)


@dataclass
class TakeDown:
    """What goes and what stays, of one page in all its languages."""

    family: Family
    chosen: list[Edition]
    kept: list[Edition]
    by: Any
    reason: str
    #: Words that mail may quote: titles and change notes of what goes.
    quoted: set[str] = field(default_factory=set)

    @property
    def original(self) -> Page:
        for page in self.family.pages:
            if page.locale.language_code == DEFAULT_LANGUAGE:
                return page
        return self.family.pages[0]

    @property
    def touches_original(self) -> bool:
        """Translators may then have begun with the text in any language."""
        return any(edition.page_id == self.original.pk for edition in self.chosen)

    def standing_of(self, page: Page) -> Standing | None:
        return next((row for row in self.family.standings if row.page_id == page.pk), None)

    def goes_off_site(self, page: Page) -> bool:
        """Whether what the page shows today is taken down."""
        standing = self.standing_of(page)
        return standing is not None and standing.current_id in {edition.pk for edition in self.chosen}


def may_take_down(user: Any) -> bool:
    """A right of its own, held by administrators and safeguarding reviewers, for whatever country: it is urgent."""
    return bool(user.is_active and user.has_perm(TAKE_OFF_SITE))


def texts_of(key: UUID) -> list[Edition]:
    """Every text of a page in every language that is not taken down yet, newest first. One query, no content."""
    rows = Edition.objects.filter(translation_key=key).exclude(events__kind=EventKind.TAKEN_DOWN)
    return list(rows.defer("content").order_by("-major", "-minor", "language", "-text"))


def take_down(page: Any, editions: Iterable[Edition], *, by: Any, reason: str) -> None:
    """Takes these texts of the page down, and every other edition of it that says exactly the same.

    Raises PublicationRefused where there is no reason or nothing to take down. Files go after the commit;
    what cannot be deleted then, ``delete_files_left`` finds later.
    """
    wanted = {edition.pk for edition in editions}
    with transaction.atomic():
        family = lock_family(page.translation_key)
        if not reason.strip():
            refuse([Reason(_("Give the reason, without repeating what endangers someone."), "reason")])
        all_texts = list(
            Edition.objects.select_for_update()
            .filter(translation_key=page.translation_key)
            .exclude(events__kind=EventKind.TAKEN_DOWN)
            .defer("content")
            .order_by("pk")
        )
        same = {(text.page_id, text.sha256) for text in all_texts if text.pk in wanted}
        chosen = [text for text in all_texts if (text.page_id, text.sha256) in same]
        if not chosen:
            refuse(
                [Reason(_("Choose at least one text. Those taken down already are not listed."), "editions")]
            )
        kept = [text for text in all_texts if (text.page_id, text.sha256) not in same]
        _carry_out(TakeDown(family, chosen, kept, by, reason.strip()))


def _carry_out(action: TakeDown) -> None:
    key = action.family.pages[0].translation_key
    leaving = [page for page in action.family.pages if action.goes_off_site(page)]
    _blank_editions(action)
    for page in action.family.pages:
        _take_down_page(action, page)
    _blank_translators_texts(action, key, leaving)
    if leaving:
        EditionEvent.objects.filter(translation_key=key, edition=None).blank_for_take_down()
        Standing.objects.filter(page__in=[page.pk for page in leaving]).update(
            taken_down=True, out_of_use_reason=""
        )
    traces.blank_unsent_mail(action.quoted)
    _record(action)
    codes = [edition.code for edition in action.chosen]
    transaction.on_commit(partial(_delete_files, codes))
    changed = partial(
        standing_changed.send_robust, sender=action.original.specific_class, translation_key=key
    )
    transaction.on_commit(changed)


def _blank_editions(action: TakeDown) -> None:
    for edition in action.chosen:
        action.quoted |= {edition.title, edition.change_note}
    for language in {edition.language for edition in action.chosen}:
        rows = Edition.objects.filter(pk__in=[text.pk for text in action.chosen if text.language == language])
        rows.blank_for_take_down(blank_title(language))
    EditionText.objects.filter(edition__in=action.chosen).blank_for_take_down()
    EditionEvent.objects.filter(edition__in=action.chosen).blank_for_take_down()
    EditionFile.objects.filter(edition__in=action.chosen).delete()


def _take_down_page(action: TakeDown, page: Page) -> None:
    """One page: its announced edition, its saves, its row, and what is kept beside them."""
    standing = action.standing_of(page)
    coming = next((text for text in action.chosen if standing and standing.coming_id == text.pk), None)
    if coming is not None and standing is not None:
        record_cancelling(coming, standing, by=action.by, reason="")
    gone = _revisions_to_blank(action, page)
    if not gone and not _may_be_made_from_it(action, page):
        return
    revisions = traces.revisions_of(page)
    action.quoted |= set(revisions.filter(pk__in=gone).values_list("object_str", flat=True))
    traces.stop_approvals(page, gone, action.by)
    traces.forget_comments(page)
    blank_revisions(page, revisions.filter(pk__in=gone))
    specific = Page.objects.get(pk=page.pk).specific
    if action.goes_off_site(page):
        _take_off_site(specific, standing)
    elif standing is None or standing.current_id is None:
        _take_off_site(specific, standing) if specific.live else _settle(blank_row(specific))
    elif specific.latest_revision_id in gone:
        _go_back_to_live(specific)
    traces.blank_log(page)


def _revisions_to_blank(action: TakeDown, page: Page) -> set[int]:
    """Every save between the last kept edition before a text that goes and the next kept one after it.

    What led to the text, the text, and the drafts that went on from it. In other languages than the original's
    also every draft after the last kept edition: it may have been made from the original's text. While an edition
    was announced editors went on from the text before it, so drafts after it may hold that one.
    """
    of_page = [text for text in action.kept if text.page_id == page.pk]
    announced = {text.revision_id for text in of_page if text.effective_at > text.published_at}
    kept = sorted(text.revision_id for text in of_page if text.revision_id)
    saves = list(traces.revisions_of(page).order_by("pk").values_list("pk", flat=True))
    gaps = {
        bisect_left(kept, text.revision_id)
        for text in action.chosen
        if text.page_id == page.pk and text.revision_id
    }
    for place, revision in enumerate(kept):
        if place in gaps and revision in announced:
            gaps.add(place + 1)
    if _may_be_made_from_it(action, page):
        gaps.add(len(kept))
    return {save for save in saves if save not in kept and bisect_left(kept, save) in gaps}


def _may_be_made_from_it(action: TakeDown, page: Page) -> bool:
    """Whether drafts of this page may be translations of a text that goes."""
    return action.touches_original and page.pk != action.original.pk


def _take_off_site(page: Any, standing: Standing | None) -> None:
    """Readers then get nothing but the note that it was taken down. An edition still to come stays announced."""
    page.live, page.live_revision = False, None
    with as_take_down():
        emptied = blank_row(page)
    announced = standing.coming if standing else None
    traces.revisions_of(page).exclude(pk=announced.revision_id if announced else None).update(
        approved_go_live_at=None
    )
    page_unpublished.send(sender=type(emptied), instance=emptied)
    _settle(emptied)


def _go_back_to_live(page: Any) -> None:
    """The page stays as it is on the site; its draft was blanked, so editors go on from what is live."""
    live = Revision.objects.get(pk=page.live_revision_id)
    Page.objects.filter(pk=page.pk).update(
        latest_revision=live,
        latest_revision_created_at=live.created_at,
        draft_title=page.title,
        has_unpublished_changes=False,
    )


def _settle(page: Any) -> None:
    """At once, not by a task some time later: search and the list of references hold words too."""
    ReferenceIndex.create_or_update_for_object(page)
    index.insert_or_update_object(page)


def _blank_translators_texts(action: TakeDown, key: UUID, leaving: list[Page]) -> None:
    languages = {edition.language for edition in action.chosen}
    if action.touches_original and _source_may_hold_it(action, key):
        traces.forget_translation_source(key)
    else:
        leaving_languages = {page.locale.language_code for page in leaving}
        traces.forget_translations(key, languages=leaving_languages & languages)


def _source_may_hold_it(action: TakeDown, key: UUID) -> bool:
    """Whether the text that translators work from was taken before a later, kept edition of the original."""
    last = max(text.published_at for text in action.chosen if text.page_id == action.original.pk)
    later = [
        text.published_at
        for text in action.kept
        if text.page_id == action.original.pk and text.published_at > last
    ]
    sources = TranslationSource.objects.filter(object_id=key)
    if later:
        sources = sources.filter(last_updated_at__lt=min(later))
    return sources.exists()


def _record(action: TakeDown) -> None:
    """Appended last, so that nothing above blanks it."""
    now = timezone.now()
    for edition in action.chosen:
        EditionEvent.objects.create(
            translation_key=edition.translation_key,
            edition=edition,
            kind=EventKind.TAKEN_DOWN,
            at=now,
            by=action.by,
            reason=action.reason,
        )
    for page in action.family.pages:
        labels = [edition.label for edition in action.chosen if edition.page_id == page.pk]
        if labels:
            data = {"reason": action.reason, "number": ", ".join(labels)}
            current = Page.objects.get(pk=page.pk)
            log(instance=current, action="editions.taken_down", user=action.by, data=data)


def delete_files_left() -> int:
    """Deletes files of texts taken down that are still there; gives how many.

    A disk may have been full or read only, or a task was making a file while the text was taken down.
    """
    gone = Edition.objects.filter(events__kind=EventKind.TAKEN_DOWN)
    EditionFile.objects.filter(edition__in=gone).delete()
    return _delete_files(gone.values_list("code", flat=True))


def _delete_files(codes: Iterable[str]) -> int:
    """Everything in the folders of these editions. What fails is logged and left for the next run."""
    deleted = 0
    for code in codes:
        folder = f"editions/{code}"
        try:
            names = default_storage.listdir(folder)[1]
            for name in names:
                default_storage.delete(f"{folder}/{name}")
                deleted += 1
        except FileNotFoundError:
            continue
        except OSError as error:
            logger.error("Files of edition %s are still there: %s", code, type(error).__name__)
    return deleted
