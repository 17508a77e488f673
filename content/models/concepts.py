"""The taxonomy: rows with a code and an ASCII slug, and words for them in each language.

A concept is one row in every language, so a filter, a count or a link means the same everywhere.
Pages read concepts through ``content.taxonomy``, which keeps them all in memory.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from content.addresses import slug_validator
from content.languages import DEFAULT_LANGUAGE, LANGUAGES, document_tag

code_validator = RegexValidator(
    r"^[A-Za-z0-9_-]+$", _("Use letters A to Z, digits, hyphens and underscores.")
)


class Words(models.Model):
    """A name and a description in one language; subclasses add the row they belong to."""

    language = models.CharField(
        _("language"), max_length=12, choices=[(item.code, item.own_name) for item in LANGUAGES]
    )
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        abstract = True
        ordering = ["language"]

    def __str__(self) -> str:
        return self.name


class Worded(ClusterableModel):
    """A row with words beside it, related as ``words``."""

    class Meta:
        abstract = True

    def words_for(self, language: str | None) -> Words | None:
        """The words in a language, else in English, else in any; None where there are none."""
        words = {word.language: word for word in self.words.all()}
        if not words:
            return None
        for candidate in (language, DEFAULT_LANGUAGE):
            if candidate in words:
                return words[candidate]
        return next(iter(words.values()))

    @property
    def label(self) -> str:
        """The name in the reader's language, as far as there is one."""
        words = self.words_for(get_language())
        return words.name if words else self.fallback_label()

    @property
    def description(self) -> str:
        words = self.words_for(get_language())
        return words.description if words else ""

    @property
    def lang(self) -> str:
        """The ``lang`` attribute of the label, empty where it is in the reader's own language."""
        words = self.words_for(get_language())
        if words is None or words.language == get_language():
            return ""
        return document_tag(words.language)

    def fallback_label(self) -> str:
        """What stands where no language has words."""
        raise AttributeError(f"{type(self).__name__} says no fallback for its label")


class Concept(Worded):
    """``code`` never changes; facts and addresses refer to it. A service area's code is its number."""

    class Kind(models.TextChoices):
        SERVICE_AREA = "service_area", _("service area")
        STAGE = "stage", _("stage")
        OUTCOME = "outcome", _("outcome")
        PRINCIPLE = "principle", _("principle")
        EXPLOITATION = "exploitation", _("form of exploitation")
        CONTENT_WARNING = "content_warning", _("content warning")

    #: The kind of a proxy's rows; no kind for the table as a whole.
    of_kind: ClassVar[str] = ""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=40, validators=[code_validator])
    slug = models.CharField(_("slug"), max_length=80, validators=[slug_validator])
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("taxonomy")
        ordering = ["kind", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="one_concept_a_code"),
            models.UniqueConstraint(fields=["kind", "slug"], name="one_concept_a_slug"),
        ]

    def __str__(self) -> str:
        return self.label

    def fallback_label(self) -> str:
        return self.code

    @property
    def number(self) -> int:
        """The number of a service area."""
        return int(self.code)


class ConceptWords(Words):
    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="words")

    class Meta(Words.Meta):
        verbose_name = _("words")
        constraints = [
            models.UniqueConstraint(fields=["concept", "language"], name="one_concept_word_a_language")
        ]


class KindManager(models.Manager[Any]):
    """The concepts of the model's kind, as a choice on a page."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(kind=self.model.of_kind).prefetch_related("words")


class ServiceArea(Concept):
    """One of the ten reintegration service areas."""

    of_kind = Concept.Kind.SERVICE_AREA

    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")


class Stage(Concept):
    """A stage of the way home, from identification to monitoring, and legal proceedings beside it."""

    of_kind = Concept.Kind.STAGE

    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("stage")
        verbose_name_plural = _("stages")


class Outcome(Concept):
    """One of the ten outcomes of successful reintegration."""

    of_kind = Concept.Kind.OUTCOME

    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")


class Principle(Concept):
    """A principle that runs through all service areas."""

    of_kind = Concept.Kind.PRINCIPLE

    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("principle")
        verbose_name_plural = _("principles")


class ExploitationForm(Concept):
    """A form of exploitation."""

    of_kind = Concept.Kind.EXPLOITATION

    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("form of exploitation")
        verbose_name_plural = _("forms of exploitation")


class ContentWarning(Concept):
    """What a reader is told before a case study's text."""

    of_kind = Concept.Kind.CONTENT_WARNING

    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("content warning")
        verbose_name_plural = _("content warnings")
