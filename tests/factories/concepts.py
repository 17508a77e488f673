"""Concepts, countries, corridors, tags and documents."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from content.models import (
    ContentWarning,
    Corridor,
    Country,
    ExploitationForm,
    Outcome,
    ServiceArea,
    SourceDocument,
    Stage,
    Tag,
)


class WordedFactory(DjangoModelFactory):
    """``words={"en": "Return", "km": "..."}`` gives the row its words."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @factory.post_generation
    def words(row: Any, create: bool, extracted: dict[str, str] | None, **kwargs: Any) -> None:  # noqa: N805
        if row.words.exists():  # found, not made
            return
        for language, name in (extracted or {"en": f"{type(row).__name__} {row.code}"}).items():
            row.words.create(language=language, name=name)
        if create:
            row.save()  # words are kept in memory until then


class ServiceAreaFactory(WordedFactory):
    class Meta:
        skip_postgeneration_save = True
        model = ServiceArea
        django_get_or_create = ("kind", "code")

    kind = ServiceArea.of_kind
    code = factory.Sequence(lambda number: str(number % 10 + 1))
    slug = factory.LazyAttribute(lambda area: f"area-{area.code}")
    position = factory.LazyAttribute(lambda area: int(area.code))


class StageFactory(WordedFactory):
    class Meta:
        skip_postgeneration_save = True
        model = Stage

    kind = Stage.of_kind
    code = factory.Sequence(lambda number: f"stage-{number}")
    slug = factory.SelfAttribute("code")


class OutcomeFactory(WordedFactory):
    class Meta:
        skip_postgeneration_save = True
        model = Outcome

    kind = Outcome.of_kind
    code = factory.Sequence(lambda number: f"outcome-{number}")
    slug = factory.SelfAttribute("code")


class ExploitationFormFactory(WordedFactory):
    class Meta:
        skip_postgeneration_save = True
        model = ExploitationForm

    kind = ExploitationForm.of_kind
    code = factory.Sequence(lambda number: f"form-{number}")
    slug = factory.SelfAttribute("code")


class ContentWarningFactory(WordedFactory):
    class Meta:
        skip_postgeneration_save = True
        model = ContentWarning

    kind = ContentWarning.of_kind
    code = factory.Sequence(lambda number: f"warning-{number}")
    slug = factory.SelfAttribute("code")


class CountryFactory(WordedFactory):
    class Meta:
        skip_postgeneration_save = True
        model = Country
        django_get_or_create = ("code",)

    code = "TH"
    slug = factory.LazyAttribute(lambda country: f"country-{country.code.lower()}")
    has_page = True
    is_member = True


class CorridorFactory(DjangoModelFactory):
    class Meta:
        model = Corridor

    destination = factory.SubFactory(CountryFactory, code="TH")
    origin = factory.SubFactory(CountryFactory, code="KH")


class TagFactory(DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda number: f"Tag {number}")
    slug = factory.Sequence(lambda number: f"tag-{number}")


class SourceDocumentFactory(DjangoModelFactory):
    class Meta:
        model = SourceDocument

    code = factory.Sequence(lambda number: f"document-{number}")
    title = factory.Sequence(lambda number: f"Report {number}")
    year = 2007
