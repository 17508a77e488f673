"""Views that are no pages: the language chooser, corridors, files, and what operation asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousFileOperation
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file
from wagtail.models import Locale

from content.middleware import language_of_reader
from content.taxonomy import taxonomy
from portal.gathering import for_corridor


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Sends to the reader's language: the one chosen before, else the browser's, else English."""
    return redirect(f"/{language_of_reader(request)}/")


@require_safe
def corridors(request: HttpRequest) -> HttpResponse:
    """All corridors; with ``found_in`` and ``going_home_to`` it leads to one."""
    found_in = request.GET.get("found_in", "")
    going_home_to = request.GET.get("going_home_to", "")
    countries = taxonomy().countries
    same = False
    for code in (found_in, going_home_to):
        if code and countries.get(code) is None:
            raise BadRequest("unknown country")
    if found_in and going_home_to:
        same = found_in == going_home_to
        corridor = taxonomy().corridors.get(f"{found_in}-{going_home_to}")
        if corridor is not None:
            return redirect("corridor", slug=corridor.slug)
    context = {
        "corridors": list(taxonomy().corridors),
        "countries": [country for country in countries if country.has_page],
        "found_in": found_in,
        "going_home_to": going_home_to,
        "same_country": same,
    }
    return render(request, "portal/corridors.html", context)


@require_safe
def corridor(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything for one way home: a view over the facts, not a stored page."""
    found = taxonomy().corridors.get(slug.upper())
    if found is None or slug != found.slug:
        raise Http404("there is no such corridor")
    locale = Locale.objects.get(language_code=get_language())
    context: dict[str, Any] = {
        "corridor": found,
        "opposite": taxonomy().corridors.get(f"{found.origin.code}-{found.destination.code}"),
        "gathered": for_corridor(found, locale),
    }
    return render(request, "portal/corridor.html", context)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing else, so that a slow database never has it restarted."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The process can serve: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "not ready", "database": "does not answer"}, status=503)
    return JsonResponse({"status": "ready", "database": "answers"})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that know no SVG icon ask here with every first visit."""
    return redirect(static("homeward/mark.svg"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Sizes of images. Documents are served by Wagtail's own view, which asks for rights; never from here.

    The folder of the images is the root, so no spelling of ``..`` leads to the documents beside it.
    """
    try:
        response = serve_file(request, path, document_root=str(settings.MEDIA_ROOT / "images"))
    except (OSError, SuspiciousFileOperation) as error:  # a name too long for any file, or a way out
        raise Http404("no such file") from error
    response.headers["Content-Disposition"] = "inline"
    return response
