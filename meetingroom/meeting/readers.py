"""Who may read each paper, how, and from when until when."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.papers import release_reason, with_paper
from meetingroom.meeting.rights import LIMIT
from meetingroom.meeting.roles import ROLES, STAFF, SYSTEM
from meetingroom.meeting.state import MeetingState, Paper, Rights

MODES = ("open", "view", "restricted")
DAYS = 3650
LATEST = 4_102_444_800_000  # ms, the year 2100


@dataclass(frozen=True)
class SetReaders(Command):
    """Who beside the staff may read a paper, how, and when; what is left out stays.

    `readers`: `all`, `none` (the staff alone), or any of `role:<role>`, `unit:<id>` (with all units below it),
    `person:<id>`; whoever one of them names may read. `mode`: `open` (may be downloaded and kept), `view`, or
    `restricted` (nothing of it is kept on a device, no words are given out). `from`, `until`: moments in ms, 0 for
    none. `recall_after`: `none`, `close`, or a number of days after the close (`30`). A paper that is held for its
    stamp is released with a `reason`.
    """

    paper: str
    mode: str | None = None
    readers: tuple[str, ...] | None = None
    from_: int | None = None
    until: int | None = None
    recall_after: str | None = None
    reason: str | None = None
    units: dict[str, str] | None = filled_by_server(None)
    may = STAFF


@dataclass(frozen=True)
class ReadersSet(Event):
    """Who may read a paper beside the staff, how (open, view, restricted), and from when until when (ms; 0: no end).
    `units` are the units named and all below them: id and name; `reason`: why a stamp that was recognised is none."""

    paper: str
    mode: str
    readers: tuple[str, ...]
    from_: int = 0
    until: int = 0
    recall_after: str = "none"
    units: dict[str, str] | None = None
    reason: str = ""


@dataclass(frozen=True)
class RingReading(Command):
    """The moment has come from which a paper may be read, or until which it might."""

    paper: str
    may = SYSTEM


@dataclass(frozen=True)
class ReadingOpened(Event):
    """The time has come from which its readers may read a paper."""

    paper: str


@dataclass(frozen=True)
class ReadingEnded(Event):
    """The time is over in which its readers could read a paper."""

    paper: str


@decide.register
def set_readers(command: SetReaders, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    checks.check_not_secret(state)
    paper = checks.paper(state, command.paper)
    if paper.recalled:
        raise Refused("recalled")
    before = rights_of(paper)
    mode = paper.mode if command.mode is None else command.mode
    checks.one_of(mode, MODES, "mode")
    readers, units = before.readers, before.units
    if command.readers is not None:
        readers = checked_readers(command, state)
        units = dict(command.units or {}) if has_units(readers) else {}
    opens = before.opens if command.from_ is None else checked_moment(command.from_, "from")
    until = before.until if command.until is None else checked_moment(command.until, "until")
    if until and until <= opens:
        raise Refused("ends_before_start", field="until")
    after = before.recall_after if command.recall_after is None else checked_recall(command.recall_after)
    reason = release_reason(paper, command.reason or "") if readers != ("none",) else ""
    now = (paper.mode, before.readers, before.opens, before.until, before.recall_after, before.units)
    if paper.rights and now == (mode, readers, opens, until, after, units):
        return []
    return [ReadersSet(command.paper, mode, readers, opens, until, after, units, reason)]


@evolve.register
def readers_set(event: ReadersSet, state: MeetingState):
    rights = Rights(
        event.readers,
        event.units or {},
        event.from_,
        event.until,
        event.recall_after,
        begun=event.from_ <= state.at,
        ended=0 < event.until <= state.at,
    )
    readers = "members" if "all" in event.readers else "staff" if event.readers == ("none",) else "some"
    held = state.papers[event.paper].held if readers == "staff" else ""
    about = {"readers": readers, "mode": event.mode, "download": event.mode == "open", "held": held}
    return with_paper(state, event.paper, rights=rights, **about)


@decide.register
def ring_reading(command: RingReading, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    rights = checks.paper(state, command.paper).rights
    if rights is None or rights.ended:
        return []
    opened: list[Event] = [ReadingOpened(command.paper)] if not rights.begun and rights.opens <= actor.at else []
    ended: list[Event] = [ReadingEnded(command.paper)] if 0 < rights.until <= actor.at else []
    return [*opened, *ended]


@evolve.register
def reading_opened(event: ReadingOpened, state: MeetingState):
    return with_rights(state, event.paper, begun=True)


@evolve.register
def reading_ended(event: ReadingEnded, state: MeetingState):
    return with_rights(state, event.paper, ended=True)


def rights_of(paper: Paper) -> Rights:
    """Its rights, in the words of this file also where they were never set."""
    return paper.rights or Rights(("none",) if paper.readers == "staff" else ("all",))


def with_rights(state: MeetingState, key: str, **changes) -> MeetingState:
    if key not in state.papers:
        return state
    return with_paper(state, key, rights=replace(rights_of(state.papers[key]), **changes))


def rings_at(paper: Paper) -> int:
    """The next moment at which its time begins or ends (ms); 0 where none is left."""
    rights = paper.rights
    if rights is None or rights.ended or paper.recalled:
        return 0
    return rights.opens if not rights.begun else rights.until


def checked_readers(command: SetReaders, state: MeetingState) -> tuple[str, ...]:
    """Each once; somebody must be left who may read."""
    readers = tuple(dict.fromkeys(command.readers or ()))
    if not readers:
        raise Refused("readers_empty", field="readers")
    if len(readers) > LIMIT:
        raise Refused("too_many", field="readers", limit=LIMIT)
    if readers in (("all",), ("none",)):
        return readers
    for each in readers:
        kind, _, value = each.partition(":")
        known = (
            (kind == "role" and value in ROLES)
            or (kind == "unit" and value in (command.units or {}))
            or (kind == "person" and value in state.roll.people)
            or each == "all"
        )
        if not known:
            raise Refused("not_a_choice", field="readers")
    return ("all",) if "all" in readers else readers


def has_units(readers: tuple[str, ...]) -> bool:
    return any(each.startswith("unit:") for each in readers)


def checked_moment(moment: int, field: str) -> int:
    if not 0 <= moment <= LATEST:
        raise Refused("bad_time", field=field)
    return moment


def checked_recall(after: str) -> str:
    if after in ("none", "close"):
        return after
    if not (after.isascii() and after.isdigit() and 1 <= len(after) <= 4 and 1 <= int(after) <= DAYS):
        raise Refused("not_a_choice", field="recall_after")
    return str(int(after))
