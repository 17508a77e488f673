"""The home page of each language."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from content.languages import LANGUAGES
from content.models import BasePage
from portal.front import front_page


class TaskBlock(blocks.StructBlock):
    """One line of "I need to ..."."""

    label = blocks.CharBlock(
        label=_("Task"), max_length=120, help_text=_("Ends the sentence 'I need to ...'.")
    )
    page = blocks.PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "arrow-right"
        label = _("Task")
        description = _("What a reader wants to do, and the page that says how.")
        preview_value = {"label": "trace and assess a family", "page": None}


class TasksBlock(blocks.StreamBlock):
    task = TaskBlock()

    class Meta:
        required = False


class HomePage(BasePage):
    """The way in: tasks, stages, service areas and countries."""

    tasks = StreamField(TasksBlock(), blank=True, verbose_name=_("I need to ..."))

    main_panels = [FieldPanel("tasks")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = len(LANGUAGES)
    subpage_types = [
        "guidelines.ServiceAreaIndexPage",
        "guidelines.ProcedureIndexPage",
        "guidelines.AgreementIndexPage",
        "guidelines.LawIndexPage",
        "guidelines.GuidanceIndexPage",
        "casestudies.CaseStudyIndexPage",
        "portal.CountryIndexPage",
        "glossary.GlossaryPage",
        "content.SectionPage",
        "content.StandardPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Finds the page of a whole path at once, where Wagtail asks twice for each part of it."""
        if any("\0" in part for part in path_components):
            raise Http404("PostgreSQL cannot be asked for a NUL")
        if not path_components:
            return super().route(request, path_components)
        page = (
            Page.objects.filter(url_path=f"{self.url_path}{'/'.join(path_components)}/")
            .select_related("locale")
            .first()
        )
        if page is None:
            raise Http404("there is no such page")
        specific = page.specific
        specific.locale = page.locale
        return specific.route(request, [])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["front"] = front_page(self)
        return context
