"""Several papers at once: a short one never waits for a long one."""

import threading
import time

import pytest

from meetingroom import database
from meetingroom.config import Settings
from meetingroom.jobs import queue, store
from meetingroom.jobs.scheduler import SLICE, Scheduler

PAPER, BACKGROUND = "test_paper", "test_background"


class Office:
    """A worker whose jobs last until they are told to end. `weight` of a job is the number in its subject."""

    def __init__(self, settings, monkeypatch):
        database.prepare(settings.database)
        self.pool = database.Pool(settings.database, patience=5)
        self.ends, self.at_work, self.stepped_back = {}, set(), []
        self.keys, self.large = {}, set()

        def work(context, subject):
            self.at_work.add(subject)
            try:
                while not self.ends[subject].is_set():
                    context.pause()
                    time.sleep(0.001)
            except queue.Requeue:
                self.stepped_back.append(subject)
                raise
            finally:
                self.at_work.discard(subject)

        def weight(db, subject):
            return float(subject.rpartition(" ")[2])

        for kind, priority in ((PAPER, 0), (BACKGROUND, -1)):
            key, large = lambda db, subject: self.keys.get(subject, subject), lambda db, subject: subject in self.large
            task = queue.Task(work, priority, None, weight, key, large)
            monkeypatch.setitem(queue.tasks, kind, task)
        self.scheduler = Scheduler(queue.JobContext(settings, self.pool))
        self.now = 1000.0

    def arrives(self, subject, kind=PAPER, attempt=0):
        self.ends[subject] = threading.Event()
        with self.pool.writing() as db:
            job = store.add_job(db, kind, subject)
            db.conn.execute("update jobs set attempt = ? where id = ?", (attempt, job))

    def looks(self, after=0.0):
        self.now += after
        self.scheduler.turn(self.now)
        self.settles()

    def settles(self):
        """Until whoever was begun is at work and whoever was stopped has gone."""
        self.until(lambda: {run.row["subject"] for run in self.scheduler.runs.values()} == self.at_work
                   and not any(run.stop.is_set() for run in self.scheduler.runs.values()))  # fmt: skip

    def ended(self, subject):
        self.ends[subject].set()
        self.until(lambda: subject not in [run.row["subject"] for run in self.scheduler.runs.values()])

    def until(self, condition):
        deadline = time.monotonic() + 30
        while not condition():
            assert time.monotonic() < deadline, (self.at_work, self.scheduler.runs)
            time.sleep(0.002)


@pytest.fixture
def office(tmp_path, monkeypatch):
    office = Office(Settings(data=tmp_path / "data", testing=True), monkeypatch)
    yield office
    for end in office.ends.values():
        end.set()
    office.until(lambda: not office.at_work)


def test_a_short_one_is_done_while_a_long_one_goes_on(office):
    office.arrives("long 9")
    office.looks()
    office.looks(after=SLICE)
    office.arrives("short 1")
    office.looks()
    assert office.at_work == {"long 9", "short 1"}


def test_however_many_long_ones_there_are_a_short_one_has_a_place(office):
    for n in range(5):
        office.arrives(f"long{n} 9")
    office.looks()
    assert len(office.at_work) == 2
    office.looks(after=SLICE)  # one moves to the place for long ones, the other steps back for who waits
    office.arrives("short 1")
    for _ in range(2):
        office.looks()
    assert "short 1" in office.at_work
    office.ended("short 1")
    for _ in range(6):
        office.looks(after=SLICE)
    assert len(office.at_work) >= 1
    office.arrives("another 1")
    office.looks()
    office.looks(after=SLICE)
    office.looks()
    assert "another 1" in office.at_work


def test_the_shortest_of_those_that_wait_goes_first(office):
    for subject in ("a 5", "b 3", "c 1", "d 2"):
        office.arrives(subject)
    office.looks()
    assert office.at_work == {"c 1", "d 2"}


