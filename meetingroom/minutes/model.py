"""What official minutes say, whoever prints them. Times in ms since the epoch; texts are finished sentences."""

from dataclasses import dataclass

from meetingroom.minutes import rich
from meetingroom.printing.letterhead import Letterhead
from meetingroom.printing.page_format import Paper

ONSITE, ONLINE, LEFT, EXCUSED, ABSENT, WAITING = "onsite", "online", "left", "excused", "absent", "waiting"
STATES = (ONSITE, ONLINE, LEFT, EXCUSED, ABSENT, WAITING)
PRESENT = frozenset({ONSITE, ONLINE, LEFT})  # who has left was there


@dataclass(frozen=True)
class Person:
    name: str
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Attendee(Person):
    """One line of the roll as it stood at the end."""

    role: str = "delegate"
    site: str = ""
    state: str = ABSENT  # `waiting`, not yet called, only while the meeting is not closed
    at: int | None = None  # when checked in
    left_at: int | None = None
    late: bool = False  # checked in after the meeting was opened
    reason: str = ""  # of an excuse
    substitute: str = ""  # who came instead, with the chair's consent: name and title
    spells: tuple[tuple[int, int | None], ...] = ()  # came and left, as often as that happened; None: stayed

    @property
    def present(self) -> bool:
        return self.state in PRESENT

    @property
    def guest(self) -> bool:
        return self.role == "guest"


@dataclass(frozen=True)
class Site:
    name: str
    short: str = ""
    main: bool = False


@dataclass(frozen=True)
class Quorum:
    """As it was when the chair opened the meeting, or a ballot: of so many members so many were there and had to be."""

    present: int
    members: int
    needed: int


@dataclass(frozen=True)
class Line:
    """One sentence the log has told: of which fact, of what kind (`spoke`, `wrote` …) and about whom."""

    at: int
    text: str
    seq: int = 0
    kind: str = ""
    person: str = ""


@dataclass(frozen=True)
class Shown:
    """A paper that was on the screens, and which of its pages: (1, 12), (15, 15)."""

    title: str
    ranges: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Ballot:
    """A published result, or a ballot that was annulled; `counts` in the order of the options.

    `at` is the close, or the annulment; `opened` where it stands among the rest; `issued` the ballots handed out (in an
    open vote the people entitled), `returned` those who voted.
    """

    at: int
    question: str
    counts: tuple[tuple[str, int], ...]
    secret: bool = False
    issued: int = 0
    returned: int = 0
    invalid: int = 0
    verdict: str = ""  # adopted | rejected | "" where nothing is decided by majority
    sentence: str = ""  # how the result was found
    voices: tuple[tuple[str, str], ...] = ()  # of an open ballot: the option, and who chose it
    decision: str = ""  # of the chair, after opinions were taken
    tellers: tuple[str, ...] = ()
    annulled: str = ""  # why
    unpublished: bool = False  # nobody has published the result
    kept: bool = False  # the chair decided to leave it so
    recused: tuple[str, ...] = ()  # who took no part, being involved in the matter
    opened: int = 0
    below: Quorum | None = None  # when the chair opened it below the quorum
    id: str = ""


@dataclass(frozen=True)
class Passage:
    """A piece of the secretary's text, and where it stands among what happened (ms): at the fact it was made from or
    the one before it was. 0: where the text was begun."""

    block: rich.Block
    at: int = 0


def passages(*texts: str) -> tuple[Passage, ...]:
    """Typed paragraphs."""
    return tuple(Passage(block) for text in texts for block in rich.from_plain(text).blocks)


@dataclass(frozen=True)
class Item:
    """One item of the agenda as it went."""

    id: str
    title: str
    presenters: tuple[Person, ...] = ()
    started: int | None = None
    ended: int | None = None
    papers: tuple[Shown, ...] = ()
    lines: tuple[Line, ...] = ()
    placed: tuple[Line, ...] = ()  # those that the secretary has put into the text, or leaves out
    text: tuple[Passage, ...] = ()  # the secretary's
    noted: int = 0  # when the secretary began to write them
    ballots: tuple[Ballot, ...] = ()
    number: int = 0  # in the programme that was sent out; 0: it stands in none
    followup: tuple[str, ...] = ()  # the series' open tasks as they were shown


@dataclass(frozen=True)
class Conclusion:
    text: str
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    due: str = ""  # dd/mm/yyyy, or in words
    deliverable: str = ""


@dataclass(frozen=True)
class Section:
    """A section of its own between the proceedings and the conclusions, in finished sentences."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Replaces:
    """The issued minutes in whose place these are written: their number, when they went out, why they were wrong, and,
    once these are approved, the parts that differ."""

    number: str
    issued: int
    reason: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Minutes:
    letterhead: Letterhead
    title: str
    conference: bool = False  # "the conference" and not "the meeting"
    scheduled: int | None = None
    started: int | None = None
    ended: int | None = None
    place: str = ""
    sites: tuple[Site, ...] = ()
    people: tuple[Attendee, ...] = ()
    quorum: Quorum | None = None
    chair: Person | None = None
    secretary: Person | None = None
    opening: tuple[str, ...] = ()  # paragraphs before the items
    lines: tuple[Line, ...] = ()  # what happened before the first item
    placed: tuple[Line, ...] = ()  # of that, what the secretary has put into a text, or leaves out
    items: tuple[Item, ...] = ()
    not_reached: tuple[str, ...] = ()  # titles of items that were never begun
    conclusions: tuple[Conclusion, ...] = ()
    closing: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    draft: bool = True  # until the chair has approved them
    written: int = 0  # when the last fact in it happened: the date inside the files
    paper: Paper = Paper()
    replaces: Replaces | None = None
    sheet: tuple[str, ...] = ()  # of a case that is reported: lines below the head
    sections: tuple[Section, ...] = ()
    direction: tuple[str, ...] = ()  # of the one who decides on a case: also the last of the sections
    referred: tuple[Section, ...] = ()  # the pages of the case that are named, below the tasks

    @property
    def present(self) -> tuple[Attendee, ...]:
        return tuple(person for person in self.people if person.present)
