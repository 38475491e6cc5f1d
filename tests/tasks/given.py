"""A task told as sentences: `Story(TASK).when(EM, "report", text="xong").refused("not_allowed")`."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from meetingroom.meeting.kernel import Refused
from meetingroom.tasks import rules
from meetingroom.tasks.rules import Somebody, Standing, Step, Task

VIETNAM = timezone(timedelta(hours=7))
DAY = 86_400_000
FIRST = date(2026, 12, 16)  # a Wednesday


def noon(day: date) -> int:
    return round(datetime(day.year, day.month, day.day, 12, tzinfo=VIETNAM).timestamp() * 1000)


def day_of(ms: int) -> date:
    return datetime.fromtimestamp(ms / 1000, VIETNAM).date()


TASK = Task("d1", "Ban hành Kế hoạch", "Văn phòng", "vp", ("p1",), "", "2026-12-23", "KH-VKS", noon(FIRST))
AN = Somebody("an", "chair", frozenset({"vks"}), frozenset({"vks", "vp", "p1"}))
DUNG = Somebody("dung", "organiser", frozenset({"vp"}), frozenset({"vp"}))  # heads the office
EM = Somebody("em", "delegate", frozenset({"p1"}), frozenset({"p1"}))  # heads room 1
MAI = Somebody("mai", "secretary", frozenset(), frozenset({"vp"}))
LAN = Somebody("lan", "", frozenset(), frozenset({"p1"}))
GIANG = Somebody("giang", "delegate", frozenset({"p9"}), frozenset({"p9"}))


class Story:
    """A task and what has happened to it, a day later each time unless `on` says when."""

    def __init__(self, task: Task = TASK):
        self.task, self.steps, self.day = task, [], FIRST
        self.refusal: Refused | None = None

    def when(self, who: Somebody, name: str, on: date | None = None, **args) -> "Story":
        self.day = on or self.day
        try:
            data = rules.decide(self.task, self.now, who, name, args)
        except Refused as refused:
            self.refusal = refused
            return self
        self.refusal = None
        self.steps.append(Step(len(self.steps) + 1, noon(self.day), who.id, name, data))
        return self

    def refused(self, code: str) -> "Story":
        assert self.refusal is not None, "not refused"
        assert self.refusal.code == code, self.refusal
        return self

    def then(self, state: str) -> "Story":
        assert self.refusal is None, self.refusal
        assert self.now.state(self.task) == state
        return self

    @property
    def now(self) -> Standing:
        return rules.standing(self.task, self.steps)

    def kind(self, day: date, by: str = "original") -> str:
        return rules.class_of(self.task, self.now, day, day_of, by)

    def of(self, **changes) -> "Story":
        self.task = replace(self.task, **changes)
        return self
