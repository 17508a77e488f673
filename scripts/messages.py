"""The interface's messages: collected into ``locale/``, and compared with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from scripts.machine import APPS, ROOT, Fault, say

#: Folder names, as Django spells a locale. English is what the code is written in and needs no catalog.
LOCALES = ("km", "lo", "my", "th", "vi", "zh_Hans")

#: A new catalog begins with this: gettext's own header cannot be loaded, because its plural rule is a gap to
#: be filled in. None of the six languages changes a word for the plural.
HEADER = """# Homeward's interface.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


def collect() -> int:
    """``make messages``: every message of code and templates stands in every catalog afterwards."""
    from scripts.libraries import install

    if not shutil.which("xgettext"):
        raise Fault("gettext is missing (Debian: apt-get install gettext).")
    _collect(install("production"), ROOT)
    say("locale/ holds all messages. New ones are empty or fuzzy until somebody translates them.")
    return 0


def difference(python: Path) -> str:
    """Which catalogs ``make messages`` would change; tried on a copy, so that nothing here is touched."""
    with tempfile.TemporaryDirectory(prefix="homeward-messages-") as folder:
        copy = Path(folder)
        for name in (*APPS, "templates", "locale"):
            if (ROOT / name).is_dir():
                shutil.copytree(
                    ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo")
                )
        shutil.copy(ROOT / "manage.py", copy)
        _collect(python, copy)
        changed = []
        for locale in LOCALES:
            path = Path("locale") / locale / "LC_MESSAGES" / "django.po"
            before = (ROOT / path).read_text() if (ROOT / path).exists() else ""
            if _without_date(before) != _without_date((copy / path).read_text()):
                changed.append(str(path))
    return f"run make messages and translate what is new: {', '.join(changed)}" if changed else ""


def _collect(python: Path, folder: Path) -> None:
    """With files but no line numbers, which would change each catalog with every line that moves."""
    for locale in LOCALES:
        catalog = folder / "locale" / locale / "LC_MESSAGES" / "django.po"
        if not catalog.exists():
            catalog.parent.mkdir(parents=True, exist_ok=True)
            catalog.write_text(HEADER.format(language=locale))
    command = [str(python), "manage.py", "makemessages", "--add-location=file", "--no-wrap"]
    for locale in LOCALES:
        command += ["--locale", locale]
    for ignored in ("tests", "var", "scripts"):
        command += ["--ignore", ignored]
    result = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise Fault(f"the messages could not be collected:\n{result.stdout}{result.stderr}")


def _without_date(catalog: str) -> str:
    return "\n".join(line for line in catalog.splitlines() if not line.startswith('"POT-Creation-Date:'))
