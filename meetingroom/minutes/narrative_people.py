"""What people did, in the tale: coming and going, speaking, voting, calling for service. Registered in `tale.tell`."""

from meetingroom.meeting import ballot_count, ballot_drafts, ballot_edit, ballot_results, ballots, floor, notices, roll
from meetingroom.meeting.kernel import Recorded
from meetingroom.minutes.narrative import (
    AT_THE_END,
    BEFORE,
    Chapter,
    Coming,
    Narrative,
    Spoke,
    Wrote,
    keep_silent,
    tell,
)

QUEUE = "who waits for the floor is not said; who has it is"
CLOCK = "the speaker's clock: the length of the speech is told"
PRIVATE = "messages and service are no part of the record"

TOGETHER = 60_000  # ms: who comes or leaves within a minute, with nothing between, comes or leaves together

keep_silent(
    QUEUE,
    floor.FloorRequested,
    floor.RequestWithdrawn,
    floor.RequestMoved,
    floor.FloorClosed,
    floor.FloorOpened,
)
keep_silent(CLOCK, floor.SpeechPaused, floor.SpeechResumed, floor.SpeechExtended, floor.BellRung)
keep_silent(
    AT_THE_END,
    ballot_drafts.BallotDrafted,
    ballot_edit.BallotEdited,
    ballot_drafts.Recused,
    ballots.VoteCast,
    ballot_results.ResultPublished,
    ballot_results.ResultKept,
    ballot_results.DecisionRecorded,
    roll.SubstituteProposed,
    roll.SubstituteAccepted,
    roll.SubstituteDeclined,
)
keep_silent("a question that was never put to the vote", ballot_drafts.BallotDropped)
keep_silent("the quorum is told with the opening, in numbers", roll.QuorumSet)
keep_silent(
    PRIVATE,
    notices.NoticeSent,
    notices.NoticeTakenBack,
    notices.ServiceCalled,
    notices.CallAnswered,
    notices.CallCancelled,
)


@tell.register
def checked_in(event: roll.CheckedIn, tale: Narrative, fact: Recorded):
    tell_coming(tale, fact, event.mode, event.person)


@tell.register
def roll_called(event: roll.RollCalled, tale: Narrative, fact: Recorded):
    for person in event.people:
        tell_coming(tale, fact, event.mode, person)


@tell.register
def checked_out(event: roll.CheckedOut, tale: Narrative, fact: Recorded):
    tale.away.add(event.person)
    tell_going(tale, fact.at, event.person)
    if tale.running:
        tell_moving(tale, fact.at, "out", event.person)


@tell.register
def excused(event: roll.Excused, tale: Narrative, fact: Recorded):
    tale.arrived.pop(event.person, None)
    tale.spells.pop(event.person, None)


@tell.register
def floor_granted(event: floor.FloorGranted, tale: Narrative, fact: Recorded):
    tale.speech = Spoke(fact.at, event.person, event.kind)
    tale.chapter.entries.append(tale.speech)


@tell.register
def speech_ended(event: floor.SpeechEnded, tale: Narrative, fact: Recorded):
    if tale.speech:
        tale.speech.seconds = event.spoken
    tale.speech = None


@tell.register
def opinion_recorded(event: floor.OpinionRecorded, tale: Narrative, fact: Recorded):
    """Told with the item it was asked on, if that was taken up."""
    chapter = tale.chapters.get(event.item or BEFORE, tale.chapter)
    chapter.entries.append(Wrote(fact.at, event.person, event.text))


@tell.register
def ballot_opened(event: ballots.BallotOpened, tale: Narrative, fact: Recorded):
    """Told from the state at the end; who leaves afterwards does not leave together with those who left before."""
    tale.parted = True


@tell.register
def ballot_closed(event: ballot_count.BallotClosed, tale: Narrative, fact: Recorded):
    tale.parted = True


@tell.register
def ballot_annulled(event: ballot_results.BallotAnnulled, tale: Narrative, fact: Recorded):
    """The rest of it is told with the ballots, from the state at the end."""
    tale.annulled[event.ballot] = fact.at


def tell_coming(tale: Narrative, fact: Recorded, how: str, person: str) -> None:
    """The first coming is told if the meeting was already running, and the coming back of who had left."""
    if person in tale.away:
        tale.away.discard(person)
        if tale.running:
            tell_moving(tale, fact.at, "back", person)
    elif tale.running and person not in tale.arrived:
        tell_moving(tale, fact.at, how, person)
    tale.arrived.setdefault(person, fact.at)
    spells = tale.spells.setdefault(person, [])
    if not spells or spells[-1][1] is not None:  # not where somebody goes online who sat in the room
        spells.append((fact.at, None))


def tell_going(tale: Narrative, at: int, person: str) -> None:
    spells = tale.spells.get(person)
    if spells and spells[-1][1] is None:
        spells[-1] = (spells[-1][0], at)


def tell_moving(tale: Narrative, at: int, how: str, person: str) -> None:
    chapter: Chapter = tale.chapter
    last = chapter.entries[-1] if chapter.entries else None
    together = isinstance(last, Coming) and last.how == how and at - last.at < TOGETHER
    if isinstance(last, Coming) and together and not tale.parted:
        last.people.append(person)
        return
    tale.parted = False
    chapter.entries.append(Coming(at, how, [person]))
