"""The chair's conclusions: written down, read back to the chair, approved; and given out as directives (nhiệm vụ)."""

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY
from meetingroom.meeting.state import Conclusion, MeetingState, Readback, Record, without_key
from meetingroom.meeting.view import compact

GENERAL = "general"
ALL_LENGTH = 1_000_000  # letters
MOST = 200
MOST_UNITS = 100
LEADS = "answers for it"
WORDS_OF_DUE = ("week", "regular")  # trong tuần, thường xuyên


@dataclass(frozen=True)
class RecordConclusion(Command):
    """A conclusion of the chair: who leads, who cooperates, until when (yyyy-mm-dd, `week` or `regular`), with what to
    show. With `lead_unit` or `person` (ids of the directory) it is a directive; `units` cooperate."""

    text: str
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    due: str = ""
    deliverable: str = ""
    item: str = ""
    lead_unit: str = ""
    units: tuple[str, ...] = ()
    person: str = ""
    directory: dict[str, str] | None = filled_by_server()
    person_name: str = filled_by_server("")
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class ConclusionRecorded(Event):
    """A conclusion of the chair: who leads, who cooperates, until when (yyyy-mm-dd, `week` or `regular`), with what to
    show; and which unit or person of the directory that is."""

    conclusion: str
    text: str
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    due: str = ""
    deliverable: str = ""
    item: str = ""
    lead_unit: str = ""
    units: tuple[str, ...] = ()
    person: str = ""
    person_name: str = ""  # of the unit that leads, as they were called


@dataclass(frozen=True)
class EditConclusion(Command):
    """The conclusion as it shall read; what is left out stays."""

    conclusion: str
    text: str | None = None
    lead: str | None = None
    cooperating: tuple[str, ...] | None = None
    due: str | None = None
    deliverable: str | None = None
    item: str | None = None
    lead_unit: str | None = None
    units: tuple[str, ...] | None = None
    person: str | None = None
    directory: dict[str, str] | None = filled_by_server()
    person_name: str | None = filled_by_server()
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class ConclusionEdited(Event):
    """The conclusion as it reads from now on."""

    conclusion: str
    text: str
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    due: str = ""
    deliverable: str = ""
    item: str = ""
    lead_unit: str = ""
    units: tuple[str, ...] = ()
    person: str = ""
    person_name: str = ""  # of the unit that leads, as they were called


@dataclass(frozen=True)
class RemoveConclusion(Command):
    """A conclusion recorded by mistake; not one that has been given out as a directive."""

    conclusion: str
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class ConclusionRemoved(Event):
    """The conclusion was recorded by mistake."""

    conclusion: str


@dataclass(frozen=True)
class SubmitConclusions(Command):
    """The conclusions are read back to the chair."""

    may = frozenset({"secretary"})


@dataclass(frozen=True)
class ConclusionsSubmitted(Event):
    """The conclusions, as `digest` names them, wait for the chair's approval."""

    digest: str


@dataclass(frozen=True)
class ApproveConclusions(Command):
    """The conclusions are right as they stand. `digest` is that of those the chair has read: if they have become others
    meanwhile, nothing is approved. What names a unit or a person is given out as a directive at the close, or at once
    when the meeting is closed."""

    digest: str
    may = CHAIR


@dataclass(frozen=True)
class ConclusionsApproved(Event):
    """The chair has approved the conclusions that `digest` (SHA-256 of their canonical JSON) names."""

    digest: str


@dataclass(frozen=True)
class ReturnConclusions(Command):
    """The chair wants the conclusions otherwise, and says how."""

    reason: str
    may = CHAIR


@dataclass(frozen=True)
class ConclusionsReturned(Event):
    """The chair wants the conclusions otherwise."""

    reason: str


@dataclass(frozen=True)
class DirectiveIssued(Event):
    """An approved conclusion is given out as work; with the same `directive` again: as it reads from now on. `lead` and
    `cooperating` are the names as they were then."""

    directive: str
    conclusion: str
    text: str
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    due: str = ""
    deliverable: str = ""
    item: str = ""
    lead_unit: str = ""
    units: tuple[str, ...] = ()
    person: str = ""
    person_name: str = ""  # of the unit that leads, as they were called


@decide.register
def record_conclusion(command: RecordConclusion, state: MeetingState, actor: Actor):
    check_writable(state)
    if len(state.record.order) >= MOST:
        raise Refused("too_many", field="conclusions", limit=MOST)
    checked = conclusion_of(named(command), state)
    check_room(sum(map(letters_of, state.record.conclusions.values())), *words_of(checked))
    return [ConclusionRecorded(actor.new_id("conclusion"), **vars(checked))]


@evolve.register
def conclusion_recorded(event: ConclusionRecorded, state: MeetingState):
    order = (*state.record.order, event.conclusion)
    return changed(state, order=order, conclusions={**state.record.conclusions, event.conclusion: text_of(event)})


