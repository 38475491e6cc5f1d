"""The minutes are read before they are approved: sent, remarked upon, answered, laid before the chair; then final."""

from dataclasses import dataclass, field, replace

from meetingroom.meeting import checks
from meetingroom.meeting.issuing import MINUTES, DocumentMade, is_issued, minutes_document
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.record import GENERAL
from meetingroom.meeting.roles import CHAIR, CHAIR_AND_SECRETARY, EVERYONE, STAFF, SYSTEM
from meetingroom.meeting.state import (
    Comment,
    Final,
    MeetingState,
    Returned,
    Review,
    Round,
    Submission,
    without_key,
)

ATTENDANCE, CONCLUSIONS = "attendance", "conclusions"
PARTS = (ATTENDANCE, GENERAL, CONCLUSIONS)  # of the minutes, besides the items of the agenda
LONGEST_ROUND = 366 * 86_400_000  # ms
MOST_ROUNDS, MOST_VERSIONS = 50, 100
MOST_COMMENTS, MOST_OF_ONE, MOST_LETTERS = 1000, 100, 1_000_000
WHO = ("staff", "present")
THERE = ("onsite", "online", "left")


@dataclass(frozen=True)
class SendMinutes(Command):
    """A copy of the minutes as they stand goes to readers, who may comment on it until a moment. `to`: staff, present
    (all who attended), or the ids of people. `until`: ms, ISO 8601, or a day (yyyy-mm-dd), which is its last moment."""

    to: str | tuple[str, ...]
    until: int | str
    digest: str = filled_by_server("")
    agency: dict[str, str] | None = filled_by_server()
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class MinutesSent(Event):
    """A copy of the minutes has gone to its readers (`to`), until a moment in ms. `digest`: as of an approval;
    `letterhead`: what the agency's units said then."""

    round: int
    version: int
    digest: str
    until: int
    to: tuple[str, ...]
    letterhead: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EndReview(Command):
    """The readers' time is over: it has come, or the secretary ends it before."""

    may = CHAIR_AND_SECRETARY | SYSTEM


@dataclass(frozen=True)
class ReviewEnded(Event):
    """The readers' time is over. `silent` are those who said nothing."""

    round: int
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommentMinutes(Command):
    """A reader's remark on an item of the copy (or on general, attendance, conclusions), perhaps on words of it."""

    item: str
    text: str
    quote: str = ""
    may = EVERYONE


@dataclass(frozen=True)
class MinutesCommented(Event):
    """A reader has remarked on a part of the copy; `quote` are the words it is about."""

    comment: str
    item: str
    text: str
    quote: str = ""


@dataclass(frozen=True)
class WithdrawComment(Command):
    """A reader takes a remark of their own back, while the round lasts."""

    comment: str
    may = EVERYONE


@dataclass(frozen=True)
class CommentWithdrawn(Event):
    """The remark was taken back by its author."""

    comment: str


@dataclass(frozen=True)
class AgreeMinutes(Command):
    """A reader agrees with the copy as it is (nhất trí)."""

    may = EVERYONE


@dataclass(frozen=True)
class MinutesAgreed(Event):
    """A reader agrees with the copy as it is."""

    person: str


@dataclass(frozen=True)
class AnswerComment(Command):
    """The secretary's answer to a remark: `taken` (tiếp thu), or `explained` (giải trình) with the reason."""

    comment: str
    answer: str
    text: str = ""
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class CommentAnswered(Event):
    """A remark was taken up or it was explained why not; a later answer takes the place of an earlier one."""

    comment: str
    answer: str
    text: str = ""


@dataclass(frozen=True)
class SubmitMinutes(Command):
    """The minutes are laid before the chair. No round is under way, and every remark has its answer."""

    digest: str = filled_by_server("")
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class MinutesSubmitted(Event):
    """The minutes lie before the chair, as they then stood."""

    version: int
    digest: str


