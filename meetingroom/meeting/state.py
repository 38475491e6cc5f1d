"""The shape of a meeting on one page: frozen, one slice per topic. Maps are replaced, never changed in place."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Frame:
    """What the meeting is and where it stands. Times in ms."""

    title: str = ""
    kind: str = "conference"
    status: str = "none"  # none | draft | published | live | adjourned | closed | archived | cancelled
    starts_at: int = 0
    ends_at: int = 0
    place: str = ""
    secrecy: str = "none"  # none | secret | unsure
    copies: int = 0  # of the paper file, for a secret meeting's neutral shell
    motto: str = ""
    created_by: str = ""
    published_at: int = 0
    opened_at: int = 0
    adjourned_at: int = 0
    closed_at: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Person:
    """A person of the meeting as the invitation knew them, and where they are."""

    name: str
    title: str = ""
    unit: str = ""
    role: str = "delegate"
    site: str = ""
    presence: str = "waiting"  # waiting | onsite | online | excused | left
    at: int = 0
    left_at: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Roll:
    """Everybody invited, in protocol order."""

    order: tuple[str, ...] = ()
    people: dict[str, Person] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """A place the meeting is held at (điểm cầu)."""

    name: str
    short: str = ""
    main: bool = False
    contact: str = ""


@dataclass(frozen=True)
class Sites:
    order: tuple[str, ...] = ()
    sites: dict[str, Site] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """An item of the agenda. `presenters` are person ids or free text; `minutes` is the time planned."""

    title: str
    minutes: int = 0
    presenters: tuple[str, ...] = ()
    status: str = "waiting"  # waiting | current | done
    started_at: int = 0
    finished_at: int = 0
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agenda:
    order: tuple[str, ...] = ()
    items: dict[str, Item] = field(default_factory=dict)
    current: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper attached to an item. `shape` is run-length: ((first page, width, height in points), ...)."""

    title: str
    document: str
    item: str
    pages: int
    shape: tuple[tuple[int, float, float], ...] = ()
    download: bool = True
    readers: str = "members"  # members | staff


@dataclass(frozen=True)
class Stage:
    """What is on every screen. `rect` is a zoom rectangle in fractions of the page."""

    kind: str = "title"  # title | page
    paper: str = ""
    page: int = 0
    rect: tuple[float, float, float, float] | None = None
    holder: str = ""
    since: int = 0
    calls: int = 0  # how often the chair called the screens back
    called_site: str = ""


@dataclass(frozen=True)
class Note:
    """The secretary's text on an item (or "general")."""

    text: str
    by: str
    at: int
    seq: int


@dataclass(frozen=True)
class Conclusion:
    text: str
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    due: str = ""  # a date, yyyy-mm-dd
    deliverable: str = ""
    item: str = ""


@dataclass(frozen=True)
class Record:
    notes: dict[str, Note] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    conclusions: dict[str, Conclusion] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)  # number, organisation … of the minutes


@dataclass(frozen=True)
class MeetingState:
    """Everything the rules know. `seq`, `at`, `by` are those of the last fact."""

    id: str = ""
    seq: int = 0
    at: int = 0
    by: str = ""
    meeting: Frame = field(default_factory=Frame)
    roll: Roll = field(default_factory=Roll)
    sites: Sites = field(default_factory=Sites)
    agenda: Agenda = field(default_factory=Agenda)
    papers: dict[str, Paper] = field(default_factory=dict)
    stage: Stage = field(default_factory=Stage)
    record: Record = field(default_factory=Record)


def without(mapping: dict, key: str) -> dict:
    """A copy of `mapping` that lacks `key`."""
    return {k: v for k, v in mapping.items() if k != key}


def placed(order: tuple[str, ...], key: str, before: str = "") -> tuple[str, ...]:
    """`order` with `key` moved (or added) before `before`, or at the end."""
    rest = [k for k in order if k != key]
    rest.insert(rest.index(before) if before in rest else len(rest), key)
    return tuple(rest)
