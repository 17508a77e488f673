"""What a reader of a page must know about its edition: how it stands, what is coming, what replaced it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from content.addresses import address_of
from content.languages import document_tag
from content.models import BasePageQuerySet
from editions.choices import OutOfUse
from editions.models import Edition, Standing
from editions.public.states import Stand, stand_of_page


@dataclass(frozen=True)
class NewerOriginal:
    """The original of a translation has a later edition than the one that the translation was made from."""

    made_from: Edition
    now: Edition
    #: The original's address, empty where readers may not see it any more.
    address: str

    @property
    def document_language(self) -> str:
        return document_tag(self.now.language)


@dataclass(frozen=True)
class PageNotices:
    """``review_overdue`` is the day by which the owner should have looked at a text that is in use."""

    stand: Stand | None
    coming: Edition | None
    review_due: datetime.date | None
    review_overdue: datetime.date | None
    out_of_use: str
    out_of_use_since: datetime.date | None
    reason: str
    #: The page to use instead, in the reader's language if it exists there.
    replaced_by: Page | None
    newer_original: NewerOriginal | None


def notices_of(page: Any) -> PageNotices | None:
    """None for a page that never had an edition. One query; one more for a translation or a page that was replaced."""
    standing: Standing | None = page.standing_today
    if standing is None:
        return None
    in_use = not standing.out_of_use
    since = standing.out_of_use_since
    return PageNotices(
        stand=stand_of_page(page),
        coming=standing.coming,
        review_due=standing.review_due if in_use else None,
        review_overdue=standing.review_due
        if in_use and standing.is_overdue and not standing.unconfirmed
        else None,
        out_of_use=standing.out_of_use,
        out_of_use_since=timezone.localdate(since) if since else None,
        reason=standing.out_of_use_reason,
        replaced_by=_replacement(page, standing),
        newer_original=_newer_original(standing.current),
    )


def _replacement(page: Any, standing: Standing) -> Page | None:
    if standing.out_of_use != OutOfUse.REPLACED or standing.replaced_by_key is None:
        return None
    versions = BasePageQuerySet(Page).shown().filter(translation_key=standing.replaced_by_key)
    found: Page | None = versions.once_each(page.locale).select_related("locale").first()
    return found


def _newer_original(current: Edition | None) -> NewerOriginal | None:
    """A correction of the original leaves its translations as they are: only another number counts."""
    made_from = current.source_edition if current else None
    if made_from is None:
        return None
    original = (
        Standing.objects.filter(page__in=BasePageQuerySet(Page).unrestricted().filter(pk=made_from.page_id))
        .select_related("current", "page__locale")
        .defer("current__content")
        .first()
    )
    now = original.current if original else None
    if original is None or now is None or now.order[:2] <= made_from.order[:2]:
        return None
    page = original.page
    place = address_of(page.locale.language_code, page.url_path) if page.live else ""
    return NewerOriginal(made_from, now, place)
