"""What production reads from its environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from portal.settings.environment import VARIABLES

COMPLETE = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "example.org"}


def load_production(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Imports production's settings in a process of its own, with only these variables of ours."""
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings.production"],
        cwd=settings.BASE_DIR,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without(name):
    result = load_production({key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert f"{name} is not set. It is needed because it" in last_line


def test_production_starts_with_the_two_that_have_no_default():
    result = load_production(COMPLETE)
    assert (result.returncode, result.stderr) == (0, "")


def test_an_address_of_mail_that_cannot_be_understood_stops_production():
    result = load_production({**COMPLETE, "EMAIL_URL": "mail.example.org"})
    assert result.returncode != 0
    assert "EMAIL_URL must look like" in result.stderr


def test_the_readme_lists_every_variable_with_its_default():
    readme = (settings.BASE_DIR / "README.md").read_text()
    rows = dict(re.findall(r"^\| *`([A-Z_]+)` *\|([^|\n]*)\|", readme, re.MULTILINE))
    assert list(rows) == list(VARIABLES)
    for name, variable in VARIABLES.items():
        if variable.default:
            assert f"`{variable.default}`" in rows[name], f"README.md gives {name} another default"
