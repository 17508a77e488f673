"""The rows that pages point to, in the editors' menu."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.permissions import locale_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from content.models import Concept, Corridor, Country, SourceDocument, Tag

WORDS = [FieldPanel("language"), FieldPanel("name"), FieldPanel("description")]


class ConceptViewSet(SnippetViewSet):
    """Service areas, stages, outcomes, principles, forms of exploitation, content warnings."""

    model = Concept
    icon = "list-ul"
    menu_label = _("Taxonomy")
    list_display = ["__str__", "kind", "code", "position"]
    list_filter = ["kind"]
    search_fields = ["code", "slug", "words__name"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("position")]),
        FieldRowPanel(
            [
                FieldPanel(
                    "code", help_text=_("Addresses of listings carry it. Leave it once it is in use.")
                ),
                FieldPanel("slug", help_text=_("Letters a to z, digits and hyphens.")),
            ]
        ),
        InlinePanel("words", panels=WORDS, label=_("Words in one language")),
    ]


class CountryViewSet(SnippetViewSet):
    model = Country
    icon = "globe"
    list_display = ["__str__", "code", "has_page", "is_member"]
    list_filter = ["has_page", "is_member"]
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("slug"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("has_page"), FieldPanel("is_member"), FieldPanel("time_zone")]),
        InlinePanel("words", panels=WORDS, label=_("Words in one language")),
    ]


class CorridorViewSet(SnippetViewSet):
    model = Corridor
    icon = "arrow-right"
    list_display = ["__str__", "code"]
    panels = [FieldRowPanel([FieldPanel("destination"), FieldPanel("origin")])]


class TagViewSet(SnippetViewSet):
    model = Tag
    icon = "tag"
    list_display = ["name", "slug"]
    panels = [
        FieldRowPanel(
            [
                FieldPanel("name"),
                FieldPanel("slug", help_text=_("In addresses: letters a to z, digits and hyphens.")),
            ]
        ),
        InlinePanel("words", panels=WORDS, label=_("Words in one language")),
    ]


class SourceDocumentViewSet(SnippetViewSet):
    model = SourceDocument
    icon = "doc-full"
    list_display = ["title", "publisher", "year"]
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("year")]),
        FieldPanel("code", help_text=_("A short name for it: letters a to z, digits and hyphens.")),
        FieldPanel("note"),
    ]


class WordsGroup(SnippetViewSetGroup):
    """One menu entry for all of them."""

    items = (ConceptViewSet, CountryViewSet, CorridorViewSet, TagViewSet, SourceDocumentViewSet)
    menu_label = _("Words and sources")
    menu_icon = "list-ul"
    menu_order = 250


register_snippet(WordsGroup)


@hooks.register("construct_settings_menu")
def hide_locales(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """wagtail-localize shows its entry to all who may change sites, and then refuses them."""
    if not locale_permission_policy.user_has_any_permission(request.user, ["add", "change", "delete"]):
        menu_items[:] = [item for item in menu_items if item.url != reverse("wagtaillocales:index")]
