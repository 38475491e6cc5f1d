"""What a program behind the wall can and cannot do."""

import contextlib
import os
import re
import socket
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from meetingroom.documents import content_store, office, render_process, render_slots, sandbox
from meetingroom.documents.kinds import KINDS
from meetingroom.jobs import scheduler
from meetingroom.monitoring import findings
from tests.documents import papers

walls = pytest.mark.parametrize("wall", ["bubblewrap", "unshare", "plain"])


@pytest.fixture
def behind(tmp_path, monkeypatch):
    """Runs a shell command behind a wall."""

    def run(wall, command, **limits):
        if not sandbox.wall_works([*sandbox.wrap_command(wall, tmp_path, ()), "true"]):
            pytest.skip(f"{wall} does not work here")
        monkeypatch.setattr(sandbox, "find_wall", lambda: wall)
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        limits = sandbox.Limits(**{"seconds": 10, **limits})
        return sandbox.run(["sh", "-c", command], work=work, limits=limits, environment={"HOME": str(work)})

    return run


def test_this_machine_has_some_wall():
    assert sandbox.find_wall() in {"bubblewrap", "unshare", "plain"}


@walls
def test_it_writes_into_its_folder(behind, tmp_path, wall):
    assert behind(wall, "echo done > result").returncode == 0
    assert (tmp_path / "work" / "result").read_text() == "done\n"


@walls
def test_it_has_no_environment_of_ours(behind, wall, monkeypatch):
    monkeypatch.setenv("MEETINGROOM_DEMO_PASSWORD", "secret")
    assert b"secret" not in behind(wall, "env").stdout


def test_it_does_not_see_our_files(behind, tmp_path):
    (tmp_path / "secret.key").write_text("key")
    assert behind("bubblewrap", f"cat {tmp_path}/secret.key; ls /root /home /etc/shadow").returncode != 0
    assert b"key" not in behind("bubblewrap", f"cat {tmp_path}/secret.key").stdout


@pytest.mark.parametrize("wall", ["bubblewrap", "unshare"])
def test_it_reaches_no_network(behind, wall):
    programs = [Path(sys.executable).resolve(), Path("/usr/bin/python3")]
    program = next((each for each in programs if each.is_relative_to("/usr") and each.exists()), None)
    if program is None:
        pytest.skip("no Python is visible behind the wall")
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 1)"
        done = behind(wall, f'{program} -c "{code}"')
    assert done.returncode != 0
    assert b"Error" in done.stderr


@walls
def test_it_is_stopped_with_all_it_started_when_its_time_is_up(behind, tmp_path, wall):
    began = time.monotonic()
    with pytest.raises(sandbox.TookTooLong):
        behind(wall, "(sleep 3; touch late) & sleep 30", seconds=1)
    assert time.monotonic() - began < 20, "not when the sleeper has had enough"
    time.sleep(3)
    assert not (tmp_path / "work" / "late").exists()


