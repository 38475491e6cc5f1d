"""The shape of a meeting on one page: frozen, one slice per topic. Maps are replaced, never changed in place."""

from dataclasses import dataclass, field
from typing import Any

from meetingroom.meeting.exhibit_state import Contradiction, EvidencePage, Exhibit, MapPlace, MediaPlace
from meetingroom.meeting.ink_state import Ink
from meetingroom.meeting.record_state import Comment as Comment
from meetingroom.meeting.record_state import Document as Document
from meetingroom.meeting.record_state import Final as Final
from meetingroom.meeting.record_state import Issuing as Issuing
from meetingroom.meeting.record_state import Numbered as Numbered
from meetingroom.meeting.record_state import Reopened as Reopened
from meetingroom.meeting.record_state import Returned as Returned
from meetingroom.meeting.record_state import Review as Review
from meetingroom.meeting.record_state import Round as Round
from meetingroom.meeting.record_state import Signature as Signature
from meetingroom.meeting.record_state import Submission as Submission
from meetingroom.meeting.report_state import Report
from meetingroom.meeting.sealed_state import Archive
from meetingroom.meeting.tally import Rule


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
    series: str = ""


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
    substitute: str = ""  # who attends instead (người dự thay), and what they are
    substitute_title: str = ""
    consent: str = ""  # of the chair to the substitute: asked | given
    unit_id: str = ""


@dataclass(frozen=True)
class Roll:
    """Everybody invited, in protocol order; `quorum` is how much of the members must be present."""

    order: tuple[str, ...] = ()
    people: dict[str, Person] = field(default_factory=dict)
    quorum: str = "gt_half"  # gt_half | ge_two_thirds | none


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

    @property
    def main(self) -> str:
        """The id of the main site (trụ sở chính), "" while there is none. There is never more than one (sites.py)."""
        return next((key for key in self.order if self.sites[key].main), "")


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
    kind: str = ""  # "" | prior_minutes | followup
    carried: str = ""  # to the series' next meeting: "" | repeat
    followup: tuple[dict[str, str], ...] = ()  # the series' open tasks as they were shown


@dataclass(frozen=True)
class Agenda:
    order: tuple[str, ...] = ()
    items: dict[str, Item] = field(default_factory=dict)
    current: str = ""


@dataclass(frozen=True)
class Version:
    """What a paper is, or was. `map` pairs pages of the version before with its own ((old, new, count, kind), …): what
    is the same there and what has changed."""

    document: str
    pages: int
    shape: tuple[tuple[int, float, float], ...] = ()
    at: int = 0
    by: str = ""
    note: str = ""
    map: tuple[tuple[int, int, int, str], ...] = ()


@dataclass(frozen=True)
class Rights:
    """Who may read a paper beside the staff, and when (ms; 0: no such end).

    `readers`: all | none | role:<role> | unit:<id> | person:<id>; `units` are those named and all below them, by id.
    """

    readers: tuple[str, ...] = ("all",)
    units: dict[str, str] = field(default_factory=dict)
    opens: int = 0
    until: int = 0
    recall_after: str = "none"  # none | close | a number of days after the close
    begun: bool = True
    ended: bool = False


@dataclass(frozen=True)
class Paper:
    """A paper attached to an item. `shape` is run-length: ((first page, width, height in points), ...). `versions` are
    those before this one and this one, once it was replaced; `at` and `by` say who attached it."""

    title: str
    document: str
    item: str
    pages: int
    shape: tuple[tuple[int, float, float], ...] = ()
    download: bool = True
    readers: str = "members"  # members | staff | some
    t: int = 1  # the revision of its text
    at: int = 0
    by: str = ""
    versions: tuple[Version, ...] = ()
    mode: str = "open"  # open | view | restricted
    rights: Rights | None = None  # where more than `readers` was ever said
    recalled: str = ""  # the recall that took it back
    held: str = ""  # the stamp of a state secret that was recognised on it, until somebody says why it is none
    sent: int = 0  # when its upload for the item began (ms)


@dataclass(frozen=True)
class Side:
    """One of the places on the stage, as `Stage` has the first (or only) of them."""

    paper: str
    page: int
    rect: tuple[float, float, float, float] | None = None
    version: int = 0
    evidence: EvidencePage | None = None  # where it is a page of a case: then `paper` is "ev:<document>"


