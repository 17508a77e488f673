"""Blocks of procedures, checklists, agreements, laws and guidance, one concept a file."""

from guidelines.blocks.agency import AgenciesBlock, AgencyBlock
from guidelines.blocks.agreement import PartiesBlock, PartyBlock, RatificationBlock, RatificationsBlock
from guidelines.blocks.basis import LegalBasisBlock, LegalBasisListBlock
from guidelines.blocks.checklist import ChecklistItemBlock, ChecklistItemsBlock
from guidelines.blocks.evidence import (
    FindingBlock,
    FindingsBlock,
    RecommendationBlock,
    RecommendationsBlock,
    ReferenceBlock,
    ReferencesBlock,
)
from guidelines.blocks.form import FormBlock, FormsBlock
from guidelines.blocks.step import BranchBlock, StepBlock, StepsBlock

__all__ = [
    "AgenciesBlock",
    "AgencyBlock",
    "BranchBlock",
    "ChecklistItemBlock",
    "ChecklistItemsBlock",
    "FindingBlock",
    "FindingsBlock",
    "FormBlock",
    "FormsBlock",
    "LegalBasisBlock",
    "LegalBasisListBlock",
    "PartiesBlock",
    "PartyBlock",
    "RatificationBlock",
    "RatificationsBlock",
    "RecommendationBlock",
    "RecommendationsBlock",
    "ReferenceBlock",
    "ReferencesBlock",
    "StepBlock",
    "StepsBlock",
]
