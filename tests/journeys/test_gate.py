"""Whoever opens connections and says nothing keeps nobody else out, also where hardly any file may be open."""

import resource
import shutil
import socket
import subprocess
import sys
import time

import pytest

from tests.rooms import Room

pytestmark = pytest.mark.journey


@pytest.fixture
def narrow(prepared, tmp_path, monkeypatch):
    """A server that may open 256 files."""
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    room = Room(tmp_path / "data", people, meeting, worker=False)
    real = subprocess.Popen

    def limited(*args, **options):
        bound = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))  # noqa: E731
        return real(*args, preexec_fn=bound, **options)

    monkeypatch.setattr(subprocess, "Popen", limited)
    room.start()
    monkeypatch.undo()
    yield room
    room.kill()


def silent(room, count: int, says: bytes = b"") -> list[socket.socket]:
    """Connections that begin a request and never finish it."""
    found = []
    for _ in range(count):
        line = socket.create_connection(("127.0.0.1", room.port), timeout=45)
        line.setblocking(False)
        if says:
            line.send(says)
        found.append(line)
    return found


def gone(lines) -> int:
    """How many the server has closed."""
    count = 0
    for line in lines:
        try:
            count += line.recv(1000) == b""
        except BlockingIOError:
            pass
        except OSError:
            count += 1
    return count


HALF_A_BODY = (
    b"POST /api/session HTTP/1.1\r\nHost: x\r\nX-Meetingroom: 1\r\nContent-Type: application/json\r\n"
    b"Content-Length: 100\r\n\r\n{"
)


@pytest.mark.parametrize("says", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", HALF_A_BODY])
def test_a_server_with_few_files_answers_while_hundreds_say_nothing(narrow, says):
    em = narrow.person("em").connect()
    crowd = silent(narrow, 600, says)
    for _ in range(5):
        assert em.get("/healthz").status_code == 200
    assert em.get("/readyz").json()["limited"] is not None
    narrow.person("an").does("open_meeting")
    em.until(lambda view: view["meeting"]["status"] == "live")
    em.wait(lambda: gone(crowd) == 600, timeout=60)
    em.leave()
    for line in crowd:
        line.close()


def test_three_thousand_half_requests_do_not_stay(room):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    em = room.person("em").connect()
    crowd = silent(room, 1500, HALF_A_BODY) + silent(room, 1500, b"GET / HTTP/1.1\r\nHost: x\r\n")
    assert em.get("/healthz").status_code == 200
    began = time.monotonic()
    em.wait(lambda: gone(crowd) == 3000, timeout=60)
    assert time.monotonic() - began < 45
    room.person("an").does("open_meeting")
    em.until(lambda view: view["meeting"]["status"] == "live")
    em.leave()
    for line in crowd:
        line.close()


def test_a_process_that_lets_nobody_in_any_more_ends(tmp_path):
    """The listening socket is taken away from under it."""
    run = subprocess.run(
        [sys.executable, "-c", DEAF, str(tmp_path / "data")], capture_output=True, text=True, timeout=90, check=False
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert "nobody can connect any more" in run.stderr


DEAF = """
import socket, sys
import run
run.patch()
import eventlet
from meetingroom.ops import listening
from tests.rooms import free_port
made = listening.open_listener
def listener(settings):
    found = made(settings)
    eventlet.spawn_after(3, lambda: found.shutdown(socket.SHUT_RDWR))
    return found
listening.open_listener = listener
sys.exit(run.main(["serve", "--no-worker", "--data", sys.argv[1], "--port", str(free_port())]))
"""
