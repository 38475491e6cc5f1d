"""The log: the only place that writes what happened, and the one door in.

Every fact of every meeting is a row of `events`, numbered without a gap within its meeting and chained by hashes:
`hash = SHA-256(hash before + the row as canonical JSON)`. `handle` does everything a command needs in one transaction:
read what others wrote, decide, append, keep the projections, remember the answer.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlite_utils import Database

from meetingroom import clock, projections, unchanged
from meetingroom.database import Pool
from meetingroom.meeting import wire
from meetingroom.meeting.archiving import FactRedacted, FactWithheld
from meetingroom.meeting.kernel import (
    Actor,
    Command,
    Event,
    Incomplete,
    Recorded,
    Refused,
    changed,
    check_allowed,
    replay,
    rule_of,
    step,
)
from meetingroom.meeting.state import MeetingState
from meetingroom.unchanged import File

logger = logging.getLogger(__name__)


class Answer(NamedTuple):
    """What a command came to: the number of the last fact, and whether it had been answered before.

    `receipt` is what a keeper gave for what does not stand in the log.
    """

    seq: int
    repeated: bool = False
    receipt: str = ""


class Written(NamedTuple):
    """A fact that was appended: the row it stands in, and the state after it."""

    row: int
    meeting: str
    fact: Recorded
    state: MeetingState


class Head(NamedTuple):
    """A meeting as far as it has been read: its state and the hash of its last fact; what was appended to it."""

    state: MeetingState
    hash: str = ""
    written: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Kept:
    """What a keeper has done in the transaction: the receipt it gives, and what is left to do after the commit."""

    receipt: str = ""
    after_commit: Callable[[], None] = lambda: None


class Corrupt(Exception):
    """A hash of the chain does not fit: the file was changed by something else than this program."""


# Whoever gives a command; or what finds out in the command's own transaction, and raises what it likes.
Asker = Actor | Callable[[Database], Actor]

# What the server tells a command before it is decided: {type: (db, state, command) -> command}.
fillers: dict[type[Command], Callable[[Database, MeetingState, Any], Any]] = {}
filled_plainly: set[type[Command]] = set()

# Who keeps something beside the log, in the transaction of the facts (sealed.py):
# {type of a fact, or of what is decided and is no fact: (db, pool, (meeting, command id), state after, it) -> Kept}.
keepers: dict[type, Callable[[Database, Pool, tuple[str, str], MeetingState, Any], Kept]] = {}

# Who knows the receipts of commands that are given again: (pool, (meeting, command id)) -> receipt or "".
receipts: list[Callable[[Pool, tuple[str, str]], str]] = []

# The heads this process has read. A cache: any may be dropped at any time.
_heads: dict[tuple[str, str], Head] = {}
HEADS_KEPT = 200

# What this process committed last, by file and row: whoever follows the log need not read it back.
_written: dict[tuple[str, int], "Written"] = {}
WRITTEN_KEPT = 50
REFUSALS_KEPT = 50
encode_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
quoted = json.encoder.encode_basestring  # a text as `encode_json` has it
WITHHELD = "redacted"  # the only key of data that are withheld; its value is their SHA-256

# By how much the time of a meeting is ahead of the program's clock, ms: its log knows a moment that is still to come.
_ahead: dict[tuple[str, str], int] = {}
NOTED = 1000  # ms; two processes may differ by less
BEFORE_LONG = 12 * 3_600_000


def fills(kind: type[Command]):
    """Registers what fills in the `told` fields of a command: (db, meeting, command) -> command."""

    def register(fill):
        fillers[kind] = lambda db, state, command: fill(db, state.id, command)
        return fill

    return register


def fills_by_state(kind: type[Command], *, plain: bool = False):
    """The same for what needs to know how the meeting stands, which is known already: (db, state, command). `plain`: it
    asks nothing of the request, and hardly ever the file, so that the command keeps the short way (commands/direct.py).
    """

    def register(fill):
        fillers[kind] = fill
        if plain:
            filled_plainly.add(kind)
        return fill

    return register


def keeps(*kinds: type):
    """Registers what keeps something beside the log when one of these is decided."""

    def register(keep):
        keepers.update(dict.fromkeys(kinds, keep))
        return keep

    return register


def gives_receipts(find):
    """Registers what knows the receipts that were given lately."""
    receipts.append(find)
    return find


def handle(pool: Pool, meeting: str, command: Command, asker: Asker, command_id: str) -> Answer:
    """Do what `asker` wishes, or raise Refused. The same `command_id` again: the same answer, nothing done twice.

    `Actor.at` is stamped here unless the caller gives it (the demo's past meeting). Raises database.Busy when another
    process holds the file too long.
    """
    refused: Refused | None = None
    with pool.writing() as db:
        actor = asker if isinstance(asker, Actor) else asker(db)
        head = newest_head(db, pool, meeting)
        actor = changed(actor, at=actor.at or meeting_time(pool, head.state), seed=f"{meeting}/{command_id}")
        try:
            facts = decide_in_state(db, command, head.state, actor)
        except Exception as failed:
            if before := find_answer(db, meeting, command_id):
                return same_answer(before, command, actor, find_receipt(pool, meeting, command_id))
            if not isinstance(failed, Refused):
                raise
            refused = failed
            answer = {"code": failed.code, "details": failed.details}
            remember_answer(db, meeting, command_id, actor.user, name_of(command), answer)
        else:
            events = [fact for fact in facts if isinstance(fact, Event)]
            # Without the receipt: beside the name of whoever gave the command it would lead to what was kept.
            done = {"seq": head.state.seq + len(events)}
            if not remember_answer(db, meeting, command_id, actor.user, name_of(command), done):
                before = find_answer(db, meeting, command_id)
                return same_answer(before, command, actor, find_receipt(pool, meeting, command_id))
            head = append(db, meeting, head, events, actor)
            kept = keep_beside(db, pool, (meeting, command_id), head.state, facts)
            unchanged.pass_over(db, len(head.written) + 1)
            unchanged.answers_of(db)["head", meeting] = head.hash
    if refused:
        raise refused
    keep_head(pool, meeting, head)
    keep_written(pool, head)
    for each in kept:
        each.after_commit()
    return Answer(head.state.seq, receipt=next((each.receipt for each in kept if each.receipt), ""))


def decide_in_state(db: Database, command: Command, state: MeetingState, actor: Actor) -> list:
    """The right, what the server tells the command, the rule. Raises Refused."""
    actor = with_role(actor, state)
    check_allowed(command, actor, state)
    if fill := fillers.get(type(command)):
        command = fill(db, state, command)
    return rule_of(type(command))(command, state, actor)


def keep_beside(db: Database, pool: Pool, command: tuple[str, str], state: MeetingState, decided: list) -> list[Kept]:
    """What the keepers make of what was decided. Raises Incomplete for what is no fact and has no keeper: it would be
    lost, or stand in the log for everybody to read."""
    if lost := [type(each).__name__ for each in decided if not isinstance(each, Event) and type(each) not in keepers]:
        raise Incomplete([f"{name}: nobody keeps it (@log.keeps)" for name in lost])
    return [keepers[type(each)](db, pool, command, state, each) for each in decided if type(each) in keepers]


def find_receipt(pool: Pool, meeting: str, command_id: str) -> str:
    """The receipt this command was answered with, if a keeper gave it not long ago; else ""."""
    return next(filter(None, (find(pool, (meeting, command_id)) for find in receipts)), "")


def with_role(actor: Actor, state: MeetingState) -> Actor:
    """The actor in the role the meeting knows now: what the edge read may be a moment old."""
    if actor.role in ("system", "clerk"):  # no roles of a meeting
        return actor
    person = state.roll.people.get(actor.user)
    return changed(actor, role=person.role if person else "")


def append(db: File, meeting: str, head: Head, facts: Iterable[Event], actor: Actor) -> Head:
    """Stamp, chain and write the facts, and bring the projections along. Inside a write transaction."""
    state, last, written = head.state, head.hash, []
    for fact in facts:
        seq, name, data = state.seq + 1, type(fact).__name__, canonical_json(wire.data_of(fact))
        at = clock.iso(actor.at)
        last = chain_hash(last, meeting, seq, at, actor.user, name, data)
        row = db.cursor.execute(
            "insert into events (meeting, seq, at, by, name, data, hash) values (?, ?, ?, ?, ?, ?, ?)",
            (meeting, seq, at, actor.user, name, data, last),
        ).lastrowid
        assert row
        recorded = Recorded(seq, actor.at, actor.user, fact, last)
        before, state = state, step(state, recorded)
        projections.keep(db, meeting, before, state, fact)
        written.append(Written(row, meeting, recorded, state))
    return Head(state, last, tuple(written))


def read(db: Database, meeting: str, after: int = 0) -> list[Recorded]:
    """The facts of a meeting with numbers above `after`, in order."""
    rows = db.conn.execute(
        "select seq, at, by, name, data, hash from events where meeting = ? and seq > ? order by seq", (meeting, after)
    )
    return [read_row(*row) for row in rows]


def read_row(seq: int, at: str, by: str, name: str, data: str, hash: str) -> Recorded:
    fields = json.loads(data)
    event: Any = FactWithheld(fields[WITHHELD], name) if fields.keys() == {WITHHELD} else wire.event_from(name, fields)
    return Recorded(seq, clock.milliseconds(at), by, event, hash)


def state(pool: Pool, meeting: str) -> MeetingState:
    """The meeting as it stands in the file now; `.meeting.status == "none"` if there is no such meeting."""
    with pool.lend() as db:
        head = catch_up_head(db, pool, meeting)
    keep_head(pool, meeting, head)
    return head.state


def meeting_time(pool: Pool, state: MeetingState) -> int:
    """The time in a meeting (ms): the program's, and never before what its log knows already.

    After a start with a computer whose clock is behind, the meeting's time goes on from its last fact: a minute of it
    is a minute, no countdown stands still. Only preparations that are half a day in the future hold nothing up: that
    was a clock that was wrong, and the minutes are to have the right day.
    """
    key, now = (pool.file, state.id), clock.now()
    ahead = _ahead.get(key, 0)
    if now + ahead < state.at:
        ahead = state.at - now
        if ahead > BEFORE_LONG and not state.meeting.opened_at:
            return now
        _ahead[key] = ahead
        if ahead > NOTED:
            logger.warning(
                "%s was %d s ahead of the clock; its time goes on from its last fact", state.id, ahead // 1000
            )
    return now + ahead


def furthest_ahead(pool: Pool) -> int:
    """By how much the time of some meeting is ahead of the program's clock at most, as far as it is known (ms)."""
    return max((ahead for (path, _), ahead in _ahead.items() if path == pool.file), default=0)


def clock_was_set() -> None:
    """The program's clock follows the computer's again: how far meetings are ahead of it is seen anew."""
    _ahead.clear()


def reread_state(pool: Pool, meeting: str) -> MeetingState:
    """The same, read from the first fact on: what this process remembers of it is not believed."""
    _heads.pop((pool.file, meeting), None)
    return state(pool, meeting)


def catch_up_head(db: Database, pool: Pool, meeting: str) -> Head:
    """The head in memory, brought up to what the file holds."""
    head = _heads.get((pool.file, meeting)) or Head(MeetingState(id=meeting))
    new = read(db, meeting, head.state.seq)
    return Head(replay(head.state, new), new[-1].hash) if new else head


def newest_head(db: File, pool: Pool, meeting: str) -> Head:
    """The same in a write transaction, where it may be known that nobody has written since."""
    head = _heads.get((pool.file, meeting))
    if head and unchanged.answers_of(db).get(("head", meeting)) == head.hash:
        return head
    return catch_up_head(db, pool, meeting)


def keep_head(pool: Pool, meeting: str, head: Head) -> None:
    key = (pool.file, meeting)
    known = _heads.pop(key, None)
    # Two greenlets may have read at the same time: the older head must not replace the newer.
    newest = known if known and known.state.seq > head.state.seq else head
    if newest.state.seq:
        _heads[key] = newest
    while len(_heads) > HEADS_KEPT:
        _heads.pop(next(iter(_heads)))


def keep_written(pool: Pool, head: Head) -> None:
    """Only what is committed: a row that was rolled back would be another's next."""
    file = pool.file
    for written in head.written:
        _written.pop((file, written.row), None)
        _written[file, written.row] = written
    while len(_written) > WRITTEN_KEPT:
        del _written[next(iter(_written))]


def find_written(pool: Pool, row: int) -> Written | None:
    """The fact in this row, if this process wrote it not long ago. Rows are numbered without a gap, in the order of
    commits: who follows the log and finds the next one here has missed nothing."""
    return _written.get((pool.file, row))


def last_written(pool: Pool) -> int:
    """The row of this process's last fact; 0 where there is none."""
    return next((row for file, row in reversed(_written) if file == pool.file), 0)


def forget_heads(pool: Pool) -> None:
    """Drop what this process remembers of a file (tests, a restored backup)."""
    for key in [key for key in {**_heads, **_ahead} if key[0] == pool.file]:
        _heads.pop(key, None)
        _ahead.pop(key, None)
    for place in [place for place in _written if place[0] == pool.file]:
        del _written[place]


def find_answer(db: Database, meeting: str, command_id: str):
    return db.conn.execute(
        "select by, name, answer from answers where meeting = ? and id = ?", (meeting, command_id)
    ).fetchone()


def name_of(command: Command) -> str:
    return wire.snake(type(command).__name__)


def same_answer(before, command: Command, actor: Actor, receipt: str = "") -> Answer:
    """The answer given the first time. Refused("id_taken") if that was another person's or another command's id."""
    if (before["by"], before["name"]) != (actor.user, name_of(command)):
        raise Refused("id_taken")
    answer = json.loads(before["answer"])
    if "code" in answer:
        raise Refused(answer["code"], **answer["details"])
    return Answer(answer["seq"], repeated=True, receipt=receipt)


def remember_answer(db: File, place: str, command_id: str, person: str, name: str, answer: dict) -> bool:
    """False where this id has its answer already, which stays. Of a person's refusals the last ones are remembered: an
    answer that was lost is asked for again at once."""
    refused = number_refusal(db, place, person) if "code" in answer else None
    asked = db.cursor.execute(
        "insert into answers (meeting, id, by, name, answer, refused) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
        (place, command_id, person, name, answer_json(answer), refused),
    )
    return asked.rowcount == 1


def number_refusal(db: Database, place: str, person: str) -> int:
    """The next one's number; whatever is too long ago is forgotten."""
    whose = (place, person)
    theirs = "from answers where meeting = ? and by = ? and refused is not null"
    (last,) = db.conn.execute(f"select coalesce(max(refused), 0) {theirs}", whose).fetchone()
    db.conn.execute(f"delete {theirs} and refused <= ?", (*whose, last + 1 - REFUSALS_KEPT))
    return last + 1


def answer_json(answer: dict) -> str:
    """Most of them are a number, once for each command."""
    return f'{{"seq":{answer["seq"]}}}' if answer.keys() == {"seq"} else canonical_json(answer)


def canonical_json(data: Any) -> str:
    return encode_json(data)


def chain_hash(last: str, meeting: str, seq: int, at: str, by: str, name: str, data: str) -> str:
    """The hash of a fact, which rests on all before it: on the canonical JSON of [meeting, seq, at, by, name, data]."""
    row = f"[{quoted(meeting)},{seq},{quoted(at)},{quoted(by)},{quoted(name)},{quoted(data)}]"
    return hashlib.sha256((last + row).encode()).hexdigest()


def verify(db: Database, meeting: str) -> int:
    """Check a meeting's chain from its first fact; the number of facts. Raises Corrupt naming the first that fails.

    A fact that is withheld counts by its hash, if a later one says so and names the data that were there.
    """
    withheld = withheld_facts(db, meeting)
    last, expected = "", 0
    rows = db.conn.execute(
        "select seq, at, by, name, data, hash from events where meeting = ? order by seq", (meeting,)
    )
    for row in rows:
        expected += 1
        if row["data"] == withheld.get(row["seq"]):
            last = row["hash"]
        else:
            last = chain_hash(last, meeting, row["seq"], row["at"], row["by"], row["name"], row["data"])
        if row["seq"] != expected or row["hash"] != last:
            raise Corrupt(f"{meeting} #{expected}")
    return expected


def withheld_facts(db: Database, meeting: str) -> dict[int, str]:
    """The numbers of the facts that are withheld, with what stands in the place of their data."""
    rows = db.conn.execute(
        "select data from events where meeting = ? and name = ?", (meeting, FactRedacted.__name__)
    )  # fmt: skip
    redactions = [json.loads(row["data"]) for row in rows]
    return {each["seq"]: in_place_of(each["sha"]) for each in redactions if each.keys() >= {"seq", "sha"}}


def in_place_of(sha: str) -> str:
    return canonical_json({WITHHELD: sha})


def withhold(db: Database, meeting: str, seq: int, sha: str) -> None:
    """What a fact says goes; its hash stays. Inside the transaction of the FactRedacted."""
    db.conn.execute(
        "update events set data = ? where meeting = ? and seq = ?", (in_place_of(sha), meeting, seq)
    )  # fmt: skip


def rebuild(db: Database) -> None:
    """Empty the tables and make them again from the log. Inside a write transaction."""
    for table in projections.made:
        db.conn.execute(f"delete from {table}")  # noqa: S608
    for (meeting,) in db.conn.execute("select distinct meeting from events order by meeting").fetchall():
        state = MeetingState(id=meeting)
        for fact in read(db, meeting):
            before, state = state, step(state, fact)
            projections.keep(db, meeting, before, state, fact.event)
