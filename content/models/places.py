"""Countries, and corridors between them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from content.addresses import slug_validator
from content.models.concepts import Worded, Words, code_validator


class CountryManager(models.Manager["Country"]):
    def get_queryset(self) -> models.QuerySet[Country]:
        return super().get_queryset().prefetch_related("words")


class Country(Worded):
    """``code`` is ISO 3166-1 alpha-2. ``has_page`` is true for the countries that the portal is about."""

    code = models.CharField(_("code"), max_length=2, unique=True, validators=[code_validator])
    slug = models.CharField(_("slug"), max_length=80, unique=True, validators=[slug_validator])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    has_page = models.BooleanField(
        _("has a page"), default=False, help_text=_("Guidance and services of this country are collected.")
    )
    is_member = models.BooleanField(
        _("one of the six"),
        default=False,
        help_text=_("One of the six countries of the Greater Mekong Sub-region."),
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Bangkok")

    objects = CountryManager()

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.label

    def fallback_label(self) -> str:
        return self.code


class CountryWords(Words):
    country = ParentalKey(Country, on_delete=models.CASCADE, related_name="words")

    class Meta(Words.Meta):
        verbose_name = _("words")
        constraints = [
            models.UniqueConstraint(fields=["country", "language"], name="one_country_word_a_language")
        ]


class CorridorManager(models.Manager["Corridor"]):
    def get_queryset(self) -> models.QuerySet[Corridor]:
        return (
            super()
            .get_queryset()
            .select_related("destination", "origin")
            .prefetch_related("destination__words", "origin__words")
        )


class Corridor(models.Model):
    """The way home between two countries: ``destination`` is where the person was found, ``origin`` home."""

    destination = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("found in")
    )
    origin = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("going home to")
    )
    code = models.CharField(_("code"), max_length=5, unique=True, editable=False)

    objects = CorridorManager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("corridor")
        verbose_name_plural = _("corridors")
        constraints = [
            models.UniqueConstraint(fields=["destination", "origin"], name="one_corridor_a_pair"),
            models.CheckConstraint(
                condition=~models.Q(destination=models.F("origin")), name="corridor_joins_two_countries"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.code = f"{self.destination.code}-{self.origin.code}"
        super().save(*args, **kwargs)

    @property
    def slug(self) -> str:
        return self.code.lower()

    @property
    def label(self) -> str:
        return f"{self.destination.label} → {self.origin.label}"

    @property
    def is_regional(self) -> bool:
        """Whether both ends are among the six countries; what applies to all corridors then applies here."""
        return self.destination.is_member and self.origin.is_member

    @property
    def lang(self) -> str:
        return self.destination.lang or self.origin.lang
