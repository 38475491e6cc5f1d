"""Random meetings: any sequence of commands by anybody, of which the rules let some happen."""

from dataclasses import MISSING, fields, replace
from functools import cache
from random import Random

from hypothesis import strategies as st

from meetingroom.meeting import wire
from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.ballot_drafts import BallotDrafted
from meetingroom.meeting.ballots import BallotOpened
from meetingroom.meeting.case_report import ReportRegistered
from meetingroom.meeting.exhibits import CaseAttached
from meetingroom.meeting.floor import FloorGranted, FloorRequested
from meetingroom.meeting.kernel import Actor, Recorded, Refused, Sealed, check_allowed, decide, step
from meetingroom.meeting.lifecycle import MeetingEdited
from meetingroom.meeting.media_stage import MediaPlayed, MediaShown
from meetingroom.meeting.opinions import ProposalPut
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.questions import QuestionAsked
from meetingroom.meeting.roles import ROLES
from meetingroom.meeting.stage import PaperShown
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.strokes import encode
from tests.given import HOUR, NINE, OPENED, state_of

PEOPLE = ["an", "binh", "mai", "dung", "em", "phuong", "khach", "tho", "lan", "hoa"]


FOUR = ("an", "binh", "em", "phuong")
OPTIONS = (("yes", ""), ("no", ""), ("other", ""))
BALLOT = BallotDrafted("b1", "Thông qua?", OPTIONS, False, "HDND_NQ", "total", "gt_half", "chair", True, True, FOUR)

STROKES = [
    {"id": f"stroke{n}", "t": t, "c": "red", "w": 28, "d": encode([(100 * n, 200, 50), (300, 400 + n, 60)])}
    for n, t in enumerate(("pen", "hl", "line", "pen", "hl", "pen"))
]

# Where long stories start: else the chain of accidents that leads to an open ballot would be rare.
BEGINNINGS: dict[str, list] = {
    "nothing more": [],
    "a ballot": [BALLOT, BallotOpened("b1", FOUR, ("an",))],
    "a secret ballot": [replace(BALLOT, secret=True), BallotOpened("b1", FOUR)],
    "a speaker": [FloorRequested("r1", "em"), FloorRequested("r2", "phuong"), FloorGranted("em", 30, "r1")],
    "a page": [PaperShown("p1", 2)],
    "a recording": [
        CaseAttached("c1", "Vụ án"),
        MediaShown("c1", "v1", "Hỏi cung", "video", 90.0, "84", "3"),
        MediaPlayed(2.5, 1.0, NINE),
    ],
    "a case that is reported": [
        MeetingEdited("Báo cáo án", "case_report", NINE, NINE + HOUR),
        ReportRegistered("c1", "LG-2026-017", "Vụ án Nguyễn Văn A", "Trả hồ sơ hay truy tố?", reporter="dung"),
        ProposalPut("n1", "PA1", "Trả hồ sơ"),
        QuestionAsked("q1", "an", "B biết gì?"),
    ],
}


def ids(state: MeetingState, field: str) -> list[str]:
    """Plausible values of a field that names something, and some that name nothing."""
    known = {
        "item": [*state.agenda.order, "general"],
        "paper": list(state.papers),
        "person": PEOPLE,
        "site": list(state.sites.order),
        "conclusion": list(state.record.order),
        "before": [*state.agenda.order, *state.papers, *PEOPLE],
        "document": ["d1", "d2", "d3"],
        "compared": ["d1"],
        "on_stage": ["keep", "switch"],
        "role": sorted(ROLES),
        "mode": ["onsite", "online", "asleep"],
        "readers": ["members", "staff"],
        "kind": ["conference", "briefing", "speak", "point_of_order", "water", "help"],
        "base": ["total", "present"],
        "threshold": ["gt_half", "ge_two_thirds"],
        "tie": ["rejected", "chair"],
        "rule": ["gt_half", "none"],
        "ballot": list(state.ballots.order),
        "request": list(state.floor.queue),
        "notice": list(state.notices.order),
        "call": list(state.notices.calls),
        "preset": ["UBKS_NQ", "HOI_NGHI", "THAM_KHAO", "UBKS_AN"],
        "choice": ["yes", "no", "other", "o1"],
        "answer": ["taken", "done"],
        "to": ["all", "chair", "em"],
        "question": [*state.report.order, "Thông qua?"],
        "proposal": list(state.report.proposals),
        "stance": ["agree", "no", "other"],
        "deadline": ["2026-12-23"],
        "owner": PEOPLE,
        "due": ["2026-12-23", "", "soon"],
    }
    return [*known.get(field, ["một", "hai", "  ba  "]), ""]


