"""``make run`` and ``make dev``: set up what changed, then start the programs of one installation."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.environment_file import PATH, environment, port_from, read
from scripts.libraries import PYTHON, install
from scripts.machine import APPS, ROOT, RUN_FOLDER, Fault, say
from scripts.supervising import Program, supervise

ACCOUNTS = RUN_FOLDER / "accounts.txt"
STAMP = RUN_FOLDER / "set_up"
#: Seconds between two looks at what is due.
TICK = "60"


def run() -> int:
    """Real use on one machine: production's settings, several web processes, worker and ticker."""
    port = free_port()
    install("production")
    variables = environment(port, "portal.settings.production")
    first_time = set_up(variables)
    web = Program("web server", [PYTHON.with_name("gunicorn"), "portal.wsgi:application"])
    return _serve(web, port, variables, first_time)


def develop() -> int:
    """Work on the code: the same programs, the server reloads and shows errors."""
    port = free_port()
    install("production")
    variables = environment(port, "portal.settings.dev")
    first_time = set_up(variables)
    web = Program("reloading server", [PYTHON, "manage.py", "runserver", f"127.0.0.1:{port}"])
    return _serve(web, port, variables, first_time)


def _serve(web: Program, port: int, variables: Mapping[str, str], first_time: bool) -> int:
    beside = [
        Program("task worker", [PYTHON, "manage.py", "db_worker"]),
        Program("ticker", [PYTHON, "manage.py", "run_periodic", "--every", TICK]),
    ]
    ready = (
        f"\nHomeward is ready: {variables['PUBLIC_URL']}  (Ctrl-C stops it)\n{_about_accounts(first_time)}"
    )
    return supervise(web, beside, variables, port, ready)


def free_port() -> int:
    """PORT, after making sure that nobody listens there; before anything slow is begun."""
    port = port_from({**(read(PATH) if PATH.exists() else {}), **os.environ})
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Fault(
                    f"port {port} is already in use on 127.0.0.1; perhaps Homeward is running. Stop what "
                    f"listens there or take another: make run PORT={port + 1 if port < 65535 else 8001}"
                ) from None
            raise Fault(
                f"port {port} cannot be used: {error.strerror}. Take another: make run PORT=8001"
            ) from None
    return port


def set_up(variables: Mapping[str, str]) -> bool:
    """Brings database, catalogs and static files up to date; whether accounts were made just now.

    Loading Django only to find that nothing changed costs seconds, so with SQLite the whole command is
    left out where no file of the project and not the database changed since it last went through.
    Only the command itself can look into a PostgreSQL database, so there it always runs.
    """
    before = ACCOUNTS.read_text() if ACCOUNTS.exists() else ""
    if STAMP.exists() and STAMP.read_text() == _state(variables):
        say("Set up: nothing changed.")
        return False
    STAMP.unlink(missing_ok=True)
    command = [str(PYTHON), "manage.py", "set_up", "--accounts", str(ACCOUNTS)]
    if subprocess.run(command, cwd=ROOT, env=dict(variables), check=False).returncode:
        raise Fault("setting up did not succeed (see above); nothing was started.")
    if not variables.get("DATABASE_URL"):
        STAMP.write_text(_state(variables))
    return ACCOUNTS.exists() and ACCOUNTS.read_text() != before


def _state(variables: Mapping[str, str]) -> str:
    """A checksum of what set-up depends on and of what it leaves behind."""
    digest = hashlib.sha256()
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "DATA_DIR", "PUBLIC_URL"):
        digest.update(f"{name}={variables.get(name, '')}\n".encode())
    for path in sorted(_project_files()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    data = ROOT / (variables.get("DATA_DIR") or "var")
    database, static = data / "homeward.sqlite3", data / "static" / "staticfiles.json"
    # A database that was put in another's place has another inode.
    digest.update(f"{database.stat().st_ino if database.exists() else None} {static.exists()}".encode())
    return digest.hexdigest()


def _project_files() -> Iterator[Path]:
    for folder in (*APPS, "templates", "locale", "locale_borrowed", "requirements"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _about_accounts(first_time: bool) -> str:
    if first_time:
        return f"\nAccounts to begin with, kept in {ACCOUNTS}:\n\n{ACCOUNTS.read_text()}"
    return f"Accounts to begin with: {ACCOUNTS}\n" if ACCOUNTS.exists() else ""
