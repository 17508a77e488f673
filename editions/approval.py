"""What happens when the last task of a workflow is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

if TYPE_CHECKING:  # Wagtail imports this module while it makes the model
    from wagtail.models import WorkflowState


def has_written_since_last_publication(user: Any, page: Any) -> bool:
    """Whether any save since the one that is live was theirs."""
    saves = page.revisions.filter(user=user)
    if page.live_revision_id:
        saves = saves.filter(pk__gt=page.live_revision_id)
    return saves.exists()


def publish_approved_revision(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish exactly the revision that was approved (``WAGTAIL_FINISH_WORKFLOW_ACTION``).

    Wagtail's own action publishes the latest revision, which may hold words that nobody approved, and
    asks the approver for the permission to publish, which no role has: whoever holds it could publish
    alone, past any approval. The workflow has asked who may approve; that it is a second person is asked
    here. Raises PermissionDenied otherwise, and the approval is undone with it.
    """
    revision = workflow_state.current_task_state.revision
    if user is None or has_written_since_last_publication(user, revision.content_object):
        raise PermissionDenied(
            _("Somebody else must approve what you have written yourself. Nothing was lost.")
        )
    revision.publish(user=user, skip_permission_checks=True)
