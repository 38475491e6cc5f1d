"""The program's clock (clock.py) and the computer's: who follows whom, and when.

The computer's clock may be set at any moment: by hand, by the network, after a night with an empty battery. While a
meeting is in session nobody follows: speeches, ballots and the log go on by a clock that only counts, and the log file
of the server says by how much the two differ. As soon as no meeting is in session the computer's time is taken over.

How far the program's clock is from the counter that runs since the computer was started lies in a file of the data
folder: a server that was killed, and the worker, go on with the same time. After a restart of the computer itself its
own clock is all there is.
"""

import json
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from meetingroom import clock, log
from meetingroom.auth import sessions
from meetingroom.config import Settings
from meetingroom.database import Busy, Pool
from meetingroom.meeting.state import MeetingState

logger = logging.getLogger(__name__)

NOTED = 1000  # ms: what the network corrects in passing is no matter
LEFT_ALONE = 12 * 3_600_000  # ms without a fact: a meeting that somebody forgot to close

_logged = 0  # the difference that was logged last, ms


def begin_clock(settings: Settings, states: Sequence[MeetingState]) -> None:
    """When the server starts. `states` are the meetings that the log says are in session."""
    offset, read = read_kept(settings), clock.program.offset
    if offset is not None and abs(offset - read) >= NOTED:
        clock.program.offset = offset
        if has_session(states):
            logger.warning("the computer's clock was set while the server was away; the meeting's own time goes on")
        else:
            clock.program.offset = read
    write_kept(settings)


def compare_clocks(settings: Settings, pool: Pool, states: Sequence[MeetingState]) -> None:
    """Now and then, by the server: notice that the computer's clock was set, and follow it when nothing is measured."""
    global _logged
    astray = clock.program.astray
    if abs(astray) < NOTED:
        return
    if has_session(states):
        if abs(astray - _logged) >= NOTED:
            logger.warning(
                "the computer's clock is %+.0f s from what has passed since the start; a meeting is in session and "
                "keeps its time",
                astray / 1000,
            )
            _logged = astray
        return
    try:
        with pool.writing() as db:
            sessions.move_session(db, astray)
    except (Busy, sqlite3.Error):  # at the next look
        return
    by, _logged = clock.program.take_over(), 0
    log.clock_was_set()
    write_kept(settings)
    logger.warning("the computer's clock was set by %+.0f s; the program follows", by / 1000)


def follow_clock(settings: Settings) -> None:
    """By the worker: the time of the server."""
    offset = read_kept(settings)
    if offset is not None:
        clock.program.offset = offset


def has_session(states: Sequence[MeetingState]) -> bool:
    return any(state.meeting.status == "live" and clock.now() - state.at < LEFT_ALONE for state in states)


def write_kept(settings: Settings) -> None:
    path = clock_file(settings)
    aside = path.with_suffix(".new")
    try:
        aside.write_text(json.dumps({"boot": boot_id(), "offset": clock.program.offset}))
        aside.rename(path)
    except OSError as error:  # a full disk: the time goes on without the file
        logger.info("the time was not written down: %r", error)


def read_kept(settings: Settings) -> int | None:
    """The offset of the program's clock, if it was written since the computer was started."""
    try:
        found = json.loads(clock_file(settings).read_text())
        known = found["boot"] == boot_id() != "" and isinstance(found["offset"], int)
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return found["offset"] if known else None


def clock_file(settings: Settings) -> Path:
    return settings.data / "clock.json"


def boot_id() -> str:
    """Which start of the computer this is; empty where nobody can say."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
