"""Agreements between states, inside a state, and by regional bodies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content.blocks import SentencesBlock
from content.listings import Filter, ListingPage, Sorting
from content.listings.filters import CORRIDOR, COUNTRY, SERVICE_AREA, STAGE, TAG, from_choices
from content.models import FacetedPage
from content.partial_dates import PartialDateField
from content.taxonomy import taxonomy
from editions.models import VersionedPage
from guidelines import word
from guidelines.blocks import PartiesBlock
from guidelines.choices import AgreementKind, AgreementStatus
from guidelines.models.coverage import CoversPeople

#: In the order in which readers see them.
RELATIONS = {
    "supplements": _("Supplements"),
    "supplemented_by": _("Supplemented by"),
    "follows": _("Follows"),
    "followed_by": _("Followed by"),
}


@dataclass(frozen=True)
class Relation:
    """How other agreements stand to this one, in words that readers see."""

    label: Any
    pages: list[AgreementPage]


class AgreementPage(VersionedPage, CoversPeople, FacetedPage):
    """An MOU, bilateral SOP, declaration, plan or guideline agreement between parties.

    ``status`` is the state of the instrument as of ``status_as_of``, the year of the source that says so.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind.choices)
    parties = StreamField(PartiesBlock(), blank=True, verbose_name=_("parties"))
    signed = PartialDateField(_("signed"), blank=True)
    starts = PartialDateField(_("from"), blank=True)
    ends = PartialDateField(_("until"), blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=AgreementStatus.choices, default=AgreementStatus.NOT_STATED
    )
    status_note = models.CharField(_("status in the words of the source"), max_length=300, blank=True)
    status_as_of = models.PositiveSmallIntegerField(
        _("status as of"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text=_("The year of the source that says so."),
    )
    provisions = StreamField(SentencesBlock(), blank=True, verbose_name=_("provisions"))
    implementing_institutions = StreamField(
        SentencesBlock(), blank=True, verbose_name=_("implementing institutions")
    )
    corridor_note = models.CharField(_("note on corridors"), max_length=300, blank=True)
    supplements = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="supplemented_by",
        verbose_name=_("supplements"),
    )
    followed_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="follows",
        verbose_name=_("followed by"),
    )
    document = models.ForeignKey(
        "content.UploadedDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("text of the agreement"),
    )

    kind_icon = "pact"
    kind_name = _("Agreement")
    text_template = "guidelines/agreement_text.html"
    word_parts = word.AGREEMENT
    word_main = "provisions"
    word_told = (
        *("kind", "signed", "starts", "ends", "status", "status_as_of", "women", "men", "children"),
        *("supplements", "followed_by", "as_of", *FacetedPage.facet_names, "all_corridors"),
    )
    word_asked = ("kind",)
    about_instrument = True
    main_panels = [
        FieldPanel("kind"),
        FieldPanel("parties"),
        FieldRowPanel([FieldPanel("signed"), FieldPanel("starts"), FieldPanel("ends")], heading=_("Dates")),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("status_as_of"), FieldPanel("status_note")], heading=_("Status")
        ),
        CoversPeople.coverage_panel,
        FieldPanel("provisions"),
        FieldPanel("implementing_institutions"),
        FieldPanel("document"),
    ]
    applies_panels = [
        *FacetedPage.applies_panels,
        FieldPanel("corridor_note"),
        PageChooserPanel("supplements"),
        PageChooserPanel("followed_by"),
    ]
    override_translatable_fields = [
        *FacetedPage.override_translatable_fields,
        *VersionedPage.edition_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "kind",
                "signed",
                "starts",
                "ends",
                "status",
                "status_as_of",
                "women",
                "men",
                "children",
            )
        ),
        SynchronizedField("supplements"),
        SynchronizedField("followed_by"),
        SynchronizedField("document"),
        TranslatableField("status_note"),
        TranslatableField("corridor_note"),
    ]
    parent_page_types = ["guidelines.AgreementIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    @cached_property
    def shown_parties(self) -> list[Any]:
        """Country rows and organisations' names, in the stated order."""
        countries = taxonomy().countries.by_code
        return [
            countries.get(block.value["country"]) if block.value["country"] else block.value["name"]
            for block in self.parties
        ]

    @cached_property
    def relations(self) -> list[Relation]:
        """Supplements and successors, both ways, in the reader's language where they exist: two queries.

        A relation said on any published language version counts for all of them.
        """
        key = self.translation_key
        said = Q(supplements__translation_key=key) | Q(followed_by__translation_key=key)
        rows = (
            AgreementPage.objects.filter(
                Q(pk__in=[self.supplements_id, self.followed_by_id]) | (Q(live=True) & said)
            )
            .order_by()
            .values_list(
                "pk", "translation_key", "supplements__translation_key", "followed_by__translation_key"
            )
        )
        groups: dict[str, set[Any]] = {name: set() for name in RELATIONS}
        for pk, other, its_supplements, its_followed_by in rows:
            for name, holds in (
                ("supplements", pk == self.supplements_id),
                ("supplemented_by", its_supplements == key),
                ("follows", its_followed_by == key),
                ("followed_by", pk == self.followed_by_id),
            ):
                if holds:
                    groups[name].add(other)
        keys = set().union(*groups.values())
        if not keys:
            return []
        shown = AgreementPage.objects.shown().filter(translation_key__in=keys).once_each(self.locale)
        pages = list(shown.select_related("locale").order_by("signed", "title"))
        found = [
            Relation(label, [page for page in pages if page.translation_key in groups[name]])
            for name, label in RELATIONS.items()
        ]
        return [relation for relation in found if relation.pages]


class AgreementIndexPage(ListingPage):
    """All agreements."""

    listed_model = AgreementPage
    filters: tuple[Filter, ...] = (
        Filter("kind", _("Kind"), "kind", from_choices(AgreementKind)),
        COUNTRY,
        CORRIDOR,
        STAGE,
        SERVICE_AREA,
        TAG,
    )
    # An empty date is the lowest text, so undated agreements come last.
    sorting = Sorting(_("newest first, undated last"), ("-signed", "title", "pk"))
    card_template = "guidelines/agreement_card.html"
    subpage_types = ["guidelines.AgreementPage"]

    class Meta:
        verbose_name = _("list of agreements")
        verbose_name_plural = _("lists of agreements")