@dataclass(frozen=True)
class ReturnMinutes(Command):
    """The chair gives the minutes back to be written further."""

    reason: str
    may = CHAIR


@dataclass(frozen=True)
class MinutesReturned(Event):
    """The chair has given the minutes back."""

    reason: str


@dataclass(frozen=True)
class FinaliseMinutes(Command):
    """The files of the approved minutes are made, once and for all, and kept."""

    version: int
    digest: str = filled_by_server("")
    pdf: str = filled_by_server("")
    docx: str = filled_by_server("")
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class MinutesFinalised(Event):
    """The approved minutes are these two files, by their SHA-256, whatever happens later."""

    version: int
    digest: str
    pdf: str
    docx: str


@dataclass(frozen=True)
class AcknowledgeMinutes(Command):
    """The secretary or the chair confirms the final minutes within the program: no digital signature, and printed
    nowhere. Who has a PIN gives it; it is kept nowhere."""

    pin: str = field(default="", repr=False)
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class MinutesAcknowledged(Event):
    """The secretary or the chair has confirmed the final minutes within the program."""

    person: str


@decide.register
def send_minutes(command: SendMinutes, state: MeetingState, actor: Actor):
    check_reviewable(state)
    if open_round(state):
        raise Refused("review_open")
    if state.review.submitted:
        raise Refused("minutes_submitted")
    if len(state.review.rounds) >= MOST_ROUNDS:
        raise Refused("too_many", field="rounds", limit=MOST_ROUNDS)
    if not isinstance(command.until, int) or command.until > actor.at + LONGEST_ROUND:
        raise Refused("bad_time", field="until")
    if command.until <= actor.at:
        raise Refused("until_past", field="until")
    readers = tuple(key for key in addressed(command.to, state) if key != actor.user)
    if not readers:
        raise Refused("no_readers", field="to")
    number = len(state.review.rounds) + 1
    return [MinutesSent(number, state.record.version, command.digest, command.until, readers, command.agency or {})]


def addressed(to: str | tuple[str, ...], state: MeetingState) -> tuple[str, ...]:
    """Whom a copy goes to, in the order of the roll."""
    people = state.roll.people
    if isinstance(to, str):
        checks.one_of(to, WHO, "to")
        if to == "staff":
            return tuple(key for key in state.roll.order if people[key].role in STAFF)
        return tuple(
            key for key in state.roll.order if people[key].presence in THERE and people[key].role != "technician"
        )
    for key in to:
        checks.person(state, key)
    return tuple(key for key in state.roll.order if key in set(to))


@evolve.register
def minutes_sent(event: MinutesSent, state: MeetingState):
    sent = Round(
        event.round,
        event.version,
        event.digest,
        event.until,
        event.to,
        sent_at=state.at,
        sent_by=state.by,
        seq=state.seq,
        letterhead=event.letterhead,
    )
    return reviewed(state, rounds=(*state.review.rounds, sent), returned=None)


