"""Several programs that live and die together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from scripts.machine import ROOT, say

#: Seconds a program has to finish what it does after it was asked to stop; gunicorn's own limit is 10.
PATIENCE = 15
#: Seconds between two looks at the programs.
PAUSE = 0.2


@dataclass(frozen=True)
class Program:
    """``name`` is what messages call it."""

    name: str
    command: Sequence[str | Path]


def supervise(
    first: Program, others: Sequence[Program], variables: Mapping[str, str], port: int, ready: str
) -> int:
    """Starts ``first``, the others once it listens on ``port``, and waits.

    The others wait so that they do not compete for the processor while somebody waits for the first page.
    Returns 0 after Ctrl-C or SIGTERM, 1 where a program ended by itself; nothing is left running then.
    """
    return _Supervisor(variables).run(first, others, port, ready)


class _Supervisor:
    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = dict(variables)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = 0

    def run(self, first: Program, others: Sequence[Program], port: int, ready: str) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            self._start(first)
            waiting = list(others)
            while not self.asked_to_stop:
                if ended := self._ended():
                    name, code = ended
                    say(f"\nThe {name} ended by itself ({_outcome(code)}); stopping everything.")
                    return 1
                if waiting and _answers(port):
                    say(ready)
                    for program in waiting:
                        self._start(program)
                    waiting = []
                time.sleep(PAUSE)
            say("\nStopping.")
            return 0
        finally:
            self._stop()

    def _start(self, program: Program) -> None:
        # A session of its own: Ctrl-C then reaches only us, and each program is asked to stop once.
        self.running[program.name] = subprocess.Popen(
            [str(part) for part in program.command],
            cwd=ROOT,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _ended(self) -> tuple[str, int] | None:
        for name, process in self.running.items():
            if (code := process.poll()) is not None:
                return name, code
        return None

    def _stop(self) -> None:
        """Asks all, waits for all, and ends what does not listen or when asked a second time."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        asked_before = self.asked_to_stop
        deadline = time.monotonic() + PATIENCE
        while any(process.poll() is None for process in self.running.values()):
            if time.monotonic() > deadline or self.asked_to_stop > max(asked_before, 1):
                break
            time.sleep(PAUSE)
        for process in self.running.values():
            # The whole session: a reloading server or a web server that was killed leaves children.
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue
            process.wait()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop += 1


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _outcome(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
