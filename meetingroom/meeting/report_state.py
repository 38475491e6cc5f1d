"""A case that is reported to leaders, as the meeting's state keeps it: what is to be decided, who asked and answered,
what was proposed, what everybody said to it, and what was directed. Pure."""

from dataclasses import dataclass, field

Text = dict[str, str]
Place = dict[str, str | int]  # {key, title, page, label, volume} of what was on the stage


@dataclass(frozen=True)
class Registration:
    """What of the case was entered when its report was registered. `deadline` yyyy-mm-dd; `sheets` how many pages the
    scans had then, in `volumes`, and `numbered` how many numbers (bút lục) these bore, 0 where nobody had counted;
    `reporter` and `head` (of the unit) are persons of the meeting, `by` is whose the case was."""

    case: str
    code: str
    title: str
    question: str
    stage: str = ""
    deadline: str = ""
    deadline_name: str = ""
    charges: tuple[Text, ...] = ()  # {law, article, clause, point, version, name, person}
    parties: tuple[Text, ...] = ()  # {name, status}
    sheets: int = 0
    reporter: str = ""
    head: str = ""
    numbered: int = 0
    volumes: int = 0
    at: int = 0
    by: str = ""


@dataclass(frozen=True)
class Wording:
    """How a question or an answer read before the secretary edited it."""

    text: str
    by: str
    at: int


@dataclass(frozen=True)
class Answer:
    person: str
    text: str
    at: int
    by: str  # who entered it: the person, or the secretary
    bl: str = ""  # as typed
    pages: tuple[Place, ...] = ()  # that `bl` meant: {document, page, label, volume}
    where: Place = field(default_factory=dict)
    before: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class Question:
    person: str
    text: str
    at: int
    by: str
    number: int = 0
    bl: str = ""
    pages: tuple[Place, ...] = ()
    where: Place = field(default_factory=dict)
    before: tuple[Wording, ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """What is put to the leaders: `PA1` …"""

    label: str
    text: str
    by: str
    at: int
    bl: str = ""
    pages: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Voice:
    """What somebody said to it at a moment: agree | no | other. `by` is who entered it."""

    stance: str
    text: str
    proposal: str
    at: int
    by: str


@dataclass(frozen=True)
class Reserved:
    """An opinion that its author keeps: in their own words, for ever."""

    person: str
    text: str
    at: int
    seq: int = 0  # of the fact that says so: it is never withheld


@dataclass(frozen=True)
class Direction:
    """Kết luận chỉ đạo: of who has the power to decide, in their words or those of a proposal."""

    text: str
    proposal: str
    at: int
    by: str


@dataclass(frozen=True)
class Understood:
    """Whoever carries the direction out has confirmed that it is clear."""

    person: str
    at: int


@dataclass(frozen=True)
class Report:
    """`sites`: whoever chairs has allowed other sites. `names`: the wall shows who said what. `drafted` lies before the
    chair; `earlier` are directions that were concluded before the one that counts."""

    registered: Registration | None = None
    sites: bool = False
    order: tuple[str, ...] = ()
    questions: dict[str, Question] = field(default_factory=dict)
    asked: int = 0  # ever
    shown: str = ""  # the question on the wall
    proposals: dict[str, Proposal] = field(default_factory=dict)
    put: int = 0  # ever
    opinions: dict[str, tuple[Voice, ...]] = field(default_factory=dict)
    reserved: tuple[Reserved, ...] = ()
    names: bool = False
    drafted: Direction | None = None
    direction: Direction | None = None
    earlier: tuple[Direction, ...] = ()
    understood: Understood | None = None  # of the direction that counts
