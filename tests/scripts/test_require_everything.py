"""The pytest plugin that lets nothing be left out on the machine that decides."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

SKIPPING = """
import pytest

def test_skips_itself():
    pytest.skip("no Chromium")

def test_passes():
    pass

@pytest.mark.xfail(reason="known", strict=True)
def test_is_known_to_fail():
    assert False
"""
OPTIONS = ("-p", "tests.plugins.require_everything", "-p", "no:django", "-p", "no:randomly", "-p", "no:xdist")


@pytest.fixture
def outcomes(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    """A function that runs one test file with HOMEWARD_REQUIRE_EVERYTHING set so, and counts outcomes."""

    def run(everything: str, file: str = SKIPPING) -> dict[str, int]:
        monkeypatch.setenv("HOMEWARD_REQUIRE_EVERYTHING", everything)
        pytester.makepyfile(file)
        return pytester.runpytest_inprocess(*OPTIONS).parseoutcomes()

    return run


def test_a_skipped_test_fails(outcomes):
    assert outcomes("1") == {"failed": 1, "passed": 1, "xfailed": 1}


def test_elsewhere_a_test_may_skip_itself(outcomes):
    assert outcomes("0") == {"skipped": 1, "passed": 1, "xfailed": 1}


def test_a_file_that_skips_itself_is_an_error(outcomes):
    file = 'import pytest\npytest.skip("no server", allow_module_level=True)\n'
    assert outcomes("1", file) == {"errors": 1}
