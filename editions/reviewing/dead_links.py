"""Links on live pages that lead to nothing a reader may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import get_page_models

from content.languages import BY_CODE
from content.models import RelatedPages
from editions.choices import OutOfUse
from editions.reviewing.destinations import Destinations, Fault, Known, fault_of
from editions.reviewing.links import Link, fields_with_links, links_of


@dataclass(frozen=True)
class DeadLink:
    """One link, in words. ``address`` leads to the field in the editor."""

    title: str
    language: str
    field: str
    leads_to: str
    reason: str
    address: str


def dead_links() -> list[DeadLink]:
    """Every dead link on pages that readers find and that are in use, by title and language.

    One query a kind of page and seven more, however many pages there are. Nothing is asked over the
    network: links to other sites are not looked at.
    """
    destinations = Destinations()
    found = [
        *_in_fields(destinations),
        *_related(destinations),
        *_replacements(destinations),
    ]
    return sorted(found, key=lambda dead: (dead.title, dead.language, dead.field, dead.leads_to))


def _in_fields(destinations: Destinations) -> Iterator[DeadLink]:
    for model in get_page_models():
        if not fields_with_links(model):
            continue
        for page in model._base_manager.filter(live=True).iterator():
            source = destinations.pages.get(str(page.pk))
            if source is None or source.out_of_use:
                continue
            for link in links_of(page):
                yield from _judged(link, source, destinations)


def _related(destinations: Destinations) -> Iterator[DeadLink]:
    """Pairs of related pages, on the page where the pair was said."""
    field = capfirst(RelatedPages._meta.get_field("other").verbose_name)
    words = f"{_('Related page')} → {field}"
    pairs = RelatedPages.objects.filter(page__live=True).values_list("page_id", "other_id")
    for page, other in pairs:
        source = destinations.pages.get(str(page))
        if source is not None and not source.out_of_use:
            yield from _judged(Link("chosen_page", str(other), words, "related_to"), source, destinations)


def _replacements(destinations: Destinations) -> Iterator[DeadLink]:
    """Pages that send readers on to a page which replaces them."""
    for source in destinations.pages.values():
        if not source.live or source.out_of_use != OutOfUse.REPLACED or not source.replaced_by:
            continue
        versions = destinations.versions.get(source.replaced_by, [])
        leads_to = versions[0].title if versions else _("a page that no longer exists")
        fault = fault_of(versions, source) if versions else Fault.DELETED
        if fault is not None:
            yield _dead(source, _("Replaced by"), leads_to, fault, "")


def _judged(link: Link, source: Known, destinations: Destinations) -> Iterator[DeadLink]:
    leads_to, fault = destinations.verdict(link, source)
    if fault is not None:
        yield _dead(source, link.field, leads_to, fault, link.path)


def _dead(source: Known, field: str, leads_to: str, fault: Fault, path: str) -> DeadLink:
    address = reverse("wagtailadmin_pages:edit", args=[source.pk])
    return DeadLink(
        title=source.title,
        language=BY_CODE[source.language].own_name,
        field=field,
        leads_to=leads_to,
        reason=str(fault.label),
        address=f"{address}#:w:contentpath={path}" if path else address,
    )
