"""The record: the secretary's text on each item, and the head of the minutes. The conclusions: `conclusions.py`."""

from dataclasses import dataclass

from meetingroom.meeting import checks
from meetingroom.meeting.conclusions import GENERAL as GENERAL
from meetingroom.meeting.conclusions import check_room, check_writable, conclusions_for, record_text
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY, SYSTEM
from meetingroom.meeting.state import MeetingState, Note, Record
from meetingroom.meeting.view import compact, slice_of_view

WINDOW_LENGTH = 40
FIELDS = (
    "number",  # 05/BB-VKS
    "parent",  # cơ quan chủ quản
    "organisation",  # cơ quan ban hành
    "title",  # tên cuộc họp in the minutes, when it differs
    "place",
    "opening",
    "closing",
    "recipients",  # one per line
)


@dataclass(frozen=True)
class RecordNote(Command):
    """The secretary's text on an item, whole. `base` is the `seq` of the text it was written over: a newer text is
    not overwritten unseen, unless the same `window` (an id of the client's choice) of the same person wrote it."""

    item: str
    text: str
    base: int | None = None
    window: str = ""
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class NoteRecorded(Event):
    """The secretary's text on an item, whole. `window` is the client's id of the page it was written in.

    `text` is as it reads; `sha` names the text with its looks (SHA-256 of the canonical HTML), which is version `rev`
    of the item's and has `chars` letters. Without a `sha` it is plain.
    """

    item: str
    text: str
    window: str = ""
    rev: int = 0
    sha: str = ""
    chars: int = 0


@dataclass(frozen=True)
class CheckpointNote(Command):
    """The text of an item as it has been saved goes into the log. Autosaves do not: a text is told every two minutes,
    when its writer leaves it, and before whatever rests on it."""

    item: str
    text: str = filled_by_server("")
    window: str = filled_by_server("")
    rev: int = filled_by_server(0)
    sha: str = filled_by_server("")
    may = CHAIR_AND_SECRETARY | SYSTEM


@dataclass(frozen=True)
class EditMinutes(Command):
    """The head and foot of the minutes: number, organisations, title, place, opening, closing, recipients."""

    number: str | None = None
    parent: str | None = None
    organisation: str | None = None
    title: str | None = None
    place: str | None = None
    opening: str | None = None
    closing: str | None = None
    recipients: str | None = None
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class MinutesEdited(Event):
    """These fields of the head and foot of the minutes as they read from now on."""

    fields: dict[str, str]


@decide.register
def record_note(command: RecordNote, state: MeetingState, actor: Actor):
    check_note_writable(state, command.item)
    text = checks.clean_text(checks.check_bearable(command.text, checks.TEXT_LENGTH, "text"))
    if len(text) > checks.TEXT_LENGTH:
        raise Refused("too_long", field="text", limit=checks.TEXT_LENGTH)
    now = state.record.notes.get(command.item)
    if (now.text if now else "") == text:
        return []
    check_note_room(state, command.item, text)
    window = checks.text(command.window, WINDOW_LENGTH, needed=False, field="window")
    if command.base is not None and now and now.seq > command.base and not is_own_text(now, actor, window):
        raise Refused("note_changed", seq=now.seq)
    return [NoteRecorded(command.item, text, window)]


def is_own_text(note: Note, actor: Actor, window: str) -> bool:
    """Did this very window write it? It knows its text even if it never heard the answer; another window of the same
    person does not."""
    return bool(window) and (note.by, note.window) == (actor.user, window)


@decide.register
def checkpoint_note(command: CheckpointNote, state: MeetingState, actor: Actor):
    check_note_writable(state, command.item)
    now = state.record.notes.get(command.item)
    if not command.sha or (now and now.sha == command.sha):
        return []
    return [NoteRecorded(command.item, command.text, command.window, command.rev, command.sha, chars=len(command.text))]


@evolve.register
def note_recorded(event: NoteRecorded, state: MeetingState):
    note = Note(event.text, state.by, state.at, state.seq, event.window, event.rev, event.sha)
    return record_text(state, notes={**state.record.notes, event.item: note})


@decide.register
def edit_minutes(command: EditMinutes, state: MeetingState, actor: Actor):
    check_writable(state)
    given = {
        name: checks.text(value, 5000, needed=False, field=name)
        for name, value in vars(command).items()
        if value is not None
    }
    changed = {name: value for name, value in given.items() if state.record.fields.get(name, "") != value}
    return [MinutesEdited(changed)] if changed else []


@evolve.register
def minutes_edited(event: MinutesEdited, state: MeetingState):
    return record_text(state, fields={**state.record.fields, **event.fields})


@slice_of_view("record", reads=("record", "meeting"))
def record(state: MeetingState, audience: str):
    """Staff: {minutes, conclusions, notes, fields}; members: {minutes, conclusions} once the meeting is closed, since
    the chair has read them out; screens: nothing. `minutes`: {state: "draft" | "approved", version, at?, by?}."""
    if audience == "screens" or (audience == "members" and state.meeting.status not in ("closed", "archived")):
        return {}
    seen = {"minutes": approval(state.record), "conclusions": conclusions_for(state.record, audience)}
    if audience == "members":
        return seen
    notes = {
        key: {
            **{"text": note.text, "by": note.by, "at": note.at, "seq": note.seq},
            **compact(window=note.window, rev=note.rev, sha=note.sha),
        }
        for key, note in state.record.notes.items()
    }
    return {**seen, "notes": notes, "fields": dict(state.record.fields)}


def approval(record: Record) -> dict:
    """What the minutes are."""
    if not record.approved:
        return {"state": "draft", "version": record.version}
    return {"state": "approved", "version": record.version, "at": record.approved.at, "by": record.approved.by}


def check_note_room(state: MeetingState, item: str, text: str) -> None:
    check_room(sum(len(note.text) for key, note in state.record.notes.items() if key != item), text)


def check_note_writable(state: MeetingState, item: str) -> None:
    check_writable(state)
    if item != GENERAL:
        checks.item(state, item)
