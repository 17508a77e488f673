"""Errors, told in the reader's language with a way on."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from content.languages import LANGUAGES
from portal import errors
from tests.factories.pages import SOPPageFactory


@pytest.mark.django_db
def test_a_missing_page_answers_404_with_live_ways_on(client: Client) -> None:
    response = client.get("/en/nothing-here/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "<h1>Page not found</h1>" in html
    assert '<meta name="robots" content="noindex">' in html
    for link in set(re.findall(r'<a [^>]*?href="(/[^"#]*)"', html)) - {"/accounts/login/"}:
        assert client.get(link).status_code == 200, link


@pytest.mark.django_db
def test_a_page_missing_in_this_language_is_offered_in_the_others(client: Client) -> None:
    page = SOPPageFactory(title="Family tracing")
    SOPPageFactory(title="การติดตามครอบครัว", language="th", translation_of=page)
    response = client.get("/km/procedures/family-tracing/")
    html = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="km">' in html
    assert (
        '<a href="/en/procedures/family-tracing/" hreflang="en"><span lang="en">Family tracing</span>' in html
    )
    assert (
        '<a href="/th/procedures/family-tracing/" hreflang="th"><span lang="th">การติดตามครอบครัว</span>'
        in html
    )
    assert "/vi/procedures/" not in html


@pytest.mark.django_db
def test_a_draft_is_not_offered_in_any_language(client: Client) -> None:
    SOPPageFactory(title="Family tracing", live=False)
    response = client.get("/km/procedures/family-tracing/")
    assert response.status_code == 404
    assert "Family tracing" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/en/procedures/?country=ZZ", "/en/procedures/?page=two", "/en/corridors/?found_in=TH&going_home_to=ZZ"],
)
def test_an_address_that_cannot_be_read_answers_400(client: Client, address: str) -> None:
    SOPPageFactory()
    response = client.get(address)
    assert response.status_code == 400
    assert "This address cannot be read" in response.content.decode()


@pytest.mark.django_db
def test_a_screen_of_results_beyond_the_last_answers_404(client: Client) -> None:
    SOPPageFactory()
    assert client.get("/en/procedures/?page=99").status_code == 404


@pytest.mark.django_db
def test_what_is_not_allowed_answers_403(rf: RequestFactory) -> None:
    response = errors.permission_denied(rf.get("/en/secret/"), PermissionDenied("staff reason"))
    html = response.content.decode()
    assert response.status_code == 403
    assert "<h1>Not allowed</h1>" in html
    assert "staff reason" not in html


def test_a_server_error_asks_nothing_of_the_database_and_speaks_all_languages(rf: RequestFactory) -> None:
    """Without the mark that opens the database, so a query would fail this test."""
    response = errors.server_error(rf.get("/km/procedures/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "{%" not in html
    for language in LANGUAGES:
        assert f'lang="{language.tag}"' in html
        assert f'href="/{language.code}/"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", errors.MACHINE_PREFIXES)
def test_programs_get_their_errors_as_json(client: Client, prefix: str) -> None:
    response = client.get(f"{prefix}nothing-here")
    assert response.status_code == 404
    assert response.json() == {"status": 404, "error": "not found"}
