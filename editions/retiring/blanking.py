"""A page's content without its words, for a text that is taken down."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from editions.choices import State

#: Text columns that are no words: without them the page could not be found any more.
KEPT = frozenset({"pk", "slug", "path", "url_path"})
#: What was said of an edition is empty in the next draft.
SAID_OF_EDITION = {"edition_change": "", "change_note": "", "effective_date": None, "go_live_at": None}


def blank_title(language: str) -> str:
    """What stands where the title stood, in the page's language."""
    with translation.override(language):
        return str(State.TAKEN_DOWN.label)


def blank(model: type[models.Model], content: dict[str, Any], title: str) -> dict[str, Any]:
    """The same JSON with all words, pictures and rows beside the page gone.

    Dates, yes and no, and what is chosen from a list stay: by its countries the page finds those who may
    approve its next text. What the model does not know any more goes.
    """
    fields = {field.name: field for field in model._meta.get_fields()}
    blanked = {
        name: _blank(fields.get(name), value, title if name in ("title", "draft_title") else "")
        for name, value in content.items()
        if name in KEPT or name in fields
    }
    for name in KEPT & content.keys():
        blanked[name] = content[name]
    return blanked | {name: value for name, value in SAID_OF_EDITION.items() if name in content}


def _blank(field: Any, value: Any, words: str) -> Any:
    if isinstance(value, list):
        return value if getattr(field, "many_to_many", False) else []
    if isinstance(field, StreamField):
        return "[]"
    if isinstance(field, (models.CharField, models.TextField)):
        return value if field.choices else words
    if isinstance(field, models.JSONField):
        return field.get_default()
    if isinstance(field, models.ForeignKey) and field.related_model in (
        get_image_model(),
        get_document_model(),
    ):
        return None
    return value


def blank_row(page: Any) -> Any:
    """Empties the page's own row and the rows beside it, and saves a draft without words.

    ``page`` is specific and in memory as it shall stay but for its words. The empty draft is new, so that
    whoever still has the old words open in an editor is told that there is a later one. It is nobody's:
    it keeps nobody from approving the next text.
    """
    title = blank_title(page.language)
    emptied = page.with_content_json(blank(type(page), page.serializable_data(), title))
    emptied.draft_title = title
    emptied.has_unpublished_changes = True
    emptied.save(clean=False)
    emptied.save_revision(clean=False)
    return emptied


def blank_revisions(page: Page, revisions: models.QuerySet[Any]) -> None:
    """Empties the content of a page's saves, which stay as rows: editions and approvals name them."""
    title = blank_title(page.locale.language_code)
    emptied = []
    for revision in revisions.select_related("content_type").iterator(chunk_size=50):
        model = revision.content_type.model_class() or type(page)
        revision.content = blank(model, revision.content, title)
        revision.object_str = title
        emptied.append(revision)
        if len(emptied) == 50:
            revisions.model.objects.bulk_update(emptied, ["content", "object_str"])
            emptied = []
    revisions.model.objects.bulk_update(emptied, ["content", "object_str"])
