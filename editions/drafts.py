"""What the next publication of a page would be: which number, of which kind, made from what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, When
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from content.languages import DEFAULT_LANGUAGE
from editions.choices import Change, Kind
from editions.models.editions import Edition
from editions.models.standing import Standing
from editions.numbers import EditionNumber


@dataclass(frozen=True)
class Draft:
    """A page on its way to an edition, as the database stands now."""

    page: Any
    standing: Standing | None
    #: The edition of the original that a translation was made from; None for an original.
    source_edition: Edition | None
    is_translation: bool
    #: Where the original stands; None for an original, and where that was never published.
    source: Standing | None

    @property
    def source_is_unconfirmed(self) -> bool:
        return self.source is not None and self.source.unconfirmed

    @property
    def is_first(self) -> bool:
        return not self.is_translation and (self.standing is None or self.standing.current is None)

    def next_number(self) -> tuple[EditionNumber, Kind]:
        """One query; call it under the page's lock. No number is ever used twice, cancelled ones neither."""
        used = [
            EditionNumber(*row)
            for row in Edition.objects.filter(page=self.page.pk).values_list("major", "minor", "text")
        ]
        if self.source_edition is not None:
            number = self.source_edition.order
            return _next_text(number.major, number.minor, used), Kind.TRANSLATION
        if not used:
            return EditionNumber(1, 0, 1), Kind.FIRST
        current = self.standing.current if self.standing else None
        if current is None:  # every edition so far was cancelled
            return _next_minor(max(used).major, used), Kind.FIRST
        if self.page.edition_change == Change.CORRECTION:
            return _next_text(current.major, current.minor, used), Kind.CORRECTION
        if self.page.edition_change == Change.MAJOR:
            return EditionNumber(max(used).major + 1, 0, 1), Kind.MAJOR
        return _next_minor(current.major, used), Kind.MINOR


def _next_text(major: int, minor: int, used: list[EditionNumber]) -> EditionNumber:
    texts = [number.text for number in used if (number.major, number.minor) == (major, minor)]
    return EditionNumber(major, minor, max(texts, default=0) + 1)


def _next_minor(major: int, used: list[EditionNumber]) -> EditionNumber:
    return EditionNumber(major, max(number.minor for number in used if number.major == major) + 1, 1)


def draft_of(page: Any) -> Draft:
    """One query for a page in the default language, up to four for another one."""
    standing = standing_of(page.pk)
    original = None if page.language == DEFAULT_LANGUAGE else _original_of(page)
    if original is None:
        return Draft(page, standing, None, is_translation=False, source=None)
    source = standing_of(original.pk)
    return Draft(
        page,
        standing,
        _made_from(page, original, source),
        is_translation=True,
        source=source,
    )


def standing_of(page: int | None) -> Standing | None:
    """Where a page stands, with its current edition but without that one's text: one query."""
    rows = Standing.objects.select_related("current").defer("current__content")
    return rows.filter(page=page).first() if page else None


def _original_of(page: Any) -> Page | None:
    """The page that this one translates: the one in the default language, else the oldest; None for itself."""
    family = Page.objects.filter(translation_key=page.translation_key).only("pk", "locale", "translation_key")
    in_default_language = Case(When(locale__language_code=DEFAULT_LANGUAGE, then=0), default=1)
    original = family.order_by(in_default_language, "pk").first()
    return None if original is None or original.pk == page.pk else original


def _made_from(page: Any, original: Page, source: Standing | None) -> Edition | None:
    """The edition that was current when the translators' segments were taken from the original.

    Without such segments, as when a person wrote the translation by hand, the one that is current now.
    """
    if source is None or source.current is None:
        return None
    taken = (
        TranslationSource.objects.filter(object_id=page.translation_key, locale=original.locale_id)
        .values_list("last_updated_at", flat=True)
        .first()
    )
    if taken is None or taken >= source.current.published_at:
        return source.current
    older = Edition.objects.filter(page=original.pk, published_at__lte=taken, events__kind__in=CAME)
    return older.order_by("-published_at").first() or source.current


#: Events after which an edition was what readers saw.
CAME = ("started", "came_into_force")
