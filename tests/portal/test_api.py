"""The read-only pages API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from tests.factories.accounts import UserFactory
from tests.factories.editions import publish
from tests.factories.pages import GuidancePageFactory, SOPPageFactory

pytestmark = pytest.mark.django_db
PAGES = "/api/v2/pages/"


def titles(client: Client, **parameters: Any) -> list[str]:
    response = client.get(PAGES, {"type": "guidelines.SOPPage", **parameters})
    assert response.status_code == 200
    return sorted(item["title"] for item in response.json()["items"])


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_public_pages_are_listed(client: Client) -> None:
    SOPPageFactory(title="Return")
    assert titles(client) == ["Return"]


def test_pages_of_every_language_are_listed(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km")
    assert titles(client, locale="km") == ["ការវិលត្រឡប់"]
    assert len(titles(client)) == 2


def test_drafts_are_not_listed(client: Client) -> None:
    SOPPageFactory(live=False)
    assert titles(client) == []


def test_scheduled_pages_are_not_listed(client: Client) -> None:
    publish(SOPPageFactory(live=False), effective=timezone.localdate() + timedelta(days=2))
    assert titles(client) == []


@pytest.mark.parametrize("kind", ["login", "password"])
def test_private_pages_are_not_listed(client: Client, kind: str) -> None:
    PageViewRestriction.objects.create(page=SOPPageFactory(), restriction_type=kind, password="a boat")
    assert titles(client) == []


def test_pages_below_a_private_page_are_not_listed(client: Client) -> None:
    restrict(SOPPageFactory().get_parent())
    assert titles(client) == []


def test_private_pages_are_not_listed_to_an_editor_either(admin_client: Client) -> None:
    restrict(SOPPageFactory())
    assert titles(admin_client) == []


@pytest.mark.parametrize("hidden", ["draft", "private"])
def test_what_is_not_public_cannot_be_asked_for_by_number_or_address(client: Client, hidden: str) -> None:
    page = SOPPageFactory(title="Return", live=hidden != "draft")
    if hidden == "private":
        restrict(page)
    assert client.get(f"{PAGES}{page.pk}/").status_code == 404
    assert client.get(f"{PAGES}find/", {"id": page.pk}, follow=True).status_code == 404
    assert (
        client.get(f"{PAGES}find/", {"html_path": "/en/procedures/return/"}, follow=True).status_code == 404
    )


def test_a_draft_revision_of_a_public_page_is_not_shown(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    page.title = "Unfinished"
    page.save_revision()
    assert titles(client) == ["Return"]
    assert "Unfinished" not in client.get(f"{PAGES}{page.pk}/?fields=*").content.decode()


def test_an_unpublished_parent_is_not_named(client: Client) -> None:
    page = SOPPageFactory()
    page.get_parent().unpublish()
    assert client.get(f"{PAGES}{page.pk}/").json()["meta"]["parent"] is None


@pytest.mark.parametrize("fields", ["owner", "*,owner", "_,owner", "*"])
def test_the_owner_is_never_named(client: Client, fields: str) -> None:
    page = SOPPageFactory(owner=UserFactory(first_name="Sokha", username="sokha-the-writer"))
    for address in (PAGES, f"{PAGES}{page.pk}/"):
        text = client.get(address, {"fields": fields, "type": "guidelines.SOPPage"}).content.decode()
        assert "sokha" not in text.lower()
        assert '"owner"' not in text


def test_a_page_gives_its_public_address(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    assert (
        client.get(f"{PAGES}{page.pk}/").json()["meta"]["html_url"]
        == "http://localhost/en/procedures/return/"
    )


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    client.force_login(UserFactory(is_superuser=True))
    page = SOPPageFactory(title="Return")
    for address in (PAGES, f"{PAGES}{page.pk}/"):
        response = getattr(client, method)(address, {"title": "Changed"}, content_type="application/json")
        assert response.status_code in (403, 405)
    page.refresh_from_db()
    assert page.title == "Return"


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v2/", "/api/v3/", "/api/v3/pages/", "/api/v2/images/", "/api/v2/documents/"]
)
def test_nothing_else_is_offered(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("accepted", ["text/html", "application/json", "*/*", "application/xml"])
def test_it_answers_in_json_whatever_is_accepted(client: Client, accepted: str) -> None:
    response = client.get(PAGES, headers={"accept": accepted})
    assert response.headers["Content-Type"] in ("application/json", "application/json; charset=utf-8")


def test_its_errors_are_json(client: Client) -> None:
    response = client.get(f"{PAGES}999999/")
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("application/json")


def test_it_sets_no_cookie(client: Client) -> None:
    assert not client.get(PAGES).cookies


def test_it_costs_the_same_with_2_and_with_18_pages(client: Client) -> None:
    def cost() -> int:
        client.get(PAGES, {"type": "guidelines.SOPPage", "fields": "*"})
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGES, {"type": "guidelines.SOPPage", "fields": "*"})
        return len(captured)

    SOPPageFactory.create_batch(2)
    few = cost()
    SOPPageFactory.create_batch(16)
    assert cost() == few


def test_at_most_a_hundred_pages_are_given_at_once(client: Client) -> None:
    assert client.get(PAGES, {"limit": 101}).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "type=nothing",
        "type=accounts.User",
        "type=guidelines.SOPPage,guidelines.LawPage",
        "fields=((",
        "fields=*(*",
        "fields=nothing",
        "fields=-title,-*",
        "order=random",
        "order=nothing",
        "order=-",
        "limit=-1",
        "limit=abc",
        "offset=-1",
        "offset=99999999999999999999",
        "offset=9223372036854775807",
        "limit=99999999999999999999",
        "id=99999999999999999999",
        "id=abc",
        "child_of=abc",
        "child_of=99999999999999999999",
        "child_of=root",
        "descendant_of=0",
        "ancestor_of=x",
        "translation_of=x",
        "locale=xx",
        "locale=%00",
        "search=%00",
        "search=%22%27%28*",
        "search=%E1%9E%80%E1%9F%92",
        "search=" + "x" * 2_000,
        "search_operator=xor&search=a",
        "slug=%ff",
        "site=x",
        "site=localhost:abc",
        "format=html",
        "has_translations=1",
        "password=x",
    ],
)
def test_odd_parameters_never_break_it(client: Client, query: str) -> None:
    GuidancePageFactory()
    response = client.get(f"{PAGES}?{query}")
    assert response.status_code in (200, 400, 404)
    assert response.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "abc", "%00", "1.5"])
def test_an_odd_number_of_a_page_is_not_found(client: Client, number: str) -> None:
    assert client.get(f"{PAGES}{number}/").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "id=abc", "html_path=%00", "html_path=x", "html_path=en/x/..", "id=99999999999999999999"]
)
def test_an_odd_search_for_a_page_never_breaks_it(client: Client, query: str) -> None:
    assert client.get(f"{PAGES}find/?{query}", follow=True).status_code in (400, 404)
