"""What ``make run`` does before Django is loaded, and how its programs live and die together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

import pytest

from scripts import environment_file
from scripts.environment_file import make, port_from, read
from scripts.machine import ROOT, Fault
from scripts.starting import free_port


@pytest.fixture
def listener():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_the_secrets_are_readable_by_their_owner_only(tmp_path):
    path = tmp_path / ".run" / "environment"
    make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(read(path)["SECRET_KEY"]) >= 50


def test_the_secrets_are_made_once(tmp_path):
    path = tmp_path / "environment"
    make(path)
    first = read(path)
    make(path)
    assert read(path) == first


def test_a_line_that_cannot_be_understood_is_named(tmp_path):
    path = tmp_path / "environment"
    path.write_text("# a comment\nSECRET_KEY\n")
    with pytest.raises(Fault, match="line 2: expected NAME=value"):
        read(path)


def test_the_public_address_follows_the_port(tmp_path, monkeypatch):
    monkeypatch.setattr(environment_file, "PATH", tmp_path / "environment")
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    assert environment_file.environment(8001, "settings")["PUBLIC_URL"] == "http://127.0.0.1:8001"


def test_what_is_set_outside_wins_over_the_file(tmp_path, monkeypatch):
    path = tmp_path / "environment"
    path.write_text("ALLOWED_HOSTS=file.example\nQUICK_EXIT_URL=/away\n")
    monkeypatch.setattr(environment_file, "PATH", path)
    monkeypatch.setenv("ALLOWED_HOSTS", "outside.example")
    monkeypatch.delenv("QUICK_EXIT_URL", raising=False)
    variables = environment_file.environment(8000, "settings")
    assert (variables["ALLOWED_HOSTS"], variables["QUICK_EXIT_URL"]) == ("outside.example", "/away")


@pytest.mark.parametrize("text", ["80a", "0", "65536", "-1", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused_in_words(text):
    with pytest.raises(Fault, match="PORT must be a number"):
        port_from({"PORT": text})


def test_a_port_in_use_is_refused_in_words(listener, monkeypatch):
    monkeypatch.setenv("PORT", str(listener))
    with pytest.raises(Fault, match=f"port {listener} is already in use"):
        free_port()


#: Starts a server and a second program; each writes its number so that we can see it go.
SUPERVISED = """
import sys
from scripts.supervising import Program, supervise
import os
port = int(sys.argv[1])
listen = "import socket, time; s = socket.create_server(('127.0.0.1', %d)); time.sleep(60)" % port
server = [sys.executable, "-c", listen]
beside = [sys.executable, "-c", sys.argv[2]]
sys.exit(supervise(Program("server", server), [Program("worker", beside)], os.environ, port, "READY"))
"""


@pytest.fixture
def supervised():
    """A function that starts a server and beside it a worker that runs the given Python."""
    started = []

    def start(worker: str) -> subprocess.Popen[str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-c", SUPERVISED, str(port), worker]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=30)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_everything(supervised, number):
    process = supervised("import os, time; print(os.getpid(), flush=True); time.sleep(60)")
    assert process.stdout.readline().strip() == "READY"
    worker = int(process.stdout.readline())
    process.send_signal(number)
    assert process.wait(timeout=20) == 0
    assert not is_alive(worker)


@pytest.mark.slow
def test_when_one_program_ends_everything_stops_and_says_which(supervised):
    process = supervised("raise SystemExit(3)")
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "The worker ended by itself (exit code 3); stopping everything." in output
