"""A job beside the event loop: done once, by one or the other."""

import threading
from _queue import SimpleQueue

from meetingroom.live import meanwhile
from meetingroom.live.meanwhile import Job, Meanwhile


def test_what_the_other_thread_has_done_is_taken():
    job = Job(lambda: 7)
    job.do()
    assert job.take() == 7


def test_what_nobody_has_begun_is_taken_back_and_not_done_any_more():
    done: list[int] = []
    job = Job(lambda: done.append(1))
    assert job.take() is None
    job.do()
    assert done == []


def test_what_fails_there_is_to_be_done_here():
    job = Job(lambda: 1 // 0)
    job.do()
    assert job.take() is None


def test_nobody_waits_long_for_a_thread_that_hangs(monkeypatch):
    monkeypatch.setattr(meanwhile, "PATIENCE", 0)
    job = Job(lambda: 7)
    job._open.pop()  # begun, and never ended
    assert job.take() is None


def test_a_real_thread_does_one_job_after_another():
    heard: SimpleQueue = SimpleQueue()
    other = Meanwhile(lambda run: threading.Thread(target=run, daemon=True).start())
    for _ in range(3):
        other.begin(lambda: heard.put(threading.get_ident()))
    assert {heard.get(timeout=45) for _ in range(3)} != {threading.get_ident()}
