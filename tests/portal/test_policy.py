"""What every answer says to a browser: the content security policy, other headers, and no cookie."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from tests.factories.accounts import UserFactory
from tests.factories.concepts import CorridorFactory, CountryFactory, SourceDocumentFactory
from tests.factories.pages import (
    AgreementPageFactory,
    CaseStudyPageFactory,
    ChecklistPageFactory,
    CountryPageFactory,
    GlossaryPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    StandardPageFactory,
    TermFactory,
    sop_steps,
)

PUBLIC_POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'self'"},
    "base-uri": {"'none'"},
}
#: What makes a browser fetch something by itself. A link is followed by a person only.
FETCHES = {
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src", "formaction"),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
#: Links of the head that a browser does not fetch.
NAMED_ONLY = {"alternate", "canonical"}


class Reader(HTMLParser):
    """Collects what a page would run, draw or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.fetched: list[str] = []
        self.inputs: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.inline += [value for value in given.values() if value.strip().lower().startswith("javascript:")]
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.inline.append("refresh")
        if tag in ("input", "textarea", "select"):
            self.inputs.append(given.get("name", ""))
        if tag == "link" and given.get("rel") in NAMED_ONLY:
            return
        self.fetched += [given[name] for name in FETCHES.get(tag, ()) if given.get(name)]


def policy(response: Any) -> dict[str, set[str]]:
    """The directives, in no order."""
    directives = {}
    for directive in response.headers["Content-Security-Policy"].split(";"):
        name, *values = directive.split()
        directives[name] = set(values)
    return directives


@pytest.fixture
def addresses(db: None) -> list[str]:
    """One of everything that a reader can open, and three errors."""
    corridor = CorridorFactory()
    figure = {
        "title": "Returns",
        "columns": "Year | Persons",
        "rows": "2004 | 151\n2005 | 186",
        "chart_label": 1,
        "chart_value": 2,
    }
    pages = [
        SOPPageFactory(
            corridors=[corridor],
            tags=["one"],
            sources=[
                {"type": "source", "value": {"document": SourceDocumentFactory().pk, "where": "Page 1"}}
            ],
            body=[
                {"type": "heading", "value": {"text": "Before", "level": "2"}},
                {"type": "paragraph", "value": "<p>Ask <b>first</b>.</p>"},
                {"type": "note", "value": {"kind": "child", "heading": "Child", "text": "<p>Ask.</p>"}},
                {"type": "figure", "value": figure},
            ],
            **sop_steps(12),
        ),
        ChecklistPageFactory(items=[{"type": "item", "value": {"text": "Ask", "guidance": "How"}}]),
        AgreementPageFactory(corridors=[corridor]),
        LawPageFactory(),
        GuidancePageFactory(),
        CaseStudyPageFactory(),
        CountryPageFactory(country=CountryFactory(code="TH"), figures=[{"type": "figure", "value": figure}]),
        StandardPageFactory(),
        GlossaryPageFactory(),
    ]
    TermFactory()
    listed = {page.get_parent().specific.get_url() for page in pages}
    return [
        *(page.get_url() for page in pages),
        *sorted(listed),
        "/km/",
        "/en/corridors/",
        "/en/corridors/th-kh/",
        "/en/procedures/?corridor=TH-KH",
        "/en/procedures/?corridor=nowhere",
        "/en/nothing/",
        "/fr/",
    ]


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def test_every_public_answer_carries_one_constant_policy(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        assert policy(client.get(address)) == PUBLIC_POLICY, address


def test_no_public_page_holds_an_inline_script_style_or_handler(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        assert read(client.get(address).content.decode()).inline == [], address


def test_no_public_page_makes_a_browser_ask_another_host(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        fetched = read(client.get(address).content.decode()).fetched
        assert fetched
        assert not [one for one in fetched if not one.startswith("/") or one.startswith("//")], address


def test_no_public_page_holds_a_form_token(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        assert "csrfmiddlewaretoken" not in read(client.get(address).content.decode()).inputs, address


def test_a_reader_gets_no_cookie(client: Client, addresses: list[str]) -> None:
    for address in ("/", *addresses, "/sitemap.xml", "/robots.txt", "/health/live", "/api/v2/pages/"):
        assert not client.get(address).cookies, address


def test_a_page_is_the_same_for_every_cookie(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        if not address.startswith("/fr/"):
            assert "Cookie" not in client.get(address).headers.get("Vary", ""), address


def test_an_answer_in_no_language_varies_by_what_decides_its_language(client: Client, db: None) -> None:
    assert {"Accept-Language", "Cookie"} <= set(client.get("/fr/").headers["Vary"].split(", "))


def test_a_page_below_a_language_varies_by_no_language(client: Client, db: None) -> None:
    assert "Accept-Language" not in client.get("/en/").headers.get("Vary", "")


def test_every_answer_tells_nothing_to_other_sites(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        headers = client.get(address).headers
        assert headers["Referrer-Policy"] == "same-origin", address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["X-Frame-Options"] == "SAMEORIGIN", address
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address


def test_no_answer_names_the_software(client: Client, db: None) -> None:
    assert not {"Server", "X-Powered-By"} & set(client.get("/en/").headers)


@pytest.mark.parametrize("signed_in", [True, False])
def test_editors_pages_carry_their_own_policy(client: Client, db: None, signed_in: bool) -> None:
    if signed_in:
        client.force_login(UserFactory(is_superuser=True))
    directives = policy(client.get("/admin/"))
    assert directives["script-src"] == directives["style-src"] == {"'self'", "'unsafe-inline'"}
    assert directives["default-src"] == directives["base-uri"] == {"'none'"}
    assert not [one for values in directives.values() for one in values if "http" in one or "*" in one]


def test_a_public_page_carries_the_public_policy_for_an_editor_too(
    client: Client, addresses: list[str]
) -> None:
    client.force_login(UserFactory(is_superuser=True))
    for address in addresses:
        assert policy(client.get(address)) == PUBLIC_POLICY, address


def test_editors_pages_make_a_browser_ask_no_other_host(client: Client, db: None) -> None:
    client.force_login(UserFactory(is_superuser=True))
    fetched = read(client.get("/admin/").content.decode()).fetched
    assert fetched
    assert not [one for one in fetched if one.startswith(("http:", "https:", "//"))]


def test_robots_are_sent_to_the_sitemap_and_kept_from_the_desk(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Sitemap: http://localhost/sitemap.xml",
    ]
