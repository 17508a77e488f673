"""The browser as a printer: HTML in, PDF out, and nothing asked of any network.

Each print is a process of its own with an empty folder as its home, so nothing is left of one document when
the next is printed. What it may do wrong (be missing, crash, hang, write nothing) is one exception.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

#: By whichever name a system has it.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Every way out is closed twice: no name resolves, and what needs none meets a proxy on a port where nothing
#: listens, even on this machine. Services that Chromium would start by itself stay off.
OPTIONS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # containers give it 64 MB, and Chromium crashes when it is full
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--no-first-run",
    "--no-pings",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


class Failure(models.TextChoices):
    """Why there is no PDF. Kept with the file, and shown to editors."""

    MISSING = "missing", _("Chromium is not installed on the server")
    CRASHED = "crashed", _("Chromium ended with an error")
    TIMEOUT = "timeout", _("Chromium did not finish in time")
    UNREADABLE = "unreadable", _("Chromium wrote no readable PDF")


class PrintingFailed(Exception):
    """``kind`` says how."""

    def __init__(self, kind: Failure) -> None:
        super().__init__(kind.value)
        self.kind = kind


def executable() -> str | None:
    """Where Chromium is: ``settings.CHROMIUM``, else the first name that the system knows."""
    for name in [settings.CHROMIUM] if settings.CHROMIUM else NAMES:
        if found := shutil.which(name):
            return found
    return None


def print_to_pdf(html: str) -> bytes:
    """The document on paper. Blocks for a second or so. Raises PrintingFailed."""
    program = executable()
    if program is None:
        raise PrintingFailed(Failure.MISSING)
    # Chromium may still write into its folder while it is ended.
    with tempfile.TemporaryDirectory(prefix="homeward-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / "document.html", folder / "document.pdf"
        source.write_text(html, encoding="utf-8")
        command = [
            program,
            *OPTIONS,
            *_sandbox(),
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        _run(command, folder)
        pdf = target.read_bytes() if target.is_file() else b""
    _check(pdf)
    return pdf


def _sandbox() -> list[str]:
    """Chromium refuses to start its sandbox as root, and containers do not give it the means.

    What it prints is made by our own templates and runs no script; the sandbox is a second wall.
    """
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if is_root or not settings.CHROMIUM_SANDBOX else []


def _run(command: list[str], folder: Path) -> None:
    """Without our own environment, which holds secrets. Raises PrintingFailed; leaves no process behind."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a group of its own: its helpers end with it
        )
    except OSError as error:
        raise PrintingFailed(Failure.CRASHED) from error
    try:
        code = process.wait(settings.CHROMIUM_TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise PrintingFailed(Failure.TIMEOUT) from error
    finally:
        _end(process)
    if code != 0:
        raise PrintingFailed(Failure.CRASHED)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the browser and every process that it started, however we leave."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
    finally:
        process.wait()


def _check(pdf: bytes) -> None:
    """Raises PrintingFailed for what no reader could open."""
    try:
        readable = pdf.startswith(b"%PDF-") and len(PdfReader(BytesIO(pdf)).pages) > 0
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise PrintingFailed(Failure.UNREADABLE) from error
    if not readable:
        raise PrintingFailed(Failure.UNREADABLE)
