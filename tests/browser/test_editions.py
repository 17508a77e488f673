"""A guideline on its way through its editions, as its editors and readers live through it."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations
from tests.browser.desks import Desk, entitle, more_actions, new_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def write_first(editor: Page, title: str, words: str) -> str:
    """A new guideline, submitted; gives the address of its form."""
    new_page(editor, "guidelines.GuidancePage", below="guidelines.GuidanceIndexPage")
    entitle(editor, title)
    editor.locator("#id_introduction").fill(words)
    editor.get_by_role("button", name="Save draft").click()
    expect(editor).to_have_url(re.compile(r"/admin/pages/\d+/edit/$"))
    form = editor.url
    submit(editor, form)
    return form


def submit(
    editor: Page, form: str, words: str = "", *, change: str = "", note: str = "", day: str = ""
) -> None:
    """Changes the words, says which edition it is, and asks for approval."""
    editor.goto(form)
    if words:
        editor.locator("#id_introduction").fill(words)
    if change:
        editor.get_by_role("tab", name="Edition").click()
        editor.locator("#id_edition_change").select_option(change)
        editor.locator("#id_change_note").fill(note)
        editor.locator("#id_effective_date").fill(day)
        editor.locator("#id_effective_date").press("Escape")
    more_actions(editor, "Submit to")
    expect(editor.get_by_text("submitted for moderation")).to_be_visible()


def press_in_header(person: Page, form: str, action: str) -> None:
    person.goto(form)
    person.get_by_role("button", name="Actions", exact=True).first.click()
    person.get_by_role("link", name=action, exact=True).click()


def approve(reviewer: Page, form: str) -> None:
    reviewer.goto(form)
    more_actions(reviewer, "Approve and Publish")
    expect(reviewer.locator(".messages .success")).to_be_visible()


def test_a_guideline_through_its_editions(desk: Desk, page: Page) -> None:
    editor, reviewer = desk("editor"), desk("safeguarding-reviewer")
    address = "/en/guidance/first-talk-with-a-returnee/"
    form = write_first(editor, "First talk with a returnee", "Sit down with the person. Listen first.")
    approve(reviewer, form)
    page.goto(address)
    expect(page.locator(".edition")).to_contain_text("1.0")

    submit(
        editor,
        form,
        "Sit down with the person. Listen first, then ask.",
        change="correction",
        note="A half sentence was missing.",
    )
    approve(reviewer, form)
    today = timezone.localdate().isoformat()
    words = "Sit down with the person, in a quiet room. Listen first, then ask."
    submit(editor, form, words, change="minor", note="Says where to sit.", day=today)
    approve(reviewer, form)
    page.goto(address)
    expect(page.locator(".edition")).to_contain_text("1.1")
    expect(page.get_by_text("in a quiet room").first).to_be_visible()

    submit(
        editor,
        form,
        "Let the person choose the room.",
        change="major",
        note="The person decides.",
        day="2099-01-01",
    )
    approve(reviewer, form)
    page.goto(address)
    expect(page.get_by_text("in a quiet room").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("2.0")

    page.goto(f"{address}editions/")
    for label in ("1.0", "1.0-2", "1.1", "2.0"):
        expect(page.locator("main")).to_contain_text(label)
    expect(page.locator("main")).to_contain_text("A half sentence was missing.")
    assert violations(page) == []

    page.goto(f"{address}editions/1.0-1/")
    expect(page.locator("main")).to_contain_text("Listen first.")
    expect(page.locator("main")).not_to_contain_text("quiet room")

    page.goto(f"{address}editions/compare/?from=1.0&to=1.1")
    expect(page.locator("ins", has_text="quiet room").first).to_be_visible()
    assert violations(page) == []


def test_nobody_approves_what_they_wrote(desk: Desk) -> None:
    editor = desk("editor")
    form = write_first(editor, "Written and approved by one", "Only one person has read this.")
    editor.goto(form)
    editor.get_by_role("button", name="More actions").click()
    expect(editor.get_by_role("button", name="Approve", exact=False)).to_have_count(0)


def test_an_edition_without_a_note_is_sent_back_to_its_field(desk: Desk) -> None:
    editor, reviewer = desk("editor"), desk("safeguarding-reviewer")
    form = write_first(editor, "A note is missing", "First words.")
    approve(reviewer, form)
    editor.goto(form)
    editor.locator("#id_introduction").fill("Second words.")
    editor.get_by_role("tab", name="Edition").click()
    editor.locator("#id_edition_change").select_option("minor")
    more_actions(editor, "Submit to")
    editor.get_by_role("tab", name="Edition").click()
    expect(editor.get_by_text("Say what changed and why: readers see it.")).to_be_visible()
    editor.get_by_role("tab", name="Text").click()
    expect(editor.locator("#id_introduction")).to_have_value("Second words.")


def test_a_withdrawn_page_stays_at_its_address_and_comes_back(desk: Desk, page: Page) -> None:
    editor, reviewer = desk("editor"), desk("safeguarding-reviewer")
    address = "/en/guidance/advice-that-is-withdrawn/"
    form = write_first(editor, "Advice that is withdrawn", "Words that will be out of use.")
    approve(reviewer, form)
    press_in_header(reviewer, form, "Withdraw")
    reviewer.get_by_label("Reason").fill("The law has changed.")
    reviewer.get_by_role("main").get_by_role("button", name="Withdraw").click()
    page.goto(address)
    expect(page.locator("main")).to_contain_text("The law has changed.")
    assert violations(page) == []
    page.goto("/en/guidance/")
    expect(page.get_by_role("link", name="Advice that is withdrawn")).to_have_count(0)

    press_in_header(reviewer, form, "Bring back into use")
    reviewer.get_by_label("Reason").fill("The old law holds again.")
    reviewer.get_by_role("main").get_by_role("button", name="Bring back").click()
    page.goto(address)
    expect(page.locator("main")).not_to_contain_text("The law has changed.")
