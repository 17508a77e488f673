"""Atom feeds of what has changed."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.defaultfilters import linebreaks_filter
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from content.languages import document_tag
from editions.public.addresses import address
from editions.telling.scopes import Scope
from editions.telling.updates import Note, Update, updates_in

#: What a feed's own id is made from, so that a feed that moves stays the same one.
NAMESPACE = uuid.UUID("6f1d2a53-4b0e-5c68-9a77-2e8c0d9b7f14")
#: A feed must say when it changed last. One without entries never did; any constant keeps its bytes the same.
NEVER = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


#: What XML cannot hold. Word's line break within a paragraph is one, and comes along when words are pasted.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Feed(Atom1Feed):
    """Django's, with the time of its newest entry even where it has none, whatever signs a text holds."""

    def add_item(self, title: str, link: str, description: str, *args: Any, **kwargs: Any) -> None:
        super().add_item(CONTROLS.sub(" ", title), link, CONTROLS.sub(" ", description), *args, **kwargs)

    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else NEVER


def feed(scope: Scope) -> HttpResponse:
    """The updates of a scope, in its language. Full of nothing but facts, so equal questions get equal bytes."""
    with override(scope.language):
        text = _written(scope, updates_in(scope))
    return HttpResponse(text, content_type=Feed.content_type)


def _written(scope: Scope, updates: Iterable[Update]) -> str:
    site = settings.WAGTAIL_SITE_NAME
    writer = Feed(
        title=_("%(site)s, updates: %(scope)s") % {"site": site, "scope": CONTROLS.sub(" ", scope.title)},
        link=settings.PUBLIC_URL + scope.address,
        description=None,
        subtitle=_("Editions that were published, announced, withdrawn or superseded."),
        language=document_tag(scope.language),
        feed_url=settings.PUBLIC_URL + scope.feed_address,
        feed_guid=uuid.uuid5(NAMESPACE, f"{scope.kind} {scope.key} {scope.language}").urn,
        author_name=site,
    )
    for update in updates:
        writer.add_item(
            title=update.heading,
            link=settings.PUBLIC_URL + update.address,
            description=summary(update),
            unique_id=update.key.urn,
            pubdate=update.began,
            updateddate=update.at,
            author_name=CONTROLS.sub(" ", update.desk or site),
            categories=[update.kind] if update.kind else [],
        )
    return writer.writeString("utf-8")


def summary(update: Update) -> SafeString:
    """What changed and why, as HTML; words in another language are marked as such."""
    notes = ((_language_of(note), linebreaks_filter(note.text)) for note in update.notes)
    return format_html_join("", "<div{}>{}</div>", notes) + _way_on(update)


def _language_of(note: Note) -> SafeString:
    return format_html(' lang="{}"', document_tag(note.language)) if note.language else SafeString("")


def _way_on(update: Update) -> SafeString:
    other = update.replaced_by
    if other is None:
        return SafeString("")
    return format_html(
        '<p>{} <a href="{}">{}</a></p>', _("Read instead:"), settings.PUBLIC_URL + address(other), other.title
    )
