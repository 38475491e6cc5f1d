"""What people did: coming and going, speaking, voting, calling for service. Both forms of every kind of fact."""

from meetingroom.meeting import (
    ballot_count,
    ballot_drafts,
    ballot_edit,
    ballot_results,
    ballots,
    floor,
    notices,
    roll,
    speech_clock,
)
from meetingroom.meeting.ballot_view import public_result
from meetingroom.meeting.kernel import Recorded
from meetingroom.minutes.narrative import AT_THE_END, BEFORE, Chapter, Coming, Narrative, Spoke, Wrote
from meetingroom.minutes.narrator import Caption, Line, leave_out, narrates, shortened, timeline_only
from meetingroom.printing import wording
from meetingroom.printing.wording import Words

QUEUE = "who waits for the floor is not said; who has it is"
CLOCK = "the speaker's clock: the length of the speech is told"
PRIVATE = "messages and service are no part of the record"

TOGETHER = 60_000  # ms: who comes or leaves within a minute, with nothing between, comes or leaves together
A_MINUTE = 60
ONE_LINE = 120_000  # ms: the same in the timeline, for those who come

leave_out(
    QUEUE,
    floor.FloorRequested,
    floor.RequestWithdrawn,
    floor.RequestMoved,
    floor.FloorClosed,
    floor.FloorOpened,
)
leave_out(
    CLOCK, speech_clock.SpeechPaused, speech_clock.SpeechResumed, speech_clock.SpeechExtended, speech_clock.BellRung
)
leave_out(
    AT_THE_END,
    ballot_drafts.BallotDrafted,
    ballot_drafts.Recused,
    ballots.VoteCast,
    ballot_results.ResultKept,
    roll.SubstituteProposed,
    roll.SubstituteAccepted,
    roll.SubstituteDeclined,
)
leave_out(AT_THE_END, ballot_edit.BallotEdited, renames=True)
leave_out("a question that was never put to the vote", ballot_drafts.BallotDropped, renames=True)
leave_out("the quorum is told with the opening, in numbers", roll.QuorumSet)
leave_out(
    PRIVATE,
    notices.NoticeSent,
    notices.NoticeTakenBack,
    notices.ServiceCalled,
    notices.CallAnswered,
    notices.CallCancelled,
)


def arrived(event: roll.CheckedIn, line: Line, _: Words) -> str:
    """Several people who came within a minute or two are one line."""
    names = ", ".join(line.person(fact.event.person) for fact in line.facts if isinstance(fact.event, roll.CheckedIn))
    if event.mode == "online":
        return _("Present online: %(names)s.", names=names)
    return _("Present on site: %(names)s.", names=names)


def came_together(lines: list[list[Recorded]], fact: Recorded) -> list[Recorded] | None:
    last = lines[-1] if lines else []
    first = last[0] if last else fact
    if not last or not isinstance(first.event, roll.CheckedIn) or not isinstance(fact.event, roll.CheckedIn):
        return None
    return last if first.event.mode == fact.event.mode and fact.at - first.at < ONE_LINE else None


@narrates(timeline=Caption("user-check", arrived, joins=came_together))
def checked_in(event: roll.CheckedIn, narrative: Narrative, fact: Recorded):
    add_arrival(narrative, fact, event.mode, event.person)


@narrates(timeline="who was there when the roll was called is in the roll")
def roll_called(event: roll.RollCalled, narrative: Narrative, fact: Recorded):
    for person in event.people:
        add_arrival(narrative, fact, event.mode, person)


@narrates(timeline=Caption("log-out", lambda event, line, _: _("%(name)s left.", name=line.person(event.person))))
def checked_out(event: roll.CheckedOut, narrative: Narrative, fact: Recorded):
    narrative.away.add(event.person)
    add_leaving(narrative, fact.at, event.person)
    if narrative.running:
        add_movement(narrative, fact.at, "out", event.person)


@narrates(
    timeline=Caption(
        "user-x",
        lambda event, line, _: _("%(name)s is absent: %(reason)s", name=line.person(event.person), reason=event.reason),
    )
)
def excused(event: roll.Excused, narrative: Narrative, fact: Recorded):
    narrative.arrived.pop(event.person, None)
    narrative.spells.pop(event.person, None)


def speech(event: floor.FloorGranted | floor.SpeechEnded, line: Line, _: Words) -> str:
    """Somebody has the floor, or had it; what is shorter than a minute needs no length."""
    name, kind, last = line.person(event.person), getattr(event, "kind", "speak"), line.facts[-1].event
    if not isinstance(last, floor.SpeechEnded):
        speaking = {
            "question": _("%(name)s is asking a question.", name=name),
            "point_of_order": _("%(name)s is raising a point of order.", name=name),
        }
        return speaking.get(kind) or _("%(name)s is speaking.", name=name)
    spoke = {
        "question": _("%(names)s asked a question", names=name),
        "point_of_order": _("%(names)s raised a point of order", names=name),
    }
    length = f" ({wording.length(last.spoken, _)})" if last.spoken >= A_MINUTE else ""
    return f"{spoke.get(kind) or _('%(names)s spoke', names=name)}{length}."


