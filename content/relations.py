"""Related pages, both ways, in the reader's language."""

from __future__ import annotations

from django.db.models import Q
from wagtail.models import Locale, Page

from content.models import BasePageQuerySet, RelatedPages


def related_pages(page: Page, locale: Locale) -> list[Page]:
    """Pages that name this page or that it names, each once, readable by anybody.

    A relation said on any language version counts for all of them. One query, whatever their number;
    the rows are plain pages with ``specific_class``, which is enough for a link with its kind.
    """
    key = page.translation_key
    named = RelatedPages.objects.filter(page__translation_key=key).values("other__translation_key")
    naming = RelatedPages.objects.filter(other__translation_key=key).values("page__translation_key")
    found = (
        BasePageQuerySet(Page)
        .shown()
        .filter(Q(translation_key__in=named) | Q(translation_key__in=naming))
        .once_each(locale)
        .select_related("locale")
        .order_by("content_type_id", "title")
    )
    return list(found)
