"""Pandoc, as it comes in the package ``pypandoc_binary``: a program of its own, run in a closed room.

It gets a file in an empty folder and answers on its output. ``--sandbox`` keeps it from reading or
fetching anything that the command line does not name, its memory is limited, and after some seconds it
is ended with everything it started.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path

#: Seconds. A document of several hundred pages takes about three.
LONGEST = 20
#: Of Haskell's heap: a document that needs more is no procedure.
MOST_MEMORY = "600M"


class ConversionFailed(Exception):
    """``kind`` is one word for what went wrong: ``missing``, ``slow`` or ``refused``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def binary() -> Path:
    """The program inside the package; one that is installed elsewhere is never used."""
    name = "pandoc.exe" if os.name == "nt" else "pandoc"
    return Path(str(files("pypandoc").joinpath("files", name)))


def convert(given: bytes, *, read: str, write: str, options: tuple[str, ...] = ()) -> bytes:
    """The document in another format. Raises ConversionFailed."""
    with tempfile.TemporaryDirectory(prefix="word-") as room:
        source = Path(room) / "source"
        result = Path(room) / "result"
        source.write_bytes(given)
        command = [
            *(str(binary()), "+RTS", f"-M{MOST_MEMORY}", "-RTS", "--sandbox", f"--data-dir={room}"),
            *("--from", read, "--to", write, "--output", str(result), *options, str(source)),
        ]
        _run(command, room)
        return result.read_bytes()


def _run(command: list[str], room: str) -> None:
    try:
        process = subprocess.Popen(
            command,
            cwd=room,
            env={"HOME": room, "LANG": "C.UTF-8", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise ConversionFailed("missing") from error
    try:
        code = process.wait(timeout=LONGEST)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise ConversionFailed("slow") from error
    if code != 0:
        raise ConversionFailed("refused")
