"""What links of our own may lead to, and whether readers may see it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

from content.addresses import address_of
from content.languages import BY_CODE, DEFAULT_LANGUAGE
from editions.choices import OutOfUse
from editions.reviewing.links import Link


class Fault(models.TextChoices):
    """What is wrong with a link."""

    DELETED = "deleted", pgettext_lazy("link", "It was deleted")
    NOT_LIVE = "not_live", pgettext_lazy("link", "It is not on the site")
    PRIVATE = "private", pgettext_lazy("link", "It is private")
    WITHDRAWN = "withdrawn", pgettext_lazy("link", "It was withdrawn")
    REPLACED = "replaced", pgettext_lazy("link", "It was replaced by another page")
    NO_SUCH_ADDRESS = "no_such_address", pgettext_lazy("link", "Nothing answers at this address")


FAULT_OF = {OutOfUse.WITHDRAWN.value: Fault.WITHDRAWN, OutOfUse.REPLACED.value: Fault.REPLACED}
#: Addresses that the web server answers before our table of addresses is asked.
FILES = (settings.STATIC_URL, "/favicon.ico")


@dataclass(frozen=True)
class Known:
    """What decides whether readers may see a page."""

    pk: int
    title: str
    address: str
    language: str
    key: Any
    live: bool
    private: bool
    out_of_use: str
    replaced_by: Any

    @property
    def is_shown(self) -> bool:
        return self.live and not self.private


class Destinations:
    """All that links may lead to, each kind read once when it is asked for: six queries, however many pages."""

    @cached_property
    def pages(self) -> dict[str, Known]:
        """Every page by its primary key as text, as links name it."""
        restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
        rows = Page.objects.filter(depth__gt=1).values_list(
            "pk", "title", "locale__language_code", "translation_key", "live", "path", "url_path",
            "standing__out_of_use", "standing__replaced_by_key",
        )  # fmt: skip
        pages = {}
        for pk, title, language, key, live, path, url_path, out_of_use, replaced_by in rows:
            private = bool(restricted) and path.startswith(restricted)
            address = address_of(language, url_path)
            pages[str(pk)] = Known(
                pk, title, address, language, key, live, private, out_of_use or "", replaced_by
            )
        return pages

    @cached_property
    def by_address(self) -> dict[str, Known]:
        return {page.address: page for page in self.pages.values()}

    @cached_property
    def versions(self) -> dict[Any, list[Known]]:
        found = defaultdict(list)
        for page in self.pages.values():
            found[page.key].append(page)
        return found

    @cached_property
    def documents(self) -> dict[str, tuple[str, bool]]:
        """Title, and whether it is private, of every file by its primary key as text."""
        restricted = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
        rows = get_document_model().objects.values_list("pk", "title", "collection__path")
        return {
            str(pk): (title, bool(restricted) and path.startswith(restricted)) for pk, title, path in rows
        }

    @cached_property
    def redirects(self) -> set[str]:
        return set(Redirect.objects.values_list("old_path", flat=True))

    @cached_property
    def hosts(self) -> set[str]:
        sites = {site.root_url for site in Site.objects.all()}
        return {urlsplit(root).netloc.lower() for root in (settings.PUBLIC_URL, *sites)}

    def verdict(self, link: Link, source: Known) -> tuple[str, Fault | None]:
        """What a link on a page leads to, in words, and what is wrong with it."""
        if link.kind == "document":
            return self._document(link.target, source)
        if link.kind == "address":
            return link.target, self._address(link.target, source)
        return self._page(link.target, source, chosen=link.kind == "chosen_page")

    def _page(self, key: str, source: Known, *, chosen: bool) -> tuple[str, Fault | None]:
        page = self.pages.get(key)
        if page is None:
            return _("a page that no longer exists (number %(key)s)") % {"key": key}, Fault.DELETED
        versions = self.versions[page.key]
        if not chosen:
            versions = [version for version in versions if version.language == source.language]
        return page.title, fault_of([page, *versions], source)

    def _document(self, key: str, source: Known) -> tuple[str, Fault | None]:
        if key not in self.documents:
            return _("a file that no longer exists (number %(key)s)") % {"key": key}, Fault.DELETED
        title, private = self.documents[key]
        return title, Fault.PRIVATE if private and not source.private else None

    def _address(self, written: str, source: Known) -> Fault | None:
        """Of an address of our own: what our table of addresses would answer. Others' are not looked at."""
        path = self._own_path(written)
        if path is None or path.startswith(FILES):
            return None
        for candidate in dict.fromkeys((path, path if path.endswith("/") else f"{path}/")):
            if (answer := self._answer(candidate)) is None:
                continue
            name, arguments = answer
            if name == "wagtaildocs_serve":
                return self._document(str(arguments[0]), source)[1]
            if name != "wagtail_serve":
                return None
            if page := self.by_address.get(candidate):
                return fault_of([page], source)
        return None if Redirect.normalise_path(path) in self.redirects else Fault.NO_SUCH_ADDRESS

    def _own_path(self, written: str) -> str | None:
        """None for what is no address, or somebody else's."""
        try:
            parts = urlsplit(written.strip())
        except ValueError:
            return None
        ours = parts.scheme in ("http", "https") and parts.netloc.lower() in self.hosts
        if not ours and (parts.scheme or parts.netloc or not parts.path.startswith("/")):
            return None
        return unquote(parts.path) or "/"

    @staticmethod
    def _answer(path: str) -> tuple[str, tuple[Any, ...]] | None:
        """The name and arguments of the view that would answer."""
        language = path.strip("/").partition("/")[0]
        with translation.override(language if language in BY_CODE else DEFAULT_LANGUAGE):
            try:
                match = resolve(path)
            except Resolver404:
                return None
        return match.url_name or "", match.args


def fault_of(versions: list[Known], source: Known) -> Fault | None:
    """What is wrong with all versions that a link may lead to; None if readers may see one that is in use.

    A private page may lead to private ones: whoever reads it has signed in.
    """
    live = [version for version in versions if version.live]
    if not live:
        return Fault.NOT_LIVE
    if not source.private and not any(version.is_shown for version in live):
        return Fault.PRIVATE
    return next((FAULT_OF[version.out_of_use] for version in live if version.out_of_use), None)