def test_a_long_one_that_stepped_back_is_done_when_the_place_is_free(office):
    for subject in ("a 8", "b 9"):
        office.arrives(subject)
    office.looks()
    office.arrives("c 1")
    office.looks(after=SLICE)
    office.looks()
    assert (office.stepped_back, office.at_work) == ([], {"a 8", "b 9", "c 1"})
    office.arrives("d 1")
    office.looks()
    office.looks(after=SLICE)
    assert "d 1" in office.at_work or office.looks() or "d 1" in office.at_work
    stopped = office.stepped_back[0]
    assert stopped == "b 9"
    for subject in ("a 8", "c 1", "d 1"):
        office.ended(subject)
    office.looks()
    assert office.at_work == {"b 9"}


def test_of_those_that_may_take_much_memory_two_are_at_work_and_the_next_has_a_place_in_a_moment(office):
    office.large = {"a 9", "b 8", "c 1"}
    for subject in ("a 9", "b 8"):
        office.arrives(subject)
    office.looks()
    office.looks(after=SLICE)
    office.arrives("c 1")
    for _ in range(3):
        office.looks()
        assert len(office.at_work) <= 2
    office.arrives("drawn 2")
    office.looks()
    assert office.at_work == {"b 8", "c 1", "drawn 2"}
    for subject in ("c 1", "drawn 2"):
        office.ended(subject)
    office.looks()
    assert office.at_work == {"a 9", "b 8"}


def test_nobody_steps_back_while_nobody_waits(office):
    for subject in ("a 8", "b 9"):
        office.arrives(subject)
    office.looks()
    for _ in range(5):
        office.looks(after=SLICE)
    assert (office.at_work, office.stepped_back) == ({"a 8", "b 9"}, [])


def test_the_background_stops_for_everybody_and_begins_when_nobody_is_there(office):
    office.arrives("sharp 1", kind=BACKGROUND)
    office.looks()
    assert office.at_work == {"sharp 1"}
    office.arrives("paper 9")
    office.looks()
    office.looks()
    assert office.at_work == {"paper 9"}
    assert office.stepped_back == ["sharp 1"]
    office.ended("paper 9")
    office.looks()
    assert office.at_work == {"sharp 1"}


def test_one_file_is_worked_at_by_one(office):
    office.keys = {"a 1": "same", "b 1": "same"}
    office.arrives("a 1")
    office.arrives("b 1")
    office.looks()
    assert office.at_work == {"a 1"}
    office.ended("a 1")
    office.looks()
    assert office.at_work == {"b 1"}


def test_what_may_have_brought_the_worker_down_is_not_beside_another_such(office):
    for subject in ("a 1", "b 2"):
        office.arrives(subject, attempt=1)
    office.arrives("new 3")
    office.looks()
    assert office.at_work == {"a 1", "new 3"}


def test_a_job_that_steps_back_has_not_failed(office):
    for subject in ("a 8", "b 9", "c 1", "d 1"):
        office.arrives(subject)
        office.looks(after=SLICE)
    office.looks(after=SLICE)
    assert office.stepped_back
    with office.pool.lend() as db:
        waiting = [row for row in store.list_queued(db) if row["subject"] in office.stepped_back]
    assert all(row["attempt"] == 0 for row in waiting)


def test_a_busy_database_does_not_put_off_for_a_day_what_is_looked_at_daily(tmp_path, monkeypatch):
    asked, now = [], [100_000.0]

    def due(pool):
        asked.append(now[0])
        if len(asked) == 1:
            raise database.Busy

    monkeypatch.setattr(queue.time, "monotonic", lambda: now[0])
    look = queue.look_every(86_400.0, due)
    for after in (0, 1, queue.SOON, queue.SOON + 1):
        now[0] = 100_000.0 + after
        look(Settings(data=tmp_path))
    assert asked == [100_000.0, 100_000.0 + queue.SOON]
