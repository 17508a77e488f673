"""A page costs the same number of queries, whatever its size."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.models import RelatedPages
from tests.factories.concepts import (
    CorridorFactory,
    CountryFactory,
    ServiceAreaFactory,
    SourceDocumentFactory,
    StageFactory,
)
from tests.factories.pages import (
    AgreementPageFactory,
    CaseStudyPageFactory,
    ChecklistPageFactory,
    CountryPageFactory,
    GlossaryPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    TermFactory,
    sop_steps,
)

pytestmark = pytest.mark.django_db

MOST = 20


def queries_of(client: Client, address: str) -> int:
    """Queries of the second visit: the first one fills what is kept for a minute."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_procedure_costs_the_same_with_5_and_with_60_steps(client: Client) -> None:
    short = SOPPageFactory(title="Short", **sop_steps(5))
    long = SOPPageFactory(title="Long", **sop_steps(60))
    few = queries_of(client, f"/en/procedures/{short.slug}/")
    assert few == queries_of(client, f"/en/procedures/{long.slug}/")
    assert few <= MOST


def test_a_page_costs_the_same_with_0_and_with_20_related_pages(client: Client) -> None:
    alone = SOPPageFactory(title="Alone", **sop_steps(5))
    related = SOPPageFactory(title="Related", **sop_steps(5))
    for number in range(10):
        RelatedPages.objects.create(page=related, other=GuidancePageFactory(title=f"Guidance {number}"))
        RelatedPages.objects.create(page=AgreementPageFactory(title=f"Agreement {number}"), other=related)
    few = queries_of(client, f"/en/procedures/{alone.slug}/")
    assert few == queries_of(client, f"/en/procedures/{related.slug}/")


def test_a_procedure_with_every_facet_stays_within_the_limit(client: Client) -> None:
    corridor = CorridorFactory()
    page = SOPPageFactory(
        title="Full",
        countries=[corridor.origin, corridor.destination],
        corridors=[corridor],
        stages=[StageFactory(), StageFactory()],
        tags=["one", "two"],
        legal_basis=[{"type": "basis", "value": {"page": AgreementPageFactory().pk, "text": ""}}],
        sources=[{"type": "source", "value": {"document": SourceDocumentFactory().pk, "where": "Chapter 1"}}],
        **sop_steps(12),
    )
    assert queries_of(client, f"/en/procedures/{page.slug}/") <= MOST


@pytest.mark.parametrize(
    ("factory", "section"),
    [
        (ChecklistPageFactory, "service-areas"),
        (AgreementPageFactory, "agreements"),
        (LawPageFactory, "laws"),
        (GuidancePageFactory, "guidance"),
        (SOPPageFactory, "procedures"),
    ],
)
def test_a_page_of_any_kind_stays_within_the_limit(client: Client, factory: type, section: str) -> None:
    page = factory()
    assert queries_of(client, f"/en/{section}/{page.slug}/") <= MOST


def test_a_listing_costs_the_same_with_3_and_with_60_pages(client: Client) -> None:
    corridor = CorridorFactory()

    def add(number: int) -> None:
        for _index in range(number):
            SOPPageFactory(
                countries=[corridor.origin], corridors=[corridor], tags=["children"], **sop_steps(2)
            )

    add(3)
    few = queries_of(client, "/en/procedures/")
    add(57)
    assert few == queries_of(client, "/en/procedures/")
    assert few <= MOST


def test_a_filtered_listing_costs_no_more_than_an_unfiltered_one(client: Client) -> None:
    country = CountryFactory(code="KH")
    for _index in range(30):
        SOPPageFactory(countries=[country])
    assert queries_of(client, "/en/procedures/?country=KH&page=2") <= MOST


@pytest.mark.parametrize(
    ("factory", "section"),
    [
        (AgreementPageFactory, "agreements"),
        (CaseStudyPageFactory, "case-studies"),
        (GuidancePageFactory, "guidance"),
        (LawPageFactory, "laws"),
        (SOPPageFactory, "procedures"),
    ],
)
def test_every_listing_costs_the_same_with_3_and_with_30_pages_in_a_translation(
    client: Client, factory: type, section: str
) -> None:
    corridor = CorridorFactory()
    facets = {
        "countries": [corridor.origin],
        "corridors": [corridor],
        "stages": [StageFactory()],
        "service_areas": [ServiceAreaFactory()],
        "tags": ["children"],
    }

    def add(number: int) -> None:
        for index in range(number):
            page = factory(**facets)
            if index % 2:
                factory(translation_of=page, language="km", **facets)

    add(3)
    few = queries_of(client, f"/km/{section}/")
    add(27)
    assert few == queries_of(client, f"/km/{section}/")
    assert few <= MOST


def test_the_home_page_costs_the_same_with_2_and_with_20_procedures(client: Client) -> None:
    for _index in range(2):
        SOPPageFactory()
    few = queries_of(client, "/en/")
    for _index in range(18):
        SOPPageFactory()
    assert few == queries_of(client, "/en/")
    assert few <= MOST


def test_a_country_page_costs_the_same_with_1_and_with_15_agreements(client: Client) -> None:
    page = CountryPageFactory(title="Thailand")
    country = page.country
    AgreementPageFactory(countries=[country])
    few = queries_of(client, f"/en/countries/{page.slug}/")
    for _index in range(14):
        AgreementPageFactory(countries=[country])
    assert few == queries_of(client, f"/en/countries/{page.slug}/")
    assert few <= MOST


def test_a_corridor_costs_the_same_with_1_and_with_15_procedures(client: Client) -> None:
    corridor = CorridorFactory()
    SOPPageFactory(corridors=[corridor])
    few = queries_of(client, f"/en/corridors/{corridor.slug}/")
    for _index in range(14):
        SOPPageFactory(corridors=[corridor])
    assert few == queries_of(client, f"/en/corridors/{corridor.slug}/")
    assert few <= MOST


def test_the_glossary_costs_the_same_with_2_and_with_40_terms(client: Client) -> None:
    page = GlossaryPageFactory()
    TermFactory.create_batch(2)
    few = queries_of(client, f"/en/{page.slug}/")
    TermFactory.create_batch(38)
    assert few == queries_of(client, f"/en/{page.slug}/")
