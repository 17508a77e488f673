"""The public's views of editions: what changed, one edition, its files, two beside one another, ``/e/``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from content.languages import BY_CODE, DEFAULT_LANGUAGE
from content.models import BasePageQuerySet
from editions import files
from editions.choices import State
from editions.comparison.views import comparison
from editions.models import Edition
from editions.numbers import EditionNumber
from editions.public.addresses import (
    address,
    addresses_by_language,
    moved,
    numbers_by_language,
    page_at,
    readable,
)
from editions.public.rendering import rendered
from editions.public.states import History, Stand, history_of

#: Crockford's alphabet is read aloud and typed by hand: what looks alike counts as the same.
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def of_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Finds the page whose address ends where ``editions/`` begins, also at an address that it has left."""

    @require_safe
    @wraps(view)
    def found(request: HttpRequest, path: str, **kwargs: Any) -> HttpResponseBase:
        language = get_language() or DEFAULT_LANGUAGE
        page = page_at(language, path)
        if page is None:
            rest = request.path_info.removeprefix(f"/{language}/{path}")
            answer = moved(request, language, path, rest)
            if answer is None:
                raise Http404("there is no such page, or it has no editions")
            return answer
        request.homeward_page = page  # type: ignore[attr-defined]  # the frame asks
        if not page.live:
            return gone(request, page)
        return view(request, page, **kwargs)

    return found


@of_page
def history(request: HttpRequest, page: Any) -> HttpResponse:
    """What changed: all editions of a page. Who approved them is told to people with a role only."""
    staff = _is_staff(request)
    _switch(request, {code: f"{place}editions/" for code, place in addresses_by_language(page).items()})
    context = {"page": page, "history": history_of(page, with_people=staff), "staff": staff}
    response = render(request, "editions/history.html", {**context, "address": address(page)})
    patch_vary_headers(response, ["Cookie"])
    if staff:
        patch_cache_control(response, private=True, no_store=True)
    return response


@of_page
def edition(request: HttpRequest, page: Any, number: str) -> HttpResponse:
    """One frozen text at its permanent address."""
    past = history_of(page)
    stand = _find(past, number)
    if stand is None:
        return _unknown(request, past, number)
    _switch_to(request, page, stand.edition.number, f"editions/{stand.edition.number}/")
    if not stand.is_readable:
        return gone(request, page, stand)
    context = {
        "page": page,
        "address": address(page),
        "history": past,
        "stand": stand,
        "before": past.before(stand),
        "text": rendered(stand.edition),
    }
    response = render(request, "editions/edition.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@of_page
def file(request: HttpRequest, page: Any, number: str, kind: str) -> HttpResponseBase:
    """The PDF or the Word document of an edition."""
    past = history_of(page)
    stand = _find(past, number)
    if stand is None:
        return _unknown(request, past, number)
    if not stand.is_readable:
        return gone(request, page, stand)
    return files.answer(request, page, stand.edition, kind)


@of_page
def compare(request: HttpRequest, page: Any) -> HttpResponse:
    """Two editions beside one another; without two numbers, a form to choose them."""
    past = history_of(page)
    asked = [request.GET.get(name, "").strip() for name in ("from", "to")]
    if not all(asked):
        return _choose(request, past, asked)
    found = [_find(past, number) for number in asked]
    for number, stand in zip(asked, found, strict=True):
        if stand is None:
            error = _("There is no edition %(number)s of this page.") % {"number": number[:20]}
            return _choose(request, past, asked, error, status=404)
    before, after = (stand.edition for stand in found if stand)
    if before == after:
        error = _("Choose two different editions.")
        return _choose(request, past, asked, error, status=400)
    query = request.META.get("QUERY_STRING", "")
    numbers = numbers_by_language(page)
    _switch(
        request,
        {
            code: f"{place}editions/compare/?{query}"
            if {before.number, after.number} <= numbers.get(code, set())
            else place
            for code, place in addresses_by_language(page).items()
        },
    )
    texts = Edition.objects.in_bulk([before.pk, after.pk])
    response: HttpResponse = comparison(request, page, texts[before.pk], texts[after.pk], past)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _choose(
    request: HttpRequest, past: History, asked: list[str], error: str = "", status: int = 200
) -> HttpResponse:
    places = addresses_by_language(past.page)
    _switch(request, {code: f"{place}editions/compare/" for code, place in places.items()})
    context = {"page": past.page, "address": address(past.page), "history": past, "error": error}
    chosen = {"chosen_before": asked[0], "chosen_after": asked[1]}
    return render(request, "editions/choose_two.html", {**context, **chosen}, status=status)


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the edition on a print is still in force. In the language of its text, with the others beside."""
    wanted = code.upper().translate(LOOKALIKES)
    found = Edition.objects.filter(code=wanted).defer("content").first() if _may_be_code(wanted) else None
    page = readable(BasePageQuerySet(Page).filter(pk=found.page_id)) if found else None
    if found is None or page is None:
        request.homeward_error = True  # type: ignore[attr-defined]  # the frame asks
        return _never_indexed(render(request, "editions/unknown_code.html", {"code": code[:40]}, status=404))
    asked = request.GET.get("text_language", "")
    language = asked if asked in BY_CODE else found.language
    past = history_of(page)
    stand = next(row for row in past.rows if row.edition.pk == found.pk)
    _switch(request, {code: f"{found.short_address}?text_language={code}" for code in BY_CODE})
    translation.activate(language)
    context = {"page": page, "address": address(page) if page.live else "", "history": past, "stand": stand}
    status = 200 if stand.is_readable else 410
    return _never_indexed(render(request, "editions/short_address.html", context, status=status))


def _may_be_code(words: str) -> bool:
    """PostgreSQL cannot be asked for every sign that an address can hold."""
    return len(words) == 6 and words.isascii() and words.isalnum()


def _never_indexed(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def gone(request: HttpRequest, page: Any, stand: Stand | None = None) -> HttpResponse:
    """A text, or a page with all its texts, that was taken down: its numbers, dates and checksums stay."""
    past = history_of(page)
    rows = [row for row in past.rows if row.state == State.TAKEN_DOWN] if stand is None else [stand]
    context = {"page": page, "rows": rows, "address": address(page) if page.live else ""}
    response = render(request, "editions/taken_down.html", context, status=410)
    return _never_indexed(response)


def _find(past: History, words: str) -> Stand | None:
    try:
        return past.find(EditionNumber.parse(words))
    except ValueError:
        return None


def _unknown(request: HttpRequest, past: History, number: str) -> HttpResponse:
    request.homeward_error = True  # type: ignore[attr-defined]  # the frame asks
    context = {"page": past.page, "address": address(past.page), "history": past, "number": number[:20]}
    return render(request, "editions/unknown_edition.html", context, status=404)


def _switch(request: HttpRequest, addresses: dict[str, str]) -> None:
    """Where the language switcher leads from here."""
    request.homeward_addresses = addresses  # type: ignore[attr-defined]  # the frame asks


def _switch_to(request: HttpRequest, page: Any, number: str, rest: str) -> None:
    """To the same edition where the language has it, else to the page."""
    numbers = numbers_by_language(page)
    _switch(
        request,
        {
            code: f"{place}{rest}" if number in numbers.get(code, set()) else place
            for code, place in addresses_by_language(page).items()
        },
    )


def _is_staff(request: HttpRequest) -> bool:
    """Somebody with a role. Readers without a session cost no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user: Any = request.user
    return bool(user.is_authenticated and user.is_active and user.assignments.exists())
