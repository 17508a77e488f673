"""Who may approve what, and what happens when the last task of a workflow is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from editions.reasons import Reason, refuse

if TYPE_CHECKING:  # Wagtail imports this module while it makes the model
    from wagtail.models import WorkflowState


def has_written_since_last_publication(user: Any, text: Any) -> bool:
    """Whether any save since the one that is live was theirs, or any sentence of a translation."""
    saves = text.revisions.filter(user=user)
    if text.live_revision_id:
        saves = saves.filter(pk__gt=text.live_revision_id)
    return saves.exists() or _has_translated_since_last_publication(user, text)


def _has_translated_since_last_publication(user: Any, text: Any) -> bool:
    """Sentences are kept beside the page, and whoever makes a draft of them is named as its author."""
    from wagtail_localize.models import StringTranslation

    sentences = StringTranslation.objects.filter(
        context__object_id=text.translation_key, locale=text.locale_id, last_translated_by=user
    )
    if text.live_revision_id:
        sentences = sentences.filter(updated_at__gt=text.live_revision.created_at)
    found: bool = sentences.exists()
    return found


def covers(user: Any, text: Any, *roles: str) -> bool:
    """Whether the person holds one of the roles for every country of the text and for its language.

    A text of no single country, such as a term or guidance for the region, needs an assignment for all.
    """
    language = text.locale.language_code
    countries = getattr(text, "governing_countries", None) or [None]
    return all(user.covers(*roles, country=country, language=language) for country in countries)


def publish_approved_revision(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish exactly the revision that was approved (``WAGTAIL_FINISH_WORKFLOW_ACTION``).

    Wagtail's own action publishes the latest revision, which may hold words that nobody approved, and
    asks the approver for the permission to publish, which no role has: whoever holds it could publish
    alone, past any approval. Where the text has an effective date ahead, its edition is announced and the
    revision waits. Raises PublicationRefused where the person wrote it, or with the guard's reasons; the
    approval is undone with it.
    """
    from editions.models import VersionedPage
    from editions.publication import go_on_from_text_in_force, reserve

    revision = workflow_state.current_task_state.revision
    text = revision.content_object
    if user is None or has_written_since_last_publication(user, text):
        refuse([Reason(_("Somebody else must approve what you have written yourself. Nothing was lost."))])
    announced = reserve(revision.as_object(), revision, user) if isinstance(text, VersionedPage) else None
    revision.publish(user=user, skip_permission_checks=True)
    if announced is not None:
        go_on_from_text_in_force(announced)
