"""What an editor must know about a page's editions while writing the next one."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel


class EditionPanel(Panel):
    """Which edition readers have, which one is announced, and what stands in the way of publishing.

    Read only. It asks the database only when the form is shown, never when the models are made.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "editions/admin/edition_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from editions.checks import number_of_approvers
            from editions.drafts import draft_of

            context: dict[str, Any] = super().get_context_data(parent_context)
            context["too_few_approvers"] = number_of_approvers() < 2
            if self.instance.pk is None:
                return context
            draft = draft_of(self.instance)
            standing = draft.standing
            context |= {
                "page": self.instance,
                "standing": standing,
                "is_translation": draft.is_translation,
                "source_edition": draft.source_edition,
            }
            if standing and standing.coming:
                context["coming_is_late"] = standing.coming.effective_at <= timezone.now()
                context["coming_lacks_correction"] = (
                    standing.current is not None
                    and standing.current.published_at > standing.coming.published_at
                )
            return context
