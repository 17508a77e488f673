"""Terms in the editors' menu."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from glossary.models import Term


class TermViewSet(SnippetViewSet):
    model = Term
    icon = "openquote"
    add_to_admin_menu = True
    menu_order = 240
    list_display = ["term", "locale", "key"]
    list_filter = ["country", "unreviewed"]
    search_fields = ["term", "definition", "key"]
    list_per_page = 50


register_snippet(TermViewSet)