@decide.register
def edit_conclusion(command: EditConclusion, state: MeetingState, actor: Actor):
    check_writable(state)
    now = find_conclusion(state, command.conclusion)
    said = vars(named(command))
    given = {k: v for k, v in said.items() if k not in ("conclusion", "directory") and v is not None}
    edited = conclusion_of(replace(now, **given), state)
    others = (each for key, each in state.record.conclusions.items() if key != command.conclusion)
    check_room(sum(map(letters_of, others)), *words_of(edited))
    return [] if edited == now else [ConclusionEdited(command.conclusion, **vars(edited))]


@evolve.register
def conclusion_edited(event: ConclusionEdited, state: MeetingState):
    return changed(state, conclusions={**state.record.conclusions, event.conclusion: text_of(event)})


@decide.register
def remove_conclusion(command: RemoveConclusion, state: MeetingState, actor: Actor):
    check_writable(state)
    find_conclusion(state, command.conclusion)
    if command.conclusion in state.record.directives:
        raise Refused("directive_issued")
    return [ConclusionRemoved(command.conclusion)]


@evolve.register
def conclusion_removed(event: ConclusionRemoved, state: MeetingState):
    order = tuple(key for key in state.record.order if key != event.conclusion)
    return changed(state, order=order, conclusions=without_key(state.record.conclusions, event.conclusion))


@decide.register
def submit_conclusions(command: SubmitConclusions, state: MeetingState, actor: Actor):
    check_writable(state)
    check_any(state)
    digest, now = digest_of(state.record), state.record.readback
    if now.state == "approved":  # whatever has changed since is a draft again
        raise Refused("conclusions_approved")
    return [] if (now.state, now.digest) == ("submitted", digest) else [ConclusionsSubmitted(digest)]


@evolve.register
def conclusions_submitted(event: ConclusionsSubmitted, state: MeetingState):
    return record_text(state, readback=Readback("submitted", event.digest, state.at, state.by))


