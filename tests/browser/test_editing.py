"""What people at a desk do: sign in, write, submit, approve, translate."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desks import (
    Desk,
    change_password,
    entitle,
    more_actions,
    new_page,
    one_time_password,
    sign_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def add_block(page: Page, field: str) -> None:
    """A stream with one kind of block adds it at once."""
    page.locator(f"#panel-child-text-{field}-section").get_by_role(
        "button", name="Insert a block"
    ).last.click()


def test_a_one_time_password_is_changed_before_anything_else(page: Page, accounts: Path) -> None:
    password = one_time_password(accounts, "directory-manager")
    page.goto("/admin/documents/")
    sign_in(page, "directory-manager", password)
    expect(page.get_by_text("Your password was set by somebody else")).to_be_visible()
    page.goto("/admin/documents/")
    expect(page.get_by_label("Password of today")).to_be_visible()
    change_password(page, password)
    expect(page).to_have_url("/admin/documents/")


def test_an_unknown_agency_is_refused_at_its_field_and_nothing_is_lost(desk: Desk) -> None:
    editor = desk("editor")
    new_page(editor, "guidelines.SOPPage", below="guidelines.ProcedureIndexPage")
    entitle(editor, "A procedure with a slip")
    add_block(editor, "agencies")
    editor.locator("[name=agencies-0-value-key]").fill("desk")
    editor.locator("[name=agencies-0-value-name]").fill("The desk in the capital")
    editor.locator("[name=agencies-0-value-short]").fill("Desk")
    add_block(editor, "steps")
    editor.locator("[name=steps-0-value-key]").fill("trace")
    editor.locator("[name=steps-0-value-action]").fill("Find the family and visit it.")
    editor.locator("[name=steps-0-value-label]").fill("Trace")
    leads = editor.locator("[name=steps-0-value-leads]")
    leads.fill("desc")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator("[data-contentpath=leads]")).to_contain_text(
        "No agency of this page has this key. Its keys are: desk."
    )
    expect(editor.locator("[name=steps-0-value-action]")).to_have_value("Find the family and visit it.")
    leads.fill("desk")
    editor.get_by_role("button", name="Save draft").click()
    expect(
        editor.get_by_text(re.compile(r"A procedure with a slip' (created|has been updated)"))
    ).to_be_visible()


def test_the_actors_of_a_step_are_chosen_from_the_agencies_of_the_page(desk: Desk) -> None:
    editor = desk("editor")
    new_page(editor, "guidelines.SOPPage", below="guidelines.ProcedureIndexPage")
    entitle(editor, "A procedure with a choice")
    add_block(editor, "agencies")
    editor.locator("[name=agencies-0-value-key]").fill("desk")
    editor.locator("[name=agencies-0-value-short]").fill("The desk")
    add_block(editor, "steps")
    leads = editor.locator("[name=steps-0-value-leads]")
    leads.focus()
    expect(leads).to_have_attribute("list", "keys-of-agencies")
    expect(editor.locator("#keys-of-agencies option")).to_have_attribute("value", "desk")


def test_what_another_person_approves_is_what_readers_see(desk: Desk, page: Page) -> None:
    address = "/en/how-we-check-a-text/"
    editor = desk("editor")
    new_page(editor, "content.StandardPage", below="portal.HomePage")
    entitle(editor, "How we check a text")
    editor.locator("#id_introduction").fill("Two people read it.")
    more_actions(editor, "Submit to")
    expect(editor.get_by_text("submitted for moderation")).to_be_visible()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404

    reviewer = desk("safeguarding-reviewer")
    reviewer.goto("/admin/")
    reviewer.get_by_role("link", name="How we check a text").click()
    more_actions(reviewer, "Approve and Publish")
    expect(reviewer.get_by_text("'How we check a text' has been updated")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("How we check a text")
    expect(page.get_by_text("Two people read it.")).to_be_visible()


def test_a_title_without_latin_letters_asks_for_an_english_address(desk: Desk) -> None:
    editor = desk("editor")
    new_page(editor, "content.StandardPage", below="portal.HomePage")
    editor.locator("#id_title").fill("ការស្វែងរកគ្រួសារ")
    editor.get_by_role("button", name="Save draft").click()
    editor.get_by_role("tab", name="Address").click()
    expect(editor.get_by_text("Write a short English title here")).to_be_visible()
    expect(editor.locator("#id_title")).to_have_value("ការស្វែងរកគ្រួសារ")


def test_a_translator_begins_a_draft_that_nobody_reads(desk: Desk, page: Page) -> None:
    editor = desk("editor")
    new_page(editor, "content.StandardPage", below="portal.HomePage")
    entitle(editor, "Words to translate")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor).to_have_url(re.compile(r"/admin/pages/\d+/edit/$"))
    number = editor.url.split("/")[-3]

    translator = desk("translator")
    translator.goto(f"/admin/localize/submit/page/{number}/")
    translator.get_by_label("Khmer").check()
    translator.get_by_role("button", name="Submit").click()
    expect(translator.get_by_text("successfully submitted for translation into Khmer")).to_be_visible()
    answer = page.goto("/km/words-to-translate/")
    assert answer is not None
    assert answer.status == 404


def test_the_admin_speaks_khmer_to_those_who_want_it(desk: Desk) -> None:
    administrator = desk("administrator")
    administrator.goto("/admin/account/")
    administrator.get_by_label("Preferred language").select_option(label="ខ្មែរ")
    administrator.get_by_role("button", name="Save").click()
    expect(administrator.locator("html")).to_have_attribute("lang", "km")
    expect(administrator.get_by_role("link", name="ឯកសារ")).to_be_visible()


def test_the_editor_asks_nobody_else_and_nothing_in_it_is_blocked(desk: Desk, site: str) -> None:
    editor = desk("editor")
    complaints: list[str] = []
    strangers: list[str] = []
    editor.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    editor.on("pageerror", lambda error: complaints.append(str(error)))
    ours = (site, "data:", "blob:")
    editor.on("request", lambda sent: None if sent.url.startswith(ours) else strangers.append(sent.url))
    new_page(editor, "guidelines.SOPPage", below="guidelines.ProcedureIndexPage")
    entitle(editor, "A procedure to look at")
    editor.get_by_role("button", name="Toggle preview").click()
    preview = editor.frame_locator("iframe[title=Preview]").last
    expect(preview.get_by_role("heading", level=1)).to_have_text("A procedure to look at")
    editor.goto("/admin/account/", wait_until="networkidle")
    assert complaints == []
    assert strangers == []
