"""Errors in the reader's language, with a way on; JSON where a program asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from wagtail.models import Page

from content.languages import BY_CODE, Language
from content.models import BasePageQuerySet

#: Programs read these; their errors stay short and keep their status.
MACHINE_PREFIXES = ("/api/", "/hsds/", "/health/")


@dataclass(frozen=True)
class Version:
    """The asked-for page in a language in which it does exist."""

    language: Language
    title: str
    address: str


def versions_elsewhere(path: str) -> list[Version]:
    """The languages in which the page at ``/{lang}/{rest}`` exists, by its title there.

    A page keeps its slugs in every language, so the same path below another home page is the same page.
    """
    code, _slash, rest = path.removeprefix("/").partition("/")
    tail = f"/{rest}".partition("/editions/")[0].strip("/")  # an edition leads to its page
    if code not in BY_CODE or not tail or any(ord(character) < 32 for character in path):
        return []
    homes = Page.objects.filter(depth=2).values_list("url_path", flat=True)
    found = (
        BasePageQuerySet(Page)
        .shown()
        .filter(url_path__in=[f"{home}{tail}/" for home in homes])
        .select_related("locale")
    )
    titles = {page.locale.language_code: page.title for page in found}
    return [
        Version(language, titles[language.code], f"/{language.code}/{tail}/")
        for language in BY_CODE.values()
        if language.code in titles and language.code != code
    ]


def _answer(
    request: HttpRequest, status: int, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    if request.path_info.startswith(MACHINE_PREFIXES):
        return JsonResponse({"status": status, "error": _MACHINE_WORDS[status]}, status=status)
    request.homeward_error = True  # type: ignore[attr-defined]  # the frame asks
    return render(request, template, context, status=status)


_MACHINE_WORDS = {400: "bad request", 403: "forbidden", 404: "not found", 500: "server error"}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, "400.html")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, "403.html")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    machine = request.path_info.startswith(MACHINE_PREFIXES)
    versions = [] if machine else versions_elsewhere(request.path_info)
    return _answer(request, 404, "404.html", {"versions": versions})


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database, no session and no context processor: they may be what broke."""
    if request.path_info.startswith(MACHINE_PREFIXES):
        return JsonResponse({"status": 500, "error": _MACHINE_WORDS[500]}, status=500)
    return HttpResponse(loader.render_to_string("500.html"), status=500)
