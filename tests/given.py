"""Rules told as sentences: `given(facts).when(actor, command).then(facts)` or `.refused("code")`."""

from collections.abc import Iterable

from meetingroom.meeting.kernel import Actor, Command, Event, Recorded, Refused, check_allowed, decide, step
from meetingroom.meeting.lifecycle import MeetingCreated, MeetingOpened, MeetingPublished
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.state import MeetingState

NINE = 1_797_382_800_000  # 2026-12-16 08:00 in Viet Nam
HOUR = 3_600_000

AN = Actor("an", "chair", NINE, "t")
BINH = Actor("binh", "cochair", NINE, "t")
MAI = Actor("mai", "secretary", NINE, "t")
DUNG = Actor("dung", "organiser", NINE, "t")
EM = Actor("em", "delegate", NINE, "t")
PHUONG = Actor("phuong", "delegate", NINE, "t")
KHACH = Actor("khach", "guest", NINE, "t")
THO = Actor("tho", "technician", NINE, "t")
PROGRAM = Actor("program", "system", NINE, "t")

CREATED = MeetingCreated("Hội nghị tổng kết", "conference", NINE, NINE + 3 * HOUR, "Hội trường tầng 3")
PEOPLE = [
    PersonInvited("an", "Nguyễn Văn An", "Viện trưởng", "VKSND tỉnh", "chair"),
    PersonInvited("binh", "Trần Thị Bình", "Phó Viện trưởng", "VKSND tỉnh", "cochair"),
    PersonInvited("mai", "Lý Thị Mai", "Chuyên viên", "Văn phòng", "secretary"),
    PersonInvited("dung", "Phạm Thị Dung", "Chánh Văn phòng", "Văn phòng", "organiser"),
    PersonInvited("em", "Hoàng Văn Em", "Trưởng phòng", "Phòng 1", "delegate"),
    PersonInvited("phuong", "Võ Thị Phượng", "Trưởng phòng", "Phòng 3", "delegate"),
    PersonInvited("khach", "Đinh Thị Khách", "Vụ phó", "VKSND tối cao", "guest"),
    PersonInvited("tho", "Lê Văn Thợ", "Kỹ thuật viên", "Văn phòng", "technician"),
]
DRAFT = [CREATED, *PEOPLE]
PUBLISHED = [*DRAFT, MeetingPublished()]
OPENED = [*PUBLISHED, MeetingOpened("an")]


def state_of(*facts: Event | Iterable[Event], at: int = NINE, by: str = "an") -> MeetingState:
    """The state after facts (or lists of facts), a second apart."""
    state = MeetingState(id="m1")
    for n, fact in enumerate(flat(facts), 1):
        state = step(state, Recorded(n, at + n * 1000, by, fact))
    return state


def flat(facts) -> list[Event]:
    return [one for fact in facts for one in (flat(fact) if isinstance(fact, (list, tuple)) else [fact])]


class given:  # small, since it reads as a word of a sentence
    """The facts so far."""

    def __init__(self, *facts):
        self.state = state_of(*facts)
        self.outcome: list[Event] | Refused | None = None
        self.actor = AN

    def when(self, actor: Actor, command: Command) -> "given":
        """Somebody sends a command; may be called again to go on from what followed."""
        if isinstance(self.outcome, list):
            for fact in self.outcome:
                self.state = step(self.state, Recorded(self.state.seq + 1, actor.at, self.actor.user, fact))
        self.actor = actor
        try:
            check_allowed(command, actor, self.state)
            self.outcome = decide(command, self.state, actor)
        except Refused as refused:
            self.outcome = refused
        return self

    def then(self, *facts) -> "given":
        assert self.outcome == flat(facts), self.outcome
        return self

    def refused(self, code: str) -> "given":
        assert isinstance(self.outcome, Refused), f"not refused: {self.outcome}"
        assert self.outcome.code == code, self.outcome
        return self

    def after(self) -> MeetingState:
        """The state after what followed."""
        assert isinstance(self.outcome, list), self.outcome
        state = self.state
        for fact in self.outcome:
            state = step(state, Recorded(state.seq + 1, state.at + 1000, "an", fact))
        return state