@decide.register
def end_review(command: EndReview, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    if not (now := open_round(state)):
        raise Refused("no_review")
    heard = {comment.by for comment in state.review.comments.values() if comment.round == now.number}
    return [ReviewEnded(now.number, tuple(key for key in now.readers if key not in heard and key not in now.agreed))]


@evolve.register
def review_ended(event: ReviewEnded, state: MeetingState):
    return with_round(state, event.round, ended_at=state.at, silent=event.silent)


@decide.register
def comment_minutes(command: CommentMinutes, state: MeetingState, actor: Actor):
    now = round_for(state, actor)
    if command.item not in PARTS:
        checks.item(state, command.item)
    comments = state.review.comments
    if len(comments) >= MOST_COMMENTS:
        raise Refused("too_many", field="comments", limit=MOST_COMMENTS)
    if sum(each.by == actor.user and each.round == now.number for each in comments.values()) >= MOST_OF_ONE:
        raise Refused("too_many", field="comments", limit=MOST_OF_ONE)
    text = checks.text(command.text, 5000, field="text")
    quote = checks.text(command.quote, 300, needed=False, field="quote")
    check_letters(state, text, quote)
    return [MinutesCommented(actor.new_id("comment"), command.item, text, quote)]


@evolve.register
def minutes_commented(event: MinutesCommented, state: MeetingState):
    rounds = state.review.rounds
    made = Comment(event.item, event.text, event.quote, state.by, state.at, rounds[-1].number if rounds else 0)
    return reviewed(state, comments={**state.review.comments, event.comment: made})


@decide.register
def withdraw_comment(command: WithdrawComment, state: MeetingState, actor: Actor):
    now, comment = round_for(state, actor), find_comment(state, command.comment)
    if comment.by != actor.user or comment.round != now.number:
        raise Refused("not_yours")
    return [CommentWithdrawn(command.comment)]


@evolve.register
def comment_withdrawn(event: CommentWithdrawn, state: MeetingState):
    return reviewed(state, comments=without_key(state.review.comments, event.comment))


@decide.register
def agree_minutes(command: AgreeMinutes, state: MeetingState, actor: Actor):
    now = round_for(state, actor)
    if any(each.by == actor.user and each.round == now.number for each in state.review.comments.values()):
        raise Refused("commented_already")
    return [] if actor.user in now.agreed else [MinutesAgreed(actor.user)]


@evolve.register
def minutes_agreed(event: MinutesAgreed, state: MeetingState):
    if not (rounds := state.review.rounds):
        return state
    return with_round(state, rounds[-1].number, agreed=(*rounds[-1].agreed, event.person))


@decide.register
def answer_comment(command: AnswerComment, state: MeetingState, actor: Actor):
    check_reviewable(state)
    comment = find_comment(state, command.comment)
    checks.one_of(command.answer, ("taken", "explained"), "answer")
    said = checks.text(command.text, 5000, needed=command.answer == "explained", field="text")
    if (comment.answer, comment.reply) == (command.answer, said):
        return []
    check_letters(state, said)
    return [CommentAnswered(command.comment, command.answer, said)]


@evolve.register
def comment_answered(event: CommentAnswered, state: MeetingState):
    if not (comment := state.review.comments.get(event.comment)):
        return state
    made = replace(comment, answer=event.answer, reply=event.text, answered_at=state.at)
    return reviewed(state, comments={**state.review.comments, event.comment: made})


@decide.register
def submit_minutes(command: SubmitMinutes, state: MeetingState, actor: Actor):
    check_reviewable(state)
    check_answered(state)
    now = state.review.submitted
    if now and (now.version, now.digest) == (state.record.version, command.digest):
        return []
    return [MinutesSubmitted(state.record.version, command.digest)]


@evolve.register
def minutes_submitted(event: MinutesSubmitted, state: MeetingState):
    made = Submission(event.version, event.digest, state.at, state.by, state.seq)
    return reviewed(state, submitted=made, returned=None)


@decide.register
def return_minutes(command: ReturnMinutes, state: MeetingState, actor: Actor):
    check_reviewable(state)
    if not state.review.submitted:
        raise Refused("minutes_not_submitted")
    return [MinutesReturned(checks.text(command.reason, 1000, field="reason"))]


@evolve.register
def minutes_returned(event: MinutesReturned, state: MeetingState):
    return reviewed(state, submitted=None, returned=Returned(event.reason, state.at, state.by))


@decide.register
def finalise_minutes(command: FinaliseMinutes, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    approved = state.record.approved
    if not approved:
        raise Refused("minutes_not_approved")
    if command.version != approved.version:
        raise Refused("changed_meanwhile", version=approved.version)
    if state.review.final:
        raise Refused("minutes_final")
    if len(state.review.finals) >= MOST_VERSIONS:
        raise Refused("too_many", field="versions", limit=MOST_VERSIONS)
    if command.digest != approved.digest or not (command.pdf and command.docx):
        raise Refused("files_not_made")
    files = (command.version, command.pdf, command.docx)
    return [
        MinutesFinalised(command.version, command.digest, command.pdf, command.docx),
        DocumentMade(minutes_document(state), MINUTES, *files),
    ]


@evolve.register
def minutes_finalised(event: MinutesFinalised, state: MeetingState):
    made = Final(event.version, event.digest, event.pdf, event.docx, state.at, state.by)
    return reviewed(state, finals={**state.review.finals, event.version: made}, final=event.version)


@decide.register
def acknowledge_minutes(command: AcknowledgeMinutes, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    if not state.review.final:
        raise Refused("minutes_not_final")
    return [] if actor.user in state.review.acknowledged else [MinutesAcknowledged(actor.user)]


@evolve.register
def minutes_acknowledged(event: MinutesAcknowledged, state: MeetingState):
    return reviewed(state, acknowledged={**state.review.acknowledged, event.person: state.at})


def check_reviewable(state: MeetingState) -> None:
    """The minutes of a meeting that is closed are a draft."""
    checks.check_not_archived(state)
    checks.check_not_secret(state)
    if state.meeting.status != "closed":
        raise Refused("minutes_too_early")
    checks.check_recordable(state)


def check_letters(state: MeetingState, *more: str) -> None:
    """All comments and answers are no more than a thick book."""
    said = (len(each.text) + len(each.quote) + len(each.reply) for each in state.review.comments.values())
    if sum(said) + sum(map(len, more)) > MOST_LETTERS:
        raise Refused("too_much_text", field="text", limit=MOST_LETTERS)


def check_answered(state: MeetingState) -> None:
    """Nobody is still reading, and every remark has its answer."""
    if open_round(state):
        raise Refused("review_open")
    if left := unanswered(state):
        raise Refused("comments_unanswered", count=len(left))


def unanswered(state: MeetingState) -> list[str]:
    """The remarks that wait for the secretary."""
    return [key for key, comment in state.review.comments.items() if not comment.answer]


def open_round(state: MeetingState) -> Round | None:
    """The round that is under way. One that was under way when the minutes were approved is over."""
    last = state.review.rounds[-1] if state.review.rounds else None
    return last if last and not last.ended_at and not state.record.approved else None


def is_reader(state: MeetingState, person: str) -> bool:
    """Whether somebody reads the copies: addressed in any round of this version."""
    return any(person in each.readers for each in state.review.rounds if each.version == state.record.version)


def round_for(state: MeetingState, actor: Actor) -> Round:
    """The round in which somebody may speak."""
    check_reviewable(state)
    if not (now := open_round(state)):
        raise Refused("no_review")
    if now.until <= actor.at:
        raise Refused("review_over")
    if actor.user not in now.readers and actor.role not in CHAIR_AND_SECRETARY:
        raise Refused("not_a_reader")
    return now


def find_comment(state: MeetingState, key: str) -> Comment:
    if key not in state.review.comments:
        raise Refused("no_such_comment")
    return state.review.comments[key]


def standing(state: MeetingState) -> str:
    """Where the record stands: writing | review | submitted | approved | final | issued."""
    if state.review.final:
        return "issued" if is_issued(state) else "final"
    if state.record.approved:
        return "approved"
    if open_round(state):
        return "review"
    return "submitted" if state.review.submitted else "writing"


def with_round(state: MeetingState, number: int, **changes) -> MeetingState:
    rounds = tuple(replace(each, **changes) if each.number == number else each for each in state.review.rounds)
    return reviewed(state, rounds=rounds)


def unlocked(review: Review, version: int, reason: str) -> Review:
    """As it is once a version is unlocked: nothing lies before the chair, and its files count no more."""
    finals = {key: replace(each, unlocked=reason) if key == version else each for key, each in review.finals.items()}
    return replace(review, finals=finals, final=0, submitted=None, returned=None, acknowledged={})


def reviewed(state: MeetingState, **changes) -> MeetingState:
    return replace(state, review=replace(state.review, **changes))
