"""Turns skipped tests into failures where nothing may be left out.

Active with HOMEWARD_REQUIRE_EVERYTHING=1, which ``make test`` sets on the machine that decides.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest


def _active() -> bool:
    return os.environ.get("HOMEWARD_REQUIRE_EVERYTHING", "") not in {"", "0"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips itself has failed; an expected failure is no skip and stays one."""
    report = yield
    if _active() and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and here nothing may be: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself while it is imported."""
    report = yield
    if _active() and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and here nothing may be: {_reason(report.longrepr)}"
    return report


def _reason(longrepr: Any) -> str:
    """pytest keeps file, line and reason of a skip; the reason is what helps."""
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)
