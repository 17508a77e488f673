"""What tests of an edition's files share."""

from __future__ import annotations

import stat
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django_tasks import default_task_backend


@pytest.fixture
def queue(settings: Any, tmp_path: Path) -> Any:
    """Tasks are noted and not run; files lie in a folder of this test."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.MEDIA_ROOT = tmp_path / "media"
    default_task_backend.clear()
    return default_task_backend


@pytest.fixture
def browser_that(settings: Any, tmp_path: Path) -> Callable[[str], None]:
    """A browser that does what a few lines of shell say. ``$TARGET`` is where its PDF belongs."""

    def pretend(lines: str) -> None:
        program = tmp_path / "browser"
        find_target = (
            'for part in "$@"; do case "$part" in --print-to-pdf=*) TARGET="${part#*=}";; esac; done'
        )
        program.write_text(f"#!/bin/sh\n{find_target}\n{textwrap.dedent(lines)}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        settings.CHROMIUM = str(program)

    return pretend
