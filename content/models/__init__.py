"""What every page is made of, and the rows that pages point to."""

from content.models.concepts import (
    Concept,
    ConceptWords,
    ContentWarning,
    ExploitationForm,
    Outcome,
    Principle,
    ServiceArea,
    Stage,
)
from content.models.faceted import FacetedPage
from content.models.files import Rendition, UploadedDocument, UploadedImage
from content.models.pages import BasePage, BasePageQuerySet, SectionPage, StandardPage
from content.models.places import Corridor, Country, CountryWords
from content.models.related import RelatedPages
from content.models.sources import SourceDocument
from content.models.tags import Tag, TaggedPage, TagWords

__all__ = [
    "BasePage",
    "BasePageQuerySet",
    "Concept",
    "ConceptWords",
    "ContentWarning",
    "Corridor",
    "Country",
    "CountryWords",
    "ExploitationForm",
    "FacetedPage",
    "Outcome",
    "Principle",
    "RelatedPages",
    "Rendition",
    "SectionPage",
    "ServiceArea",
    "SourceDocument",
    "Stage",
    "StandardPage",
    "Tag",
    "TagWords",
    "TaggedPage",
    "UploadedDocument",
    "UploadedImage",
]
