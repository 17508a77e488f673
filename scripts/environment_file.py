"""``.run/environment``: the secrets of this one installation, made at the first start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from scripts.machine import RUN_FOLDER, Fault, say

PATH = RUN_FOLDER / "environment"


def environment(port: int, settings: str) -> dict[str, str]:
    """The variables that the programs we start are given, on top of the ones we were given.

    What is set outside wins over the file; the file wins over what follows from the port.
    """
    make(PATH)
    return {
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        **read(PATH),
        **{name: value for name, value in os.environ.items() if value},
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONUNBUFFERED": "1",
    }


def make(path: Path) -> None:
    """Writes the file once, readable by its owner only; never changes one that is there."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(
            "# Made by 'make run' for this installation. Keep it secret and keep it:\n"
            "# a new SECRET_KEY signs everybody out. README.md lists what else may stand here.\n"
            f"SECRET_KEY={secrets.token_urlsafe(50)}\n"
            "ALLOWED_HOSTS=127.0.0.1,localhost,[::1]\n"
        )
    say(f"Made {path} with a new secret key.")


def read(path: Path) -> dict[str, str]:
    """NAME=value lines; empty lines and lines that begin with # mean nothing."""
    values = {}
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise Fault(f"{path}, line {number}: expected NAME=value.")
        values[name.strip()] = value.strip()
    return values


def port_from(variables: Mapping[str, str]) -> int:
    """PORT as a number; raises Fault for what no server can listen on."""
    text = variables.get("PORT", "").strip() or "8000"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Fault(f"PORT must be a number from 1 to 65535, not {text!r}: make run PORT=8001")
    return int(text)
