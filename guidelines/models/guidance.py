"""Child-protection guidelines and practice guidance."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from content.blocks import SentencesBlock
from content.listings import Filter, ListingPage, Sorting
from content.listings.filters import CORRIDOR, COUNTRY, SERVICE_AREA, STAGE, TAG
from content.models import FacetedPage
from editions.models import VersionedPage
from guidelines import word
from guidelines.blocks import FindingsBlock, RecommendationsBlock, ReferencesBlock


class GuidancePage(VersionedPage, FacetedPage):
    """Advice for practice: what is known, what to do and what not to do."""

    child = models.BooleanField(
        _("about children"), default=False, help_text=_("Listed under child protection.")
    )
    audience = StreamField(SentencesBlock(), blank=True, verbose_name=_("audience"))
    points = StreamField(SentencesBlock(), blank=True, verbose_name=_("points"))
    do = StreamField(SentencesBlock(), blank=True, verbose_name=_("do"))
    do_not = StreamField(SentencesBlock(), blank=True, verbose_name=_("do not"))
    findings = StreamField(FindingsBlock(), blank=True, verbose_name=_("findings"))
    recommendations = StreamField(RecommendationsBlock(), blank=True, verbose_name=_("recommendations"))
    referenced_documents = StreamField(ReferencesBlock(), blank=True, verbose_name=_("documents to read"))

    kind_icon = "book"
    kind_name = _("Guidance")
    pdf_has_front_matter = True
    text_template = "guidelines/guidance_text.html"
    word_parts = word.GUIDANCE
    word_main = "points"
    word_told = ("as_of", *FacetedPage.facet_names, "all_corridors")
    main_panels = [
        FieldPanel("child"),
        FieldPanel("audience"),
        FieldPanel("points"),
        MultiFieldPanel([FieldPanel("do"), FieldPanel("do_not")], heading=_("Do and do not")),
        FieldPanel("findings", classname="collapsed"),
        FieldPanel("recommendations", classname="collapsed"),
        FieldPanel("referenced_documents", classname="collapsed"),
    ]
    override_translatable_fields = [
        *FacetedPage.override_translatable_fields,
        *VersionedPage.edition_translatable_fields,
        SynchronizedField("child", overridable=False),
    ]
    parent_page_types = ["guidelines.GuidanceIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("guidance")
        verbose_name_plural = _("guidance")


class GuidanceIndexPage(ListingPage):
    """All guidance."""

    listed_model = GuidancePage
    filters: tuple[Filter, ...] = (COUNTRY, CORRIDOR, STAGE, SERVICE_AREA, TAG)
    sorting = Sorting(_("child protection first, then by title"), ("-child", "title", "pk"))
    card_template = "guidelines/guidance_card.html"
    subpage_types = ["guidelines.GuidancePage"]

    class Meta:
        verbose_name = _("list of guidance")
        verbose_name_plural = _("lists of guidance")
