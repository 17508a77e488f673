"""What is kept of a text beside its page, its revisions and its editions: all of it goes in a take down."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Comment, Page, PageLogEntry, Revision, TaskState, WorkflowState
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from accounts.models import OutboxMessage
from editions.retiring.blanking import blank, blank_title

#: What a log entry may keep: which revision, and the names of a workflow and of its tasks.
LOGGED = ("revision", "workflow")


def stop_approvals(page: Page, revisions: Iterable[int], by: Any) -> None:
    """Nobody is asked any more to approve what is gone, and comments on it, which may quote it, go too."""
    states = TaskState.objects.filter(revision__in=list(revisions))
    running = WorkflowState.objects.active().for_instance(page)
    for workflow in running.filter(task_states__in=states).distinct():
        workflow.cancel(user=by)
    states.update(comment="")


def forget_comments(page: Page) -> None:
    Comment.objects.filter(page=page.pk).delete()


def blank_log(page: Page) -> None:
    """Who did what and when stays. Titles, comments and reasons go."""
    page.refresh_from_db(fields=["title", "draft_title"])
    entries = list(PageLogEntry.objects.filter(page=page.pk))
    for entry in entries:
        entry.label = page.get_admin_display_title()
        entry.data = {name: entry.data[name] for name in LOGGED if name in entry.data}
    PageLogEntry.objects.bulk_update(entries, ["label", "data"], batch_size=200)


def blank_unsent_mail(words: Iterable[str]) -> None:
    """Mail that was never sent names pages and quotes change notes. Only what it quotes goes."""
    for quoted in {text for text in words if text.strip()}:
        found = OutboxMessage.objects.filter(Q(subject__contains=quoted) | Q(body__contains=quoted))
        for message in found:
            message.subject = message.subject.replace(quoted, "…")
            message.body = message.body.replace(quoted, "…")
            message.save(update_fields=["subject", "body"])


def forget_translations(key: UUID, *, languages: Iterable[str]) -> None:
    """What translators wrote of this page in these languages, and what no text of it holds any more."""
    contexts = TranslationContext.objects.filter(object_id=key)
    still_said = StringSegment.objects.filter(source__object_id=key, string=OuterRef("translation_of"))
    written = StringTranslation.objects.filter(context__in=contexts)
    written.filter(Q(locale__language_code__in=list(languages)) | ~Exists(still_said)).delete()
    SegmentOverride.objects.filter(context__in=contexts, locale__language_code__in=list(languages)).delete()
    _forget_unused_strings()


def forget_translation_source(key: UUID) -> None:
    """The text that translators work from, with everything they wrote. The next sync fills it again."""
    for segments in (StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment):
        segments.objects.filter(source__object_id=key).delete()
    contexts = TranslationContext.objects.filter(object_id=key)
    StringTranslation.objects.filter(context__in=contexts).delete()
    contexts.delete()
    for source in TranslationSource.objects.filter(object_id=key).select_related("locale"):
        title = blank_title(source.locale.language_code)
        model = source.specific_content_type.model_class() or Page
        content = blank(model, json.loads(source.content_json), title)
        TranslationSource.objects.filter(pk=source.pk).update(
            content_json=json.dumps(content), object_repr=title
        )
    _forget_unused_strings()


def _forget_unused_strings() -> None:
    """Strings that no page says and nobody translated: they would be made anew where they are needed."""
    said = StringSegment.objects.filter(string=OuterRef("pk"))
    translated = StringTranslation.objects.filter(translation_of=OuterRef("pk"))
    String.objects.filter(~Exists(said), ~Exists(translated)).delete()
    used = TemplateSegment.objects.filter(template=OuterRef("pk"))
    Template.objects.filter(~Exists(used)).delete()


def revisions_of(page: Page) -> Any:
    """All saves of a page, of whatever class it was saved as."""
    return Revision.objects.filter(base_content_type=page.get_base_content_type(), object_id=str(page.pk))
