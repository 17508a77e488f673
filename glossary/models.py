"""Terms of the field, defined in each language."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content.addresses import slug_validator
from content.blocks import SentencesBlock, SourcesBlock
from content.languages import DEFAULT_LANGUAGE, document_tag
from content.models import BasePage, Country, SourceDocument
from content.taxonomy import taxonomy


class TermQuerySet(models.QuerySet["Term"]):
    """What readers may see."""

    def shown(self) -> TermQuerySet:
        return self.filter(live=True)

    def once_each(self, locale: Locale) -> TermQuerySet:
        """Each term once: in the given language, else in English."""
        translated = self.model.objects.filter(
            translation_key=OuterRef("translation_key"), locale=locale, live=True
        )
        return self.filter(
            Q(locale=locale) | (Q(locale__language_code=DEFAULT_LANGUAGE) & ~Exists(translated))
        )


class Term(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, models.Model):
    """A term with its definition in one language. ``key`` is its anchor, the same in every language."""

    key = models.SlugField(_("key"), max_length=80, validators=[slug_validator])
    term = models.CharField(_("term"), max_length=200)
    abbreviations = StreamField(SentencesBlock(), blank=True, verbose_name=_("abbreviations"))
    synonyms = StreamField(SentencesBlock(), blank=True, verbose_name=_("synonyms"))
    definition = models.TextField(_("definition"))
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
        help_text=_("Where the term is used in one country only."),
    )
    sources = StreamField(SourcesBlock(), blank=True, verbose_name=_("sources"))
    unreviewed = models.BooleanField(
        _("not yet reviewed"), default=False, help_text=_("A starter translation no native speaker has read.")
    )

    objects = TermQuerySet.as_manager()

    panels = [
        FieldPanel("term"),
        FieldPanel(
            "key", help_text=_("Its address in the glossary, the same in every language: letters a to z.")
        ),
        FieldPanel("definition"),
        MultiFieldPanel([FieldPanel("abbreviations"), FieldPanel("synonyms")], heading=_("Other words")),
        FieldPanel("country"),
        FieldPanel("sources"),
        FieldPanel("unreviewed"),
    ]
    override_translatable_fields = [
        SynchronizedField("key", overridable=False),
        SynchronizedField("country", overridable=False),
        SynchronizedField("sources"),
        SynchronizedField("unreviewed"),
        TranslatableField("term"),
        TranslatableField("definition"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["term"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="one_term_a_key_and_language")]

    def __str__(self) -> str:
        return self.term

    @cached_property
    def shown_country(self) -> Country | None:
        return taxonomy().countries.by_pk.get(self.country_id)

    @property
    def document_language(self) -> str:
        return document_tag(self.locale.language_code)


class GlossaryPage(BasePage):
    """All terms, one anchor each."""

    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        terms = list(
            Term.objects.shown().once_each(self.locale).select_related("locale").order_by("term", "pk")
        )
        terms.sort(key=lambda term: _place_in_order(term.term))
        context["terms"] = terms
        context["documents"] = SourceDocument.objects.filter(pk__in=_documents_of(terms))
        return context


def _place_in_order(word: str) -> str:
    """Capitals among small letters, and ``(re)integration`` among the words with r."""
    return "".join(
        character for character in word.casefold() if not unicodedata.category(character).startswith("P")
    )


def _documents_of(terms: list[Term]) -> set[Any]:
    """Primary keys of the documents that terms cite, read as stored: the blocks would ask for each term."""
    return {raw["value"]["document"] for term in terms for raw in term.sources.raw_data}