@walls
def test_it_cannot_fill_the_disk_or_the_memory(behind, wall):
    assert behind(wall, "head -c 20000000 /dev/zero > big", file=10_000_000).returncode != 0
    assert (
        behind(wall, "head -c 900M /dev/zero | tail -c 800M | wc -c", memory=300_000_000).stdout.strip() != b"838860800"
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to give up")
@pytest.mark.parametrize("wall", ["unshare", "plain"])
def test_root_becomes_nobody_also_where_nobody_could_not_reach_the_data(tmp_path, monkeypatch, wall):
    if not sandbox.wall_works([*sandbox.wrap_command(wall, tmp_path, ()), "true"]):
        pytest.skip(f"{wall} does not work here")
    monkeypatch.setattr(sandbox, "find_wall", lambda: wall)
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    with tempfile.TemporaryDirectory(dir=sandbox.choose_ground(hidden)) as folder:
        work = Path(folder)
        done = sandbox.run(["sh", "-c", "id -u; echo x > made"], work=work, limits=sandbox.Limits(10), environment={})
        assert done.stdout == b"65534\n"
        assert (work / "made").exists()


def test_the_page_of_the_houses_health_says_which_wall_it_is(room):
    from meetingroom.documents import ingest
    from meetingroom.jobs.queue import JobContext

    here = room.app.extensions["meetingroom"]
    with room.app.test_request_context():
        assert findings.wall(here).state == findings.WATCH
        ingest.clear_up(JobContext(room.settings, room.pool))
        for wall, state in (("bubblewrap", "good"), ("unshare", "watch"), ("plain", "bad")):
            (room.settings.data / "worker.wall").write_text(wall)
            assert findings.wall(here).state == state


@pytest.mark.parametrize(
    ("wall", "user", "is_said"),
    [
        ("bubblewrap", 1000, "bubblewrap"),
        ("unshare", 0, "unshare"),
        ("plain", 0, "plain"),
        ("unshare", 1000, "unshare own"),
        ("plain", 1000, "plain own"),
    ],
)
def test_without_rights_is_said_only_where_it_is_true(monkeypatch, wall, user, is_said):
    monkeypatch.setattr(sandbox, "find_wall", lambda: wall)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert sandbox.describe_wall() == is_said


def test_what_a_killed_conversion_left_in_the_system_s_place_is_swept(bench, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("meetingroom-old", "meetingroom-new", "somebody-else"):
        (tmp_path / name / "profile").mkdir(parents=True)
    for name in ("meetingroom-media-ab12-making", "meetingroom-data"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    for name in ("meetingroom-old", "somebody-else"):
        os.utime(tmp_path / name, (0, 0))
    left = set(content_store.list_leftovers(bench.settings))
    assert left == {tmp_path / "meetingroom-old", tmp_path / "meetingroom-media-ab12-making"}


@pytest.mark.parametrize(
    ("wall", "limited"), [("", False), ("bubblewrap", False), ("unshare", True), ("plain own", True)]
)
def test_who_watches_the_server_is_told_which_wall_it_is(room, wall, limited):
    if wall:
        (room.settings.data / "worker.wall").write_text(wall)
    answer = room.app.test_client().get("/readyz").json
    assert (answer["wall"], "wall" in answer["limited"]) == (wall, limited)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to give up")
@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
@pytest.mark.parametrize("wall", ["unshare", "plain"])
def test_without_bubblewrap_root_s_libreoffice_is_nobody_and_the_paper_is_whole(tmp_path, monkeypatch, wall):
    if not sandbox.wall_works([*sandbox.wrap_command(wall, tmp_path, ()), "true"]):
        pytest.skip(f"{wall} does not work here")
    monkeypatch.setattr(sandbox, "find_wall", lambda: wall)
    monkeypatch.setattr(sandbox, "PAUSE", 0.05)
    source, hidden, users = papers.docx(tmp_path / "a.docx"), tmp_path / "hidden", set()
    hidden.mkdir(mode=0o700)
    before = set(ours())

    def look():
        for process in set(ours()) - before:
            with contextlib.suppress(OSError):
                users.add(process.stat().st_uid)
                users.update(int(n) for n in re.search(r"Uid:(.*)", (process / "status").read_text())[1].split())

    made = hidden / "out" / "a.pdf"
    office.to_pdf(source, KINDS["docx"], made, work=hidden / "work", page_limit=9, pause=look)
    assert users == {sandbox.NOBODY}
    assert papers.LINE in pdfium.PdfDocument(made)[0].get_textpage().get_text_range()


def ours():
    """Every LibreOffice that this process has started."""
    for name in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):
            if name.read_text().strip() == "soffice.bin" and str(os.getpid()) in ancestors(name.parent.name):
                yield name.parent


def ancestors(process: str) -> set[str]:
    found = set()
    while process not in ("0", "") and process not in found:
        found.add(process)
        process = re.search(r"PPid:\s*(\d+)", Path(f"/proc/{process}/status").read_text())[1]
    return found


def test_the_bounds_of_memory_are_those_that_are_told(room):
    """In the guide and on the page of the server's health."""
    gigabytes = [render_slots.shared.most * render_process.MEMORY / 1024**3, sandbox.Limits(0).memory / 1024**3]
    assert gigabytes == [3, 3]
    guide, papers_guide = (Path(f"docs/{name}.md").read_text() for name in ("operations", "papers"))
    assert "three render processes of 1 GB each (3 GB), and an Office file 3 GB" in guide
    assert "two at a time (6 GB)" in guide
    assert scheduler.LARGE == 2
    assert "LibreOffice 3 GB, a render process 1 GB" in papers_guide
    assert "1 GB a render process and three of them: 3 GB" in papers_guide
    with room.app.test_request_context():
        assert findings.memory().words.count(findings.amount(3 * 1024**3)) == 2


def test_a_computer_of_little_memory_is_told_of(room, monkeypatch):
    monkeypatch.setattr(os, "sysconf", lambda name: {"SC_PHYS_PAGES": 500_000, "SC_PAGE_SIZE": 4096}[name])
    with room.app.test_request_context():
        assert findings.memory().state == findings.WATCH


def test_a_render_process_ends_before_the_server_when_memory_ends(tmp_path):
    with render_process.RenderProcess(papers.pdf(tmp_path / "a.pdf"), "pdf", tmp_path / "pages") as one:
        inside = [one.process.pid, *(int(p) for p in below(one.process.pid))]
        points = [int(Path(f"/proc/{process}/oom_score_adj").read_text()) for process in inside]
    assert max(points) == 900


def below(process: int) -> list[str]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [*children, *(more for child in children for more in below(int(child)))]
