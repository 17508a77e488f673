"""Terms in the editors' menu."""

from __future__ import annotations

from typing import Any

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from glossary.models import Term


class TermEditView(EditView):
    """Pressing a button of the workflow saves only what was changed, as on pages.

    Wagtail would save the approver's name under words that somebody else wrote.
    """

    def save_instance(self) -> Any:
        if self.action == "workflow-action" and not self.form.has_changed():
            self.new_revision = None
            return self.object
        return super().save_instance()


class TermViewSet(SnippetViewSet):
    model = Term
    edit_view_class = TermEditView
    icon = "openquote"
    add_to_admin_menu = True
    menu_order = 240
    list_display = ["term", "locale", "key"]
    list_filter = ["country", "unreviewed"]
    search_fields = ["term", "definition", "key"]
    list_per_page = 50


register_snippet(TermViewSet)
