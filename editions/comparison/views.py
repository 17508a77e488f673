"""The public comparison of two editions, and the fragment of it that approvers see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from content.languages import document_tag
from content.templatetags.homeward import long_date
from editions.comparison.comparing import ALL, CHANGES, VIEWS, Comparison, State, compare
from editions.models import Edition
from editions.public.addresses import address
from editions.public.states import History


@dataclass(frozen=True)
class TallyItem:
    """A number of rows in words. ``address`` shows them alone; empty where nothing can be chosen."""

    words: str
    state: State | None = None
    address: str = ""
    is_current: bool = False


def comparison(
    request: HttpRequest, page: Any, before: Edition, after: Edition, history: History | None = None
) -> HttpResponse:
    """Answers ``editions/compare/?from=1.0&to=1.1`` for two editions of one page in one language.

    ``show`` chooses: ``changes`` (where nothing is said), ``all``, or one state such as ``added``. With a
    ``history`` the reader may choose two other editions at once.
    """
    view = request.GET.get("show", CHANGES)
    if view not in VIEWS:
        view = CHANGES
    taken_down = [edition for edition in (before, after) if not edition.is_whole]
    compared = None
    if not taken_down:
        compared = compare(type(page), before.content, after.content, page.locale, view)
    context = {
        "page": page,
        "address": address(page),
        "before": before,
        "after": after,
        "history": history,
        "taken_down": taken_down,
        "comparison": compared,
        "tally": _links(request, compared, view) if compared else [],
        "view": view,
        "before_name": _name(before),
        "after_name": _name(after),
        "same_words": gettext("These two editions say the same."),
        "text_language": _foreign(page),
    }
    return TemplateResponse(request, "editions/comparison.html", context)


def render_comparison(
    before_content: dict[str, Any],
    after_content: dict[str, Any],
    page: Any,
    request: HttpRequest | None = None,
    *,
    before_name: str = "",
    after_name: str = "",
) -> SafeString:
    """The same rows without the frame, of any two texts of a page as ``editions.content.text_of`` gives them.

    An empty text has no rows: compared with it, all is added.
    """
    compared = compare(type(page), before_content, after_content, page.locale)
    context = {
        "comparison": compared,
        "tally": [TallyItem(words, state) for state, words in _counted(compared)],
        "before_name": before_name or gettext("The last edition"),
        "after_name": after_name or gettext("This draft"),
        "same_words": gettext("The two texts say the same."),
        "text_language": _foreign(page),
    }
    return render_to_string("editions/comparison/fragment.html", context, request)


def _name(edition: Edition) -> str:
    words = {"number": edition.label, "date": long_date(timezone.localdate(edition.published_at))}
    return gettext("Edition %(number)s, %(date)s") % words


def _foreign(page: Any) -> str:
    """The document tag of the page's language where the reader's frame is in another."""
    tag: str = page.document_language
    return "" if tag == document_tag(get_language() or "") else tag


def _counted(compared: Comparison) -> list[tuple[State, str]]:
    """How many rows of each state there are, in words; none for what did not happen."""
    number = compared.counts
    words = {
        State.CHANGED: ngettext("%d changed", "%d changed", number[State.CHANGED]),
        State.ADDED: ngettext("%d added", "%d added", number[State.ADDED]),
        State.REMOVED: ngettext("%d removed", "%d removed", number[State.REMOVED]),
        State.MOVED: ngettext("%d moved", "%d moved", number[State.MOVED]),
    }
    return [(state, text % number[state]) for state, text in words.items() if number[state]]


def _links(request: HttpRequest, compared: Comparison, view: str) -> list[TallyItem]:
    """The same two editions, asked for as they were, with other rows shown."""

    def shown(what: str) -> str:
        query = request.GET.copy()
        query["show"] = what
        return f"?{query.urlencode()}"

    return [
        TallyItem(gettext("Only what changed"), None, shown(CHANGES), view == CHANGES),
        TallyItem(gettext("All parts"), None, shown(ALL), view == ALL),
        *(
            TallyItem(words, state, shown(state.value), view == state.value)
            for state, words in _counted(compared)
        ),
    ]