@decide.register
def approve_conclusions(command: ApproveConclusions, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    checks.check_not_secret(state)
    check_any(state)
    digest = digest_of(state.record)
    if command.digest != digest:
        raise Refused("conclusions_changed")
    if state.record.readback.state == "approved":
        return []
    closed = state.meeting.status == "closed"
    return [ConclusionsApproved(digest), *(directives(state, actor) if closed else [])]


@evolve.register
def conclusions_approved(event: ConclusionsApproved, state: MeetingState):
    return record_text(state, readback=Readback("approved", event.digest, state.at, state.by))


@decide.register
def return_conclusions(command: ReturnConclusions, state: MeetingState, actor: Actor):
    check_writable(state)
    if state.record.readback.state != "submitted":
        raise Refused("conclusions_not_submitted")
    return [ConclusionsReturned(checks.text(command.reason, 1000, field="reason"))]


@evolve.register
def conclusions_returned(event: ConclusionsReturned, state: MeetingState):
    digest = state.record.readback.digest
    return record_text(state, readback=Readback("returned", digest, state.at, state.by, event.reason))


def named(command):
    """With the names of the units and the person that it says by their ids, where it has no others. `directory` has
    those that there are (None: nobody has looked); a person's unit leads where no other does: `unit of …`. With LEADS
    in it, the person answers for the unit that leads, though it is not their own."""
    if command.directory is None:
        return command
    known, person = command.directory, command.person or ""
    if person and person not in known:
        raise Refused("no_such_person", field="person")
    if person and command.lead_unit and command.lead_unit != known.get(f"unit of {person}") and LEADS not in known:
        raise Refused("not_of_this_unit", field="person")
    if not command.lead_unit and known.get(f"unit of {person}"):
        command = replace(command, lead_unit=known[f"unit of {person}"])
    if command.person is not None:
        command = replace(command, person_name=known[person] if person and command.lead_unit else "")
    for field, keys in (("lead_unit", (command.lead_unit,)), ("units", command.units or ())):
        if any(key and key not in known for key in keys):
            raise Refused("no_such_unit", field=field)
    if not command.lead and (command.lead_unit or person):
        command = replace(command, lead=known[command.lead_unit or person])
    if command.units and not command.cooperating:
        keys = dict.fromkeys(key for key in command.units if key and key != command.lead_unit)
        command = replace(command, cooperating=tuple(known[key] for key in keys))
    return command


@evolve.register
def directive_issued(event: DirectiveIssued, state: MeetingState):
    record = state.record
    return record_text(
        state,
        directives={**record.directives, event.conclusion: event.directive},
        issued={**record.issued, event.conclusion: text_of(event)},
    )


def directives(state: MeetingState, actor: Actor) -> list[DirectiveIssued]:
    """What is to be given out: conclusions that name a unit or a person, unless they were given out as they read."""
    record = state.record
    return [
        DirectiveIssued(record.directives.get(key) or actor.new_id(f"directive {key}"), key, **vars(conclusion))
        for key, conclusion in ((key, record.conclusions[key]) for key in record.order)
        if is_directive(conclusion) and record.issued.get(key) != conclusion
    ]


def directives_at_close(state: MeetingState, actor: Actor) -> list[DirectiveIssued]:
    return directives(state, actor) if state.record.readback.state == "approved" else []


def is_directive(conclusion: Conclusion) -> bool:
    return bool(conclusion.lead_unit or conclusion.person)


def waits_to_be_issued(state: MeetingState) -> bool:
    """Whether something was meant as work that nobody has been given."""
    record = state.record
    return any(is_directive(each) and record.issued.get(key) != each for key, each in record.conclusions.items())


def conclusions_for(record: Record, audience: str) -> dict:
    """{order, items: {id: {text, lead?, …}}}; to the staff also what has become of them: {state, digest, at?, by?,
    reason?, issued?}, state: draft | submitted | returned | approved."""
    fields = {
        "order": list(record.order),
        "items": {
            key: compact(
                text=c.text,
                lead=c.lead,
                cooperating=list(c.cooperating),
                due=c.due,
                deliverable=c.deliverable,
                item=c.item,
                lead_unit=c.lead_unit,
                units=list(c.units),
                person=c.person,
                person_name=c.person_name,
            )
            for key, c in record.conclusions.items()
        },
    }
    if audience != "staff" or not record.order:
        return fields
    now = record.readback
    issued = [key for key in record.order if key in record.directives]
    more = compact(at=now.at, by=now.by, reason=now.reason, issued=issued)
    return {**fields, "state": now.state, "digest": digest_of(record), **more}


def digest_of(record: Record) -> str:
    """SHA-256 of the conclusions in their order as canonical JSON."""
    whole = [[key, said(record.conclusions[key])] for key in record.order]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def said(conclusion: Conclusion) -> dict:
    """Everything in it; what was approved before persons had names keeps its digest."""
    return {key: value for key, value in asdict(conclusion).items() if value or key != "person_name"}


def check_writable(state: MeetingState) -> None:
    """Notes are taken from the draft on, until the chair approves the minutes or the meeting is archived."""
    checks.check_recordable(state)
    checks.check_not_secret(state)


def check_any(state: MeetingState) -> None:
    if not state.record.order:
        raise Refused("no_conclusions")


def check_room(written: int, *texts: str) -> None:
    """All notes, and all conclusions, are no more than a thick book: every screen of the staff holds them."""
    if written + sum(map(len, texts)) > ALL_LENGTH:
        raise Refused("too_much_text", field="text", limit=ALL_LENGTH)


def letters_of(conclusion: Conclusion) -> int:
    return sum(map(len, words_of(conclusion)))


def words_of(conclusion: Conclusion) -> tuple[str, ...]:
    return conclusion.text, conclusion.lead, *conclusion.cooperating, conclusion.deliverable


def conclusion_of(command, state: MeetingState) -> Conclusion:
    """The conclusion in `command`, checked."""
    for field in ("cooperating", "units"):
        if len(getattr(command, field)) > MOST_UNITS:
            raise Refused("too_many", field=field, limit=MOST_UNITS)
    if command.item and command.item != GENERAL:
        checks.item(state, command.item)
    check_due(command.due)
    units = dict.fromkeys(checks.text(unit, 40, field="units") for unit in command.units)
    lead_unit = checks.text(command.lead_unit, 40, needed=False, field="lead_unit")
    return Conclusion(
        checks.text(command.text, 5000, field="text"),
        checks.text(command.lead, 300, needed=False, field="lead"),
        tuple(checks.text(unit, 300, field="cooperating") for unit in command.cooperating),
        command.due,
        checks.text(command.deliverable, 1000, needed=False, field="deliverable"),
        command.item,
        lead_unit,
        tuple(unit for unit in units if unit != lead_unit),  # who leads does not cooperate with itself
        checks.text(command.person, 40, needed=False, field="person"),
        command.person_name,
    )


def check_due(due: str) -> None:
    if not due or due in WORDS_OF_DUE:
        return
    try:
        day = datetime.date.fromisoformat(due)
    except ValueError:
        raise Refused("bad_date", field="due") from None
    if due != day.isoformat():  # 20261204 and 2026-W49-5 are days too, which no screen reads
        raise Refused("bad_date", field="due")


def text_of(event) -> Conclusion:
    return Conclusion(
        event.text,
        event.lead,
        event.cooperating,
        event.due,
        event.deliverable,
        event.item,
        event.lead_unit,
        event.units,
        event.person,
        event.person_name,
    )


def find_conclusion(state: MeetingState, key: str) -> Conclusion:
    if key not in state.record.conclusions:
        raise Refused("no_such_conclusion")
    return state.record.conclusions[key]


def changed(state: MeetingState, **changes) -> MeetingState:
    """With other conclusions than those that were approved, if they were."""
    now = state.record.readback
    return record_text(state, readback=Readback() if now.state == "approved" else now, **changes)


def record_text(state: MeetingState, **changes) -> MeetingState:
    return replace(state, record=replace(state.record, **changes))
