"""The worker process itself: noticed jobs, killed workers, one worker at a time."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from meetingroom.documents import office, store
from meetingroom.jobs import heartbeat, queue, worker
from meetingroom.jobs import store as jobs_store
from meetingroom.jobs.queue import JobContext
from tests.documents import papers

ROOT = Path(__file__).parents[2]
BE_A_WORKER = """
import sys
from pathlib import Path
from meetingroom.config import Settings
from meetingroom.ops.working import work
work(Settings(data=Path(sys.argv[1])), ["meetingroom.documents.jobs"])
"""


def until(condition, seconds=150):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


@pytest.fixture
def hire(bench):
    """Starts a worker process; every one is gone at the end."""
    hired = []

    def start():
        command = [sys.executable, "-c", BE_A_WORKER, str(bench.settings.data)]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        hired.append(process)
        return process

    yield start
    for process in hired:
        process.kill()
        process.wait()
        process.stderr.close()


def handed_over(bench, path) -> str:
    document = bench.upload(path)
    queue.wake_worker(bench.settings)
    return document


def renderers_of(process) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").parent.parent.glob("*/children")
    return [int(pid) for path in children for pid in path.read_text().split()]


def test_a_worker_shows_that_it_lives(bench, hire):
    assert not heartbeat.worker_alive(bench.settings)
    hire()
    until(lambda: heartbeat.worker_alive(bench.settings))
    old = time.time() - heartbeat.SILENT_AFTER - 1
    os.utime(heartbeat.heartbeat_file(bench.settings), (old, old))
    until(lambda: heartbeat.worker_alive(bench.settings))


def test_a_job_handed_to_an_idle_worker_is_done(bench, hire, tmp_path):
    hire()
    until(lambda: heartbeat.worker_alive(bench.settings))
    document = handed_over(bench, papers.pdf(tmp_path / "a.pdf", pages=1))
    until(lambda: bench.document(document)["status"] == "ready")


def test_a_worker_killed_in_mid_job_loses_nothing(bench, hire, tmp_path):
    """kill -9 between two pages: its render processes end by themselves, the next worker draws only what is missing."""
    first = hire()
    document = handed_over(bench, papers.pdf(tmp_path / "a.pdf", pages=40))
    until(lambda: bench.document(document)["ready_pages"] >= 3)
    renderers = renderers_of(first)
    assert renderers
    first.kill()
    first.wait()
    until(lambda: not any(alive(pid) for pid in renderers))
    before = bench.document(document)
    assert before["status"] == "processing"
    contents = bench.contents(document)
    drawn = {n: contents.page(n, 1920).stat().st_mtime_ns for n in range(1, 41) if contents.words(n).exists()}
    hire()
    until(lambda: bench.document(document)["status"] != "processing")
    after = bench.document(document)
    assert (after["status"], after["ready_pages"], after["failed_pages"]) == ("ready", 40, [])
    assert all(contents.page(n, 1920).stat().st_mtime_ns == at for n, at in drawn.items())
    assert not list(contents.folder.rglob("*.new"))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_asked_to_end_ends_at_once_and_the_next_goes_on(bench, hire, tmp_path):
    first = hire()
    document = handed_over(bench, papers.pdf(tmp_path / "a.pdf", pages=24))
    until(lambda: bench.document(document)["ready_pages"] >= 1)
    first.send_signal(signal.SIGTERM)
    assert first.wait(60) == 0
    assert bench.document(document)["status"] == "processing"
    hire()
    until(lambda: bench.document(document)["status"] == "ready")


def test_a_second_worker_on_the_same_data_is_refused(bench, hire, monkeypatch):
    hire()
    until(lambda: heartbeat.worker_alive(bench.settings))
    with pytest.raises(worker.Occupied), worker.only_worker(bench.settings, patience=0.2):
        pass


def test_a_job_whose_news_got_lost_is_found(bench, hire, tmp_path):
    hire()
    until(lambda: heartbeat.worker_alive(bench.settings))
    document = bench.upload(papers.pdf(tmp_path / "a.pdf", pages=1))  # and nobody wakes the worker
    until(lambda: bench.document(document)["status"] == "ready")
    with bench.pool.lend() as db:
        assert db.conn.execute("select attempt from jobs where kind = 'ingest'").fetchone()[0] == 1


def test_where_the_worker_cannot_be_woken_the_upload_goes_on(bench):
    bench.settings.wake.mkdir()
    queue.wake_worker(bench.settings)


def test_a_paper_that_kills_the_worker_three_times_is_given_up(bench, tmp_path):
    document = bench.upload(papers.pdf(tmp_path / "a.pdf"))
    context = JobContext(bench.settings, bench.pool)
    [job] = bench.waiting(store.INGEST)
    for attempt in (1, 2, 3):
        with bench.pool.writing() as db:
            assert jobs_store.claim_job(db, job)["attempt"] == attempt
        queue.sweep_left_over(context)  # the next worker begins
    assert bench.document(document)["error"] == "gave_up"
    assert bench.waiting(store.INGEST) == []


def test_a_worker_that_gets_on_may_be_stopped_any_number_of_times(bench, tmp_path):
    bench.upload(papers.pdf(tmp_path / "a.pdf"))
    context = JobContext(bench.settings, bench.pool)
    [job] = bench.waiting(store.INGEST)
    for _ in range(10):
        with bench.pool.writing() as db:
            jobs_store.claim_job(db, job)
            jobs_store.heartbeat(db, job)
        queue.sweep_left_over(context)
    assert bench.waiting(store.INGEST) == [job]


def test_a_new_worker_clears_up_what_the_old_one_left(bench):
    settings = bench.settings
    half, old, fresh = settings.data / "work" / "x", settings.files / "incoming" / "old", None
    half.mkdir(parents=True)
    (half / "paper.docx").write_text("half")
    old.parent.mkdir(parents=True)
    old.write_text("an upload that never ended")
    os.utime(old, (1, 1))
    fresh = old.with_name("fresh")
    fresh.write_text("an upload that is coming")
    queue.sweep_left_over(JobContext(settings, bench.pool))
    assert not half.exists()
    assert not old.exists()
    assert fresh.exists()


@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
def test_a_short_paper_is_ready_while_long_ones_are_converted(bench, hire, tmp_path):
    """Three workbooks that LibreOffice takes long over, then a page: the page is there first."""
    hire()
    until(lambda: heartbeat.worker_alive(bench.settings))
    long = [handed_over(bench, papers.xlsx(tmp_path / f"a{n}.xlsx", rows=60_000 + n)) for n in range(3)]
    until(lambda: any(bench.document(one)["stage"] == "converting" for one in long))
    short = handed_over(bench, papers.pdf(tmp_path / "a.pdf", pages=1))
    until(lambda: bench.document(short)["status"] == "ready")
    # On a machine that is busy the first of them may be ready: that two are converted at one moment is not waited for.
    assert any(bench.document(one)["status"] == "processing" for one in long)
