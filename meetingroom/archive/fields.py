"""What the server tells the commands of the archive, and what it keeps of their facts."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from meetingroom import clock, log
from meetingroom.archive import provenance_store, store
from meetingroom.config import Settings
from meetingroom.jobs import queue
from meetingroom.log import fills
from meetingroom.meeting.archiving import ArchiveSealed, FactRedacted, FactWithheld, RedactFact
from meetingroom.meeting.kernel import Recorded, replay
from meetingroom.meeting.lifecycle import ArchiveMeeting, MeetingArchived
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import note_store


@fills(ArchiveMeeting)
def archive_meeting(db, meeting: str, command: ArchiveMeeting) -> ArchiveMeeting:
    """The last day of the retention period, which begins with the end of the year."""
    code = store.find_code(db, command.code) if command.code else None
    return replace(command, keep_until=store.keep_until(code, clock.local(clock.now()).year))


@fills(RedactFact)
def redact_fact(db, meeting: str, command: RedactFact) -> RedactFact:
    """Who has asked; and the SHA-256 of what is withheld, if the meeting can be read without it."""
    asked = store.find_redaction(db, meeting, command.seq) if abs(command.seq) < 2**53 else None
    data = store.data_of(db, meeting, command.seq) if asked else ""
    if not asked or not data or not is_readable_without(db, meeting, command.seq):
        return replace(command, asked_by=asked["by"] if asked else "")
    return replace(command, asked_by=asked["by"], sha=hashlib.sha256(data.encode()).hexdigest())


def is_readable_without(db, meeting: str, seq: int) -> bool:
    """Whether every later fact still follows. What made the meeting, its programme or its people cannot go."""
    facts = log.read(db, meeting)
    try:
        whole = replay(MeetingState(id=meeting), facts)
        left = replay(MeetingState(id=meeting), [without(fact) if fact.seq == seq else fact for fact in facts])
    except (KeyError, ValueError, AttributeError, TypeError, IndexError):
        return False
    same = ("meeting", "roll", "sites", "agenda", "papers", "ballots", "issuing", "review")
    return all(getattr(whole, part) == getattr(left, part) for part in same)


def without(fact: Recorded) -> Recorded:
    nothing: Any = FactWithheld("", type(fact.event).__name__)
    return replace(fact, event=nothing)


@log.keeps(MeetingArchived)
def request_package(db, pool, command: tuple[str, str], state: MeetingState, fact: MeetingArchived) -> log.Kept:
    """It is in the list at once; the worker makes its package."""
    store.enter(db, state, unit_of(state))
    return ask_for_package(db, pool, state.id)


def ask_for_package(db, pool, meeting: str) -> log.Kept:
    queue.request_job(db, store.SEAL, meeting)
    settings = Settings(data=pool.path.parent)
    return log.Kept(after_commit=lambda: queue.wake_worker(settings))


def unit_of(state: MeetingState) -> str:
    """Whose meeting it was: the unit of who presided."""
    return next((p.unit for p in state.roll.people.values() if p.role == "chair" and p.unit), "")


@log.keeps(ArchiveSealed)
def keep_package(db, pool, command: tuple[str, str], state: MeetingState, fact: ArchiveSealed) -> log.Kept:
    provenance_store.keep_former(db, state.id, fact.sha256, state.at)
    store.write_sealed(db, state.id, fact.file, fact.sha256, fact.bytes, state.at)
    return log.Kept()


@log.keeps(FactRedacted)
def withhold(db, pool, command: tuple[str, str], state: MeetingState, fact: FactRedacted) -> log.Kept:
    """The data go, and what was made of them; a package that was sealed is made again."""
    data = json.loads(store.data_of(db, state.id, fact.seq))
    log.withhold(db, state.id, fact.seq, fact.sha)
    if data.keys() >= {"item", "text", "window"}:
        note_store.forget_text(db, state.id, data["item"], data.get("sha", ""), data["text"])
    store.forget_redaction(db, state.id, fact.seq)
    queue.request_job(db, store.FORGET, state.id)
    seal = ask_for_package(db, pool, state.id) if state.meeting.status == "archived" else log.Kept()

    def after() -> None:
        log.forget_heads(pool)
        seal.after_commit()

    return log.Kept(after_commit=after)
