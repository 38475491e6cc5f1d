"""What the chair approves: the minutes read from the log as they stand, and their digest. SQL."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlite_utils import Database

from meetingroom import log
from meetingroom.meeting.approval import MinutesApproved
from meetingroom.meeting.kernel import Recorded, replay
from meetingroom.meeting.record import approval as what_they_are
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import notes
from meetingroom.minutes.draft import draft
from meetingroom.minutes.model import Minutes
from meetingroom.minutes.rich import Doc
from meetingroom.people import layout_store
from meetingroom.printing.layout import Layout
from meetingroom.printing.letterhead import Letterhead

# An official document is in Vietnamese; the English text follows from the same facts.
OFFICIAL = "vi"


@dataclass(frozen=True)
class Reading:
    """The facts that the minutes are made of, and what the agency's units say."""

    facts: list[Recorded]
    state: MeetingState
    letterhead: Letterhead
    layout: Layout
    texts: Mapping[str, Doc]

    def minutes(self, language: str) -> Minutes:
        made = draft(self.facts, self.state, self.letterhead, language, self.texts)
        return replace(made, paper=self.layout.paper)

    def approval(self, minutes: Minutes | None = None) -> dict:
        """`{state, version, digest, at?, by?}`; `by` is a name. `minutes`: the official ones, if made already."""
        standing, approved = what_they_are(self.state.record), self.state.record.approved
        if not approved:
            return {**standing, "digest": digest_of(minutes or self.minutes(OFFICIAL))}
        person = self.state.roll.people.get(approved.by)
        return {**standing, "digest": approved.digest, "by": person.name if person else ""}


def read_minutes(db: Database, meeting: str) -> Reading:
    """The meeting as it stands; once the minutes are approved, as it stood then: nothing later changes them, in the
    log or in the agency's units."""
    facts = log.read(db, meeting)
    state = replay(MeetingState(id=meeting), facts)
    letters, layout = layout_store.current_paper(db, state.meeting.closed_at or state.at)
    if not (approved := state.record.approved):
        return Reading(facts, state, letters, layout, notes.texts_of(db, state, as_logged=False))
    then = read_then(db, meeting, facts, approved.seq, approved.letterhead)
    return numbered(then, state)


def read_version(db: Database, meeting: str, version: int) -> Reading:
    """An earlier version as it was approved last, with the number that it was issued under."""
    facts = log.read(db, meeting)
    state = replay(MeetingState(id=meeting), facts)
    every = [(fact.seq, fact.event) for fact in facts if isinstance(fact.event, MinutesApproved)]
    approved = [(seq, event) for seq, event in every if event.version == version]
    if not approved:
        return read_minutes(db, meeting)
    seq, event = approved[-1]
    return numbered(read_then(db, meeting, facts, seq, event.letterhead), state)


def numbered(then: Reading, now: MeetingState) -> Reading:
    """The number is given after the approval, and no part of what was approved."""
    was = then.state.issuing
    issuing = replace(now.issuing, minutes=was.minutes, reopened=was.reopened)
    return replace(then, state=replace(then.state, issuing=issuing))


def read_then(
    db: Database, meeting: str, facts: list[Recorded], seq: int, letters: Mapping[str, str] | None = None
) -> Reading:
    """The meeting as it stood at one of its facts."""
    then = [fact for fact in facts if fact.seq <= seq]
    before = replay(MeetingState(id=meeting), then)
    current, layout = layout_store.current_paper(db, before.meeting.closed_at or before.at)
    head = Letterhead(**letters) if letters else current
    return Reading(then, before, head, layout, notes.texts_of(db, before, as_logged=True))


def digest_of(minutes: Minutes) -> str:
    """SHA-256 of the whole model as canonical JSON: it binds roll, ballots and letterhead, too.

    Left out is what the approval itself changes: that it is a draft, when its last fact happened, what it changed.
    """
    replaces = minutes.replaces and replace(minutes.replaces, changed=())
    marked = replace(minutes, draft=False, written=0, replaces=replaces)
    whole = asdict(marked, dict_factory=without_later_fields)
    if not replaces:  # as it was before minutes could replace others
        del whole["replaces"]
    return hashlib.sha256(log.canonical_json(whole).encode()).hexdigest()


def without_later_fields(pairs: list[tuple[str, object]]) -> dict:
    """A field that came later is no part of a text that does not use it: digests given before stay true."""
    later = {"told": "", "sheet": (), "sections": (), "direction": (), "referred": ()}
    return {name: value for name, value in pairs if name not in later or value != later[name]}
