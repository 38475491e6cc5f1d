"""A meeting that was held with a paper, a whisper and a draft that was written over; and is archived."""

import hashlib

import pytest

from meetingroom import log
from meetingroom.archive import sealing
from meetingroom.auth import account_store
from meetingroom.documents.content_store import ContentStore
from meetingroom.jobs.queue import JobContext
from meetingroom.meeting.conclusions import ConclusionRecorded
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import ArchiveMeeting
from meetingroom.meeting.notices import NoticeSent, ServiceCalled
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.record import NoteRecorded
from meetingroom.meeting.stage import PageTurned, PaperShown
from tests.minutes import conftest as minutes_conftest
from tests.minutes.conftest import MEETING
from tests.minutes.story import at

approved, finished = minutes_conftest.approved, minutes_conftest.finished
hashed, program, running = minutes_conftest.hashed, minutes_conftest.program, minutes_conftest.running
WHISPER, DRAFT, CALL = "Nhắc riêng chủ tọa", "Câu viết nhầm rồi bỏ", "Cho xin thuốc đau đầu"


def put_paper(room, document: str = "f2", pages: int = 3) -> None:
    original = b"%PDF-1.4 three pages of a report"
    sha = hashlib.sha256(original).hexdigest()
    contents = ContentStore(room.app.extensions["meetingroom"].settings, sha)
    contents.original.parent.mkdir(parents=True, exist_ok=True)
    contents.original.write_bytes(original)
    for page in range(1, pages + 1):
        contents.page(page, 1920).parent.mkdir(parents=True, exist_ok=True)
        contents.page(page, 1920).write_bytes(b"RIFF picture of page %d" % page)
    with room.pool.writing() as db:
        db["documents"].insert(
            {"id": document, "meeting": MEETING, "sha": sha, "filename": "a.pdf", "title": "Báo cáo", "type": "pdf",
             "status": "ready", "pages": pages, "at": 1}
        )  # fmt: skip


@pytest.fixture
def held(running):
    """The meeting of the minutes' tests, with what must not leave it."""
    put_paper(running)
    running.happens("08:21", "mai", PaperAttached("d2", "f2", "i2", "Báo cáo tổng kết năm", 3))
    running.happens("08:22", "an", PaperShown("d2", 1), PageTurned("d2", 3))
    running.happens("08:23", "mai", NoticeSent("n1", WHISPER, "chair"), NoteRecorded("i2", DRAFT))
    running.happens("08:24", "em", ServiceCalled("c1", running.ids["em"], "help", CALL))
    running.happens("08:25", "mai", NoteRecorded("i2", "Hội nghị thống nhất với báo cáo."))
    running.happens("08:26", "mai", ConclusionRecorded("k1", "Phòng 1 tham mưu kế hoạch kiểm sát", "Phòng 1"))
    return running


@pytest.fixture
def archived(held, request):
    """Approved, and archived without final files."""
    request.getfixturevalue("approved")
    archive(held)
    return held


def archive(room, reason: str = "Họp nội bộ, không ban hành biên bản") -> None:
    who = Actor(room.ids["mai"], "secretary", at=at("13:00"))
    log.handle(room.pool, MEETING, ArchiveMeeting("10N", reason), who, "archive")


def seal(room) -> dict:
    """What the worker does; the row of the archive."""
    sealing.seal(context_of(room), MEETING)
    with room.pool.lend() as db:
        return dict(db.conn.execute("select * from archives").fetchone())


def context_of(room) -> JobContext:
    return JobContext(room.app.extensions["meetingroom"].settings, room.pool)


@pytest.fixture
def sealed(archived):
    seal(archived)
    with archived.pool.writing() as db:
        for name in ("quantri", "phoquantri"):
            hashed = db.conn.execute("select password from users where username = 'an'").fetchone()[0]
            archived.ids[name] = account_store.add_user(db, username=name, name=name, role="admin", hashed=hashed)
    return archived