@dataclass(frozen=True)
class Recall:
    """Papers that were taken back, and how many devices have confirmed that their copies are gone."""

    papers: tuple[str, ...]
    reason: str = ""
    at: int = 0
    by: str = ""
    asked: int = 0
    signed: int = 0
    closed_at: int = 0


@dataclass(frozen=True)
class Stage:
    """What is on every screen. `rect` is a zoom rectangle in fractions of the page."""

    kind: str = "title"  # title | page | evidence | map | media | pair: two, paper, page, rect are the left one
    paper: str = ""
    page: int = 0
    rect: tuple[float, float, float, float] | None = None
    holder: str = ""
    since: int = 0
    calls: int = 0  # how often the chair called the screens back
    called_site: str = ""
    covered: bool = False  # the page stays where it is, and nobody sees it
    came: int = 0  # the number of the fact by which this page came
    version: int = 0  # an earlier version of the paper that stays until the holder goes on; 0: the newest
    right: Side | None = None  # of a pair
    evidence: EvidencePage | None = None  # where the page (of a pair the left one) is one of a case
    callouts: tuple[tuple[float, float, float, float], ...] = ()  # excerpts that stand enlarged over the page
    marks: tuple[tuple[float, float, float, float], ...] = ()  # lines of words that are marked in them
    contradiction: Contradiction | None = None  # of a pair
    map: MapPlace | None = None  # where `back` leads, and what is shown where the kind is map
    media: MediaPlace | None = None  # where the kind is media
    removed: str = ""  # what stood where the title card is, until it was removed from its case


@dataclass(frozen=True)
class Note:
    """The secretary's text on an item (or "general"), and the window it was written in. `sha` names the whole text with
    its looks, of version `rev`; "" if it is plain."""

    text: str
    by: str
    at: int
    seq: int
    window: str = ""
    rev: int = 0
    sha: str = ""


@dataclass(frozen=True)
class Conclusion:
    text: str
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    due: str = ""  # a date, yyyy-mm-dd; week | regular
    deliverable: str = ""
    item: str = ""
    lead_unit: str = ""  # of the directory; with it (or a person) the conclusion is a directive
    units: tuple[str, ...] = ()  # that cooperate
    person: str = ""
    person_name: str = ""


