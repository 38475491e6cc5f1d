"""What the server tells the commands about a case on the stage: what its pages are called, who is on its list, which
node of a map comes when. A case that is not there, or not the asker's, is told of in the same way."""

import json
from collections.abc import Iterable
from dataclasses import fields, replace

from meetingroom.cases import in_meetings as in_meetings  # registers what running meetings let people see
from meetingroom.cases import room_maps, store
from meetingroom.cases.scripts import store as scripts
from meetingroom.cases.scripts.steps import LONGEST_MEDIUM
from meetingroom.commands import media_fields
from meetingroom.log import fills, fills_by_state
from meetingroom.meeting.evidence import About, People, Shapes, place_in_case
from meetingroom.meeting.exhibits import AttachCase, DetachCase, ShowEvidence
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.map_stage import ShowMap, ShowNode
from meetingroom.meeting.media_stage import ShowMedia
from meetingroom.meeting.pairs import ShowPair
from meetingroom.meeting.script_stage import ShowStep
from meetingroom.meeting.stage import TurnPage, turns
from meetingroom.meeting.state import MeetingState

Place = tuple[str, str, int]  # case, document, page


@fills(AttachCase)
def attach_case(db, meeting: str, command: AttachCase) -> AttachCase:
    row = store.find_case(db, command.case)
    if row is None:
        return command
    named = {"title": row["title"] or row["code"], "code": row["code"]}
    known = {"open": not row["closed_at"], "cleared": row["secrecy"] == "no"}
    return replace(command, **named, **known, roles=store.roles_in_case(db, command.case))


@fills(DetachCase)
def detach_case(db, meeting: str, command: DetachCase) -> DetachCase:
    return replace(command, roles=store.roles_in_case(db, command.case))


@fills_by_state(ShowEvidence)
def show_evidence(db, state: MeetingState, command: ShowEvidence) -> ShowEvidence:
    about, people, shapes = know(db, state, [(command.case, command.document, command.page)])
    return replace(command, about=about, people=people, shapes=shapes)


@fills_by_state(ShowPair)
def show_pair(db, state: MeetingState, command: ShowPair) -> ShowPair:
    asked = [read_place(each) for each in (command.left, command.right)]
    about, people, shapes = know(db, state, [each for each in asked if each])
    return replace(command, about=about, people=people, shapes=shapes)


def read_place(said: dict[str, str | int]) -> Place | None:
    case, document, page = said.get("case"), said.get("document"), said.get("page", 1)
    if isinstance(case, str) and isinstance(document, str) and isinstance(page, int):
        return case, document, page
    return None


@fills_by_state(TurnPage, plain=True)
def turn_page(db, state: MeetingState, command: TurnPage) -> TurnPage:
    """Nothing of a paper: its pages are turned all day long."""
    now = state.stage
    if now.evidence is None and (now.right is None or now.right.evidence is None):
        return command
    try:
        moved = turns(state, command.page, command.side)
    except Refused:
        return command
    places = [(side.evidence.case, side.evidence.document, page) for _, side, page in moved if side.evidence]
    about, people, _ = know(db, state, places)
    return replace(command, about=about, people=people)


def know(db, state: MeetingState, places: Iterable[Place]) -> tuple[About, People, Shapes]:
    """What there is of pages of cases that are attached to this meeting."""
    about: About = {}
    people: People = {}
    shapes: Shapes = {}
    for case, document, page in places:
        row = store.find_document(db, case, document) if case in state.exhibits else None
        if row is None or row["status"] == "failed":
            continue
        label, volume = room_maps.page_label(db, document, page)
        anchored = page in room_maps.anchored_pages(db, case, document)
        about[place_in_case(document, page)] = {
            "title": row["title"],
            "pages": row["pages"] or 0,
            "label": label,
            "volume": volume,
            "anchored": int(anchored),
            "drawn": int(is_drawn(db, row, page)),
        }
        people[case] = tuple(store.roles_in_case(db, case))
        shapes[document] = tuple((int(n), float(w), float(h)) for n, w, h in json.loads(row["shape"] or "[]"))
    return about, people, shapes


def is_drawn(db, row: dict, page: int) -> bool:
    """Of a document whose pages are still being drawn, those that are there can be shown: it may take minutes."""
    return row["status"] == "ready" or scripts.page_state(db, row["document"], page) != "waiting"


