"""What people at a desk press: signing in, writing, submitting, approving."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

NEW_PASSWORD = "three calm herons walk home"

#: Gives a page on which somebody of a role is signed in.
Desk = Callable[[str], Page]


def one_time_password(accounts: Path, role: str) -> str:
    return dict(line.split() for line in accounts.read_text().splitlines() if line.strip())[role]


def sign_in(page: Page, role: str, password: str) -> None:
    page.get_by_label("Username or e-mail").fill(role)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def change_password(page: Page, old: str) -> None:
    page.get_by_label("Password of today").fill(old)
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New password again").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()


def new_page(page: Page, kind: str, *, below: str) -> None:
    """Opens the form of a new page of a kind, below the English page of another."""
    found = page.request.get(f"/api/v2/pages/?type={below}&locale=en").json()["items"]
    page.goto(f"/admin/pages/add/{kind.replace('.', '/').lower()}/{found[0]['id']}/")


def entitle(page: Page, title: str) -> None:
    """Writes a title and waits until the script of the form has made the address from it."""
    page.locator("#id_title").fill(title)
    page.locator("#id_title").blur()
    expect(page.locator("#id_slug")).to_have_value(title.lower().replace(" ", "-"))


def more_actions(page: Page, action: str) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=action, exact=False).first.click()
