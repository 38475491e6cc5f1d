"""What happened, told item by item: one small function for every kind of fact. Pure.

The facts are gathered first (a hundred page turns are one showing) and put into words afterwards.
"""

from dataclasses import dataclass, field
from functools import singledispatch

from meetingroom.meeting import agenda, approval, lifecycle, papers, people, record, sites, stage
from meetingroom.meeting.kernel import Event, Recorded

BEFORE = ""  # the chapter of what happened before the first item


@dataclass
class Showing:
    """One person's uninterrupted stretch on the stage, with the pages that were seen."""

    at: int
    by: str
    pages: dict[str, set[int]] = field(default_factory=dict)  # by paper, in order of appearance


@dataclass
class Coming:
    """People who came or left while the meeting ran; those of one chapter who came the same way are one sentence."""

    at: int
    how: str  # onsite | online | out | back
    people: list[str] = field(default_factory=list)


@dataclass
class Turn:
    """The meeting itself turned: opened, adjourned, resumed. At the opening, the quorum: of so many, so many there."""

    at: int
    what: str
    members: int = 0
    present: int = 0
    needed: int = 0


@dataclass
class Spoke:
    """Somebody had the floor; `seconds` are without pauses, None while they still speak."""

    at: int
    person: str
    kind: str
    seconds: int | None = None


@dataclass
class Wrote:
    """A request that was not reached became a written opinion."""

    at: int
    person: str
    text: str


@dataclass
class Chapter:
    started: int = 0
    ended: int = 0
    entries: list = field(default_factory=list)


@dataclass
class Narrative:
    """All of it. `running` between opening and closing; `shown` is the showing that page turns belong to."""

    names: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # person -> name, title, unit
    titles: dict[str, str] = field(default_factory=dict)  # paper -> title
    arrived: dict[str, int] = field(default_factory=dict)  # person -> first check-in
    chapters: dict[str, Chapter] = field(default_factory=lambda: {BEFORE: Chapter()})
    now: str = BEFORE
    running: bool = False
    shown: Showing | None = None
    speech: Spoke | None = None
    away: set[str] = field(default_factory=set)  # who has left and not come back
    spells: dict[str, list[tuple[int, int | None]]] = field(default_factory=dict)  # person -> came, left; and again
    noted: dict[str, int] = field(default_factory=dict)  # item -> when its text was begun
    parted: bool = False  # a ballot lies between the last who came or left and the next
    annulled: dict[str, int] = field(default_factory=dict)  # ballot -> when
    last: int = 0

    @property
    def chapter(self) -> Chapter:
        return self.chapters[self.now]


def told(facts: list[Recorded]) -> Narrative:
    """The facts of one meeting, in order, as a tale."""
    tale = Narrative()
    for fact in facts:
        tale.last = fact.at
        tell(fact.event, tale, fact)
    return tale


@singledispatch
def tell(event: Event, tale: Narrative, fact: Recorded) -> None:
    """Adds one fact to the tale. Every kind of fact is registered here, also those the minutes are silent about."""
    raise NotImplementedError(f"the minutes do not know {type(event).__name__}")


def silent(event: Event, tale: Narrative, fact: Recorded) -> None:
    """What has no sentence of its own; `UNTOLD` says why."""


# Why a kind of fact has no sentence.
AT_THE_END = "told elsewhere in the minutes, from the state at the end"
PREPARING = "preparation: the minutes begin with the meeting"
SCREENS = "how screens were led; the pages that were seen are told"
UNTOLD: dict[type[Event], str] = {}


def keep_silent(reason: str, *kinds: type[Event]) -> None:
    for kind in kinds:
        UNTOLD[kind] = reason
        tell.register(kind)(silent)


