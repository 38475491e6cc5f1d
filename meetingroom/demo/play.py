"""Speaks a meeting's commands in its people's names, at the times of the script, each once however often played."""

from meetingroom import log
from meetingroom.commands import server_fields
from meetingroom.database import Pool
from meetingroom.meeting import wire
from meetingroom.meeting.kernel import Actor, Command
from meetingroom.meeting.state import MeetingState
from meetingroom.projections import queries

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
assert server_fields  # what the server tells commands is registered by importing it


class Play:
    """One meeting. Calling it has somebody do something: `play("chair", at, OpenMeeting())`."""

    def __init__(self, pool: Pool, meeting: str, people: dict[str, str], part: str):
        self.pool, self.meeting, self.people, self.part = pool, meeting, people, part
        self.count, self.seed = 0, ""

    def __call__(self, who: str, at: int, command: Command, *, role: str = "") -> MeetingState:
        """Returns the state afterwards. The id follows from the place in the script, so a second play adds nothing."""
        self.count += 1
        name = f"demo-{self.part}-{self.count:03}-{wire.snake(type(command).__name__)}"
        user = self.people[who]
        if not role:
            with self.pool.lend() as db:
                role = queries.role_in(db, self.meeting, user) or ""
        log.handle(self.pool, self.meeting, command, Actor(user, role, at), name)
        self.seed = f"{self.meeting}/{name}"  # as the log sets it for whoever acts
        return self.state

    def made(self, kind: str) -> str:
        """The id that the last command gave to what it made, also when that was done long ago."""
        return Actor("", "", seed=self.seed).new_id(kind)

    @property
    def state(self) -> MeetingState:
        return log.state(self.pool, self.meeting)

    def item(self, number: int) -> str:
        """The id of the item with this number in the programme."""
        return self.state.agenda.order[number - 1]

    def paper(self, document: str) -> str:
        """The id of the paper that a document is."""
        return next(key for key, paper in self.state.papers.items() if paper.document == document)
