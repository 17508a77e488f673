"""Languages, the admin's content security policy, and requests too odd to answer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from content.languages import BY_CODE, DEFAULT_LANGUAGE, document_tag

#: Longer query strings come from no form of ours; every filter ticked makes about 3,000 characters.
LONGEST_QUERY = 4_000


def language_of_reader(request: HttpRequest) -> str:
    """The code of the language chosen before, else of the browser's, else of English.

    Django's own way refuses a language without compiled catalogs, whose pages exist all the same, and
    takes a code in any case, which is no address of ours. Of Chinese there is one form here.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in BY_CODE:
        return chosen
    by_primary = {code.partition("-")[0]: code for code in BY_CODE}
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        language = by_primary.get(asked.partition("-")[0])
        if language:
            return language
    return DEFAULT_LANGUAGE


def _language_of_address(request: HttpRequest) -> str:
    """The code with which the address begins, empty where it begins with none."""
    first = request.path_info.lstrip("/").partition("/")[0]
    return first if first in BY_CODE else ""


class LanguageMiddleware(LocaleMiddleware):
    """The language of the address, else the one chosen before, else the browser's.

    Django's own middleware also redirects unknown addresses to the same address below a language. Every
    path is a possible page here, so that would turn each 404 into a redirect first, JSON errors too.
    """

    def process_request(self, request: HttpRequest) -> None:
        language = _language_of_address(request) or language_of_reader(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not _language_of_address(request):
            words = response.headers.get("Content-Type", "").startswith("text/html")
            patch_vary_headers(response, ("Accept-Language", "Cookie") if words else ("Accept-Language",))
        response.headers.setdefault("Content-Language", document_tag(translation.get_language() or "en"))
        return response


class AdminPolicyMiddleware:
    """Gives the editors' pages the policy that Wagtail's editor needs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]  # type: ignore[attr-defined]
        return response


class BoundedRequestMiddleware:
    """Refuses query strings that no form of ours makes, before anything reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        """Raises BadRequest, so that the ordinary error page answers in the reader's language."""
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            raise BadRequest("PostgreSQL holds no text with a NUL in it")
        if len(query) > LONGEST_QUERY and not request.path_info.startswith("/admin/"):
            raise BadRequest("the query string is too long")
