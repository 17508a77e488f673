"""How an edition stands, in templates."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from content.templatetags.homeward import icon
from editions.choices import EventKind
from editions.models import EditionEvent
from editions.public import wording
from editions.public.page_notices import PageNotices, notices_of
from editions.public.states import Stand

register = template.Library()

#: Reasons that were written for readers. Others stay among staff: that of a take down may name the danger.
TOLD_TO_ALL = frozenset(
    {
        EventKind.CANCELLED,
        EventKind.WITHDRAWN,
        EventKind.WITHDRAWAL_UNDONE,
        EventKind.REPLACED,
        EventKind.REPLACEMENT_UNDONE,
    }
)


@register.simple_tag
def edition_state(stand: Stand) -> SafeString:
    """Icon and word."""
    name, tone = wording.SIGNS[stand.state]
    return format_html(
        '<span class="state{}">{}{}</span>',
        f" {tone}" if tone else "",
        icon(name),
        wording.state_words(stand),
    )


@register.simple_tag
def edition_sign(stand: Stand) -> SafeString:
    """The icon alone, for where a sentence says the state."""
    return icon(wording.SIGNS[stand.state][0])


@register.filter
def edition_tone(stand: Stand) -> str:
    """The tone of a note about the state."""
    return wording.TONES.get(stand.state, "caution")


@register.filter
def edition_words(stand: Stand) -> str:
    """The state in words alone."""
    return str(wording.state_words(stand))


@register.filter
def edition_answer(stand: Stand) -> str:
    return wording.answer(stand)


@register.filter
def edition_period(stand: Stand) -> str:
    return wording.period(stand)


@register.simple_tag
def page_notices(page: Any) -> PageNotices | None:
    return notices_of(page)


@register.filter
def told_reason(event: EditionEvent, staff: bool) -> str:
    """The reason of an event as far as this reader may know it."""
    return event.reason if staff or event.kind in TOLD_TO_ALL else ""


@register.filter
def local_date(moment: datetime.datetime) -> datetime.date:
    """The day on which something happened, where the site's people are."""
    return timezone.localdate(moment)


@register.filter
def path_below_home(page: Page) -> str:
    """What an address says of a page after the language: ``procedures/return/``."""
    return (page.url_path or "").strip("/").partition("/")[2] + "/"
