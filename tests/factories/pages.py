"""Pages, placed below the section they belong to.

``SOPPageFactory(title="Return")`` makes a live English page below the list of procedures, which is made
when it is not there. ``translation_of=page, language="km"`` makes its Khmer version.
"""

from __future__ import annotations

import uuid
from typing import Any

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page

from casestudies.models import CaseStudyIndexPage, CaseStudyPage
from content.models import StandardPage
from editions.models import VersionedPage
from glossary.models import GlossaryPage, Term
from guidelines.models import (
    AgreementIndexPage,
    AgreementPage,
    ChecklistPage,
    GuidanceIndexPage,
    GuidancePage,
    LawIndexPage,
    LawPage,
    ProcedureIndexPage,
    ServiceAreaIndexPage,
    SOPPage,
)
from portal.models import CountryIndexPage, CountryPage, HomePage
from tests.factories.concepts import CountryFactory, ServiceAreaFactory


def home(language: str = "en") -> HomePage:
    """The home page that the first migration made."""
    return HomePage.objects.get(locale__language_code=language)


def section(model: type[Page], slug: str, language: str) -> Page:
    """The one list of a kind in a language, made when it is not there."""
    found = model.objects.filter(locale__language_code=language).first()
    if found is not None:
        return found
    other = model.objects.first()
    page = model(title=slug.capitalize(), slug=slug, locale=Locale.objects.get(language_code=language))
    if other is not None:
        page.translation_key = other.translation_key
    return home(language).add_child(instance=page)


class PageFactory(DjangoModelFactory):
    """Adds the page to the tree instead of saving it alone."""

    class Meta:
        abstract = True

    class Params:
        language = "en"
        translation_of = None
        parent = None

    title = factory.Sequence(lambda number: f"Page {number}")
    slug = factory.LazyAttribute(
        lambda page: page.translation_of.slug if page.translation_of else slugify(page.title)
    )
    locale = factory.LazyAttribute(lambda page: Locale.objects.get(language_code=page.language))
    translation_key = factory.LazyAttribute(
        lambda page: page.translation_of.translation_key if page.translation_of else uuid.uuid4()
    )

    #: The list a page belongs to and its slug; None for pages below the home page.
    section: tuple[type[Page], str] | None = None

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("section", None)
        return kwargs

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        tags = kwargs.pop("tags", [])
        live = kwargs.get("live", True)
        related = {
            field.name: kwargs.pop(field.name)
            for field in model_class._meta.many_to_many
            if field.name in kwargs
        }
        page = model_class(*args, **kwargs)
        language = page.locale.language_code
        parent = section(*cls.section, language) if cls.section else home(language)
        parent.add_child(instance=page)
        for name, rows in related.items():
            setattr(page, name, rows)
        page.tags.add(*tags)
        page.save()
        if live and isinstance(page, VersionedPage):
            # On the site as if it had always been there; `tests.factories.editions` publishes it properly.
            # What could not be published is refused here too.
            page.full_clean()
            Page.objects.filter(pk=page.pk).update(live=True, has_unpublished_changes=False)
            page.live, page.has_unpublished_changes = True, False
        return page


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage


class SOPPageFactory(PageFactory):
    class Meta:
        model = SOPPage

    section = (ProcedureIndexPage, "procedures")


class ChecklistPageFactory(PageFactory):
    class Meta:
        model = ChecklistPage

    section = (ServiceAreaIndexPage, "service-areas")
    service_area = factory.SubFactory(ServiceAreaFactory)


class AgreementPageFactory(PageFactory):
    class Meta:
        model = AgreementPage

    section = (AgreementIndexPage, "agreements")
    kind = "mou"


class LawPageFactory(PageFactory):
    class Meta:
        model = LawPage

    section = (LawIndexPage, "laws")
    kind = "law"
    gist = "Protects trafficked persons."


class GuidancePageFactory(PageFactory):
    class Meta:
        model = GuidancePage

    section = (GuidanceIndexPage, "guidance")


class CaseStudyPageFactory(PageFactory):
    class Meta:
        model = CaseStudyPage

    section = (CaseStudyIndexPage, "case-studies")
    kind = "case_study"
    summary = "A person came home and found work."


class CountryPageFactory(PageFactory):
    class Meta:
        model = CountryPage

    section = (CountryIndexPage, "countries")
    country = factory.SubFactory(CountryFactory)


class GlossaryPageFactory(PageFactory):
    class Meta:
        model = GlossaryPage

    title = "Glossary"


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    key = factory.Sequence(lambda number: f"term-{number}")
    term = factory.Sequence(lambda number: f"Term {number}")
    definition = "What the word means."
    locale = factory.LazyFunction(lambda: Locale.objects.get(language_code="en"))


def sop_steps(number: int) -> dict[str, list[dict[str, Any]]]:
    """Agencies and ``number`` steps, as fields of a procedure."""
    agencies = [
        {
            "type": "agency",
            "id": str(uuid.uuid4()),
            "value": {"key": key, "name": name, "short": name, "country": country, "role": ""},
        }
        for key, name, country in [("shelter", "Shelter staff", "TH"), ("office", "Social affairs", "KH")]
    ]
    steps = [
        {
            "type": "step",
            "id": str(uuid.uuid4()),
            "value": {
                "key": f"step-{index}",
                "action": f"Do what step {index} says",
                "label": f"Step {index}",
                "leads": "shelter" if index % 2 else "office",
                "takes_part": [],
                "documents": [],
                "branches": [],
            },
        }
        for index in range(1, number + 1)
    ]
    return {"agencies": agencies, "steps": steps}
