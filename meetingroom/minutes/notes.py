"""What happens to the text of an item: saved, set aside, taken back, told to the log. Inside a transaction; SQL below.

A text is saved over the version its writer had before (`base`): a newer one is not overwritten unseen, unless the same
window of the same person wrote it and never heard the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlite_utils import Database

from meetingroom import log
from meetingroom.database import Pool
from meetingroom.meeting import record
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.record import NoteRecorded
from meetingroom.meeting.state import MeetingState, Note
from meetingroom.minutes import note_store, rich
from meetingroom.minutes.note_store import AUTO, BRANCH, CHECKPOINT, RESTORE, Revision
from meetingroom.minutes.rich import Doc

EVERY = 120_000  # ms: how often a text that is being written goes into the log


@dataclass(frozen=True)
class Writing:
    """Who saves: a person in one window, at a moment of the meeting's time (ms)."""

    meeting: str
    item: str
    by: str
    window: str
    at: int


def current(db: Database, state: MeetingState, item: str) -> tuple[Revision, Doc] | None:
    """The text as it stands; a note of a log that has no versions beside it is version 0."""
    if head := note_store.head_of(db, state.id, item):
        return head, note_store.find_text(db, head.sha) or rich.EMPTY
    if note := state.record.notes.get(item):
        doc = rich.from_plain(note.text)
        return Revision(0, note.at, note.by, note.window, rich.sha_of(rich.write(doc)), CHECKPOINT), doc
    return None


def save(db: Database, state: MeetingState, who: Writing, doc: Doc, base: int, kind: str = AUTO) -> Revision:
    """The next version, or the one there is if that says the same. Raises Refused (`note_changed` with `rev`, `by`,
    `at` of the newer one)."""
    record.check_note_writable(state, who.item)
    now = current(db, state, who.item)
    record.check_note_room(state, who.item, rich.plain(doc))
    if kind == BRANCH:
        return add(db, who, doc, BRANCH)
    if now is None:
        if not doc.blocks:
            return Revision(0, who.at, who.by, who.window, rich.sha_of(""), AUTO)
        return add(db, who, doc, kind)
    head, text = now
    if text == doc:
        return head
    if base != head.rev and (head.by, head.window) != (who.by, who.window):
        raise Refused("note_changed", rev=head.rev, by=head.by, at=head.at)
    if head.rev == 0:  # from the log alone: it stays to be seen
        add(db, replace(who, by=head.by, window=head.window, at=head.at), text, CHECKPOINT)
    return add(db, who, doc, kind)


def add(db: Database, who: Writing, doc: Doc, kind: str) -> Revision:
    return note_store.add_revision(
        db, who.meeting, who.item, doc, at=who.at, by=who.by, window=who.window, kind=kind
    )  # fmt: skip


def restore(db: Database, state: MeetingState, who: Writing, rev: int, base: int) -> Revision:
    """An older version becomes the newest. Raises Refused: `version_gone`, `note_changed`."""
    wanted = note_store.find_revision(db, who.meeting, who.item, rev)
    if wanted is None:
        raise Refused("version_gone")
    return save(db, state, who, note_store.find_text(db, wanted.sha) or rich.EMPTY, base, RESTORE)


def forget(db: Database, state: MeetingState, item: str, wanted: Revision) -> None:
    """A version goes for good, with every other of the same text. Raises Refused: `version_in_use` for the text as it
    stands, `version_in_log` for what the log tells (there an administrator withholds it, with the chair's consent)."""
    same = [each for each in note_store.revisions_of(db, state.id, item) if each.sha == wanted.sha]
    head = note_store.head_of(db, state.id, item)
    if head and head.sha == wanted.sha:
        raise Refused("version_in_use")
    if any(each.kind == CHECKPOINT for each in same):
        raise Refused("version_in_log")
    note_store.forget(db, state.id, item, same)


def is_due(db: Database, who: Writing) -> bool:
    """Whether the text has been written long enough to go into the log."""
    return who.at - note_store.last_logged(db, who.meeting, who.item) >= EVERY


def unlogged(db: Database, state: MeetingState) -> list[tuple[str, Revision]]:
    """The items whose text stands otherwise than in the log."""
    heads = note_store.heads_of(db, state.id)
    nothing = Note("", "", 0, 0)
    return [
        (item, head)
        for item, head in heads.items()
        if head.kind != CHECKPOINT and head.sha != state.record.notes.get(item, nothing).sha
    ]


def texts_of(db: Database, state: MeetingState, *, as_logged: bool) -> Mapping[str, Doc]:
    """The text of every item: as the log has it (what was approved), or as it stands now."""
    found = {item: text_in_log(db, note) for item, note in state.record.notes.items()}
    if not as_logged:
        for item, head in note_store.heads_of(db, state.id).items():
            found[item] = note_store.find_text(db, head.sha) or rich.EMPTY
    return found


def text_in_log(db: Database, note: Note) -> Doc:
    """With its looks where they are at hand."""
    kept = note_store.find_text(db, note.sha) if note.sha else None
    return rich.from_plain(note.text) if kept is None else kept


@log.keeps(NoteRecorded)
def keep_version(
    db: Database, pool: Pool, command: tuple[str, str], state: MeetingState, fact: NoteRecorded
) -> log.Kept:
    """A text from the log is a version of its item, whoever brought it."""
    if fact.sha:
        note_store.mark_checkpoint(db, state.id, fact.item, fact.rev)
    else:
        who = Writing(state.id, fact.item, state.by, fact.window, state.at)
        add(db, who, rich.from_plain(fact.text), CHECKPOINT)
    return log.Kept()
