"""The fixed answers of agreements and laws; all of them are words that readers see."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(models.TextChoices):
    """Three answers, not two: a blank would be read as no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_STATED = "not_stated", _("Not stated")


class AgreementKind(models.TextChoices):
    MOU = "mou", _("Memorandum of understanding")
    AGREEMENT = "agreement", _("Agreement")
    GUIDELINES = "guidelines", _("Guidelines")
    PLAN = "plan", _("Plan")
    SOP = "sop", _("Standard operating procedure")
    DECLARATION = "declaration", _("Declaration")


class AgreementStatus(models.TextChoices):
    """The state of the instrument, as its source says; not of the page about it."""

    RECOMMENDED = "recommended", _("Recommended")
    IN_NEGOTIATION = "in_negotiation", _("In negotiation")
    SIGNED = "signed", _("Signed or agreed")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    ENDED = "ended", _("Ended")
    NOT_STATED = "not_stated", _("Not stated")


class LawKind(models.TextChoices):
    TREATY = "treaty", _("Treaty")
    CONSTITUTION = "constitution", _("Constitution")
    LAW = "law", _("Law")
    DECREE = "decree", _("Decree")
    ORDINANCE = "ordinance", _("Ordinance")
    REGULATION = "regulation", _("Regulation")
    DECISION = "decision", _("Decision")
    POLICY = "policy", _("Policy")
    PLAN = "plan", _("Plan")
    GUIDELINE = "guideline", pgettext_lazy("kind of law", "Guideline")
    STANDARD = "standard", _("Standard")
    DECLARATION = "declaration", _("Declaration")


class RatificationStatus(models.TextChoices):
    RATIFIED = "ratified", _("Ratified")
    ACCEDED = "acceded", _("Acceded")
    SIGNED = "signed", _("Signed")
    SIGNED_NOT_RATIFIED = "signed_not_ratified", _("Signed, not ratified")
    NOT_SIGNED = "not_signed", _("Not signed")
    OTHER = "other", _("Other")
