"""Rounds of a case on the stage."""

from meetingroom.meeting import exhibits, map_stage, removed_exhibits, script_stage
from tests.given import AN, EM, PROGRAM
from tests.meeting.repeating import BEGUN, beginnings, repeated

CASE = exhibits.CaseAttached("c1", "Vụ án Lương Tuấn Kiệt", "LG-2026-017")
PEOPLE = {"c1": ("an", "em")}
ROLES = {"em": "owner", "an": "leader", "phuong": "reader"}


def known(page: int, document: str = "e1") -> dict:
    """What the server tells of a page of the case."""
    about = {
        f"{document}/{page}": {"title": "Bản cung", "pages": 40, "label": str(80 + page), "volume": "3", "anchored": 1}
    }
    return {"about": about, "people": PEOPLE, "shapes": {document: ((1, 595.0, 842.0),)}}


def evidence(page: int, **more) -> exhibits.ShowEvidence:
    return exhibits.ShowEvidence("c1", "e1", page, **more, **known(page))


def node(n: int, **more) -> map_stage.ShowNode:
    return map_stage.ShowNode(f"N{n}", title=f"Nút {n}", result="there", step=n, **more)


MAP = map_stage.MapShown("c1", "m1", 7, "Nội dung vụ án", "N1", "Gốc", step=1, steps=62)
ATTACHED = [*BEGUN, CASE]
for name in [
    "detach_case",
    "release_case",
    "show_evidence",
    "show_callout",
    "clear_callout",
    "show_map",
    "show_node",
    "show_step",
    "back",
    "take_off_stage",
]:
    beginnings[name] = [*ATTACHED, MAP] if name in ("show_node", "back") else ATTACHED


@repeated
def attach_case(meeting, n):
    meeting.does(EM, exhibits.AttachCase(f"c{n}", f"Vụ án {n}", open=True, roles=ROLES))


@repeated
def detach_case(meeting, n):
    meeting.does(EM, exhibits.AttachCase("c2", f"Vụ án {n}", open=True, roles=ROLES))
    meeting.does(EM, exhibits.DetachCase("c2", ROLES))


@repeated
def release_case(meeting, n):
    meeting.does(AN, exhibits.ReleaseCase("c1", ("shown", "anchored", "whole")[n % 3]))


@repeated
def show_evidence(meeting, n):
    meeting.does(AN, evidence(1 + n % 40, node=f"N{n}"))


@repeated
def show_callout(meeting, n):
    show_evidence(meeting, n)
    marks = ((0.12, 0.12, 0.2, 0.02),) * (n % 2)
    meeting.does(AN, exhibits.ShowCallout(((0.1, 0.1, 0.5, 0.1 + n % 5 / 10),), marks))


@repeated
def clear_callout(meeting, n):
    show_callout(meeting, n)
    meeting.does(AN, exhibits.ClearCallout())


@repeated
def show_map(meeting, n):
    filled = {"title": "Nội dung", "node_title": f"Nút {n % 9}", "result": "there"}
    meeting.does(AN, map_stage.ShowMap("c1", "m1", f"N{n % 9}", version=1 + n % 5, **filled))


@repeated
def show_node(meeting, n):
    meeting.does(AN, node(n % 62, open=(f"N{n % 5}",)))


@repeated
def show_step(meeting, n):
    place = {"case": "c1", "document": "e1", "page": 1 + n % 40}
    cut = {"kind": "callout", "rects": ((0.1, 0.1, 0.5, 0.1),), "n": 1 + n % 57, "of": 57}
    meeting.does(AN, script_stage.ShowStep("c1", f"s{n % 57}", "k1", places=(place,), **cut, **known(1 + n % 40)))


@repeated
def back(meeting, n):
    show_evidence(meeting, n)
    meeting.does(AN, map_stage.Back())


@repeated
def take_off_stage(meeting, n):
    show_map(meeting, n)
    meeting.does(PROGRAM, removed_exhibits.TakeOffStage("c1", map="m1", title=f"Nội dung {n}"))
