"""Procedures, checklists, agreements, laws and guidance, one kind a file."""

from guidelines.models.agreements import AgreementIndexPage, AgreementPage
from guidelines.models.checklists import ChecklistPage, ServiceAreaIndexPage
from guidelines.models.guidance import GuidanceIndexPage, GuidancePage
from guidelines.models.laws import LawIndexPage, LawPage
from guidelines.models.procedures import ProcedureIndexPage, SOPPage

__all__ = [
    "AgreementIndexPage",
    "AgreementPage",
    "ChecklistPage",
    "GuidanceIndexPage",
    "GuidancePage",
    "LawIndexPage",
    "LawPage",
    "ProcedureIndexPage",
    "SOPPage",
    "ServiceAreaIndexPage",
]
