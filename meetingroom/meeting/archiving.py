"""The package of an archived meeting; and what is withheld of its log, because it should never have been typed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from meetingroom.meeting import checks
from meetingroom.meeting.ink_state import fetched_anew
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.roles import CHAIR, SYSTEM
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.view import compact, slice_of_view


@dataclass(frozen=True)
class SealArchive(Command):
    """The package has been made: its name, SHA-256 and size, and of how many facts it does not have the words (-1: of
    all that are withheld)."""

    file: str
    sha256: str
    bytes: int
    withheld: int = -1
    may = SYSTEM


@dataclass(frozen=True)
class ArchiveSealed(Event):
    """The package of the archived meeting is this file. A later one takes its place. `withheld`: of how many facts it
    does not have the words; -1: of all that were withheld by then."""

    file: str
    sha256: str
    bytes: int
    withheld: int = -1


@dataclass(frozen=True)
class RedactFact(Command):
    """What a fact says is withheld for good, as an administrator has asked: a state secret that was typed by mistake.
    The chair confirms it."""

    seq: int
    reason: str
    asked_by: str = filled_by_server("")  # the administrator; "": nobody has asked
    sha: str = filled_by_server("")  # of what is withheld; "": without it the log could not be read
    may = CHAIR


@dataclass(frozen=True)
class FactRedacted(Event):
    """What the fact of this number said is withheld. `sha` is the SHA-256 of its data; `asked_by` an administrator."""

    seq: int
    reason: str
    sha: str = ""
    asked_by: str = ""


@dataclass(frozen=True)
class FactWithheld:
    """In place of a fact whose data are withheld (`redacted` is their SHA-256). No event of its own: the row keeps the
    `name` it had, and nobody makes another."""

    redacted: str
    name: str = ""


# What of a fact stays in the state when its words are withheld: {its name: state -> state}.
staying: dict[str, Callable[[MeetingState], MeetingState]] = {}


def stays_of(kind: type[Event]):
    """Registers what stays: a number that was given once is in the minutes, and is given to nothing else."""

    def register(fold: Callable[[MeetingState], MeetingState]):
        staying[kind.__name__] = fold
        return fold

    return register


@decide.register
def seal_archive(command: SealArchive, state: MeetingState, actor: Actor):
    if state.meeting.status != "archived":
        raise Refused("not_archived")
    now = state.archive
    same = (now.file, now.sha256) == (command.file, command.sha256)
    if same and not (now.is_stale and command.withheld > now.withheld):
        return []
    return [ArchiveSealed(command.file, command.sha256, command.bytes, command.withheld)]


@evolve.register
def archive_sealed(event: ArchiveSealed, state: MeetingState):
    made = replace(state.archive, file=event.file, sha256=event.sha256, bytes=event.bytes, sealed_at=state.at)
    withheld = len(made.redacted) if event.withheld < 0 else event.withheld
    return replace(state, archive=replace(made, withheld=withheld))


@decide.register
def redact_fact(command: RedactFact, state: MeetingState, actor: Actor):
    checks.check_exists(state)
    if state.meeting.status == "cancelled":
        raise Refused("meeting_over")
    reason = checks.text(command.reason, 500, field="reason")
    if not 1 <= command.seq <= state.seq:
        raise Refused("no_such_fact", field="seq")
    if command.seq in state.archive.redacted:
        return []
    if any(kept.seq == command.seq for kept in state.report.reserved):
        raise Refused("opinion_is_reserved")
    if not command.asked_by:
        raise Refused("redaction_not_asked")
    if command.asked_by == actor.user:
        raise Refused("second_person_needed")
    if not command.sha:
        raise Refused("fact_needed")
    return [FactRedacted(command.seq, reason, command.sha, command.asked_by)]


@evolve.register
def fact_redacted(event: FactRedacted, state: MeetingState):
    kept = {**state.archive.redacted, event.seq: event.reason}
    return replace(state, archive=replace(state.archive, redacted=kept), ink=fetched_anew(state.ink))


@evolve.register(cast(Any, FactWithheld))
def fact_withheld(event: FactWithheld, state: MeetingState):
    stays = staying.get(event.name)
    return stays(state) if stays else state


@slice_of_view("archive", reads=("archive",))
def archive(state: MeetingState, audience: str):
    """For the staff, once archived: {at, code?, keep_until?, file?, sha256?, bytes?, sealed_at?, without_minutes?}."""
    now = state.archive
    if audience != "staff":
        return {}
    return compact(
        at=now.at,
        code=now.code,
        keep_until=now.keep_until,
        without_minutes=now.without_minutes,
        file=now.file,
        sha256=now.sha256,
        bytes=now.bytes,
        sealed_at=now.sealed_at,
    )
