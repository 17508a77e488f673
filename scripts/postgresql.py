"""A PostgreSQL server of our own for the tests: in a temporary folder, without a port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from scripts.machine import Fault, say

#: Nothing in a test's database is worth a wait for the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=50")
USER = "homeward"


def binaries() -> Path | None:
    """The folder of the newest server's programs; Debian keeps them off the PATH."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """The DATABASE_URL of a new server, which is stopped and deleted at the end.

    It listens on a socket in a folder that only its owner can enter, so no other account of the machine
    reaches it and no port has to be free. PostgreSQL refuses to run as root: then another account owns it.
    """
    # Not TMPDIR: a socket's path may have no more than about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="homeward-postgresql-", dir="/tmp"))
    owner = _owner()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    try:
        _make(
            owner,
            [
                *(programs / "initdb", "--pgdata", data, "--username", USER, "--auth", "trust"),
                *("--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"),
            ],
            folder,
        )
        options = [part for setting in FAST for part in ("-c", setting)]
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, "-h", "", *options],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=(folder / "log").open("wb"),
            start_new_session=True,  # Ctrl-C is for the tests; the server is stopped after them
            user=owner and owner.pw_uid,
            group=owner and owner.pw_gid,
            extra_groups=owner and [owner.pw_gid],
        )
        try:
            _wait(programs, folder, process)
            yield f"postgres://{USER}@{quote(str(folder), safe='')}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # stops without waiting for clients to leave
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Who shall own the server; None for ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Fault("PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' to run it.")


def _make(owner: pwd.struct_passwd | None, command: Sequence[str | Path], folder: Path) -> None:
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        user=owner and owner.pw_uid,
        group=owner and owner.pw_gid,
        extra_groups=owner and [owner.pw_gid],
    )
    if result.returncode:
        raise Fault(f"a PostgreSQL server could not be made:\n{result.stdout}{result.stderr}")


def _wait(programs: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers; raises Fault with its log where it ends or takes more than half a minute."""
    ready: list[str | Path] = [programs / "pg_isready", "--quiet", "--host", folder, "--username", USER]
    for _ in range(150):
        if process.poll() is not None:
            break
        if subprocess.run(ready, check=False).returncode == 0:
            say(f"PostgreSQL runs in {folder} for the time of the tests.")
            return
        time.sleep(0.2)
    raise Fault(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
