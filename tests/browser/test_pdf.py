"""The PDF of an edition, asked for over the network as readers do, made by the real worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT, violations
from tests.editions.pdf_text import letters_of, without_spaces

#: Starter checklists, and a sentence of each.
CHECKLIST = "service-areas/administrative-support/editions/1.0.pdf"
SENTENCES = {
    "km": "ធ្វើយ៉ាងណាឱ្យសាមីខ្លួនទទួលបានឯកសារទាំងអស់ដែលត្រូវការ។",
    "my": "ထိုသူ လိုအပ်သော စာရွက်စာတမ်းအားလုံး ရရှိစေပါ။",
}


@pytest.fixture(scope="module")
def worker(site: str, accounts: Path) -> Iterator[None]:
    """Background tasks of the running site."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "only-for-browser-tests-" + "0" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_URL": site,
        "DATA_DIR": str(accounts.parent),
        "DATABASE_URL": "",
        "EMAIL_URL": "",
        "CHROMIUM": "",
    }
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield
    process.terminate()
    process.wait(timeout=60)


def ask(address: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def wait_for(address: str) -> tuple[Message, bytes]:
    """Asks again as the answer says, but more often. Raises TimeoutError after three minutes."""
    until = time.monotonic() + 180
    while time.monotonic() < until:
        status, headers, content = ask(address)
        if status == 200:
            return headers, content
        assert status == 503, address
        assert headers["Retry-After"]
        time.sleep(1)
    raise TimeoutError(address)


@pytest.mark.parametrize("language", SENTENCES)
def test_the_file_holds_the_exact_sentence(site: str, worker: None, language: str) -> None:
    headers, content = wait_for(f"{site}/{language}/{CHECKLIST}")
    assert headers["Content-Type"] == "application/pdf"
    assert without_spaces(SENTENCES[language]) in letters_of(content)


def test_whoever_asks_first_is_told_to_come_back(site: str, page: Page) -> None:
    page.goto(f"{site}/en/guidance/")
    first = page.locator("main .cards a, main .rows a").first.get_attribute("href") or ""
    answer = page.goto(f"{site}{first}editions/1.0.pdf")
    assert answer is not None
    assert answer.status == 503
    assert page.get_by_role("heading", level=1).inner_text() == "The PDF file is being made"
    assert violations(page) == []
