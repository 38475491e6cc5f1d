"""Timers: ends what is due by a command of the program, also when nobody is connected or after a restart; once only.

The command's id is made of what is due, so a timer that fires twice (a restart, two servers) is answered, not repeated.
"""

import logging
import sqlite3

from meetingroom import clock, log
from meetingroom.database import Busy
from meetingroom.documents import fetched_store as fetched
from meetingroom.live import clock_sync
from meetingroom.live.presence import Presence
from meetingroom.meeting import ballot_count, ballots, floor, speech_clock
from meetingroom.meeting.kernel import Actor, Command, Refused
from meetingroom.meeting.readers import RingReading, rings_at
from meetingroom.meeting.recall import CountReceipts, RingRecall, recall_at
from meetingroom.meeting.review import EndReview, open_round
from meetingroom.meeting.stage import ReturnStage
from meetingroom.meeting.state import MeetingState
from meetingroom.projections import queries
from meetingroom.reading import receipts_store as receipts

logger = logging.getLogger(__name__)
LOOK_EVERY = 0.25  # seconds
GRACE = 20_000  # ms a presenter may be gone before the stage returns to the chair


def due_commands(state: MeetingState, now: int) -> list[tuple[str, Command]]:
    """What time demands of a meeting at this moment: (command id, command)."""
    found: list[tuple[str, Command]] = []
    speech, ends = state.floor.speech, floor.speech_due(state)
    if speech and ends and ends <= now and not speech.rung:
        found.append((f"bell-{speech.started_at}-{speech.paused_ms}-{speech.seconds}", speech_clock.RingBell()))
    for key, ballot in state.ballots.ballots.items():
        if ballot.state == "open" and 0 < ballots.due_at(ballot) <= now:
            found.append((f"bell-{key}", ballot_count.CloseBallot(key)))
    return found


def abandoned_stages(
    state: MeetingState, presence: Presence, since: dict[str, int], now: int
) -> list[tuple[str, Command]]:
    """The stage returns to the chair when its presenter has had no screen for the grace time.

    `since` remembers (per meeting) when the presenter was first missed.
    """
    holder = state.stage.holder
    away = holder in state.roll.people and state.roll.people[holder].role not in ("chair", "cochair")
    if not away or any(screen.person == holder and not screen.onlooker for screen in presence.of(state.id).values()):
        since.pop(state.id, None)
        return []
    first = since.setdefault(state.id, now)
    if now - first < GRACE:
        return []
    since.pop(state.id)
    return [(f"bell-stage-{state.seq}", ReturnStage())]


def end_reviews(context, now: int) -> None:
    """The rounds of comments whose term is over: they end also when nobody is there."""
    with context.pool.lend() as db:
        due = queries.reviews_due(db, now + log.furthest_ahead(context.pool))
    for meeting, number in due:
        state = log.state(context.pool, meeting)
        under_way = open_round(state)
        if not under_way or log.meeting_time(context.pool, state) + now - clock.now() < under_way.until:
            continue
        try:
            log.handle(context.pool, meeting, EndReview(), Actor("", "system"), f"bell-review-{number}")
        except (Refused, Busy, sqlite3.OperationalError) as refused:
            logger.info("a review could not be ended, or the database is busy: %r", refused)
        context.push.wake()


def ring_readings(context, now: int) -> None:
    """The papers whose time has come or is over: also before the opening and after the close."""
    with context.pool.lend() as db:
        due = queries.readings_due(db, now + log.furthest_ahead(context.pool))
    for meeting, paper in due:
        state = log.state(context.pool, meeting)
        if paper not in state.papers:
            continue
        moment = rings_at(state.papers[paper])
        if not 0 < moment <= log.meeting_time(context.pool, state) + now - clock.now():
            continue
        try:
            log.handle(context.pool, meeting, RingReading(paper), Actor("", "system"), f"bell-{paper}-{state.seq}")
        except (Refused, Busy, sqlite3.OperationalError) as refused:
            logger.info("the time of a paper could not be rung, or the database is busy: %r", refused)
        context.push.wake()


def ring_recalls(context, now: int) -> None:
    """The papers that are to be taken back after the close."""
    with context.pool.lend() as db:
        due = queries.recalls_due(db, now + log.furthest_ahead(context.pool))
    for meeting, papers in due.items():
        state = log.state(context.pool, meeting)
        moment = log.meeting_time(context.pool, state) + now - clock.now()
        ripe = tuple(key for key in papers if key in state.papers and 0 < recall_at(state, state.papers[key]) <= moment)
        if ripe:
            obey(context, meeting, RingRecall(ripe), f"bell-recall-{state.seq}")


def count_receipts(context) -> None:
    """What devices have confirmed since the last round is told once for all of them."""
    for meeting, recall in receipts.take_changed(context.pool):
        if recall in log.state(context.pool, meeting).recalls:
            with context.pool.lend() as db:
                found = receipts.counts(db, recall)
            command = CountReceipts(recall, found["asked"], found["signed"])
            obey(context, meeting, command, f"bell-{recall}-{found['asked']}-{found['signed']}")


def obey(context, meeting: str, command: Command, command_id: str) -> None:
    try:
        log.handle(context.pool, meeting, command, Actor("", "system"), command_id)
    except (Refused, Busy, sqlite3.OperationalError) as refused:
        logger.info("what is due was refused, or the database is busy: %r", refused)
    context.push.wake()


def write_noted(context) -> None:
    """What was noted of fetched papers since the last round."""
    try:
        fetched.write(context.pool)
    except (Busy, sqlite3.OperationalError) as error:
        logger.info("what was fetched is noted with the next round: %r", error)


def run_due(context, since: dict[str, int]) -> None:
    """Look at every running meeting once."""
    now = clock.now()
    write_noted(context)
    end_reviews(context, now)
    ring_readings(context, now)
    ring_recalls(context, now)
    count_receipts(context)
    with context.pool.lend() as db:
        running = queries.live_meetings(db)
    states = [log.state(context.pool, meeting) for meeting in running]
    clock_sync.compare_clocks(context.settings, context.pool, states)
    for state in states:
        passed = due_commands(state, log.meeting_time(context.pool, state))
        for command_id, command in [*passed, *abandoned_stages(state, context.presence, since, now)]:
            try:
                log.handle(context.pool, state.id, command, Actor("", "system"), command_id)
            except (Refused, Busy, sqlite3.OperationalError) as refused:  # the disk may be full for a while
                logger.info("what is due was refused, or the database is busy: %r", refused)
            context.push.wake()


def run(context, sleep) -> None:
    """The timers' task: for as long as the server runs."""
    since: dict[str, int] = {}
    while True:
        sleep(LOOK_EVERY)
        try:
            run_due(context, since)
        except Exception:  # the next quarter of a second is another chance
            logger.exception("what is due could not be looked at; it is tried again")
