"""Listings: filters in the address, exact counts, pages of 25, each page once, nothing that is not public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from content.listings import Listing
from content.models import Country
from guidelines.models import ProcedureIndexPage, SOPPage
from tests.factories.concepts import (
    CorridorFactory,
    CountryFactory,
    ServiceAreaFactory,
    StageFactory,
    TagFactory,
)
from tests.factories.editions import publish
from tests.factories.pages import (
    AgreementPageFactory,
    CaseStudyPageFactory,
    ChecklistPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    section,
)

pytestmark = pytest.mark.django_db
PROCEDURES = "/en/procedures/"


def listing(client: Client, address: str = PROCEDURES, **parameters: Any) -> Listing:
    response = client.get(address, parameters)
    assert response.status_code == 200
    return response.context["listing"]


def titles(client: Client, address: str = PROCEDURES, **parameters: Any) -> list[str]:
    return [page.title for page in listing(client, address, **parameters).page]


def counts(client: Client, parameter: str, address: str = PROCEDURES, **parameters: Any) -> dict[str, int]:
    """The count on each option of a filter."""
    groups = listing(client, address, **parameters).groups
    found = {group.parameter: group.options for group in groups}
    return {option.value: option.count for option in found.get(parameter, [])}


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


# ---- Filters


def test_a_country_leaves_its_pages(client: Client) -> None:
    SOPPageFactory(title="Cambodian", countries=[CountryFactory(code="KH")])
    SOPPageFactory(title="Thai", countries=[CountryFactory(code="TH")])
    assert titles(client, country="KH") == ["Cambodian"]


def test_a_corridor_leaves_its_pages_and_not_those_of_the_way_back(client: Client) -> None:
    there = CorridorFactory()
    back = CorridorFactory(destination=there.origin, origin=there.destination)
    SOPPageFactory(title="There", corridors=[there])
    SOPPageFactory(title="Back", corridors=[back])
    assert titles(client, corridor="TH-KH") == ["There"]


def test_a_stage_leaves_its_pages(client: Client) -> None:
    SOPPageFactory(title="Going", stages=[StageFactory(code="return")])
    SOPPageFactory(title="Staying", stages=[StageFactory(code="reintegration")])
    assert titles(client, stage="return") == ["Going"]


def test_a_service_area_leaves_its_pages(client: Client) -> None:
    SOPPageFactory(title="Housing", service_areas=[ServiceAreaFactory(code="1")])
    SOPPageFactory(title="Medical care", service_areas=[ServiceAreaFactory(code="2")])
    assert titles(client, service_area="1") == ["Housing"]


def test_a_tag_leaves_its_pages(client: Client) -> None:
    SOPPageFactory(title="Boats", tags=[TagFactory(slug="fishing")])
    SOPPageFactory(title="Houses", tags=[TagFactory(slug="domestic-work")])
    assert titles(client, tag="fishing") == ["Boats"]


def test_a_kind_leaves_its_pages(client: Client) -> None:
    AgreementPageFactory(title="Memorandum", kind="mou")
    AgreementPageFactory(title="Action", kind="plan")
    assert titles(client, "/en/agreements/", kind="plan") == ["Action"]


def test_a_checklist_is_found_by_its_service_area(client: Client) -> None:
    ChecklistPageFactory(title="Housing", service_area=ServiceAreaFactory(code="1"))
    ChecklistPageFactory(title="Medical care", service_area=ServiceAreaFactory(code="2"))
    assert titles(client, "/en/service-areas/", service_area="2") == ["Medical care"]


def test_a_page_for_all_corridors_is_found_by_each_corridor_of_the_six(client: Client) -> None:
    CorridorFactory()
    SOPPageFactory(title="Everywhere", all_corridors=True)
    assert titles(client, corridor="TH-KH") == ["Everywhere"]


def test_a_page_for_all_corridors_is_found_by_each_of_the_six_countries(client: Client) -> None:
    CountryFactory(code="LA")
    SOPPageFactory(title="Everywhere", all_corridors=True)
    assert titles(client, country="LA") == ["Everywhere"]


def test_a_page_for_all_corridors_is_not_found_by_a_country_outside_the_six(client: Client) -> None:
    CountryFactory(code="JP", is_member=False)
    SOPPageFactory(title="Everywhere", all_corridors=True)
    assert titles(client, country="JP") == []


def test_values_of_one_parameter_are_alternatives(client: Client) -> None:
    for code in ("KH", "TH", "VN"):
        SOPPageFactory(title=code, countries=[CountryFactory(code=code)])
    assert titles(client, country=["KH", "VN"]) == ["KH", "VN"]


def test_parameters_add_up(client: Client) -> None:
    cambodia, going = CountryFactory(code="KH"), StageFactory(code="return")
    SOPPageFactory(title="Both", countries=[cambodia], stages=[going])
    SOPPageFactory(title="Country only", countries=[cambodia])
    SOPPageFactory(title="Stage only", stages=[going])
    assert titles(client, country="KH", stage="return") == ["Both"]


def test_a_page_with_both_of_two_chosen_values_stands_once(client: Client) -> None:
    SOPPageFactory(title="Both", countries=[CountryFactory(code="KH"), CountryFactory(code="TH")])
    assert titles(client, country=["KH", "TH"]) == ["Both"]


def test_a_value_that_exists_but_that_no_page_has_finds_nothing_and_says_what_to_try(client: Client) -> None:
    SOPPageFactory(countries=[CountryFactory(code="TH")])
    CountryFactory(code="VN")
    html = client.get(PROCEDURES, {"country": "VN"}).content.decode()
    assert "Take one filter away" in html


# ---- Counts


def test_a_count_is_the_number_of_results_if_the_option_were_ticked_too(client: Client) -> None:
    cambodia, thailand = CountryFactory(code="KH"), CountryFactory(code="TH")
    going, staying = StageFactory(code="going"), StageFactory(code="staying")
    SOPPageFactory(countries=[cambodia], stages=[going])
    SOPPageFactory(countries=[cambodia, thailand], stages=[going])
    SOPPageFactory(countries=[thailand], stages=[staying])
    for chosen in ({}, {"country": ["KH"]}, {"stage": ["going"]}, {"country": ["TH"], "stage": ["staying"]}):
        for parameter in ("country", "stage"):
            for value, count in counts(client, parameter, **chosen).items():
                ticked = {**chosen, parameter: [*chosen.get(parameter, []), value]}
                assert count == listing(client, **ticked).total, (chosen, parameter, value)


def test_a_value_that_no_page_has_is_not_offered(client: Client) -> None:
    SOPPageFactory(countries=[CountryFactory(code="KH")])
    CountryFactory(code="VN")
    assert counts(client, "country") == {"KH": 1}


def test_a_chosen_value_stays_offered_without_results(client: Client) -> None:
    CountryFactory(code="VN")
    section(ProcedureIndexPage, "procedures", "en")
    assert counts(client, "country", country="VN") == {"VN": 0}


def test_a_translated_page_counts_once(client: Client) -> None:
    cambodia = CountryFactory(code="KH")
    page = SOPPageFactory(countries=[cambodia])
    SOPPageFactory(translation_of=page, language="km", countries=[cambodia])
    assert counts(client, "country") == {"KH": 1}
    assert counts(client, "country", "/km/procedures/") == {"KH": 1}


# ---- Screens and order


def test_a_screen_holds_25_pages(client: Client) -> None:
    for number in range(27):
        SOPPageFactory(title=f"Page {number:02}")
    assert [len(titles(client, page=page)) for page in (1, 2)] == [25, 2]


def test_screens_follow_one_another_without_gap_or_repetition(client: Client) -> None:
    made = [SOPPageFactory(title=f"Page {number:02}").title for number in range(27)]
    assert titles(client, page=1) + titles(client, page=2) == made


def test_the_way_to_the_next_screen_keeps_the_filters(client: Client) -> None:
    cambodia = CountryFactory(code="KH")
    for _index in range(26):
        SOPPageFactory(countries=[cambodia])
    assert listing(client, country="KH").address_of_next == "?country=KH&page=2"


def test_the_cross_on_a_chip_takes_away_that_value_only(client: Client) -> None:
    for code in ("KH", "TH"):
        SOPPageFactory(countries=[CountryFactory(code=code)])
    chips = listing(client, country=["KH", "TH"], page="1").chips
    assert {chip.value: chip.address_without for chip in chips} == {"KH": "?country=TH", "TH": "?country=KH"}


def test_procedures_stand_by_title(client: Client) -> None:
    for title in ("Return", "Assessment", "Monitoring"):
        SOPPageFactory(title=title)
    assert titles(client) == ["Assessment", "Monitoring", "Return"]


def test_agreements_stand_newest_first_and_undated_ones_last(client: Client) -> None:
    for title, signed in (("Undated", ""), ("Old", "2003"), ("New", "2005-05-31"), ("Same year", "2005")):
        AgreementPageFactory(title=title, signed=signed)
    assert titles(client, "/en/agreements/") == ["New", "Same year", "Old", "Undated"]


def test_guidance_about_children_stands_first(client: Client) -> None:
    GuidancePageFactory(title="Adults")
    GuidancePageFactory(title="Children", child=True)
    assert titles(client, "/en/guidance/") == ["Children", "Adults"]


def test_checklists_stand_by_number(client: Client) -> None:
    for code in ("10", "2", "1"):
        ChecklistPageFactory(title=code, service_area=ServiceAreaFactory(code=code))
    assert titles(client, "/en/service-areas/") == ["1", "2", "10"]


@pytest.mark.parametrize(
    ("factory", "address"),
    [
        (SOPPageFactory, PROCEDURES),
        (AgreementPageFactory, "/en/agreements/"),
        (LawPageFactory, "/en/laws/"),
        (GuidancePageFactory, "/en/guidance/"),
        (CaseStudyPageFactory, "/en/case-studies/"),
    ],
)
def test_a_listing_says_its_order(client: Client, factory: Any, address: str) -> None:
    factory()
    response = client.get(address)
    assert str(response.context["page"].sorting.words) in response.content.decode()


# ---- Languages


def test_a_reader_sees_the_page_in_their_language_instead_of_the_original(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km")
    assert titles(client, "/km/procedures/") == ["ការវិលត្រឡប់"]


def test_a_page_without_translation_is_listed_in_its_original_and_marked(client: Client) -> None:
    SOPPageFactory(title="Return")
    section(ProcedureIndexPage, "procedures", "km")
    html = client.get("/km/procedures/").content.decode()
    assert '<h3 lang="en"><a href="/en/procedures/return/" hreflang="en">Return</a></h3>' in html


def test_a_page_in_the_readers_language_carries_no_mark(client: Client) -> None:
    SOPPageFactory(title="Return")
    assert '<h3><a href="/en/procedures/return/">Return</a></h3>' in client.get(PROCEDURES).content.decode()


def test_an_original_in_khmer_is_listed_in_english_and_marked(client: Client) -> None:
    SOPPageFactory(title="ការវិលត្រឡប់", slug="return", language="km")
    section(ProcedureIndexPage, "procedures", "en")
    html = client.get(PROCEDURES).content.decode()
    assert '<h3 lang="km"><a href="/km/procedures/return/" hreflang="km">ការវិលត្រឡប់</a></h3>' in html


def test_a_reader_of_a_third_language_sees_english_rather_than_an_older_language(client: Client) -> None:
    khmer = SOPPageFactory(title="ការវិលត្រឡប់", slug="return", language="km")
    SOPPageFactory(title="Return", translation_of=khmer, language="en")
    section(ProcedureIndexPage, "procedures", "vi")
    assert titles(client, "/vi/procedures/") == ["Return"]


def test_without_english_the_oldest_language_stands(client: Client) -> None:
    khmer = SOPPageFactory(title="ការវិលត្រឡប់", slug="return", language="km")
    SOPPageFactory(title="Hồi hương", translation_of=khmer, language="vi")
    section(ProcedureIndexPage, "procedures", "th")
    assert titles(client, "/th/procedures/") == ["ការវិលត្រឡប់"]


def test_a_draft_translation_never_hides_the_original(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km", live=False)
    assert titles(client, "/km/procedures/") == ["Return"]


def test_a_private_translation_never_hides_the_original(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    restrict(SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km"))
    assert titles(client, "/km/procedures/") == ["Return"]


def test_a_public_translation_is_listed_where_the_original_is_private(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km")
    restrict(page)
    assert titles(client) == ["ការវិលត្រឡប់"]


# ---- What is not public


def draft(country: Country) -> None:
    SOPPageFactory(live=False, countries=[country])


def scheduled(country: Country) -> None:
    page = SOPPageFactory(live=False, countries=[country])
    publish(page, effective=timezone.localdate() + timedelta(days=2))
    assert not SOPPage.objects.get(pk=page.pk).live


def expired(country: Country) -> None:
    SOPPageFactory(countries=[country], expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


def private(country: Country) -> None:
    restrict(SOPPageFactory(countries=[country]))


def below_a_private_page(country: Country) -> None:
    restrict(SOPPageFactory(countries=[country]).get_parent())


HIDDEN = pytest.mark.parametrize("hide", [draft, scheduled, expired, private])


@HIDDEN
def test_what_is_not_public_is_never_listed(client: Client, hide: Any) -> None:
    hide(CountryFactory(code="KH"))
    section(ProcedureIndexPage, "procedures", "en")
    assert titles(client) == []


@HIDDEN
def test_what_is_not_public_is_never_counted(client: Client, hide: Any) -> None:
    cambodia = CountryFactory(code="KH")
    SOPPageFactory(countries=[cambodia])
    hide(cambodia)
    assert counts(client, "country") == {"KH": 1}


def test_what_is_below_a_private_page_is_never_listed(client: Client) -> None:
    below_a_private_page(CountryFactory(code="KH"))
    khmer = section(ProcedureIndexPage, "procedures", "km")
    assert titles(client, f"/km/{khmer.slug}/") == []


def test_a_private_page_is_not_listed_to_a_signed_in_editor_either(admin_client: Client) -> None:
    """One answer for all readers, so that a listing can be cached whole."""
    restrict(SOPPageFactory(title="Private"))
    SOPPageFactory(title="Public")
    assert titles(admin_client) == ["Public"]


# ---- Bad input


@pytest.mark.parametrize("parameter", ["country", "corridor", "stage", "service_area", "tag"])
@pytest.mark.parametrize("value", ["nowhere", "", "kh", "KH'--", "១"])
def test_an_unknown_value_is_refused(client: Client, parameter: str, value: str) -> None:
    SOPPageFactory(countries=[CountryFactory(code="KH")])
    assert client.get(PROCEDURES, {parameter: value}).status_code == 400


def test_an_unknown_kind_is_refused(client: Client) -> None:
    AgreementPageFactory()
    assert client.get("/en/agreements/", {"kind": "treaty"}).status_code == 400


def test_one_unknown_value_among_known_ones_is_refused(client: Client) -> None:
    SOPPageFactory(countries=[CountryFactory(code="KH")])
    assert client.get(PROCEDURES, {"country": ["KH", "XX"]}).status_code == 400


@pytest.mark.parametrize("page", ["abc", "", "-1", "1.5", "១", "9999999"])
def test_a_page_that_is_no_number_is_refused(client: Client, page: str) -> None:
    SOPPageFactory()
    assert client.get(PROCEDURES, {"page": page}).status_code == 400


@pytest.mark.parametrize("page", ["999", "2", "0"])
def test_a_page_beyond_the_last_is_not_found(client: Client, page: str) -> None:
    SOPPageFactory()
    assert client.get(PROCEDURES, {"page": page}).status_code == 404


def test_the_same_value_twice_is_the_same_as_once(client: Client) -> None:
    SOPPageFactory(title="Cambodian", countries=[CountryFactory(code="KH")])
    assert [chip.value for chip in listing(client, country=["KH", "KH"]).chips] == ["KH"]


def test_parameters_that_mean_nothing_here_are_left_alone(client: Client) -> None:
    SOPPageFactory(title="Return")
    assert titles(client, q="anything", utm_source="mail") == ["Return"]
