"""The ways that readers take."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_home_to_a_checklist(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("main").get_by_role("link", name="Housing, care and accommodation").click()
    expect(page).to_have_url("/en/service-areas/housing-care-accommodation/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Housing, care and accommodation")
    expect(page.get_by_role("checkbox")).to_have_count(5)


def test_from_home_by_corridor_to_a_procedure(page: Page) -> None:
    page.goto("/en/")
    page.get_by_label("Found in").select_option("TH")
    page.get_by_label("Going home to").select_option("KH")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url("/en/corridors/th-kh/")
    page.get_by_role("main").get_by_role("link", name="Poipet").first.click()
    expect(page).to_have_url("/en/procedures/th-kh-poipet/")
    expect(page.get_by_role("heading", name="Steps at a glance")).to_be_visible()


def test_from_a_listing_to_a_case_study(page: Page) -> None:
    page.goto("/en/case-studies/")
    page.get_by_role("checkbox", name=re.compile(r"^Cambodia \d")).check()
    page.get_by_role("button", name="Show results").click()
    expect(page).to_have_url("/en/case-studies/?country=KH")
    page.get_by_role("main").get_by_role("article").get_by_role("link").first.click()
    expect(page.get_by_text("Checked by rule, not reviewed by a person").first).to_be_visible()


def test_a_step_in_the_diagram_leads_to_the_step(page: Page) -> None:
    page.goto("/en/procedures/th-kh-poipet/")
    target = page.locator("figure svg a").nth(2).get_attribute("href")
    page.locator("figure svg a").nth(2).click()
    assert page.url.endswith(str(target))
    expect(page.locator(f"[id='{str(target)[1:]}']")).to_be_in_viewport()


def test_the_language_switcher_keeps_the_page(page: Page) -> None:
    page.goto("/en/service-areas/case-management/")
    page.get_by_role("banner").locator("details summary").click()
    page.get_by_role("banner").get_by_role("link", name="ខ្មែរ").click()
    expect(page).to_have_url("/km/service-areas/case-management/")
    expect(page.locator("html")).to_have_attribute("lang", "km")


def test_the_chosen_language_is_remembered_at_the_door(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("banner").locator("details summary").click()
    page.get_by_role("banner").get_by_role("link", name="ລາວ").click()
    page.goto("/")
    expect(page).to_have_url("/lo/")


def test_a_missing_translation_leads_to_the_languages_that_exist(page: Page) -> None:
    answer = page.goto("/km/procedures/th-kh-poipet/")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("main").get_by_role("link", name="Poipet").first.click()
    expect(page).to_have_url("/en/procedures/th-kh-poipet/")


def test_leave_now_leaves_nothing_to_go_back_to(page: Page) -> None:
    page.route("https://www.bing.com/**", lambda route: route.fulfill(body="elsewhere"))
    page.goto("/en/")
    page.goto("/en/procedures/")
    page.get_by_role("link", name="Leave now").click()
    page.wait_for_url("https://www.bing.com/")
    page.go_back()
    expect(page).to_have_url("/en/")


def test_shift_three_times_leaves(page: Page) -> None:
    page.route("https://www.bing.com/**", lambda route: route.fulfill(body="elsewhere"))
    page.goto("/en/")
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.bing.com/")


def test_typing_capitals_does_not_leave(page: Page) -> None:
    page.goto("/en/")
    page.keyboard.type("ABC")
    page.wait_for_timeout(300)
    expect(page).to_have_url("/en/")


@pytest.mark.parametrize("path", ["/en/", "/en/procedures/", "/en/procedures/th-kh-poipet/", "/km/glossary/"])
def test_a_first_visit_stays_small_and_asks_nobody_else(page: Page, site: str, path: str) -> None:
    """At most 60 KB over the wire in at most 8 requests, all of them to this site."""
    sizes: list[int] = []
    addresses: list[str] = []

    def count(request: object) -> None:
        addresses.append(request.url)
        measured = request.sizes()
        sizes.append(measured["responseBodySize"] + measured["responseHeadersSize"])

    page.on("requestfinished", count)
    page.goto(path, wait_until="networkidle")
    assert len(addresses) <= 8, addresses
    assert all(address.startswith(site) for address in addresses)
    assert sum(sizes) <= 60 * 1024, sum(sizes)


def test_every_page_works_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/en/procedures/")
    plain.get_by_role("checkbox", name=re.compile(r"^Cambodia \d")).check()
    plain.get_by_role("button", name="Show results").click()
    expect(plain).to_have_url("/en/procedures/?country=KH")
    expect(plain.get_by_role("link", name="Leave now")).to_have_attribute("href", "https://www.bing.com/")
    context.close()
