"""Screens of Wagtail that would remove an edition or pass the guard: each is answered in words, before it acts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from editions.models import Edition, VersionedPage
from editions.objections import needs_second_person


def _with_editions(pages: Iterable[Page]) -> list[Page]:
    """Those of the pages that have editions, or pages below them that do: one query."""
    pages = list(pages)
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(page__path__startswith=page.path)
    paths = set(Edition.objects.filter(below).values_list("page__path", flat=True).distinct())
    return [page for page in pages if any(path.startswith(page.path) for path in paths)]


def _refuse(request: HttpRequest, page: Page, message: str) -> HttpResponse:
    messages.error(request, message)
    if page.is_root():
        return redirect("wagtailadmin_explore_root")
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_delete_page")
def keep_pages_with_editions(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before Wagtail asks for a confirmation, so that nobody confirms what cannot be done."""
    if not _with_editions([page]):
        return None
    if Edition.objects.filter(page=page.pk).exists():
        message = _(
            "This page has editions, which people may hold on paper. It cannot be deleted. "
            "Withdraw it instead: it stays at its address with a note and leaves the listings."
        )
    else:
        message = _(
            "Pages below this one have editions, which people may hold on paper. It cannot be deleted. "
            "Withdraw those pages instead."
        )
    return _refuse(request, page, message)


@hooks.register("before_unpublish_page")
def keep_pages_at_their_address(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not Edition.objects.filter(page=page.pk).exists():
        return None
    message = _(
        "A page with editions stays at its address. Withdraw it instead, or take it down if it endangers someone."
    )
    return _refuse(request, page, message)


@hooks.register("before_publish_page")
def ask_a_second_person(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The form has asked already; this answers whoever sends the button past the form."""
    if not isinstance(page.specific, VersionedPage):
        return None
    return _refuse(request, page, needs_second_person())


@hooks.register("before_copy_page")
def no_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    if request.method != "POST" or not request.POST.get("alias"):
        return None
    versioned = [p for p in page.get_descendants(inclusive=True).specific() if isinstance(p, VersionedPage)]
    if not versioned:
        return None
    message = _(
        "An edition cannot stand at two addresses, so there are no aliases of this page. Copy it without 'alias'."
    )
    return _refuse(request, page, message)


@hooks.register("before_bulk_action")
def refuse_for_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same for pages that were ticked in a list. All are left as they are, and the list says which."""
    pages = [item for item in objects if isinstance(item, Page)]
    if action_type in ("delete", "unpublish"):
        refused = _with_editions(pages)
        words = _("Nothing was changed. These pages have editions and can only be withdrawn: %(titles)s.")
    elif action_type == "publish":
        refused = [page for page in pages if isinstance(page.specific, VersionedPage)]
        words = _("Nothing was published. Somebody must approve these pages, one by one: %(titles)s.")
    else:
        return None
    if not refused:
        return None
    messages.error(request, words % {"titles": ", ".join(page.get_admin_display_title() for page in refused)})
    return redirect(action.next_url)