keep_silent(
    AT_THE_END,
    lifecycle.MeetingCreated,
    lifecycle.MeetingEdited,
    people.RoleChanged,
    people.PersonRemoved,
    people.PersonMoved,
    sites.SiteAdded,
    sites.SiteEdited,
    sites.SiteRemoved,
    agenda.ItemAdded,
    agenda.ItemEdited,
    agenda.ItemMoved,
    agenda.ItemRemoved,
    record.ConclusionRecorded,
    record.ConclusionEdited,
    record.ConclusionRemoved,
    record.MinutesEdited,
)
keep_silent(
    PREPARING,
    lifecycle.MeetingPublished,
    papers.PaperWithdrawn,
    papers.PaperMoved,
)
keep_silent("there are no minutes of a meeting that was not held", lifecycle.MeetingCancelled)
keep_silent("the minutes are finished before the meeting is archived", lifecycle.MeetingArchived)
keep_silent(
    "whether they are approved is marked on the document and is no part of its text",
    approval.MinutesApproved,
    approval.MinutesUnlocked,
)
keep_silent(
    SCREENS,
    stage.Zoomed,
    stage.TitleShown,
    stage.StageCovered,
    stage.StageUncovered,
    stage.StageGiven,
    stage.StageTaken,
    stage.StageReturned,
    stage.CalledBack,
)


@tell.register
def opened(event: lifecycle.MeetingOpened, tale: Narrative, fact: Recorded):
    tale.running = True
    tale.chapter.entries.append(Turn(fact.at, "opened", event.members, event.present, event.needed))


@tell.register
def adjourned(event: lifecycle.MeetingAdjourned, tale: Narrative, fact: Recorded):
    tale.running, tale.shown = False, None
    tale.chapter.entries.append(Turn(fact.at, "adjourned"))


@tell.register
def resumed(event: lifecycle.MeetingResumed, tale: Narrative, fact: Recorded):
    tale.running = True
    tale.chapter.entries.append(Turn(fact.at, "resumed"))


@tell.register
def closed(event: lifecycle.MeetingClosed, tale: Narrative, fact: Recorded):
    tale.running, tale.shown = False, None
    if tale.now and not tale.chapter.ended:
        tale.chapter.ended = fact.at


@tell.register
def invited(event: people.PersonInvited, tale: Narrative, fact: Recorded):
    tale.names[event.person] = (event.name, event.title, event.unit)


@tell.register
def attached(event: papers.PaperAttached, tale: Narrative, fact: Recorded):
    tale.titles[event.paper] = event.title


@tell.register
def renamed(event: papers.PaperEdited, tale: Narrative, fact: Recorded):
    tale.titles[event.paper] = event.title


@tell.register
def started(event: agenda.ItemStarted, tale: Narrative, fact: Recorded):
    chapter = tale.chapters.setdefault(event.item, Chapter(started=fact.at))
    chapter.ended = 0  # an item that is taken up again ends later
    tale.now, tale.shown = event.item, None


@tell.register
def finished(event: agenda.ItemFinished, tale: Narrative, fact: Recorded):
    tale.chapters[event.item].ended = fact.at
    tale.shown = None


@tell.register
def noted(event: record.NoteRecorded, tale: Narrative, fact: Recorded):
    """The text is told from the state at the end, where it was begun: a slip mended later does not move it."""
    if event.text.strip():
        tale.noted.setdefault(event.item, fact.at)


@tell.register
def paper_shown(event: stage.PaperShown, tale: Narrative, fact: Recorded):
    seen(tale, fact, event.paper, event.page)


@tell.register
def page_turned(event: stage.PageTurned, tale: Narrative, fact: Recorded):
    seen(tale, fact, event.paper, event.page)


def seen(tale: Narrative, fact: Recorded, paper: str, page: int) -> None:
    """A page on the screens. The same presenter goes on with the same showing, whatever paper it is."""
    if tale.shown is None or tale.shown.by != fact.by:
        tale.shown = Showing(fact.at, fact.by)
        tale.chapter.entries.append(tale.shown)
    tale.shown.pages.setdefault(paper, set()).add(page)
