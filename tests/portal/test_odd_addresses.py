"""No address, method or query breaks the site, and machines are told its state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guidelines.models import ProcedureIndexPage
from tests.factories.concepts import CountryFactory
from tests.factories.pages import SOPPageFactory, section

pytestmark = pytest.mark.django_db
MACHINES = ("/hsds/", "/api/", "/health/")


# ---- Odd addresses


ODD = [
    "%00",
    "a%00b",
    "%0a",
    "%0d%0aSet-Cookie:%20a=b",
    "%20",
    "a%20b",
    "%ff",
    "%c3%28",
    "..",
    "../../etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "a//b",
    "a%2f%2fb",
    "a" * 3_000,
    "/".join("a" * 500),
    "%E1%9E%80%E1%9F%92%E1%9E%9A",
    "a%CC%81%CC%81%CC%81%CC%81",
    "%F0%9F%98%80",
    "%E2%80%AE",
    "%7F",
    "%C2%85",
    "%5B",
    "[::1",
    "a;b=c",
    "a:b",
    "%",
    "%zz",
    "'\"><script>alert(1)</script>",
    "{{7*7}}",
    "%25",
    "\\",
    "index.php",
    ".git/config",
    "1.0.pdf",
    "*",
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
@pytest.mark.parametrize(
    "before", ["/en/", "/km/procedures/", "/", "/en/corridors/", "/documents/1/", "/media/images/"]
)
def test_an_odd_address_is_not_found(client: Client, before: str, odd: str) -> None:
    SOPPageFactory()
    section(ProcedureIndexPage, "procedures", "km")
    for last in ("", "/"):
        assert client.get(f"{before}{odd}{last}", follow=True).status_code in (404, 400)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
def test_an_odd_address_of_an_image_is_not_found(
    client: Client, settings: Any, tmp_path: Path, odd: str
) -> None:
    (tmp_path / "images").mkdir()
    settings.MEDIA_ROOT = tmp_path
    assert client.get(f"/media/images/{odd}").status_code in (404, 400)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
@pytest.mark.parametrize("before", MACHINES)
def test_an_odd_address_of_a_machine_is_not_found_either(client: Client, before: str, odd: str) -> None:
    assert client.get(f"{before}{odd}").status_code in (404, 400)


def test_what_an_odd_address_holds_is_not_written_into_the_page(client: Client) -> None:
    html = client.get("/en/'\"><script>alert(1)</script>/").content.decode()
    assert "alert(1)" not in html


def test_a_request_for_no_address_is_not_found(client: Client) -> None:
    """``OPTIONS *`` is a request that HTTP knows."""
    assert client.generic("OPTIONS", "*").status_code == 404


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/en/", headers={"host": "evil.example.org"}).status_code == 400


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/en/procedures/", "/sitemap.xml", "/api/v2/pages/", "/health/live"]
)
def test_a_query_of_5000_characters_is_refused(client: Client, address: str) -> None:
    SOPPageFactory()
    assert client.get(f"{address}?q={'x' * 5_000}").status_code == 400


def test_every_filter_ticked_is_not_too_long(client: Client) -> None:
    SOPPageFactory()
    codes = [CountryFactory(code=code).code for code in ("KH", "TH", "LA", "VN", "CN", "MM", "JP", "MY")]
    assert client.get("/en/procedures/", {"country": codes * 30}).status_code == 200


@pytest.mark.parametrize("query", ["%00", "country=%00", "page=%ff", "&&&==", "country[]=KH", "=", "%E1%9E"])
def test_an_odd_query_never_breaks_a_listing(client: Client, query: str) -> None:
    SOPPageFactory()
    assert client.get(f"/en/procedures/?{query}").status_code in (200, 400)


# ---- Machines


@pytest.mark.parametrize("before", MACHINES)
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_a_machine_that_asks_for_nothing_keeps_its_status(client: Client, before: str, method: str) -> None:
    response = getattr(client, method)(f"{before}x", headers={"accept-language": "km"})
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/json")


@pytest.mark.parametrize("before", MACHINES)
def test_a_refusal_to_a_machine_is_json(client: Client, before: str) -> None:
    response = client.get(f"{before}x?{'x' * 5_000}")
    assert response.status_code in (400, 404)
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(("address", "status"), [("/health/live", "live"), ("/health/ready", "ready")])
def test_operation_is_told_the_state(client: Client, address: str, status: str) -> None:
    response = client.get(address)
    assert response.json()["status"] == status
    assert "no-store" in response.headers["Cache-Control"]


# ---- Methods


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_is_only_read(method: str) -> None:
    SOPPageFactory(title="Return")
    client = Client(enforce_csrf_checks=False)
    assert getattr(client, method)("/en/procedures/return/").status_code == 405


@pytest.mark.parametrize("address", ["/en/procedures/return/", "/en/corridors/", "/"])
def test_a_form_sent_to_a_page_from_elsewhere_is_refused_with_a_page_of_ours(address: str) -> None:
    SOPPageFactory(title="Return")
    response = Client(enforce_csrf_checks=True).post(address, {"note": "x"})
    html = response.content.decode()
    assert response.status_code in (403, 405)
    assert response.status_code == 405 or '<html lang="en"' in html
    assert "style" not in html or "homeward/css" in html


def test_a_refused_form_answers_in_the_readers_language() -> None:
    SOPPageFactory(title="Return")
    response = Client(enforce_csrf_checks=True).post("/km/", {"note": "x"})
    assert '<html lang="km"' in response.content.decode()


def test_the_head_of_a_page_can_be_asked_for(client: Client) -> None:
    SOPPageFactory(title="Return")
    assert client.head("/en/procedures/return/").status_code == 200
