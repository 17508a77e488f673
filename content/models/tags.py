"""Tags: like every concept, one row for all languages, with words beside it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from content.models.concepts import Worded, Words


class Tag(TagBase, Worded):
    """``name`` is what editors type; readers see ``label``, the word of their language where there is one."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def fallback_label(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """What addresses say, as for every other concept."""
        return self.slug


class TagWords(Words):
    tag = ParentalKey(Tag, on_delete=models.CASCADE, related_name="words")

    class Meta(Words.Meta):
        verbose_name = _("words")
        constraints = [models.UniqueConstraint(fields=["tag", "language"], name="one_tag_word_a_language")]


class TaggedPage(ItemBase):
    """Which page has which tag."""

    tag = models.ForeignKey(Tag, related_name="tagged_pages", on_delete=models.CASCADE)
    content_object = ParentalKey("wagtailcore.Page", related_name="tagged_items", on_delete=models.CASCADE)
