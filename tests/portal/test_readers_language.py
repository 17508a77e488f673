"""Which language the bare address leads to."""

from __future__ import annotations

import pytest
from django.test import Client

from content.languages import BY_CODE

pytestmark = pytest.mark.django_db
MACHINES = ("/hsds/", "/api/", "/health/")


@pytest.mark.parametrize("language", BY_CODE)
def test_the_bare_address_leads_to_the_language_chosen_before(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    response = client.get("/", headers={"accept-language": "vi"})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("km", "km"),
        ("km-KH,km;q=0.9,en;q=0.8", "km"),
        ("lo-LA", "lo"),
        ("my-MM", "my"),
        ("zh-CN", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("fr;q=1, th;q=0.5", "th"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        (";;;q=x", "en"),
        ("x" * 5_000, "en"),
    ],
)
def test_without_a_choice_the_browsers_language_decides(client: Client, asked: str, answered: str) -> None:
    assert client.get("/", headers={"accept-language": asked}).headers["Location"] == f"/{answered}/"


@pytest.mark.parametrize("cookie", ["fr", "", "../admin", "KM"])
def test_a_choice_that_is_none_of_ours_is_forgotten(client: Client, cookie: str) -> None:
    client.cookies["django_language"] = cookie
    assert client.get("/", headers={"accept-language": "vi"}).headers["Location"] == "/vi/"


def test_what_the_bare_address_answers_depends_on_both(client: Client) -> None:
    assert {"Accept-Language", "Cookie"} <= set(client.get("/").headers["Vary"].split(", "))


def test_the_address_decides_over_what_the_browser_asks(client: Client) -> None:
    client.cookies["django_language"] = "vi"
    assert '<html lang="km"' in client.get("/km/", headers={"accept-language": "th"}).content.decode()
