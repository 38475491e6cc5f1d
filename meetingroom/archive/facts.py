"""The log as it goes into the package: a fact a line, with its hash; what is nobody's business is withheld. Pure.

A line: `{meeting, seq, at, by, name, data, hash}`; of what is withheld `withheld` (why) instead of `data`, and `told`
where a part may be said. `hash` is SHA-256 of the hash before it and `[meeting, seq, at, by, name, data]` as canonical
JSON, `data` as the canonical JSON of itself; a withheld line has the hash that its whole fact had.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from meetingroom import log
from meetingroom.meeting import wire
from meetingroom.meeting.archiving import FactWithheld
from meetingroom.meeting.ballot_count import BallotClosed, hide_few_votes
from meetingroom.meeting.kernel import Event, Recorded
from meetingroom.meeting.notices import EVERYBODY, NoticeSent, ServiceCalled
from meetingroom.meeting.record import NoteRecorded
from meetingroom.meeting.state import MeetingState

REDACTED, PRIVATE, DRAFT, SECRET = "redacted", "private", "draft", "secret"


def withheld(facts: Iterable[Recorded], state: MeetingState) -> dict[int, str]:
    """Which facts are not told in full, and why: redacted; meant for one person; a text that another one replaced; what
    of a secret ballot is more than the result and the receipts."""
    found: dict[int, str] = {}
    texts: dict[str, int] = {}
    approved = state.record.approved
    for fact in facts:
        event = fact.event
        if isinstance(event, FactWithheld):
            found[fact.seq] = REDACTED
        elif is_private(event, state):
            found[fact.seq] = PRIVATE
        elif isinstance(event, NoteRecorded):
            if not approved or fact.seq > approved.seq:
                found[fact.seq] = DRAFT
                continue
            if event.item in texts:
                found[texts[event.item]] = DRAFT
            texts[event.item] = fact.seq
        elif hide_votes(event, state) != event:
            found[fact.seq] = SECRET
    return found


def is_private(event: Event, state: MeetingState) -> bool:
    """A whisper, a message to one person, a call for service in one's own words."""
    if isinstance(event, NoticeSent):
        return event.to != EVERYBODY and event.to not in state.sites.sites
    return isinstance(event, ServiceCalled) and bool(event.text)


def hide_votes(event: Event, state: MeetingState) -> Event:
    """What may be said of it."""
    event = hide_few_votes(event, state)
    if isinstance(event, BallotClosed) and event.texts:
        ballot = state.ballots.ballots.get(event.ballot)
        if ballot is None or ballot.secret:
            return replace(event, texts=())
    return event


def write_lines(
    rows: Iterable[dict], facts: Iterable[Recorded], state: MeetingState, kept_back: dict[int, str]
) -> Iterator[str]:
    """`rows` of the log and the same as facts."""
    for row, fact in zip(rows, facts, strict=True):
        line = {"meeting": state.id, **{key: row[key] for key in ("seq", "at", "by", "name", "hash")}}
        why = kept_back.get(fact.seq)
        if why is None:
            line["data"] = json.loads(row["data"])
            if log.canonical_json(line["data"]) != row["data"]:
                line["written"] = row["data"]
        else:
            line["withheld"] = why
            if why == SECRET:
                line["told"] = wire.data_of(hide_votes(fact.event, state))
        yield log.canonical_json(line)
