"""What the worker does for the demo when papers are drawn: the report comes on stage, the past meeting is played; and
when its package is sealed, the terminal says so.

Registered with the other areas' jobs; a data folder without the demo never asks for them.
"""

import time

from meetingroom.archive import store as archives
from meetingroom.documents.store import INGEST
from meetingroom.jobs import queue

STAGE, PAST, READY, CASE, SESSIONS = "demo_stage", "demo_past", "demo_ready", "demo_case", "demo_sessions"
MEDIA = "demo_media"
WAIT = 0.3  # seconds
PAST_IS_THERE = (
    "Cuộc họp mẫu của hai mươi ngày trước đã đủ: biên bản đã ký, thông báo kết luận, năm nhiệm vụ, gói hồ sơ."
    "\nThe meeting of twenty days ago is complete: signed minutes, notice, five tasks, the sealed package."
)
PAST_IS_MADE = (
    "Cuộc họp mẫu của hai mươi ngày trước còn đang được chuẩn bị; khi xong, một dòng ở đây báo."
    "\nThe meeting of twenty days ago is still being made; a line here says when it is complete."
)


@queue.task(STAGE)
def show_report(context, meeting):
    from meetingroom.demo import following

    wait_or_do(context, meeting, following.show_report)


@queue.task(PAST)
def play_past(context, meeting):
    from meetingroom.demo import following

    wait_or_do(context, meeting, following.play_past)
    with context.pool.writing() as db:
        queue.request_once(db, READY, meeting)


@queue.task(CASE, priority=-2)  # after the papers of the meetings and the past one's package
def lay_out_case(context, case):
    from meetingroom.demo import case_file, past

    with context.pool.lend() as db:
        earlier = ((PAST, past.BEFORE), (archives.SEAL, past.BEFORE))
        waits = any(queue.is_unfinished(db, kind, meeting) for kind, meeting in earlier)
    if waits:
        time.sleep(WAIT)
        raise queue.Requeue
    case_file.lay_out(context.settings, context.pool)
    with context.pool.writing() as db:
        queue.request_once(db, SESSIONS, case)
        queue.request_once(db, MEDIA, case)


@queue.task(MEDIA, priority=-1, weight=lambda db, case: 0)  # a few seconds, and the first thing one looks at
def lay_out_media(context, case):
    from meetingroom.demo import case_file, case_media, people

    with context.pool.lend() as db:
        owner = people.ids(db)[case_file.OWNER]
    case_media.lay_out(context.settings, context.pool, case_file.CASE, owner)


@queue.task(SESSIONS, priority=-1)  # when every document is counted, and before most pages are drawn
def play_sessions(context, case):
    from meetingroom.demo import case_file, case_sessions

    if case_file.lay_out(context.settings, context.pool):
        time.sleep(WAIT)
        raise queue.Requeue
    case_sessions.play_both(context.settings, context.pool)


@queue.task(READY, priority=-1)  # as the package, and before the pages of the case
def say_ready(context, meeting):
    with context.pool.lend() as db:
        row = archives.find_archive(db, meeting)
        hope = queue.is_unfinished(db, archives.SEAL, meeting)
    if row and row["file"]:
        print(f"\n{PAST_IS_THERE}\n", flush=True)
    elif hope:
        time.sleep(WAIT)
        raise queue.Requeue


def wait_or_do(context, meeting, work) -> None:
    """`work` returns the documents it still waits for; it is asked again while any of them is being drawn."""
    missing = work(context.settings, context.pool, meeting)
    with context.pool.lend() as db:
        hope = any(queue.is_unfinished(db, INGEST, document) for document in missing)
    if hope:
        time.sleep(WAIT)
        raise queue.Requeue
