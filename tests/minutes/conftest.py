"""A running program with one meeting, for the page and the documents."""

import json
import threading
from dataclasses import asdict

import pytest
from werkzeug.serving import make_server

from meetingroom import create_app, log
from meetingroom.auth import account_store
from meetingroom.config import Settings
from meetingroom.meeting.agenda import ItemAdded, ItemStarted
from meetingroom.meeting.approval import MinutesApproved
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import MeetingClosed, MeetingCreated, MeetingOpened, MeetingPublished
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.record import NoteRecorded
from meetingroom.meeting.stage import PageTurned, PaperShown
from meetingroom.minutes import approval
from tests.minutes.hands import Hands
from tests.minutes.story import at
from tests.quick_starts import cheap_hash

PASSWORD = "mot cau de nho"
MEETING = "m1"
PEOPLE = {
    "an": ("Nguyễn Văn An", "chair"),
    "mai": ("Lý Thị Mai", "secretary"),
    "dung": ("Phạm Thị Dung", "organiser"),
    "em": ("Hoàng Văn Em", "delegate"),
    "la": ("Người Lạ", ""),
}


@pytest.fixture(scope="session")
def hashed():
    return cheap_hash(PASSWORD)


class Program:
    """The program, its people by user name, and facts put into the log at an hour."""

    def __init__(self, app, hashed):
        self.app, self.pool = app, app.extensions["meetingroom"].pool
        with self.pool.writing() as db:
            unit = account_store.add_unit(db, name="Viện kiểm sát nhân dân tỉnh Lạc Giang", short="VKSND tỉnh")
            self.ids = {
                name: account_store.add_user(db, username=name, name=full, unit=unit, hashed=hashed)
                for name, (full, _) in PEOPLE.items()
            }

    def happens(self, hour: str, by: str, *facts, meeting: str = MEETING) -> None:
        actor = Actor(self.ids[by], "system", at=at(hour))
        with self.pool.writing() as db:
            head = log.append(db, meeting, log.catch_up_head(db, self.pool, meeting), facts, actor)
        log.keep_head(self.pool, meeting, head)

    def client(self, username: str | None = None):
        client = self.app.test_client()
        if username:
            given = {"username": username, "password": PASSWORD}
            assert client.post("/api/session", json=given, headers={"X-Meetingroom": "1"}).status_code == 200
        return client

    def get(self, username: str | None, path: str):
        return self.client(username).get(path)


@pytest.fixture
def program(tmp_path, hashed):
    app = create_app(Settings(data=tmp_path, async_mode="threading", testing=True))
    program = Program(app, hashed)
    program.happens(
        "07:00", "dung", MeetingCreated("Hội nghị tổng kết", "conference", at("08:00"), at("11:00"), "Hội trường")
    )
    for name, (full, role) in PEOPLE.items():
        if role:
            program.happens("07:00", "dung", PersonInvited(program.ids[name], full, "", "VKSND tỉnh", role))
    program.happens("07:01", "dung", ItemAdded("i1", "Khai mạc"), ItemAdded("i2", "Báo cáo tổng kết"))
    program.happens("07:02", "dung", PaperAttached("d1", "f1", "i1", "Chương trình", 9), MeetingPublished())
    yield program
    program.pool.close()


@pytest.fixture
def running(program):
    """The meeting at half past eight."""
    program.happens("08:00", "an", MeetingOpened(program.ids["an"]), ItemStarted("i1"))
    program.happens("08:10", "an", PaperShown("d1", 1), PageTurned("d1", 2))
    program.happens("08:20", "mai", NoteRecorded("i1", "Thông qua chương trình."))
    return program


@pytest.fixture
def finished(running):
    running.happens("11:00", "an", MeetingClosed())
    return running


@pytest.fixture
def approved(finished):
    """And the chair has approved the minutes at noon."""
    with finished.pool.lend() as db:
        now = approval.read_minutes(db, MEETING)
    digest = approval.digest_of(now.minutes(approval.OFFICIAL))
    finished.happens("12:00", "an", MinutesApproved(1, digest, asdict(now.letterhead)))
    return finished


@pytest.fixture
def hands(finished):
    """People at their screens, after the meeting."""
    return Hands(finished)


@pytest.fixture
def address(running):
    """The same over a real port, for a real browser."""
    server = make_server("127.0.0.1", 0, running.app, threaded=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def sign_in(context, address: str, username: str) -> None:
    answer = context.request.post(
        f"{address}/api/session",
        data=json.dumps({"username": username, "password": PASSWORD}),
        headers={"Content-Type": "application/json", "X-Meetingroom": "1"},
    )
    assert answer.ok, answer.text()
