"""The copies of the minutes that the log remembers: what was sent, laid before the chair, approved. SQL by others."""

from dataclasses import dataclass, field

from sqlite_utils import Database

from meetingroom import log
from meetingroom.meeting.approval import MinutesApproved
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.review import MinutesSent, MinutesSubmitted
from meetingroom.minutes import approval, parts, seen_store
from meetingroom.minutes.model import Minutes
from meetingroom.printing.wording import words

WHAT = {MinutesSent: "sent", MinutesSubmitted: "submitted", MinutesApproved: "approved"}


@dataclass(frozen=True)
class Copy:
    """One fact that froze the text: what it did, when (ms), who, and what the letterhead then said."""

    seq: int
    what: str  # sent | submitted | approved
    version: int
    at: int
    by: str
    letterhead: dict[str, str] = field(default_factory=dict)


def list_copies(facts: list[Recorded]) -> list[Copy]:
    """The oldest first."""
    return [
        Copy(
            fact.seq,
            WHAT[type(fact.event)],
            fact.event.version,
            fact.at,
            fact.by,
            getattr(fact.event, "letterhead", {}),
        )
        for fact in facts
        if isinstance(fact.event, (MinutesSent, MinutesSubmitted, MinutesApproved))
    ]


def read_copy(db: Database, meeting: str, facts: list[Recorded], copy: Copy, language: str) -> Minutes:
    """The minutes as that copy has them."""
    return approval.read_then(db, meeting, facts, copy.seq, copy.letterhead).minutes(language)


def find_base(db: Database, meeting: str, copies: list[Copy], person: str, current: int) -> Copy | None:
    """The copy that somebody last saw before the one that lies there now (the fact `current`)."""
    seen = seen_store.list_seen(db, meeting, person)
    before = [copy for copy in copies if copy.seq < current and copy.seq in seen]
    return before[-1] if before else None


def changed_since_version(db: Database, meeting: str, now: Minutes, language: str) -> tuple[str, ...]:
    """The parts in which the minutes differ from the version that was approved before, if there is one."""
    facts = log.read(db, meeting)
    before = [copy for copy in list_copies(facts) if copy.what == "approved"]
    if not before:
        return ()
    return parts.changed(read_copy(db, meeting, facts, before[-1], language), now, words(language))
