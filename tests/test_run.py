"""The command line, with real processes: it starts, says in one line what hinders it, ends with all it started."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from meetingroom import database, disk
from meetingroom.config import Settings
from meetingroom.ops import banner, data_folder, listening
from meetingroom.ops.startup_errors import StartupError
from meetingroom.ops.worker_process import Worker
from tests.command_line import ROOT, RUN, children, environ, one_line, run


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(data: Path, command: str = "serve", **environment):
    """A real server on a free port; gives the process and its port once it answers."""
    port = free_port()
    line = [*RUN, command, "--data", str(data), "--port", str(port)]
    with (data.parent / "output.txt").open("w+") as output:
        process = subprocess.Popen(line, stdout=output, stderr=subprocess.STDOUT, env=environ(environment))
        try:
            wait_for(lambda: answers(port) or process.poll() is not None, "the server did not start", 90)
            yield process, port
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def answers(port: int) -> bool:
    try:
        return get(port, "/healthz")[0] == 200
    except OSError:
        return False


def get(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=45) as answer:
        return answer.status, answer.read().decode()


def wait_for(true, complaint: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


# The server


@pytest.mark.journey
@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_server_starts_from_nothing_and_ends_with_its_worker(tmp_path, mode):
    with serving(tmp_path / "data", MEETINGROOM_ASYNC_MODE=mode) as (process, port):
        assert get(port, "/first")[0] == 200
        text = (tmp_path / "output.txt").read_text()
        assert f"http://localhost:{port}" in text
        assert re.search(r"Code\s+\w{4}-\w{4}-\w{4}-\w{4}", text)
        wait_for(lambda: children(process.pid), "no worker")
        worker = children(process.pid)[0]
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        wait_for(lambda: not alive(worker), "the worker goes on without its server")


@pytest.mark.journey
def test_a_worker_that_dies_is_started_again(tmp_path):
    with serving(tmp_path / "data") as (process, port):
        wait_for(lambda: children(process.pid), "no worker")
        first = children(process.pid)[0]
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: any(pid != first and alive(pid) for pid in children(process.pid)), "no second worker")
        assert get(port, "/sign-in")[0] == 200


@pytest.mark.journey
def test_a_killed_server_leaves_no_worker_and_no_lock(tmp_path):
    with serving(tmp_path / "data") as (process, _):
        wait_for(lambda: children(process.pid), "no worker")
        worker = children(process.pid)[0]
        process.kill()
        wait_for(lambda: not alive(worker), "the worker goes on without its server")
    with serving(tmp_path / "data") as (_, port):
        assert get(port, "/sign-in")[0] == 200


@pytest.mark.journey
def test_a_second_server_on_the_same_data_is_refused(tmp_path):
    with serving(tmp_path / "data") as (process, port):
        line = one_line(run("serve", "--data", tmp_path / "data", "--port", free_port()))
        assert f"pid {process.pid}, port {port}" in line


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_port_that_is_taken_is_named_with_the_next_one(tmp_path, mode):
    with closing(socket.create_server(("0.0.0.0", 0))) as other:
        port = other.getsockname()[1]
        line = one_line(run("serve", "--data", tmp_path, "--port", port, MEETINGROOM_ASYNC_MODE=mode))
    assert str(port) in line
    assert f"PORT={port + 1}" in line


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_what_is_no_port_is_refused(tmp_path, port):
    assert "PORT" in one_line(run("serve", "--data", tmp_path, PORT=port))


def test_a_negative_number_of_days_is_refused(tmp_path):
    assert "-3 < 0" in one_line(run("serve", "--data", tmp_path, MEETINGROOM_MARKS_DAYS="-3"))


def test_data_of_a_newer_version_is_left_alone(tmp_path):
    path = tmp_path / "meetingroom.db"
    database.prepare(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('meetingroom', '999', '')")
        db.commit()
    before = path.read_bytes()
    assert "newer version" in one_line(run("serve", "--data", tmp_path, "--port", free_port()))
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_points_to_the_backup(tmp_path):
    (tmp_path / "meetingroom.db").write_bytes(b"This is a letter, not a database. " * 100)
    assert "run.py restore" in one_line(run("serve", "--data", tmp_path, "--port", free_port()))


def test_a_database_with_torn_pages_is_told_before_anybody_comes_in(tmp_path):
    path = tmp_path / "meetingroom.db"
    database.prepare(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        pages, size = db.execute("pragma page_count").fetchone()[0], db.execute("pragma page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek(size * (pages // 2))
        file.write(b"torn" * (size // 2))
    assert "run.py restore" in one_line(run("serve", "--data", tmp_path, "--port", free_port()))


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "letter").write_text("x")
    assert "DATA=" in one_line(run("serve", "--data", tmp_path / "letter", "--port", free_port()))


def test_a_full_disk_is_told_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 199 * 1024 * 1024}))
    with pytest.raises(StartupError, match="nearly full"):
        data_folder.prepare_folder(Settings(data=tmp_path))


def test_an_old_python_is_told_which_it_takes():
    """No old Python is at hand everywhere, so: nothing before the check may need a new one."""
    lines = (ROOT / "run.py").read_text("utf-8")
    head, _, _rest = lines.partition("    sys.exit(1)\n")
    assert "sys.version_info < (3, 11)" in head
    assert set(re.findall(r"^(?:import|from) (\w+)", head, re.MULTILINE)) == {"sys"}
    # The whole file is parsed before its first line runs: it holds nothing that Python 2.7 cannot read.
    assert not re.search(r"\bf[\"']|:=|\bmatch \w+:|\) -> |: (?:str|int|list)\b|\bnonlocal\b|print\(", lines)


@pytest.mark.parametrize("old", ["python2.7", "python3.6", "python3.8", "python3.9", "python3.10"])
def test_old_pythons_that_are_at_hand_say_it_themselves(old):
    try:
        done = subprocess.run([old, str(ROOT / "run.py"), "serve"], capture_output=True, timeout=60, check=False)
    except FileNotFoundError:
        pytest.skip(f"no {old} here")
    if b"pyenv" in done.stderr:
        pytest.skip(f"no {old} here")
    assert done.returncode == 1
    assert b"Python 3.11" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_library_points_to_make_run(tmp_path):
    done = subprocess.run(
        [sys.executable, "-S", str(ROOT / "run.py"), "serve"], capture_output=True, text=True, timeout=60, check=False
    )
    assert "make run" in one_line(done)


def test_the_listening_socket_is_ours_alone_and_in_no_hurry_to_merge_packets():
    with closing(listening.open_listener(Settings(port=free_port(), host="127.0.0.1"))) as found:
        assert found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not found.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT)
        with pytest.raises(StartupError):
            listening.open_listener(Settings(port=found.getsockname()[1], host="127.0.0.1"))


def test_addresses_are_those_of_the_network_not_of_this_machine():
    assert "127.0.0.1" not in listening.list_addresses("0.0.0.0")
    assert listening.list_addresses("127.0.0.1") == []
    assert listening.list_addresses("10.1.2.3") == ["10.1.2.3"]
    assert banner.where(Settings(host="::1", port=80)) == ["http://localhost:80"]


def test_links_of_the_terminal_say_the_address_that_people_type():
    behind_nginx = Settings(host="127.0.0.1", port=8000, address="https://Hop.example.gov.vn/")
    assert banner.where(behind_nginx) == ["https://hop.example.gov.vn", "http://localhost:8000"]
    assert "https://hop.example.gov.vn/first?code=abcd" in banner.first_visit(behind_nginx, "abcd").split()
    assert "In the network    https://hop.example.gov.vn" in banner.banner(behind_nginx)


def test_a_worker_that_fails_at_once_is_not_started_in_a_hurry(tmp_path):
    worker = Worker([sys.executable, "-c", f"open({str(tmp_path / 'starts')!r}, 'a').write('x')"])
    began = time.monotonic()
    while time.monotonic() - began < 2.5:
        worker.look()
        time.sleep(0.02)
    worker.stop()
    assert 2 <= len((tmp_path / "starts").read_text()) <= 4


@pytest.mark.journey
def test_the_demonstration_tells_every_role_how_to_come_in(tmp_path):
    """Its dates and papers are tested where it is made; here, that a visitor gets in, the second time as well."""
    for password in ("phong-hop-mot", "phong-hop-hai"):
        with serving(tmp_path / "demo", command="demo", MEETINGROOM_DEMO_PASSWORD=password) as (_, port):
            text = (tmp_path / "output.txt").read_text()
            links = re.findall(r"(\w+) +http://[^/]+(/in/\S+)", text)
            assert {"chair", "secretary", "delegate1", "technician4", "admin"} <= {name for name, _ in links}
            assert password in text
            assert "/projector" in text
            assert get(port, dict(links)["chair"])[0] == 200
            assert get(port, "/healthz") == (200, "ok\n")


def test_real_data_is_not_mixed_with_the_demonstration(tmp_path):
    run("add-user", "binh.tt", "Trần Thị Bình", "--data", tmp_path)
    assert "DATA=demo-data" in one_line(run("demo", "--data", tmp_path, "--port", free_port()))


def test_the_terminal_shows_a_code_to_scan():
    picture = banner.qr("http://192.168.1.20:8000/join")
    assert len(picture.splitlines()) > 10
    assert "▀" in picture or "▄" in picture


def test_the_terminal_shows_a_link_with_the_code_of_the_first_start():
    text = banner.first_visit(Settings(host="::1", port=80), "abcd-efgh-jkmn-pqrs")
    link = "http://localhost:80/first?code=abcd-efgh-jkmn-pqrs"
    assert link in text.split()
    assert banner.qr(link) in text


def test_a_person_is_added_and_gets_a_link(tmp_path):
    done = run("add-user", "binh.tt", "Trần Thị Bình", "--role", "admin", "--data", tmp_path)
    assert re.search(r"Trần Thị Bình: http://\S+/in/\w{4}-", done.stdout), done.stderr
    assert "binh.tt" in one_line(run("add-user", "binh.tt", "Trần Thị Bình", "--data", tmp_path))
    assert "tên đăng nhập bình" in one_line(run("add-user", "Bình", "Trần Thị Bình", "--data", tmp_path))
