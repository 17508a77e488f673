"""The addresses of ways home."""

from __future__ import annotations

import pytest
from django.test import Client

from content.languages import BY_CODE
from tests.factories.concepts import CorridorFactory, CountryFactory

pytestmark = pytest.mark.django_db
MACHINES = ("/hsds/", "/api/", "/health/")


@pytest.fixture
def way(db: None) -> None:
    """From Thailand to Cambodia and back."""
    there = CorridorFactory()
    CorridorFactory(destination=there.origin, origin=there.destination)


def test_two_countries_lead_to_their_way_home(client: Client, way: None) -> None:
    response = client.get("/km/corridors/", {"found_in": "TH", "going_home_to": "KH"})
    assert (response.status_code, response.headers["Location"]) == (302, "/km/corridors/th-kh/")


@pytest.mark.parametrize("language", BY_CODE)
def test_a_way_home_answers_in_every_language(client: Client, way: None, language: str) -> None:
    assert client.get(f"/{language}/corridors/th-kh/").status_code == 200


def test_both_directions_lead_to_one_another(client: Client, way: None) -> None:
    assert 'href="/en/corridors/kh-th/"' in client.get("/en/corridors/th-kh/").content.decode()
    assert 'href="/en/corridors/th-kh/"' in client.get("/en/corridors/kh-th/").content.decode()


@pytest.mark.parametrize("slug", ["th-xx", "th-la", "th", "TH-KH", "th-th", "kh_th"])
def test_a_way_home_that_does_not_exist_is_not_found(client: Client, way: None, slug: str) -> None:
    assert client.get(f"/en/corridors/{slug}/").status_code == 404


def test_the_same_country_twice_is_told_in_words(client: Client, way: None) -> None:
    response = client.get("/en/corridors/", {"found_in": "TH", "going_home_to": "TH"})
    assert response.status_code == 200
    assert "Choose two different countries." in response.content.decode()


@pytest.mark.parametrize(
    "parameters", [{"found_in": "XX", "going_home_to": "KH"}, {"found_in": "th", "going_home_to": "kh"}]
)
def test_an_unknown_country_is_refused(client: Client, way: None, parameters: dict[str, str]) -> None:
    assert client.get("/en/corridors/", parameters).status_code == 400


def test_one_country_alone_asks_for_the_other(client: Client, way: None) -> None:
    response = client.get("/en/corridors/", {"found_in": "TH", "going_home_to": ""})
    assert response.status_code == 200
    assert '<option value="TH" selected>' in response.content.decode()


def test_two_countries_without_a_way_home_are_told_that_nothing_is_collected(
    client: Client, way: None
) -> None:
    CountryFactory(code="LA")
    response = client.get("/en/corridors/", {"found_in": "LA", "going_home_to": "KH"})
    assert response.status_code == 200
    assert "Nothing is collected for this way home yet." in response.content.decode()
