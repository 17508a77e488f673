"""Whom an agreement or a law covers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from guidelines.choices import Answer


class CoversPeople(models.Model):
    """Women, men and children: yes, no or not stated, each as its source says."""

    women = models.CharField(_("women"), max_length=10, choices=Answer.choices, default=Answer.NOT_STATED)
    men = models.CharField(_("men"), max_length=10, choices=Answer.choices, default=Answer.NOT_STATED)
    children = models.CharField(
        _("children"), max_length=10, choices=Answer.choices, default=Answer.NOT_STATED
    )

    coverage_panel = FieldRowPanel(
        [FieldPanel("women"), FieldPanel("men"), FieldPanel("children")], heading=_("Whom it covers")
    )

    class Meta:
        abstract = True

    @property
    def coverage(self) -> list[tuple[Any, str, Any]]:
        """The words for whom, the answer's code and its words."""
        return [
            (_("Women"), self.women, self.get_women_display()),
            (_("Men"), self.men, self.get_men_display()),
            (_("Children"), self.children, self.get_children_display()),
        ]
