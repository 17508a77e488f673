"""What guidance pages say often: who acts with whom, running numbers, the checklist of a service area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from babel.lists import format_list
from django import template
from django.utils.translation import get_language
from wagtail.models import Locale

from content.models import Concept
from content.running_numbers import running_number as running_number_of
from content.templatetags.homeward import babel_locale, partial_date
from guidelines.choices import RatificationStatus
from guidelines.diagram_shelf import LIST_SEPARATOR
from guidelines.models import ChecklistPage

register = template.Library()


@dataclass(frozen=True)
class AreaLink:
    """A service area and its checklist, None where nobody has published one."""

    area: Concept
    checklist: ChecklistPage | None


@register.filter
def listed(names: Sequence[str]) -> str:
    """``A, B and C``, as the reader's language joins names."""
    if not names:
        return ""
    *head, last = names
    if not head:
        return last
    return format_list([list_separator().join(head), last], locale=babel_locale())


@register.filter
def running_number(number: int | str) -> str:
    """A number that counts, in the digits of the reader's language."""
    return running_number_of(int(number), get_language())


@register.filter
def year(number: int | None) -> str:
    """A Gregorian year, in Thai with the Buddhist year beside it."""
    return partial_date(str(number)) if number else ""


@register.filter
def host(address: str) -> str:
    """The host of an address: it tells readers where a link leads before they press it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def ratification(status: str) -> str:
    """The words for what a country has done about a treaty."""
    return str(RatificationStatus(status).label)


@register.simple_tag
def list_separator() -> str:
    """What stands between the parts of a list in the reader's language."""
    return LIST_SEPARATOR.get(get_language() or "", ", ")


@register.simple_tag
def checklists_of(areas: Iterable[Concept], locale: Locale) -> list[AreaLink]:
    """Service areas with their checklists, in this language where they exist. At most one query."""
    wanted = list(areas)
    if not wanted:
        return []
    pages = (
        ChecklistPage.objects.listed()
        .filter(service_area__in=[area.pk for area in wanted])
        .once_each(locale)
        .select_related("locale")
    )
    by_area = {page.service_area_id: page for page in pages}
    return [AreaLink(area, by_area.get(area.pk)) for area in wanted]