def its_beginning(lines: list[list[Recorded]], fact: Recorded) -> list[Recorded] | None:
    """The line of the speech that ends here, if its beginning is among the lines."""
    speaker = getattr(fact.event, "person", "")
    for line in reversed(lines):
        first, last = line[0].event, line[-1].event
        if isinstance(first, (floor.FloorGranted, floor.SpeechEnded)) and first.person == speaker:
            return None if isinstance(last, floor.SpeechEnded) else line
    return None


@narrates(timeline=Caption("mic", speech))
def floor_granted(event: floor.FloorGranted, narrative: Narrative, fact: Recorded):
    narrative.speech = Spoke(fact.at, event.person, event.kind)
    narrative.chapter.entries.append(narrative.speech)


@narrates(timeline=Caption("mic", speech, joins=its_beginning))
def speech_ended(event: floor.SpeechEnded, narrative: Narrative, fact: Recorded):
    if narrative.speech:
        narrative.speech.seconds = event.spoken
    narrative.speech = None


def opinion(event: floor.OpinionRecorded, line: Line, _: Words) -> str:
    name, text = line.person(event.person), shortened(event.text)
    if not text:
        return _("%(name)s will give a written opinion.", name=name)
    return _("%(name)s gave a written opinion: “%(text)s”", name=name, text=text)


@narrates(timeline=Caption("file-text", opinion))
def opinion_recorded(event: floor.OpinionRecorded, narrative: Narrative, fact: Recorded):
    """Told with the item it was asked on, if that was taken up."""
    chapter = narrative.chapters.get(event.item or BEFORE, narrative.chapter)
    chapter.entries.append(Wrote(fact.at, event.person, event.text))


@narrates(
    timeline=Caption(
        "vote",
        lambda event, line, _: _("Voting on “%(question)s” began.", question=line.question(event.ballot, _)),
        strong=True,
    )
)
def ballot_opened(event: ballots.BallotOpened, narrative: Narrative, fact: Recorded):
    """Told from the state at the end; who leaves afterwards does not leave together with those who left before."""
    narrative.parted = True


@narrates(
    timeline=Caption(
        "vote", lambda event, line, _: _("Voting on “%(question)s” ended.", question=line.question(event.ballot, _))
    )
)
def ballot_closed(event: ballot_count.BallotClosed, narrative: Narrative, fact: Recorded):
    narrative.parted = True


@narrates(
    timeline=Caption(
        "ban",
        lambda event, line, _: _(
            "The ballot “%(question)s” was annulled: %(reason)s",
            question=line.question(event.ballot, _),
            reason=event.reason,
        ),
    ),
    renames=True,  # its result is told no more
)
def ballot_annulled(event: ballot_results.BallotAnnulled, narrative: Narrative, fact: Recorded):
    """The rest of it is told with the ballots, from the state at the end."""
    narrative.annulled[event.ballot] = fact.at


def result(event: ballot_results.ResultPublished, line: Line, _: Words) -> str:
    """Of a secret ballot of fewer than four votes no more than may be told."""
    ballot = line.ballot(event.ballot)
    published = public_result(ballot) if ballot else {}
    sentence = published.get("sentence") or {}
    return _(
        "Result of “%(question)s”: %(sentence)s",
        question=line.question(event.ballot, _),
        sentence=sentence.get(line.language) or sentence.get("vi", ""),
    )


timeline_only(ballot_results.ResultPublished, AT_THE_END, Caption("vote", result, strong=True))
timeline_only(
    ballot_results.DecisionRecorded,
    AT_THE_END,
    Caption(
        "gavel",
        lambda event, line, _: _(
            "The chair decided on “%(question)s”: %(decision)s",
            question=line.question(event.ballot, _),
            decision=shortened(event.decision),
        ),
    ),
)


def add_arrival(narrative: Narrative, fact: Recorded, how: str, person: str) -> None:
    """The first coming is told if the meeting was already running, and the coming back of who had left."""
    if person in narrative.away:
        narrative.away.discard(person)
        if narrative.running:
            add_movement(narrative, fact.at, "back", person)
    elif narrative.running and person not in narrative.arrived:
        add_movement(narrative, fact.at, how, person)
    narrative.arrived.setdefault(person, fact.at)
    spells = narrative.spells.setdefault(person, [])
    if not spells or spells[-1][1] is not None:  # not where somebody goes online who sat in the room
        spells.append((fact.at, None))


def add_leaving(narrative: Narrative, at: int, person: str) -> None:
    spells = narrative.spells.get(person)
    if spells and spells[-1][1] is None:
        spells[-1] = (spells[-1][0], at)


def add_movement(narrative: Narrative, at: int, how: str, person: str) -> None:
    chapter: Chapter = narrative.chapter
    last = chapter.entries[-1] if chapter.entries else None
    together = isinstance(last, Coming) and last.how == how and at - last.at < TOGETHER
    if isinstance(last, Coming) and together and not narrative.parted:
        last.people.append(person)
        return
    narrative.parted = False
    chapter.entries.append(Coming(at, how, [person]))
