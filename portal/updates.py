"""What has changed, for readers and for programs that follow it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from content.languages import BY_CODE
from content.models import BasePageQuerySet
from content.taxonomy import taxonomy
from editions.models import Subscription
from editions.public.addresses import moved
from editions.public.addresses import page_at as versioned_page_at
from editions.telling.feeds import feed
from editions.telling.scopes import find
from editions.telling.updates import updates_in
from portal import scopes
from portal.models import HomePage

#: As many as the page for readers names; feeds hold more.
MOST = 20


def page_at(path: str) -> Any | None:
    """The page below the home page of the language in use, as its own type.

    None unless readers may see it, or could before its text was taken down.
    """
    home = HomePage.objects.shown().filter(locale__language_code=get_language()).first()
    if home is None or not path:
        return home
    shown = BasePageQuerySet(Page).shown().select_related("locale")
    page = shown.filter(url_path=f"{home.url_path}{path}").first()
    return page.specific if page is not None else versioned_page_at(_language(), path)


@require_safe
def page_feed(request: HttpRequest, path: str) -> HttpResponse:
    """The feed of the home page, a section, a country, a service area or a page, wherever it has moved."""
    page = page_at(path)
    if page is None:
        answer = moved(request, _language(), path, "updates.atom")
        if answer is not None:
            return answer
    scope = scopes.of_page(page)
    if scope is None:
        raise Http404("nothing here has editions")
    return feed(scope)


@require_safe
def corridor_feed(request: HttpRequest, slug: str) -> HttpResponse:
    corridor = taxonomy().corridors.get(slug.upper())
    if corridor is None or slug != corridor.slug:
        raise Http404("there is no such corridor")
    return feed(scopes.of_corridor(corridor, _language()))


@require_safe
def updates(request: HttpRequest) -> HttpResponse:
    """The newest changes in words, and everything that can be followed."""
    language = _language()
    site = find(Subscription.Scope.SITE, "", language)
    context = {
        "updates": updates_in(site, most=MOST) if site else [],
        "groups": [group for group in scopes.all_scopes(language) if group[1]],
    }
    return render(request, "portal/updates.html", context)


def _language() -> str:
    language = get_language() or ""
    return language if language in BY_CODE else "en"
