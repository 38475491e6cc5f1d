"""A meeting in which one thing is done over and over (rounds.py, test_bounds.py)."""

import json
from collections.abc import Callable

from meetingroom.meeting import (
    agenda,
    ballot_count,
    ballot_drafts,
    ballots,
    lifecycle,
    papers,
    people,
    sites,
    stage,
    wire,
)
from meetingroom.meeting.kernel import Actor, Command, Event, Recorded, Refused, check_allowed, decide, step
from meetingroom.meeting.roles import AUDIENCES
from meetingroom.meeting.view import view
from tests.given import AN, CREATED, DRAFT, EM, OPENED, state_of

BEGUN = [
    OPENED,
    *(agenda.ItemAdded(f"i{n}", f"Nội dung {n}", 20) for n in (1, 2, 3)),
    *(papers.PaperAttached(f"p{n}", f"d{n}", f"i{n}", "Báo cáo", 9, ((1, 595.0, 842.0),)) for n in (1, 2)),
    sites.SiteAdded("s1", "Khu vực 1", "KV1"),
    agenda.ItemStarted("i1"),
    stage.StageGiven("an"),
]
FOUR = ("an", "binh", "em", "phuong")


class Meeting:
    """A meeting in which one thing is done over and over."""

    def __init__(self, *facts):
        self.state, self.count, self.refusals = state_of(*facts), 0, set()
        self.done: set[str] = set()

    def does(self, who: Actor, command: Command) -> None:
        self.count += 1
        actor = Actor(who.user, who.role, self.state.at + 1000, f"c{self.count}")
        try:
            check_allowed(command, actor, self.state)
            facts = decide(command, self.state, actor)
        except Refused as refused:
            self.refusals.add(refused.code)
            return
        if facts:
            self.done.add(wire.snake(type(command).__name__))
        for fact in facts:
            if isinstance(fact, Event):
                self.state = step(self.state, Recorded(self.state.seq + 1, actor.at, actor.user, fact))

    def sizes(self) -> dict[str, int]:
        """In characters: what the server holds, and what each screen is sent."""
        seen = {each: len(json.dumps(view(self.state, each))) for each in AUDIENCES}
        return {"state": len(repr(self.state)), **seen}

    @property
    def request(self) -> str:
        return next(iter(self.state.floor.queue), "")

    @property
    def ballot(self) -> str:
        return next(reversed(self.state.ballots.order), "")

    @property
    def call(self) -> str:
        return next(reversed(self.state.notices.calls), "")

    def drafts(self, n: int, preset="HOI_NGHI", opened=True) -> None:
        self.does(AN, ballot_drafts.DraftBallot(f"Thông qua {n}?", preset=preset))
        if opened:
            self.does(AN, ballots.OpenBallot(self.ballot))

    def votes(self, n: int, preset="HOI_NGHI") -> None:
        self.drafts(n, preset)
        self.does(EM, ballots.CastVote(self.ballot, "yes"))
        self.does(AN, ballot_count.CloseBallot(self.ballot))


rounds: dict[str, Callable[[Meeting, int], None]] = {}
beginnings: dict[str, list] = {
    "create_meeting": [],
    "publish_meeting": DRAFT,
    "open_meeting": [*DRAFT, lifecycle.MeetingPublished()],
    "cancel_meeting": [CREATED, people.PersonInvited("an", "An", "", "", "chair")],
    "approve_minutes": [BEGUN, lifecycle.MeetingClosed()],
    "unlock_minutes": [BEGUN, lifecycle.MeetingClosed()],
    "archive_meeting": [BEGUN, lifecycle.MeetingClosed()],
}


def repeated(play: Callable[[Meeting, int], None]):
    rounds[play.__name__] = play
    return play
