"""What is removed from a case leaves the screens of every meeting that shows it.

The wish is a job, written in the transaction that removes: a server that is killed then loses nothing. It is done at
once, too: the worker may be at something long.
"""

import hashlib
import json
import logging
import sqlite3

from meetingroom import log
from meetingroom.cases import store, store_maps
from meetingroom.cases.media import store as media_store
from meetingroom.database import Busy, Pool
from meetingroom.jobs import queue
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.removed_exhibits import TakeOffStage
from meetingroom.projections import queries
from meetingroom.refused import Refused
from meetingroom.web.context import context

OFF_STAGE = "case_off_stage"  # the job; its subject is the command's fields
PROGRAM = Actor("", "system")
logger = logging.getLogger(__name__)


def ask(db, case: str, title: str, **what: str) -> str:
    """In the transaction that removes a `map`, a `document`, a recording (`media`), or the whole case. What is handed
    to `at_once` after the commit; "" where no meeting has the case."""
    if not queries.meetings_with_case(db, case):
        return ""
    wish = json.dumps({"case": case, "title": title[:200], **what})
    queue.request_job(db, OFF_STAGE, wish)
    return wish


def at_once(wish: str) -> None:
    if not wish:
        return
    try:
        do(context().pool, wish)
    except (Busy, sqlite3.OperationalError) as error:  # it is removed, whatever the disk says now
        logger.info("the worker takes it off the screens: %r", error)
    context().push.now()
    queue.wake_worker(context().settings)


def do(pool: Pool, wish: str) -> None:
    """For each meeting; nothing happens where nothing of it is shown any more, or where it was taken back meanwhile."""
    command = TakeOffStage(**json.loads(wish))
    with pool.lend() as db:
        meetings = [] if is_there(db, command) else queries.meetings_with_case(db, command.case)
    name = hashlib.sha256(wish.encode()).hexdigest()[:16]
    for meeting in meetings:
        state = log.state(pool, meeting)
        try:
            log.handle(pool, meeting, command, PROGRAM, f"off-stage-{name}-{state.seq}")
        except Refused as refusal:
            logger.info("%s stays on the screens of %s: %s", command.title, meeting, refusal.code)


def is_there(db, command: TakeOffStage) -> bool:
    if command.map:
        row = store_maps.find_row(db, command.case, command.map)
        return row is not None and not row["removed_at"]
    if command.document:
        return store.find_document(db, command.case, command.document) is not None
    if command.media:
        return media_store.find(db, command.case, command.media) is not None
    return store.find_case(db, command.case) is not None
