"""A meeting from its first draft to its seal: draft, published, live (and adjourned), closed, archived."""

from dataclasses import asdict, dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.agenda import ItemFinished
from meetingroom.meeting.case_report import check_kind
from meetingroom.meeting.conclusions import directives_at_close, waits_to_be_issued
from meetingroom.meeting.floor import end_of_speech
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, changed, decide, evolve, filled_by_server
from meetingroom.meeting.playing import end_of_playing
from meetingroom.meeting.review import open_round
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY, PREPARERS, SYSTEM
from meetingroom.meeting.roll import PRESENT, CheckedIn, checked_in, quorum, usual_mode
from meetingroom.meeting.state import Frame, MeetingState
from meetingroom.meeting.view import compact, slice_of_view

KINDS = (
    "meeting",
    "conference",
    "review_conf",
    "briefing",
    "adhoc",
    "training",
    "case_report",
    "ubks",
    "interagency",
    "online_trial",
)
SECRECY = ("none", "secret", "unsure")
DAY = 24 * 3600 * 1000


@dataclass(frozen=True)
class CreateMeeting(Command):
    """A new meeting, in draft. `starts_at` and `ends_at` in ms; `copies` only for a secret meeting's shell; `series`:
    one that the creator may go on with."""

    title: str
    kind: str
    starts_at: int
    ends_at: int
    place: str = ""
    secrecy: str = "none"
    copies: int = 0
    motto: str = ""
    series: str = ""
    users: tuple[str, ...] | None = filled_by_server()
    may = SYSTEM


@dataclass(frozen=True)
class MeetingCreated(Event):
    """A meeting exists, in draft. Times in milliseconds; `copies` only for the shell of a secret meeting."""

    title: str
    kind: str
    starts_at: int
    ends_at: int
    place: str = ""
    secrecy: str = "none"
    copies: int = 0
    motto: str = ""
    series: str = ""  # the row of meetings that it belongs to


@dataclass(frozen=True)
class EditMeeting(Command):
    """Its title, kind, times, place or motto; what is left out stays."""

    title: str | None = None
    kind: str | None = None
    starts_at: int | None = None
    ends_at: int | None = None
    place: str | None = None
    motto: str | None = None
    may = PREPARERS


@dataclass(frozen=True)
class MeetingEdited(Event):
    """Title, kind, times, place and motto as they are from now on."""

    title: str
    kind: str
    starts_at: int
    ends_at: int
    place: str = ""
    motto: str = ""


@dataclass(frozen=True)
class PublishMeeting(Command):
    """Programme and papers are released to everybody invited."""

    # The program: whoever sets up the system is led to a first meeting, alone and as its chair.
    may = PREPARERS | SYSTEM


@dataclass(frozen=True)
class MeetingPublished(Event):
    """Programme and papers are released to everybody invited."""


@dataclass(frozen=True)
class OpenMeeting(Command):
    """The chair declares the meeting open, is present by that (online from a remote site), and holds the stage."""

    may = CHAIR


@dataclass(frozen=True)
class MeetingOpened(Event):
    """The chair opened it in the knowledge of the quorum: of `members`, `present` were there, `needed` had to be."""

    holder: str
    members: int = 0
    present: int = 0
    needed: int = 0


@dataclass(frozen=True)
class AdjournMeeting(Command):
    """A break: nothing moves until the meeting is resumed."""

    may = CHAIR


@dataclass(frozen=True)
class MeetingAdjourned(Event):
    """A break has begun."""


@dataclass(frozen=True)
class ResumeMeeting(Command):
    """The break is over."""

    may = CHAIR


@dataclass(frozen=True)
class MeetingResumed(Event):
    """The break is over."""


@dataclass(frozen=True)
class CloseMeeting(Command):
    """The meeting has ended: no more stage and no more votes; the minutes are still in work."""

    may = CHAIR


@dataclass(frozen=True)
class MeetingClosed(Event):
    """The meeting has ended."""


@dataclass(frozen=True)
class ArchiveMeeting(Command):
    """Sealed: from now on the meeting can only be read, and its package is made. `code` is a retention period's;
    `without_minutes` is why the minutes have no final form."""

    code: str = ""
    without_minutes: str = ""
    keep_until: str | None = filled_by_server()  # yyyy-mm-dd; "": for good; None: no such code
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class MeetingArchived(Event):
    """The meeting is sealed: it can only be read. `keep_until`: the last day of its retention period (`code`),
    yyyy-mm-dd, or "" for good; `without_minutes`: why the minutes have no final form."""

    code: str = ""
    keep_until: str = ""
    without_minutes: str = ""


@dataclass(frozen=True)
class CancelMeeting(Command):
    """The meeting will not take place."""

    reason: str
    may = PREPARERS | CHAIR


@dataclass(frozen=True)
class MeetingCancelled(Event):
    """The meeting will not take place."""

    reason: str


