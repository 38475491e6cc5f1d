"""What people did, in the tale: coming and going, speaking, voting, calling for service. Registered in `tale.tell`."""

from meetingroom.meeting import ballots, floor, notices, roll
from meetingroom.meeting.kernel import Recorded
from meetingroom.minutes.tale import BEFORE, Chapter, Coming, Spoke, Tale, Wrote, silent, tell

for kind in (
    # Results are told from the state at the end; who asked for the floor in vain is not told.
    floor.FloorRequested,
    floor.RequestWithdrawn,
    floor.RequestMoved,
    floor.SpeechPaused,
    floor.SpeechResumed,
    floor.SpeechExtended,
    floor.BellRung,
    floor.FloorClosed,
    floor.FloorOpened,
    ballots.BallotDrafted,
    ballots.BallotDropped,
    ballots.Recused,
    ballots.BallotOpened,
    ballots.VoteCast,
    ballots.BallotClosed,
    ballots.ResultPublished,
    ballots.BallotAnnulled,
    ballots.DecisionRecorded,
    roll.SubstituteProposed,
    roll.SubstituteAccepted,
    roll.SubstituteDeclined,
    roll.QuorumSet,
    notices.NoticeSent,
    notices.NoticeTakenBack,
    notices.ServiceCalled,
    notices.CallAnswered,
    notices.CallCancelled,
):
    tell.register(kind)(silent)


@tell.register
def checked_in(event: roll.CheckedIn, tale: Tale, fact: Recorded):
    came(tale, fact, event.mode, event.person)


@tell.register
def roll_called(event: roll.RollCalled, tale: Tale, fact: Recorded):
    for person in event.people:
        came(tale, fact, event.mode, person)


@tell.register
def checked_out(event: roll.CheckedOut, tale: Tale, fact: Recorded):
    if tale.running:
        moved(tale, fact.at, "out", event.person)


@tell.register
def excused(event: roll.Excused, tale: Tale, fact: Recorded):
    tale.arrived.pop(event.person, None)


@tell.register
def floor_granted(event: floor.FloorGranted, tale: Tale, fact: Recorded):
    tale.speech = Spoke(fact.at, event.person, event.kind)
    tale.chapter.entries.append(tale.speech)


@tell.register
def speech_ended(event: floor.SpeechEnded, tale: Tale, fact: Recorded):
    if tale.speech:
        tale.speech.seconds = event.spoken
    tale.speech = None


@tell.register
def opinion_recorded(event: floor.OpinionRecorded, tale: Tale, fact: Recorded):
    """Told with the item it was asked on, if that was taken up."""
    chapter = tale.chapters.get(event.item or BEFORE, tale.chapter)
    chapter.entries.append(Wrote(fact.at, event.person, event.text))


def came(tale: Tale, fact: Recorded, how: str, person: str) -> None:
    """Only the first coming is told, and only if the meeting was already running."""
    if tale.running and person not in tale.arrived:
        moved(tale, fact.at, how, person)
    tale.arrived.setdefault(person, fact.at)


def moved(tale: Tale, at: int, how: str, person: str) -> None:
    chapter: Chapter = tale.chapter
    for entry in chapter.entries:
        if isinstance(entry, Coming) and entry.how == how:
            entry.people.append(person)
            return
    chapter.entries.append(Coming(at, how, [person]))
