"""Pages that are withdrawn or superseded by another one leave every list, until an address asks for them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from content.listings import Listing
from content.models import Country
from editions.retiring.retirement import replace, undo, withdraw
from portal.front import front_page
from portal.gathering import for_corridor, for_country
from tests.factories.concepts import CorridorFactory, CountryFactory, ServiceAreaFactory
from tests.factories.editions import publish
from tests.factories.pages import CaseStudyPageFactory, ChecklistPageFactory, SOPPageFactory, home

pytestmark = pytest.mark.django_db
PROCEDURES = "/en/procedures/"


def published(factory: Any = SOPPageFactory, **values: Any) -> Any:
    page = factory(live=False, **values)
    publish(page)
    return page


def withdrawn(factory: Any = SOPPageFactory, **values: Any) -> Any:
    page = published(factory, **values)
    withdraw(page, by=None, reason="The law changed.")
    return page


def superseded(other: Any, **values: Any) -> Any:
    page = published(**values)
    replace(page, other, by=None, reason="Both said the same.")
    return page


def listing(client: Client, address: str = PROCEDURES, **parameters: Any) -> Listing:
    response = client.get(address, parameters)
    assert response.status_code == 200
    return response.context["listing"]


def titles(client: Client, address: str = PROCEDURES, **parameters: Any) -> list[str]:
    return [page.title for page in listing(client, address, **parameters).page]


def counts(client: Client, parameter: str, **parameters: Any) -> dict[str, int]:
    groups = {group.parameter: group.options for group in listing(client, **parameters).groups}
    return {option.value: option.count for option in groups.get(parameter, [])}


@pytest.fixture
def all_three(laos: Country) -> None:
    new = published(title="New", countries=[laos])
    withdrawn(title="Withdrawn", countries=[laos])
    superseded(new, title="Superseded", countries=[CountryFactory(code="TH")])


@pytest.fixture
def laos(english: Locale) -> Country:
    return CountryFactory(code="LA")


@pytest.mark.usefixtures("all_three")
def test_they_are_not_listed(client: Client) -> None:
    assert titles(client) == ["New"]


@pytest.mark.usefixtures("all_three")
def test_they_are_not_counted(client: Client) -> None:
    assert counts(client, "country") == {"LA": 1}


@pytest.mark.usefixtures("all_three")
@pytest.mark.parametrize(
    ("include", "expected"),
    [
        (["withdrawn"], ["New", "Withdrawn"]),
        (["superseded"], ["New", "Superseded"]),
        (["withdrawn", "superseded"], ["New", "Superseded", "Withdrawn"]),
    ],
)
def test_the_address_brings_them_back(client: Client, include: list[str], expected: list[str]) -> None:
    assert titles(client, include=include) == expected


@pytest.mark.usefixtures("all_three")
def test_counts_then_hold_them_too(client: Client) -> None:
    assert counts(client, "country", include="withdrawn") == {"LA": 2}
    assert counts(client, "country", include=["withdrawn", "superseded"]) == {"TH": 1, "LA": 2}


@pytest.mark.usefixtures("all_three")
def test_a_count_is_the_number_of_results_if_the_option_were_ticked_too(client: Client) -> None:
    for chosen in ({}, {"country": ["LA"]}, {"include": ["withdrawn"]}):
        for value, count in counts(client, "include", **chosen).items():
            ticked = {**chosen, "include": [*chosen.get("include", []), value]}
            assert count == listing(client, **ticked).total, (chosen, value)


def test_nothing_is_offered_where_nothing_is_left_out(client: Client) -> None:
    published()
    assert counts(client, "include") == {}


@pytest.mark.usefixtures("all_three")
def test_a_card_says_why_a_page_is_otherwise_left_out(client: Client) -> None:
    html = client.get(PROCEDURES, {"include": ["withdrawn", "superseded"]}).content.decode()
    cards = {
        card.split("</h3>")[0].rsplit(">", 2)[-2].split("<")[0]: card for card in html.split("<article")[1:]
    }
    assert "Withdrawn</span>" in cards["Withdrawn"]
    assert "Superseded by another page</span>" in cards["Superseded"]
    assert 'class="state ended"' not in cards["New"]


@pytest.mark.usefixtures("all_three")
def test_the_ways_to_other_filters_and_screens_keep_it(client: Client) -> None:
    chips = listing(client, include="withdrawn", country="LA").chips
    addresses = {chip.value: chip.address_without for chip in chips}
    assert addresses == {"LA": "?include=withdrawn", "withdrawn": "?country=LA"}


def test_an_unknown_value_is_refused(client: Client) -> None:
    published()
    assert client.get(PROCEDURES, {"include": "secret"}).status_code == 400


def test_pages_without_editions_know_no_such_parameter(client: Client) -> None:
    CaseStudyPageFactory(title="Story")
    assert titles(client, "/en/case-studies/", include="anything") == ["Story"]


def test_a_withdrawal_that_is_undone_brings_the_page_back(client: Client) -> None:
    page = withdrawn(title="Return")
    assert titles(client) == []
    undo(page, by=None, reason="It still holds.")
    assert titles(client) == ["Return"]


def test_a_listing_costs_the_same_with_1_and_with_9_of_them(client: Client) -> None:
    def cost() -> int:
        client.get(PROCEDURES, {"include": "withdrawn"})
        with CaptureQueriesContext(connection) as captured:
            client.get(PROCEDURES, {"include": "withdrawn"})
        return len(captured)

    withdrawn()
    few = cost()
    for _number in range(8):
        withdrawn()
    assert cost() == few


# ---- Elsewhere


def test_a_country_does_not_gather_it(laos: Country, english: Locale) -> None:
    withdrawn(countries=[laos])
    assert for_country(laos, english).procedures == []


def test_a_way_home_does_not_gather_it(english: Locale) -> None:
    way = CorridorFactory()
    withdrawn(corridors=[way])
    assert for_corridor(way, english).is_empty


def test_the_home_page_does_not_count_it(laos: Country) -> None:
    withdrawn(countries=[laos])
    assert [line.procedures for line in front_page(home()).countries] == [0]


def test_a_checklist_is_not_among_the_service_areas_and_not_the_next_one(client: Client) -> None:
    first = published(ChecklistPageFactory, title="Housing", service_area=ServiceAreaFactory(code="1"))
    withdrawn(ChecklistPageFactory, title="Medical care", service_area=ServiceAreaFactory(code="2"))
    assert titles(client, "/en/service-areas/") == ["Housing"]
    assert client.get(first.url).context["next_checklist"] is None


def test_it_leaves_the_sitemap_and_stays_at_its_address(client: Client) -> None:
    page = withdrawn(title="Return")
    assert b"/en/procedures/return/" not in client.get("/sitemap.xml").content
    assert client.get(page.url).status_code == 200