@decide.register
def create_meeting(command: CreateMeeting, state: MeetingState, actor: Actor):
    if state.meeting.status != "none":
        raise Refused("meeting_exists")
    checks.one_of(command.kind, KINDS, "kind")
    checks.one_of(command.secrecy, SECRECY, "secrecy")
    times_fit(command.starts_at, command.ends_at)
    secret = command.secrecy != "none"
    if secret and command.title.strip():
        # The title of a secret meeting is itself content: the shell has none.
        raise Refused("secret_title", field="title")
    if not 0 <= command.copies <= 10_000:
        raise Refused("not_a_number", field="copies")
    # Its meetings show each other's open work: nobody comes to it by making one.
    if command.series and command.users is not None and actor.user not in command.users:
        raise Refused("no_such_series", field="series")
    return [
        MeetingCreated(
            checks.text(command.title, needed=not secret),
            command.kind,
            command.starts_at,
            command.ends_at,
            checks.text(command.place, needed=False, field="place"),
            command.secrecy,
            command.copies if secret else 0,
            checks.text(command.motto, needed=False, field="motto"),
            "" if secret else checks.text(command.series, 40, needed=False, field="series"),
        )
    ]


@evolve.register
def meeting_created(event: MeetingCreated, state: MeetingState):
    return replace(state, meeting=Frame(**asdict(event), status="draft", created_by=state.by))


@decide.register
def edit_meeting(command: EditMeeting, state: MeetingState, actor: Actor):
    checks.check_changeable(state)
    now = state.meeting
    title, kind = given_or(command.title, now.title), given_or(command.kind, now.kind)
    starts_at, ends_at = given_or(command.starts_at, now.starts_at), given_or(command.ends_at, now.ends_at)
    secret = now.secrecy != "none"
    if secret and title.strip():
        raise Refused("secret_title", field="title")
    checks.one_of(kind, KINDS, "kind")
    check_kind(state, kind)
    times_fit(starts_at, ends_at)
    edited = MeetingEdited(
        checks.text(title, needed=not secret),
        kind,
        starts_at,
        ends_at,
        checks.text(given_or(command.place, now.place), needed=False, field="place"),
        checks.text(given_or(command.motto, now.motto), needed=False, field="motto"),
    )
    same = (now.title, now.kind, now.starts_at, now.ends_at, now.place, now.motto)
    return [] if tuple(asdict(edited).values()) == same else [edited]


@evolve.register
def meeting_edited(event: MeetingEdited, state: MeetingState):
    return replace(state, meeting=replace(state.meeting, **asdict(event)))


@decide.register
def publish_meeting(command: PublishMeeting, state: MeetingState, actor: Actor):
    checks.check_exists(state)
    if state.meeting.status != "draft":
        raise Refused("already_published")
    if not any(person.role == "chair" for person in state.roll.people.values()):
        raise Refused("no_chair")
    return [MeetingPublished()]


@evolve.register
def meeting_published(event: MeetingPublished, state: MeetingState):
    return moved_to(state, "published", published_at=state.at)


@decide.register
def open_meeting(command: OpenMeeting, state: MeetingState, actor: Actor):
    checks.check_exists(state)
    if state.meeting.status == "draft":
        raise Refused("not_published")
    if state.meeting.status != "published":
        raise Refused("already_opened" if state.meeting.status in ("live", "adjourned") else "meeting_over")
    arrived = arrival(state, actor.user)
    for event in arrived:  # who opens counts among those present
        state = checked_in(event, state)
    there = quorum(state)
    return [*arrived, MeetingOpened(actor.user, there["of"], there["present"], there["needed"])]


@evolve.register
def meeting_opened(event: MeetingOpened, state: MeetingState):
    state = moved_to(state, "live", opened_at=state.at)
    return replace(state, stage=replace(state.stage, holder=event.holder, since=state.at))


@decide.register
def adjourn_meeting(command: AdjournMeeting, state: MeetingState, actor: Actor):
    checks.check_live(state)
    no_ballot_open(state)
    return [*end_of_speech(state, actor.at), *end_of_playing(state, actor.at), MeetingAdjourned()]


@evolve.register
def meeting_adjourned(event: MeetingAdjourned, state: MeetingState):
    return moved_to(state, "adjourned", adjourned_at=state.at)


@decide.register
def resume_meeting(command: ResumeMeeting, state: MeetingState, actor: Actor):
    if state.meeting.status != "adjourned":
        raise Refused("not_adjourned")
    return [MeetingResumed()]


@evolve.register
def meeting_resumed(event: MeetingResumed, state: MeetingState):
    return moved_to(state, "live", adjourned_at=0)


@decide.register
def close_meeting(command: CloseMeeting, state: MeetingState, actor: Actor):
    if state.meeting.status not in ("live", "adjourned"):
        raise Refused("meeting_over" if state.meeting.status in checks.OVER else "meeting_not_open")
    no_ballot_open(state)
    no_result_waiting(state)
    return [
        *end_of_speech(state, actor.at),
        *end_of_playing(state, actor.at),
        *end_of_item(state),
        *directives_at_close(state, actor),
        MeetingClosed(),
    ]


