"""The node of a map that is on the stage, as it stands in the first HTML of a screen: seen before any script has run.

`static/js/parts/case/node-map.js` draws it anew, with all that can be pressed, as soon as it is there; what stands here
takes the same room, so that nothing moves.
"""

from collections.abc import Iterator

from meetingroom.cases import in_meetings, room_maps
from meetingroom.meeting.exhibit_state import MapPlace
from meetingroom.meeting.state import MeetingState
from meetingroom.web import first_view
from meetingroom.web.context import context

AT_ONCE = 30  # branches: as many as the script draws first
MANY = 6  # branches that stand in one column


def first_node(state: MeetingState) -> dict | None:
    """{node, text, kind, note, about, chips, way: [text], rows, sort, beside}: `rows` are its branches [{kind, text,
    chips, folds, rows?, sort?}], or at the end of a branch, `beside`, the nodes beside it; `about` and `chips` say that
    there is a line of them. None where nothing can be seen, or not by the one who asks: as the map itself."""
    at = state.stage.map
    if at is None or not in_meetings.may_see_map(at.case, at.map, at.version):
        return None
    with context().pool.lend() as db:
        held = room_maps.hold_listed(db, at.case, at.map, at.version)
    return drawn(held.found, at) if held and at.node in held.found["nodes"] else None


def drawn(found: dict, at: MapPlace) -> dict:
    nodes = found["nodes"]
    node = nodes[at.node]
    way = room_maps.way_up(found, at.node)[::-1]
    siblings = children(nodes, way[-2]) if len(way) > 1 else []
    about = any(node.get(field) for field in ("when", "amount")) or node.get("status") == "conflict"
    answer = {"node": at.node, "text": node["text"], "kind": node.get("kind") or "root", "note": node.get("note", ""),
              "chips": has_chips(node), "way": [nodes[key]["text"] for key in way[:-1]], "beside": False,
              "about": about or len(siblings) > 1 or node.get("kind", "") not in ("", "root")}  # fmt: skip
    below = branches(nodes, at, way, at.node, iter(range(AT_ONCE)))
    if below["rows"]:
        return answer | below
    rows = [{**line(nodes[key]), "chips": False, "current": key == at.node} for key in siblings[:AT_ONCE]]
    return answer | {"rows": rows if len(siblings) > 1 else [], "sort": "beside", "beside": True}


def branches(nodes: dict, at: MapPlace, way: list[str], parent: str, budget: Iterator[int], depth: int = 0) -> dict:
    """As `branches` of node-map.js: the same order, the same branches open."""
    depth = depth or len(way)
    below = children(nodes, parent)
    opens = {key for key in below if children(nodes, key) and (depth < at.levels or key in at.open or key in way)}
    rows = []
    for key in below:
        if next(budget, None) is None:
            break
        row = line(nodes[key]) | {"folds": bool(children(nodes, key))}
        if key in opens:
            row |= branches(nodes, at, way, key, budget, depth + 1)
        rows.append(row)
    return {"rows": rows, "sort": "deep" if opens else "many" if len(below) > MANY else "few"}


def line(node: dict) -> dict:
    return {"kind": node.get("kind", ""), "text": node["text"], "chips": has_chips(node)}


def has_chips(node: dict) -> bool:
    return bool(node.get("anchors")) or node.get("bl", "") not in ("", "–")


def children(nodes: dict, key: str) -> list[str]:
    return [each for each in nodes[key].get("children", []) if each in nodes]


first_view.NODES.append(first_node)
