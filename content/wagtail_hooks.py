"""The rows that pages point to, in the editors' menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
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
        FieldRowPanel([FieldPanel("code"), FieldPanel("slug")]),
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
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        InlinePanel("words", panels=WORDS, label=_("Words in one language")),
    ]


class SourceDocumentViewSet(SnippetViewSet):
    model = SourceDocument
    icon = "doc-full"
    list_display = ["title", "publisher", "year"]
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("year")]),
        FieldPanel("code"),
        FieldPanel("note"),
    ]


class WordsGroup(SnippetViewSetGroup):
    """One menu entry for all of them."""

    items = (ConceptViewSet, CountryViewSet, CorridorViewSet, TagViewSet, SourceDocumentViewSet)
    menu_label = _("Words and sources")
    menu_icon = "list-ul"
    menu_order = 250


register_snippet(WordsGroup)