@evolve.register
def meeting_closed(event: MeetingClosed, state: MeetingState):
    state = moved_to(state, "closed", closed_at=state.at, adjourned_at=0)
    # The cases that were shown are closed with it: nothing leads back to them.
    of_cases = {"evidence": None, "map": None, "media": None, "callouts": (), "marks": (), "contradiction": None}
    empty = {"paper": "", "page": 0, "rect": None, "right": None, "covered": False, "removed": ""}
    cleared = changed(state.stage, kind="title", **empty, **of_cases)
    return replace(state, stage=changed(cleared, since=state.at))


@decide.register
def archive_meeting(command: ArchiveMeeting, state: MeetingState, actor: Actor):
    if state.meeting.status != "closed":
        raise Refused("not_closed")
    if waits_to_be_issued(state):
        raise Refused("directives_not_issued")
    no_ballot_open(state)
    if open_round(state):
        raise Refused("review_open")
    why = checks.text(command.without_minutes, 1000, needed=False, field="without_minutes")
    if why:
        checks.check_not_secret(state)
    # The shell of a secret meeting has no minutes here.
    if not state.review.final and not why and state.meeting.secrecy == "none":
        raise Refused("minutes_not_final")
    if command.code and command.keep_until is None:
        raise Refused("not_a_choice", field="code")
    return [MeetingArchived(command.code, command.keep_until or "", "" if state.review.final else why)]


@evolve.register
def meeting_archived(event: MeetingArchived, state: MeetingState):
    kept = replace(state.archive, code=event.code, keep_until=event.keep_until, without_minutes=event.without_minutes)
    return moved_to(replace(state, archive=replace(kept, at=state.at, seq=state.seq)), "archived")


@decide.register
def cancel_meeting(command: CancelMeeting, state: MeetingState, actor: Actor):
    checks.check_exists(state)
    if state.meeting.status not in ("draft", "published"):
        raise Refused("already_opened" if state.meeting.status in ("live", "adjourned") else "meeting_over")
    return [MeetingCancelled(checks.text(command.reason, 1000, field="reason"))]


@evolve.register
def meeting_cancelled(event: MeetingCancelled, state: MeetingState):
    return moved_to(state, "cancelled", reason=event.reason)


@slice_of_view("meeting", reads=("meeting", "roll"))
def meeting(state: MeetingState, audience: str):
    """What the meeting is: {id, title, kind, status, starts_at, ends_at, place, secrecy, chair?, secretary?, …}."""
    frame = state.meeting
    return compact(
        id=state.id,
        title=frame.title,
        kind=frame.kind,
        status=frame.status,
        starts_at=frame.starts_at,
        ends_at=frame.ends_at,
        place=frame.place,
        secrecy=frame.secrecy,
        copies=frame.copies,
        motto=frame.motto,
        series=frame.series,
        published_at=frame.published_at,
        opened_at=frame.opened_at,
        adjourned_at=frame.adjourned_at,
        closed_at=frame.closed_at,
        reason=frame.reason,
        chair=first_with("chair", state),
        secretary=first_with("secretary", state),
    )


def no_ballot_open(state: MeetingState) -> None:
    """A ballot is closed by a decision of its own, never by the way."""
    if any(ballot.state == "open" for ballot in state.ballots.ballots.values()):
        raise Refused("ballot_open")


def no_result_waiting(state: MeetingState) -> None:
    """A ballot that was counted is published, kept or annulled before the meeting ends: it does not vanish."""
    ballots = state.ballots
    if waiting := [k for k in ballots.order if ballots.ballots[k].state == "closed" and not ballots.ballots[k].kept_at]:
        raise Refused("ballot_unpublished", ballots=waiting)


def arrival(state: MeetingState, key: str) -> list[CheckedIn]:
    """Who opens the meeting is there, and on the roll."""
    person = state.roll.people.get(key)
    return [CheckedIn(key, usual_mode(state, key))] if person and person.presence not in PRESENT else []


def end_of_item(state: MeetingState) -> list[Event]:
    return [ItemFinished(state.agenda.current)] if state.agenda.current else []


def first_with(role: str, state: MeetingState) -> str:
    return next((key for key in state.roll.order if state.roll.people[key].role == role), "")


def moved_to(state: MeetingState, status: str, **changes) -> MeetingState:
    return replace(state, meeting=replace(state.meeting, status=status, **changes))


def times_fit(starts_at: int, ends_at: int) -> None:
    if not 0 < starts_at < 4_102_444_800_000:  # before the year 2100: a typing error, not a plan
        raise Refused("bad_time", field="starts_at")
    if ends_at <= starts_at:
        raise Refused("ends_before_start", field="ends_at")
    if ends_at - starts_at > 30 * DAY:
        raise Refused("too_long_a_meeting", field="ends_at")


def given_or(value, otherwise):
    return otherwise if value is None else value
