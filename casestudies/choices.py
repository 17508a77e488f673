"""The fixed facets of case studies; all of them are words that readers see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CASE_STUDY = "case_study", _("Case study")
    GOOD_PRACTICE = "good_practice", _("Good practice")
    PROMISING_PRACTICE = "promising_practice", _("Promising practice")
    LESSON_LEARNED = "lesson_learned", _("Lesson learned")
    TESTIMONY = "testimony", _("Testimony")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    GROUP = "group", _("A group")
    NOT_STATED = "not_stated", _("Not stated")


class AgeGroup(models.TextChoices):
    ADULT = "adult", _("Adult")
    CHILD = "child", _("Under 18")
    NOT_STATED = "not_stated", _("Not stated")


class Outcome(models.TextChoices):
    """How it ended, read from the source only."""

    POSITIVE = "positive", _("Went well")
    MIXED = "mixed", _("Mixed")
    NEGATIVE = "negative", _("Went badly")
    NOT_STATED = "not_stated", _("Not stated")
