"""axe finds nothing, contrast included, and nothing scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EVERYWHERE = ["/", "/service-areas/", "/service-areas/housing-care-accommodation/", "/glossary/", "/about/"]
PATHS = [
    *(f"/{language}{path}" for language in ("en", "km", "my") for path in EVERYWHERE),
    *(
        f"/{language}{path}"
        for language in ("en", "km")
        for path in (
            "/procedures/?country=KH",
            "/corridors/",
            "/corridors/th-kh/",
            "/countries/",
            "/nothing-here/",
        )
    ),
    "/en/procedures/th-kh-poipet/",
    "/en/procedures/gms-return-chain/",
    "/en/procedures/gms-return-chain/editions/",
    "/en/procedures/gms-return-chain/editions/1.0/",
    "/en/procedures/gms-return-chain/editions/9.9/",
    "/en/procedures/gms-return-chain/editions/compare/",
    "/km/service-areas/housing-care-accommodation/editions/1.0/",
    "/e/ZZZZZZ/",
    "/en/agreements/commit-mou-2004/",
    "/en/laws/int-palermo-protocol/",
    "/en/guidance/best-interests-child-friendly-procedures/",
    "/en/guidance/recommended-actions/",
    "/en/countries/thailand/",
    "/en/figures/",
    "/accounts/login/",
]


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_on_a_desk(page: Page, path: str) -> None:
    page.goto(path)
    assert violations(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_on_a_phone_at_night(browser: Browser, site: str, path: str) -> None:
    context = browser.new_context(
        base_url=site, viewport={"width": 360, "height": 740}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(path)
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_nothing_scrolls_sideways(browser: Browser, site: str, width: int) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 800})
    page = context.new_page()
    too_wide = []
    for path in PATHS:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            too_wide.append(path)
    context.close()
    assert too_wide == []


def test_the_first_tab_reaches_the_skip_link(page: Page) -> None:
    page.goto("/en/procedures/th-kh-poipet/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_a_case_study_has_no_violation_with_its_story_open(page: Page) -> None:
    page.goto("/en/case-studies/")
    page.get_by_role("main").get_by_role("article").get_by_role("link").first.click()
    for control in page.get_by_role("main").locator("details > summary").all():
        control.click()
    assert violations(page) == []
