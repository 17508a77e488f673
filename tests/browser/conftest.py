"""A real site in a real browser: gunicorn with production's settings, the starter content, Chromium.

Nothing is shared with the tests' own database, so that what is seen here is what an installation shows.
Every module here is marked ``browser`` and of one group, so that one worker runs them all and sets the site up
once.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests.browser.desks import Desk, change_password, one_time_password, sign_in

ROOT = Path(__file__).resolve().parent.parent.parent
#: Quiet: nothing here may look anything up, and as root Chromium's sandbox cannot start.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running installation with all starter content, without a slash at its end."""
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "only-for-browser-tests-" + "0" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_URL": address,
        "DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "EMAIL_URL": "",
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "manage.py", "set_up", "--accounts", str(folder / "accounts.txt")]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=300)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{address}/health/ready")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str) -> None:
    """Raises TimeoutError where the site does not answer within half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer")


@pytest.fixture(scope="session")
def accounts(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with the one-time passwords."""
    return next(tmp_path_factory.getbasetemp().glob("site*/accounts.txt"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A reader without history, on a desk's screen."""
    fresh = browser.new_context(base_url=site, viewport=DESK, reduced_motion="reduce")
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """An old phone: 360 px wide."""
    fresh = browser.new_context(base_url=site, viewport=PHONE, reduced_motion="reduce")
    yield fresh.new_page()
    fresh.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """Who has signed in: a one-time password opens once."""
    return {}


@pytest.fixture
def desk(browser: Browser, site: str, accounts: Path, sessions: dict[str, StorageState]) -> Iterator[Desk]:
    """Gives a page on which somebody of a role is signed in, each in a browser of their own."""
    opened: list[BrowserContext] = []

    def open_for(role: str) -> Page:
        context = browser.new_context(
            base_url=site, viewport=DESK, reduced_motion="reduce", storage_state=sessions.get(role)
        )
        opened.append(context)
        page = context.new_page()
        if role not in sessions:
            password = one_time_password(accounts, role)
            page.goto("/admin/")
            sign_in(page, role, password)
            change_password(page, password)
            expect(page).to_have_url("/admin/")
            sessions[role] = context.storage_state()
        return page

    yield open_for
    for context in opened:
        context.close()


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and its best practices, in words."""
    result = Axe().run(page)
    return [
        f"{item['id']}: {item['help']} {[node['target'] for node in item['nodes']][:3]}"
        for item in result.response["violations"]
    ]
