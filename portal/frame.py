"""What stands around every public page: menu, languages, the way out.

Everything is computed when a template asks for it, so error pages and the admin pay nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from accounts import outbox
from content.addresses import address_of
from content.languages import BY_CODE, DEFAULT_LANGUAGE, LANGUAGES, Language, document_tag
from content.models import BasePageQuerySet
from editions.telling.scopes import Scope
from portal.scopes import address_of_feed, of_page

#: The main menu and the footer, by slug of the section below the home page.
MENU = ("procedures", "service-areas", "guidance", "case-studies", "countries")
FOOTER_SECTIONS = (*MENU[:3], "agreements", "laws", *MENU[3:], "glossary")
FOOTER_PAGES = ("about", "privacy", "accessibility", "figures")

#: Opens everywhere in the region, China included, and says nothing about the reader.
DEFAULT_EXIT = "https://www.bing.com/"


@dataclass(frozen=True)
class LanguageLink:
    """``address`` is empty where the page does not exist in the language."""

    language: Language
    address: str
    is_current: bool


def quick_exit_url(language: str) -> str:
    """The neutral page for a language.

    ``QUICK_EXIT_URL`` is one address, or several as ``km=https://... zh-hans=https://...``.
    """
    configured = settings.QUICK_EXIT_URL
    by_language: dict[str, str] = {}
    for part in configured.split():
        code, _equals, address = part.partition("=")
        if code in BY_CODE and address:
            by_language[code] = address
        else:
            by_language[""] = part
    return by_language.get(language) or by_language.get("") or DEFAULT_EXIT


class Frame:
    """The frame of one answer."""

    def __init__(self, request: HttpRequest, page: Page | None = None) -> None:
        self.request = request
        self._page = page

    @cached_property
    def page(self) -> Page | None:
        """The page that is being shown, if it is one; Wagtail's serve view leaves it on the request."""
        return self._page or getattr(self.request, "homeward_page", None)

    @property
    def is_error(self) -> bool:
        """Whether an error is answered: the address then leads nowhere in the other languages either."""
        return getattr(self.request, "homeward_error", False)

    @cached_property
    def language(self) -> Language:
        return BY_CODE.get(get_language() or "", BY_CODE[DEFAULT_LANGUAGE])

    @cached_property
    def home_address(self) -> str:
        return f"/{self.language.code}/"

    @cached_property
    def sections(self) -> dict[str, dict[str, str]]:
        """Sections and standard pages below the home page in this language: one query."""
        rows = (
            BasePageQuerySet(Page)
            .shown()
            .filter(locale__language_code=self.language.code, depth=3)
            .values_list("slug", "title")
        )
        return {
            slug: {"slug": slug, "title": title, "address": f"{self.home_address}{slug}/"}
            for slug, title in rows
        }

    def _existing(self, slugs: tuple[str, ...]) -> list[dict[str, str]]:
        return [self.sections[slug] for slug in slugs if slug in self.sections]

    @property
    def menu(self) -> list[dict[str, str]]:
        return self._existing(MENU)

    @property
    def footer_sections(self) -> list[dict[str, str]]:
        return self._existing(FOOTER_SECTIONS)

    @property
    def footer_pages(self) -> list[dict[str, str]]:
        return self._existing(FOOTER_PAGES)

    @cached_property
    def current_section(self) -> str:
        parts = self.request.path_info.split("/")
        return parts[2] if len(parts) > 2 else ""

    @property
    def section_address(self) -> str:
        """The address of the section that is shown or that the page belongs to, empty where there is none."""
        return self.sections.get(self.current_section, {}).get("address", "")

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """The same address in each language; empty where the page is not translated.

        A page keeps its slugs in every language, so only its existence has to be asked: one query. A view
        whose addresses do not follow from the page's leaves them on the request.
        """
        given = getattr(self.request, "homeward_addresses", None)
        if given is not None:
            return [
                LanguageLink(language, given.get(language.code, ""), language.code == self.language.code)
                for language in LANGUAGES
            ]
        parts = self.request.path_info.split("/", 2)
        rest = parts[2] if len(parts) > 2 and parts[1] in BY_CODE and not self.is_error else ""
        existing = self._addresses_of_page()
        query = self.request.META.get("QUERY_STRING", "")
        return [
            LanguageLink(
                language=language,
                address=self._address(language, rest, query, existing),
                is_current=language.code == self.language.code,
            )
            for language in LANGUAGES
        ]

    def _addresses_of_page(self) -> dict[str, str] | None:
        """The page's address in each language in which readers may see it; None where no page is shown."""
        if self.page is None:
            return None
        versions = (
            BasePageQuerySet(Page)
            .shown()
            .filter(translation_key=self.page.translation_key)
            .values_list("locale__language_code", "url_path")
        )
        return {language: address_of(language, url_path) for language, url_path in versions}

    @staticmethod
    def _address(language: Language, rest: str, query: str, existing: dict[str, str] | None) -> str:
        address = f"/{language.code}/{rest}" if existing is None else existing.get(language.code, "")
        return f"{address}?{query}" if address and query and rest else address

    @property
    def feed_address(self) -> str:
        """Where programs ask what has changed in what is shown; empty where nothing in it has editions."""
        return "" if self.page is None or self.is_error else address_of_feed(self.page)

    @property
    def followed(self) -> Scope | None:
        """What somebody follows who follows this page."""
        return None if self.page is None else of_page(self.page)

    @property
    def mail_is_offered(self) -> bool:
        return not outbox.is_in_use()

    @property
    def quick_exit_url(self) -> str:
        return quick_exit_url(self.language.code)

    @property
    def document_language(self) -> str:
        return document_tag(self.language.code)

    @property
    def public_url(self) -> str:
        return settings.PUBLIC_URL


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: ``frame`` in every template."""
    return {"frame": Frame(request)}
