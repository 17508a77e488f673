"""What templates say often: icons, dates, languages, anchors, related pages."""

from __future__ import annotations

import datetime
from typing import Any

from babel.dates import format_date, format_skeleton
from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from content.anchors import anchor as anchor_of
from content.languages import BY_CODE, document_tag
from content.models import BasePageQuerySet, Tag
from content.partial_dates import parse_partial_date
from content.relations import related_pages as find_related_pages
from content.taxonomy import taxonomy

register = template.Library()

#: The icons of the service areas, by code.
AREA_ICONS = {
    "1": "housing",
    "2": "medical",
    "3": "counsel",
    "4": "learn",
    "5": "earn",
    "6": "papers",
    "7": "scales",
    "8": "safe",
    "9": "family",
    "10": "case",
}

#: Babel's names for our languages.
BABEL_LOCALES = {"en": "en_GB", "zh-hans": "zh_Hans"}


def babel_locale() -> str:
    """Babel's locale for the language in use."""
    language = get_language() or "en"
    return BABEL_LOCALES.get(language, language if language in BY_CODE else "en")


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite. Decorative: the word always stands beside it.

    Sized in the page too: a browser too old for the style sheet would draw it 300 pixels wide.
    """
    return format_html(
        '<svg class="i{}" width="20" height="20" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static("homeward/icons.svg"),
        name,
    )


@register.filter
def anchor(text: object) -> str:
    """The anchor of a heading."""
    return anchor_of(str(text))


@register.filter
def partial_date(text: str) -> str:
    """``2004-10`` in the reader's language, as far as it is known. ASCII digits in every script."""
    if not text:
        return ""
    year, month, day = parse_partial_date(text)
    if month is None:
        return f"{year} ({_buddhist(year)})" if get_language() == "th" else str(year)
    if day is None:
        words = format_skeleton("yMMMM", datetime.date(year, month, 1), locale=babel_locale())
        return f"{words} ({_buddhist(year)})" if get_language() == "th" else words
    return long_date(datetime.date(year, month, day))


@register.filter
def long_date(value: datetime.date | datetime.datetime | None) -> str:
    """A date in the reader's language: ``12 November 2026``."""
    if value is None:
        return ""
    words = format_date(value, format="long", locale=babel_locale())
    return f"{words} ({_buddhist(value.year)})" if get_language() == "th" else words


def _buddhist(year: int) -> str:
    """The year as Thai readers count it, beside the Gregorian one."""
    return f"พ.ศ. {year + 543}"


@register.filter
def foreign_lang(page: Page) -> str:
    """The ``lang`` of a page's words where it is not the reader's language; else empty."""
    code = page.locale.language_code
    return "" if code == get_language() else document_tag(code)


@register.filter
def language_tag(code: str) -> str:
    """The ``lang`` attribute for a language's code."""
    return document_tag(code)


@register.filter
def language_name(code: str) -> str:
    """A language's name in itself."""
    return BY_CODE[code].own_name if code in BY_CODE else code


@register.filter
def language_marked(code: str) -> SafeString:
    """A language's name in itself, marked as such, to stand inside a sentence."""
    return format_html('<span lang="{}">{}</span>', document_tag(code), language_name(code))


@register.filter
def area_icon(area: Any) -> str:
    """The icon of a service area."""
    return AREA_ICONS.get(area.code, "case")


@register.simple_tag
def page_ancestors(page: Page) -> list[Page]:
    """The live pages above a page, from the home page down: one query, whatever the depth."""
    return list(page.get_ancestors().live().filter(depth__gte=2).select_related("locale"))


@register.simple_tag
def child_pages(page: Page) -> list[Page]:
    """The pages below a page that anybody may read, in the order an editor gave them: one query."""
    below = BasePageQuerySet(Page).shown().child_of(page)
    return list(below.select_related("locale").order_by("path"))


@register.simple_tag
def page_tags(page: Any) -> list[Tag]:
    """The tags of a page, with their words from memory: one query."""
    return taxonomy().tags.of(page.tags)


@register.simple_tag
def related_pages(page: Page) -> list[Page]:
    """Pages related to this one, in the reader's language where they exist."""
    locale = page.locale if page.locale.language_code == get_language() else Locale.get_active()
    return find_related_pages(page, locale)


@register.filter
def kind_icon(page: Page) -> str:
    """The icon of a page's kind."""
    return getattr(page.cached_content_type.model_class(), "kind_icon", "file")


@register.filter
def kind_name(page: Page) -> str:
    """The words for a page's kind."""
    return getattr(page.cached_content_type.model_class(), "kind_name", "")