@dataclass(frozen=True)
class Readback:
    """What the chair has said to the conclusions that were read back, and which those were."""

    state: str = "draft"  # draft | submitted | returned | approved
    digest: str = ""
    at: int = 0
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Approval:
    """A person has said that the minutes are right: which version, when, who, and the number of that fact."""

    version: int
    digest: str
    at: int
    by: str
    seq: int
    letterhead: dict[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()  # parts that differ from the version before


@dataclass(frozen=True)
class Record:
    notes: dict[str, Note] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    conclusions: dict[str, Conclusion] = field(default_factory=dict)
    readback: Readback = field(default_factory=Readback)
    directives: dict[str, str] = field(default_factory=dict)  # conclusion -> directive that was given out …
    issued: dict[str, Conclusion] = field(default_factory=dict)  # … and as what
    fields: dict[str, str] = field(default_factory=dict)  # number, organisation … of the minutes
    version: int = 1  # of the minutes; the next one begins when approved ones are unlocked
    approved: Approval | None = None  # None: they are a draft


@dataclass(frozen=True)
class Request:
    """Somebody waits for the floor."""

    person: str
    kind: str = "speak"  # speak | question | point_of_order
    item: str = ""
    note: str = ""
    at: int = 0


@dataclass(frozen=True)
class Speech:
    """Somebody has the floor. Times in ms, the limit in seconds (0: none); the rest is derived."""

    person: str
    seconds: int = 0
    kind: str = "speak"
    item: str = ""
    started_at: int = 0
    paused_at: int = 0
    paused_ms: int = 0
    ends: bool = False  # ended when the time is up, instead of running over
    rung: bool = False


@dataclass(frozen=True)
class Heard:
    """How long (in seconds without pauses) and how often somebody has spoken."""

    seconds: int = 0
    times: int = 0


@dataclass(frozen=True)
class Opinion:
    """A request that was not reached, as a written opinion."""

    person: str
    text: str
    item: str
    at: int


@dataclass(frozen=True)
class Floor:
    queue: tuple[str, ...] = ()
    requests: dict[str, Request] = field(default_factory=dict)
    speech: Speech | None = None
    closed: tuple[str, ...] = ()  # items on which no more requests are taken
    heard: dict[str, Heard] = field(default_factory=dict)  # by person
    opinions: dict[str, Opinion] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    key: str  # yes | no | other | not_voting | o1, o2 …
    label: str = ""  # in the ballot's own words; a known key has its words in every language


@dataclass(frozen=True)
class Vote:
    choices: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Ballot:
    """A question put to the vote. Its roll is frozen when it opens."""

    question: str
    options: tuple[Option, ...]
    secret: bool
    preset: str
    rule: Rule
    voters: tuple[str, ...]
    item: str = ""
    choose: int = 1  # at most so many options
    seconds: int = 0
    live: bool = False  # whether the count may be seen while it runs (open ballots only)
    state: str = "draft"  # draft | open | closed | published | annulled
    recused: tuple[str, ...] = ()
    roll: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    entitled: int = 0  # all who could vote when it was opened, those who take no part included
    all_delegates: bool = False  # `voters` are who is a delegate when it opens; otherwise those picked by hand
    below: tuple[int, ...] = ()  # (members, there, needed) when it was opened below the quorum
    opened_at: int = 0
    closed_at: int = 0
    published_at: int = 0
    kept_at: int = 0  # when the chair decided to leave the result unpublished
    voted: dict[str, bool] = field(default_factory=dict)
    votes: dict[str, Vote] = field(default_factory=dict)  # open ballots only
    counts: dict[str, int] = field(default_factory=dict)
    issued: int = 0
    returned: int = 0
    result: dict[str, Any] = field(default_factory=dict)
    texts: tuple[str, ...] = ()  # "other opinion" of a secret ballot, without names
    receipts: tuple[str, ...] = ()
    tellers: tuple[str, ...] = ()  # of a count on paper
    decision: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Ballots:
    order: tuple[str, ...] = ()
    ballots: dict[str, Ballot] = field(default_factory=dict)


@dataclass(frozen=True)
class Notice:
    """A message to everybody, a site or a person; or (to "chair") the secretary's whisper."""

    text: str
    to: str
    by: str
    at: int


@dataclass(frozen=True)
class Call:
    """Somebody needs something: water, paper, microphone, help."""

    person: str
    kind: str
    text: str = ""
    at: int = 0
    state: str = "open"  # open | taken | done
    by: str = ""


@dataclass(frozen=True)
class Notices:
    order: tuple[str, ...] = ()
    notices: dict[str, Notice] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)


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
    recalls: dict[str, Recall] = field(default_factory=dict)
    # Documents that were papers, the last of them: who could read them then.
    withdrawn: dict[str, frozenset[str]] = field(default_factory=dict)
    exhibits: dict[str, Exhibit] = field(default_factory=dict)
    limited: int = 0  # the number of the last fact about a paper that not all members may read
    stage: Stage = field(default_factory=Stage)
    ink: Ink = field(default_factory=Ink)
    record: Record = field(default_factory=Record)
    review: Review = field(default_factory=Review)
    issuing: Issuing = field(default_factory=Issuing)
    report: Report = field(default_factory=Report)
    floor: Floor = field(default_factory=Floor)
    ballots: Ballots = field(default_factory=Ballots)
    notices: Notices = field(default_factory=Notices)
    archive: Archive = field(default_factory=Archive)


def without_key(mapping: dict, key: str) -> dict:
    """A copy of `mapping` that lacks `key`."""
    return {k: v for k, v in mapping.items() if k != key}


def place_in_order(order: tuple[str, ...], key: str, before: str = "") -> tuple[str, ...]:
    """`order` with `key` moved (or added) before `before`, or at the end."""
    rest = [k for k in order if k != key]
    rest.insert(rest.index(before) if before in rest else len(rest), key)
    return tuple(rest)