@fills_by_state(ShowMap)
def show_map(db, state: MeetingState, command: ShowMap) -> ShowMap:
    """The version, and the node: of a newer version of the map that is shown, the same one, else what is left above."""
    known = {each["id"]: each for each in room_maps.list_published(db, command.case)}
    if command.case not in state.exhibits or command.map not in known:
        return command
    version = command.version or known[command.map]["version"]
    found = room_maps.read_map(db, command.case, command.map, version)
    if found is None:
        return command
    node = command.node or where_it_was(db, state, command, found)
    about = about_node(db, (command.case, command.map, version), node, found)
    return replace(
        command,
        version=version,
        node=node,
        title=known[command.map]["title"],
        node_title=about["title"],
        result=about["result"],
        step=about["step"],
        steps=len(room_maps.in_order(found)),
    )


def where_it_was(db, state: MeetingState, command: ShowMap, found: dict) -> str:
    at = state.stage.map
    if at is None or (at.case, at.map) != (command.case, command.map):
        return found["root"]
    before = room_maps.read_map(db, at.case, at.map, at.version)
    way = room_maps.way_up(before, at.node) if before and at.node in before["nodes"] else []
    return next((node for node in way if node in found["nodes"]), found["root"])


@fills_by_state(ShowNode)
def show_node(db, state: MeetingState, command: ShowNode) -> ShowNode:
    at = state.stage.map
    held = room_maps.hold_listed(db, at.case, at.map, at.version) if at else None
    if at is None or held is None:
        return command
    found = held.found
    about = about_node(db, (at.case, at.map, at.version), command.node, found)
    return replace(command, title=about["title"], result=about["result"], step=about["step"])


def about_node(db, version: tuple[str, str, int], node: str, found: dict) -> dict:
    """{title, result: there | hidden | none, step}: of a node that the room may not see nothing but that."""
    if node in found["nodes"]:
        title = str(found["nodes"][node].get("text", ""))[:500]
        return {"title": title, "result": "there", "step": room_maps.in_order(found).index(node) + 1}
    whole = room_maps.read_map(db, *version, room_maps.OWNER)
    hidden = whole is not None and node in whole["nodes"]
    return {"title": "", "result": "hidden" if hidden else "none", "step": 0}


OF_MAP = [each.name for each in fields(ShowMap) if each.name not in ("case", "take", "open")]


@fills_by_state(ShowStep)
def show_step(db, state: MeetingState, command: ShowStep) -> ShowStep:
    """What the step is now, and what the server would say of it if it were asked for by itself."""
    if command.case not in state.exhibits:
        return command
    found = scripts.find_step(db, command.case, command.step, command.script)
    if found is None:
        return command
    script, step, n = found
    kind, of = step["kind"], len(script["script"]["steps"])
    command = replace(command, script=script["id"], kind=kind, n=n, of=of)
    if kind == "node":
        at = show_map(db, state, ShowMap(command.case, step["map"], step["node"]))
        return replace(command, node={name: getattr(at, name) for name in OF_MAP})
    if kind == "media":
        wish = ShowMedia(command.case, step["media"], clip=clip_of_step(step))
        wish = media_fields.show_media(db, state, wish)
        return replace(command, media=wish.media, clip=wish.clip, about_media=wish.about, listed=wish.people)
    sides = [step["left"], step["right"]] if kind == "pair" else [step]
    kept = ("document", "page", "node")
    places = tuple({"case": command.case, **{name: each[name] for name in kept if name in each}} for each in sides)
    about, people, shapes = know(db, state, [(command.case, each["document"], each["page"]) for each in sides])
    rects, marks = (tuple((x, y, w, h) for x, y, w, h in step.get(name, ())) for name in ("rects", "marks"))
    more = {"rects": rects, "marks": marks, "text": step.get("text", "")}
    return replace(command, places=places, about=about, people=people, shapes=shapes, **more)


def clip_of_step(step: dict) -> tuple[float, float] | None:
    """Seconds; a step has milliseconds, and may have no end: then it goes on as long as there is something."""
    first, last = step.get("from", 0), step.get("to", 0)
    return (first / 1000, (last or LONGEST_MEDIUM) / 1000) if first or last else None
