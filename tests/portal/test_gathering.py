"""What a country and a way home between two countries gather."""

from __future__ import annotations

import pytest
from wagtail.models import Locale, PageViewRestriction

from content.models import Corridor
from portal.front import front_page
from portal.gathering import Gathered, GatheredForCorridor, for_corridor, for_country
from tests.factories.concepts import CorridorFactory, CountryFactory
from tests.factories.pages import (
    AgreementPageFactory,
    CaseStudyPageFactory,
    LawPageFactory,
    SOPPageFactory,
    home,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(english: Locale) -> Corridor:
    """From Thailand to Cambodia."""
    return CorridorFactory()


def gathered(corridor: Corridor, language: str = "en") -> GatheredForCorridor:
    return for_corridor(corridor, Locale.objects.get(language_code=language))


def gathered_in(code: str, language: str = "en") -> Gathered:
    return for_country(CountryFactory(code=code), Locale.objects.get(language_code=language))


# ---- Ways home


def test_a_procedure_of_the_corridor_stands_between_its_ends(way: Corridor) -> None:
    page = SOPPageFactory(corridors=[way])
    assert gathered(way).between == [page]


def test_a_procedure_of_the_way_back_does_not_apply(way: Corridor) -> None:
    back = CorridorFactory(destination=way.origin, origin=way.destination)
    SOPPageFactory(corridors=[back], countries=[way.origin, way.destination])
    assert gathered(way).is_empty


def test_a_procedure_for_all_corridors_is_general(way: Corridor) -> None:
    page = SOPPageFactory(all_corridors=True)
    assert gathered(way).general == [page]


def test_a_procedure_that_names_the_corridor_is_not_repeated_among_the_general_ones(way: Corridor) -> None:
    page = SOPPageFactory(all_corridors=True, corridors=[way])
    found = gathered(way)
    assert (found.between, found.general) == ([page], [])


def test_a_procedure_for_all_corridors_does_not_apply_outside_the_region(way: Corridor) -> None:
    japan = CountryFactory(code="JP", is_member=False)
    SOPPageFactory(all_corridors=True)
    assert gathered(CorridorFactory(destination=japan, origin=way.origin)).general == []


def test_an_agreement_for_all_corridors_does_not_bind_a_country_outside_the_region(way: Corridor) -> None:
    japan = CountryFactory(code="JP", is_member=False)
    AgreementPageFactory(all_corridors=True)
    assert gathered(CorridorFactory(destination=japan, origin=way.origin)).agreements == []


def test_procedures_of_one_country_stand_at_their_end(way: Corridor) -> None:
    thai = SOPPageFactory(countries=[way.destination])
    cambodian = SOPPageFactory(countries=[way.origin])
    found = gathered(way)
    assert (found.at_destination, found.at_origin) == ([thai], [cambodian])


def test_a_procedure_of_another_corridor_does_not_stand_at_an_end_that_it_shares(way: Corridor) -> None:
    other = CorridorFactory(destination=way.destination, origin=CountryFactory(code="LA"))
    SOPPageFactory(corridors=[other], countries=[way.destination])
    assert gathered(way).is_empty


def test_agreements_of_the_corridor_and_of_all_corridors_apply(way: Corridor) -> None:
    bilateral = AgreementPageFactory(corridors=[way], signed="2003")
    regional = AgreementPageFactory(all_corridors=True, signed="2004")
    assert gathered(way).agreements == [regional, bilateral]


def test_an_agreement_that_merely_names_both_countries_does_not_apply(way: Corridor) -> None:
    AgreementPageFactory(countries=[way.origin, way.destination])
    assert gathered(way).agreements == []


def test_a_case_study_of_this_way_home_belongs_to_it(way: Corridor) -> None:
    page = CaseStudyPageFactory(origins=[way.origin], destinations=[way.destination])
    assert gathered(way).case_studies == [page]


def test_a_case_study_whose_destination_is_withheld_belongs_to_every_way_to_its_origin(way: Corridor) -> None:
    page = CaseStudyPageFactory(origins=[way.origin])
    other = CorridorFactory(destination=CountryFactory(code="MY"), origin=way.origin)
    assert gathered(way).case_studies == gathered(other).case_studies == [page]


def test_a_case_study_of_another_destination_does_not_belong(way: Corridor) -> None:
    CaseStudyPageFactory(origins=[way.origin], destinations=[CountryFactory(code="MY")])
    assert gathered(way).case_studies == []


def test_a_case_study_whose_origin_is_withheld_belongs_to_no_way_home(way: Corridor) -> None:
    CaseStudyPageFactory(destinations=[way.destination])
    assert gathered(way).case_studies == []


def test_a_case_study_of_two_destinations_stands_once(way: Corridor) -> None:
    page = CaseStudyPageFactory(
        origins=[way.origin], destinations=[way.destination, CountryFactory(code="MY")]
    )
    assert gathered(way).case_studies == [page]


def test_a_way_home_with_nothing_but_a_general_procedure_is_not_empty(way: Corridor) -> None:
    SOPPageFactory(all_corridors=True)
    assert not gathered(way).is_empty


def test_a_way_home_with_nothing_but_a_case_study_is_not_empty(way: Corridor) -> None:
    CaseStudyPageFactory(origins=[way.origin])
    assert not gathered(way).is_empty


def test_a_way_home_without_anything_is_empty(way: Corridor) -> None:
    assert gathered(way).is_empty


def test_a_way_home_shows_the_readers_language_else_the_original(way: Corridor) -> None:
    translated = SOPPageFactory(title="A", corridors=[way])
    original = SOPPageFactory(title="B", corridors=[way])
    khmer = SOPPageFactory(title="A km", translation_of=translated, language="km", corridors=[way])
    assert gathered(way, "km").between == [khmer, original]


def test_drafts_and_private_pages_are_not_gathered(way: Corridor) -> None:
    SOPPageFactory(corridors=[way], live=False)
    private = AgreementPageFactory(corridors=[way])
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert gathered(way).is_empty


# ---- Countries


def test_a_country_gathers_what_names_it(english: Locale) -> None:
    laos = CountryFactory(code="LA")
    procedure = SOPPageFactory(countries=[laos])
    agreement = AgreementPageFactory(countries=[laos])
    law = LawPageFactory(countries=[laos])
    story = CaseStudyPageFactory(countries=[laos])
    assert gathered_in("LA") == Gathered([procedure], [agreement], [law], [story])


def test_a_country_does_not_gather_what_names_another(english: Locale) -> None:
    SOPPageFactory(countries=[CountryFactory(code="TH")])
    assert gathered_in("LA").procedures == []


def test_one_of_the_six_gathers_what_is_for_all_corridors(english: Locale) -> None:
    procedure = SOPPageFactory(all_corridors=True)
    agreement = AgreementPageFactory(all_corridors=True)
    found = gathered_in("LA")
    assert (found.procedures, found.agreements) == ([procedure], [agreement])


def test_another_country_does_not_gather_what_is_for_all_corridors(english: Locale) -> None:
    CountryFactory(code="JP", is_member=False)
    SOPPageFactory(all_corridors=True)
    assert gathered_in("JP").procedures == []


def test_a_page_for_all_corridors_that_names_the_country_stands_once(english: Locale) -> None:
    page = SOPPageFactory(
        all_corridors=True, countries=[CountryFactory(code="LA"), CountryFactory(code="TH")]
    )
    assert gathered_in("LA").procedures == [page]


def test_a_countrys_agreements_stand_newest_first_and_undated_ones_last(english: Locale) -> None:
    laos = CountryFactory(code="LA")
    undated = AgreementPageFactory(countries=[laos])
    old = AgreementPageFactory(countries=[laos], signed="2003")
    new = AgreementPageFactory(countries=[laos], signed="2005-05")
    assert gathered_in("LA").agreements == [new, old, undated]


def test_a_countrys_laws_stand_newest_first_and_undated_ones_last(english: Locale) -> None:
    laos = CountryFactory(code="LA")
    undated = LawPageFactory(countries=[laos])
    old = LawPageFactory(countries=[laos], year=2003)
    new = LawPageFactory(countries=[laos], year=2015)
    assert gathered_in("LA").laws == [new, old, undated]


# ---- The home page


def test_the_home_page_counts_for_a_country_what_its_page_gathers(english: Locale) -> None:
    laos = CountryFactory(code="LA")
    SOPPageFactory(countries=[laos], all_corridors=True)
    SOPPageFactory(all_corridors=True)
    SOPPageFactory(countries=[laos])
    AgreementPageFactory(all_corridors=True)
    (line,) = front_page(home()).countries
    found = gathered_in("LA")
    assert (line.procedures, line.agreements) == (len(found.procedures), len(found.agreements)) == (3, 1)


def test_the_home_page_counts_a_translated_procedure_once(english: Locale) -> None:
    laos = CountryFactory(code="LA")
    page = SOPPageFactory(countries=[laos])
    SOPPageFactory(translation_of=page, language="km", countries=[laos])
    assert [line.procedures for line in front_page(home("km")).countries] == [1]
