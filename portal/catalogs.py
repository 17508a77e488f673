"""Compiles the interface's catalogs without gettext, which a small office's machine does not have."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib
from django.conf import settings


def compile_catalogs(folders: Iterable[str | Path] | None = None) -> tuple[int, int]:
    """Writes a ``.mo`` beside every ``.po`` in the folders; returns how many were compiled and unchanged.

    Without folders: those of LOCALE_PATHS. Fuzzy and empty messages are left out, as msgfmt leaves them
    out. Raises OSError, with the place, for a catalog that cannot be read as one.
    """
    compiled = unchanged = 0
    for folder in settings.LOCALE_PATHS if folders is None else folders:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            if _is_current(source):
                unchanged += 1
            else:
                _compile(source)
                compiled += 1
    return compiled, unchanged


def _is_current(source: Path) -> bool:
    """A compiled catalog carries its source's time, so one older than before is noticed as well."""
    target = source.with_suffix(".mo")
    return target.exists() and target.stat().st_mtime_ns == source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    """Written beside and then moved: test processes and web processes may read at the same time."""
    time = source.stat().st_mtime_ns
    content = polib.pofile(str(source)).to_binary()
    descriptor, name = tempfile.mkstemp(dir=source.parent, suffix=".mo.new")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    written = Path(name)
    written.chmod(0o644)
    os.utime(written, ns=(time, time))
    written.replace(source.with_suffix(".mo"))
