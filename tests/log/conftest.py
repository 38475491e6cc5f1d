import pytest

from meetingroom import database, log
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import CreateMeeting, OpenMeeting, PublishMeeting
from meetingroom.meeting.people import Invite
from tests.given import HOUR, NINE

PROGRAM = Actor("program", "system")
AN = Actor("an", "chair")
MAI = Actor("mai", "secretary")


@pytest.fixture
def pool(tmp_path):
    database.prepare(tmp_path / "m.db")
    pool = database.Pool(tmp_path / "m.db")
    yield pool
    log.forget_heads(pool)
    pool.close()


def open_meeting(pool, meeting: str = "m1") -> None:
    """A meeting with a chair and a secretary, live."""
    log.handle(pool, meeting, CreateMeeting("Họp giao ban", "briefing", NINE, NINE + HOUR), PROGRAM, "create")
    for person, role in (("an", "chair"), ("mai", "secretary"), ("em", "delegate")):
        command = Invite(person, role, name=person.title(), title="", unit="")
        log.handle(pool, meeting, command, PROGRAM, f"invite-{person}")
    log.handle(pool, meeting, PublishMeeting(), MAI, "publish")
    log.handle(pool, meeting, OpenMeeting(), AN, "open")


@pytest.fixture
def live(pool, monkeypatch):
    """The pool of an open meeting "m1"; people are who the test says (no directory)."""
    monkeypatch.setattr(log, "fillers", {})
    open_meeting(pool)
    return pool
