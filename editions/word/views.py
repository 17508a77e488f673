"""The screens that take a Word document and show what became of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from content.languages import DEFAULT_LANGUAGE
from editions.models import VersionedPage
from editions.word.forms import NewPageForm, WordForm
from editions.word.importing import draft_to_go_on_from, take_over
from editions.word.report import Report

LONGEST_TITLE = 255


def may_import_into(user: Any, page: Any) -> bool:
    """Whoever may edit the page, while nobody has locked it."""
    if not issubclass(page.specific_class or Page, VersionedPage) or page.alias_of_id:
        return False
    if not page.permissions_for_user(user).can_edit():
        return False
    lock = page.specific.get_lock()
    return lock is None or not lock.for_user(user)


def kinds_below(user: Any, parent: Any) -> list[type[VersionedPage]]:
    """The kinds of page with editions that this person may add here."""
    if not parent.permissions_for_user(user).can_add_subpage():
        return []
    models = parent.specific_class.creatable_subpage_models() if parent.specific_class else []
    return [model for model in models if issubclass(model, VersionedPage) and model.can_create_at(parent)]


def import_into_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """A document becomes the next draft of a page. Readers see nothing of it before it is approved."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_import_into(request.user, page):
        raise PermissionDenied
    obstacle = _obstacle(page)
    form = WordForm(*_sent(request))
    if request.method != "POST" or obstacle or not form.is_valid():
        context = {"page": page, "form": form, "obstacle": obstacle, "title": page.draft_title}
        return TemplateResponse(request, "editions/admin/word_import.html", context)
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=page.pk)
        before, draft = draft_to_go_on_from(page), draft_to_go_on_from(page)
        report = take_over(draft, before, form.document, get_language() or DEFAULT_LANGUAGE)
        if report.changes_anything:
            draft.minimal_clean()
            # The draft may lack what only a person can say; the editor asks for it before it is approved.
            draft.save_revision(user=request.user, log_action=True, clean=False)
    return _reported(request, draft, report)


def import_below(request: HttpRequest, parent_id: int) -> HttpResponse:
    """A document becomes a new page, as a draft."""
    parent = get_object_or_404(Page, pk=parent_id).specific
    kinds = kinds_below(request.user, parent)
    if not kinds:
        raise PermissionDenied
    form = NewPageForm(*_sent(request), kinds=kinds)
    if request.method == "POST" and form.is_valid():
        try:
            page, report = _made(form, parent, request.user)
        except ValidationError as error:
            for messages in error.message_dict.values():
                for message in messages:
                    form.add_error("slug", message)
        else:
            return _reported(request, page, report)
    context = {"parent": parent, "form": form, "title": parent.get_admin_display_title()}
    return TemplateResponse(request, "editions/admin/word_import.html", context)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _made(form: NewPageForm, parent: Any, user: Any) -> tuple[Any, Report]:
    """The new page and its report. Raises ValidationError where its address is taken."""
    language = get_language() or DEFAULT_LANGUAGE
    title = Truncator(form.document.name).chars(LONGEST_TITLE)
    values = {"title": title, "slug": form.cleaned_data["slug"], "locale": parent.locale, **form.values()}
    model: Any = form.model
    page, before = model(**values), model(**values)
    report = take_over(page, before, form.document, language)
    page.live, page.has_unpublished_changes, page.owner = False, True, user
    with transaction.atomic():
        parent.add_child(instance=page)
        page.save_revision(user=user, log_action=True, clean=False)
    return page, report


def _obstacle(page: Any) -> str:
    """Why nothing can be imported into this page just now; empty where nothing stands in the way."""
    if page.workflow_in_progress:
        return _("This text waits for approval. Import when that has been decided.")
    in_segments = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    )
    if in_segments.exists():
        return _(
            "This page is translated sentence by sentence from its original, so a document cannot replace its "
            "text. Change the original, or stop that way of translating first."
        )
    return ""


def _reported(request: HttpRequest, page: Any, report: Report) -> HttpResponse:
    """Shown at once and stored nowhere: it holds the text, which may have to be taken down one day."""
    context = {
        "page": page,
        "report": report,
        "taken": [(where, number) for where, number in report.taken.items() if number],
        "title": page.draft_title,
        "edit_address": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    return TemplateResponse(request, "editions/admin/word_report.html", context)
