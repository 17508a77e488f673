"""The editing form of versioned pages asks the guard before it saves."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from editions.approval import has_written_since_last_publication
from editions.content import BOOKKEEPING, without_paragraph_keys
from editions.objections import needs_second_person, reasons_against
from editions.reasons import Reason

#: The buttons that ask for a text to go live, now or once somebody has approved it.
SUBMITTING = ("action-submit", "action-restart-workflow")


class VersionedPageForm(WagtailAdminPageForm):
    """Drafts may be saved with anything missing; a text that is to go live may not."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_bound and not self.errors:
            for reason in self._reasons():
                self.add_error(reason.field if reason.field in self.fields else None, reason.message)

    def _reasons(self) -> list[Reason]:
        if "action-publish" in self.data:
            return [Reason(needs_second_person())]
        if self._approves:
            return self._reasons_against_approving()
        if any(action in self.data for action in SUBMITTING):
            return reasons_against(self.instance, content=self._unchanged_content())
        return []

    @property
    def _approves(self) -> bool:
        return "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "approve"

    def _reasons_against_approving(self) -> list[Reason]:
        if self._changed or has_written_since_last_publication(self.for_user, self.instance):
            message = _(
                "You cannot correct a text and approve it yourself. Save your correction as a draft: "
                "it is then submitted again, and somebody else approves it. Nothing was lost."
            )
            return [Reason(message)]
        waiting = self.instance.current_workflow_task_state
        if waiting is not None and waiting.revision_id != self.instance.latest_revision_id:
            message = _(
                "This text was changed after it was submitted, so what you see is not what you would approve. "
                "Request changes; then it can be submitted again as it is now. Nothing was lost."
            )
            return [Reason(message)]
        return reasons_against(self.instance, content=self._unchanged_content())

    @property
    def _changed(self) -> bool:
        """Whether the words changed, beyond what is said about the edition."""
        names = set(self.changed_data) - BOOKKEEPING - {"comment_notifications"}
        return any(self._differs(name) for name in names) or any(
            formset.has_changed() for name, formset in self.formsets.items() if name != "comments"
        )

    def _differs(self, name: str) -> bool:
        """Of a field that Wagtail calls changed, whether it really is.

        Wagtail compares the numbers in a stream with the letters that the browser has sent, and counts the
        keys that the editor gives to paragraphs.
        """
        block = getattr(self.fields[name], "block", None)
        if block is None:
            return True
        before, after = (
            json.dumps(block.get_prep_value(value), cls=DjangoJSONEncoder)
            for value in (self.initial[name], self.cleaned_data[name])
        )
        return without_paragraph_keys(before) != without_paragraph_keys(after)

    def _unchanged_content(self) -> dict[str, Any] | None:
        """The latest draft's JSON, if this form leaves its words as they are."""
        if self._changed or not self.instance.latest_revision_id:
            return None
        content: dict[str, Any] = self.instance.latest_revision.content
        return content