def value(chance: Random, state: MeetingState, name: str, hint: str):
    if name == "rect":
        corner = [chance.uniform(-0.2, 0.7) for _ in range(2)]
        return chance.choice([None, (*corner, chance.uniform(0, 1.2), chance.uniform(0, 1.2))])
    if name == "clip":
        return chance.choice([None, (5.0, 30.0), (20.0, 2.0)])
    if name in ("position", "rate"):
        return (
            chance.choice([None, 0.4, 1.5, 2.0, 29.5, 1e6])
            if "None" in hint
            else chance.choice([-1.0, 0.0, 12.25, 1e6])
        )
    if name == "where" and hint == "<class 'str'>":
        return chance.choice(["screens", "everywhere", "nowhere"])
    if "AboutMedia" in hint:
        return chance.choice(
            [None, {"title": "Hỏi cung", "kind": "video", "seconds": 90.0, "state": "ready", "anchored": 1}]
        )
    if name in ("about", "people_of_cases", "shapes", "roles"):
        return None
    if (name == "people" and "dict" in hint) or "People" in hint:
        return None
    if name == "marks" and chance.random() < 0.7:
        return ()  # most others lie in no excerpt, and are refused
    if name in ("rects", "marks"):
        return tuple(tuple(chance.uniform(0, 0.5) for _ in range(4)) for _ in range(chance.randint(0, 4)))
    if name == "marks" and ("Rect" in hint or "tuple" in hint):
        return chance.choice([(), ((0.2, 0.2, 0.1, 0.02),)])
    if name == "line":
        return chance.choice([None, (0.1, 0.1, 0.9, 0.9)])
    if name == "map" and "tuple" in hint:
        return ((1, 1, 9, "same"),)
    if name == "shape":
        return ((1, 595.0, 842.0),)
    if name in ("rows", "pages", "charges", "parties", "deadlines", "places") and "tuple" in hint:
        return ()
    if name == "where":
        return {"key": "p:p1/2", "title": "Báo cáo", "page": 2}
    if name == "choice":
        return chance.choice(["yes", "no", "other", "o1"])
    if name == "options":
        return chance.choice([(), ("yes", "no"), ("Phòng 1", "Khu vực 4", "Khu vực 1")])
    if name in ("voters", "people"):
        return chance.choice([(), ("an", "binh", "em", "phuong"), ("an",)])
    if name == "strokes" and "dict" in hint:
        return tuple(chance.sample(STROKES, chance.randint(1, 3)))
    if name in ("strokes", "erase"):
        return tuple(stroke["id"] for stroke in chance.sample(STROKES, chance.randint(0, 3)))
    if name == "tellers":
        return ("Lê Văn Cường", "Lý Thị Mai")
    if name == "receipts":
        running = [b for b in state.ballots.ballots.values() if b.state == "open"]
        return tuple(f"R{n}" for n in range(len(running[0].voted) if running else 0))
    if "tuple" in hint:
        return tuple(chance.sample(["em", "Bùi Thị Hạnh"], chance.randint(0, 2)))
    if name in ("starts_at", "ends_at"):
        return NINE + chance.randint(-1, 5) * HOUR
    if hint.startswith("dict[str, str]"):
        return {"issuing": chance.choice(["", "Viện kiểm sát nhân dân tỉnh"])}
    if name in ("left", "right"):
        return {"paper": chance.choice(ids(state, "paper")), "page": chance.choice([1, 2, 60])}
    if "dict" in hint:
        return {key: chance.randint(0, 2) for key in chance.sample(["yes", "no"], chance.randint(0, 2))}
    if "bool" in hint:
        return chance.random() < 0.5
    if "int" in hint:
        return chance.choice([-1, 0, 1, 2, 5, 9, 60])
    return chance.choice(ids(state, name))


NAMED = {"ballot", "request", "notice", "call", "conclusion", "site", "paper", "item"}


@cache
def kinds() -> list[tuple[type, set[str]]]:
    """Every command, and what must be there for it to be about something."""
    return [
        (kind, {f.name for f in fields(kind) if f.name in NAMED and f.default is MISSING})
        for _, kind in sorted(wire.commands().items())
        if kind.__name__ not in ("CreateMeeting", "CancelMeeting")
    ]


def possible(state: MeetingState) -> list:
    """The commands whose every id could name something now, so that long stories happen."""
    nothing = {name for name in NAMED if len(ids(state, name)) < 2}
    return [
        kind
        for kind, about in kinds()
        if not about & nothing and (kind.__name__ not in ("CloseMeeting", "ArchiveMeeting") or state.seq > 50)
    ]


def random_command(chance: Random, state: MeetingState):
    """An actor and a command, both plausible in this state."""
    kind = chance.choice(possible(state))
    if state.meeting.status == "adjourned" and chance.random() < 0.5:
        kind = wire.commands()["resume_meeting"]
    args = values(chance, state, kind)
    able = [p for p in PEOPLE[:8] if (known := state.roll.people.get(p)) and known.role in kind.may]
    who = chance.choice(able * 3 + PEOPLE[:8])
    if chance.random() < 0.5 and state.stage.holder in able:
        who = state.stage.holder
    person = state.roll.people.get(who)
    role = sorted(kind.may)[0] if kind.may <= {"system"} else (person.role if person else "")
    return Actor(who, role, state.at + 60_000, f"c{state.seq}-{chance.random()}"), kind(**args)


def values(chance: Random, state: MeetingState, kind) -> dict:
    """The fields of a command, filled; what may be left out is, now and then."""
    return {
        field.name: value(chance, state, field.name, str(field.type))
        for field in fields(kind)
        if field.default is MISSING or field.metadata.get("filled_by_server") or chance.random() >= 0.4
    }


@st.composite
def histories(draw, length: int = 60):
    """(state before, facts): an opened meeting with papers and a queue, and what people then do."""
    chance = Random(draw(st.integers(0, 2**32)))
    start = state_of(
        OPENED,
        ItemAdded("i1", "Báo cáo", 20),
        ItemAdded("i2", "Thảo luận", 30, ("em",)),
        PaperAttached("p1", "d0", "i1", "Báo cáo", 9, ((1, 595.0, 842.0),)),
        BEGINNINGS[chance.choice(sorted(BEGINNINGS))],
    )
    state, facts = start, []
    for _ in range(draw(st.sampled_from([length, length // 2, 3, 1]))):
        actor, command = random_command(chance, state)
        for fact in outcome(command, state, actor):
            recorded = Recorded(state.seq + 1, state.at + 1000, actor.user, fact)
            facts.append(recorded)
            state = step(state, recorded)
    return start, facts


def outcome(command, state, actor):
    try:
        check_allowed(command, actor, state)
        return [fact for fact in decide(command, state, actor) if not isinstance(fact, Sealed)]
    except Refused:
        return []
