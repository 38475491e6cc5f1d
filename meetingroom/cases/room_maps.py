"""The published maps of a case as the room may see them, and what the pages are that they refer to."""

from collections import OrderedDict
from importlib import import_module
from types import ModuleType

HELD = 20  # maps in memory: a step of a presentation reads none anew
ROOM, OWNER = "room", "owner"
_held: OrderedDict[tuple, dict | None] = OrderedDict()


def maps() -> ModuleType | None:
    try:
        return import_module("meetingroom.cases.store_maps")
    except ModuleNotFoundError:
        return None


def list_published(db, case: str) -> list[dict]:
    """[{id, title, version}] of the maps of a case that have a published version, which is the newest."""
    store = maps()
    return store.list_published(db, case) if store else []


def read_map(db, case: str, map: str, version: int, audience: str = ROOM) -> dict | None:
    """{root, nodes: {id: {text, children, anchors, …}}} of a version as an audience sees it; None if there is none."""
    key = (id(db.conn) and str(db.conn.execute("pragma database_list").fetchone()[2]), case, map, version, audience)
    if key not in _held:
        store = maps()
        found = store.published(db, map, version, audience) if store else None
        while len(_held) >= HELD:
            _held.popitem(last=False)
        if found is None:
            return None
        _held[key] = found
    _held.move_to_end(key)
    return _held[key]


def in_order(found: dict) -> list[str]:
    """The nodes in the order of reading: depth first from the root."""
    order, stack = [], [found["root"]]
    while stack:
        node = stack.pop()
        order.append(node)
        stack += reversed(found["nodes"][node].get("children", []))
    return order


def way_up(found: dict, node: str) -> list[str]:
    """The node and those above it, up to the root."""
    above = {child: key for key, each in found["nodes"].items() for child in each.get("children", [])}
    way = [node]
    while (parent := above.get(way[-1])) and parent not in way:
        way.append(parent)
    return way


def places_of(found: dict) -> set[tuple[str, int]]:
    """(document, page) of everything that the nodes of a map refer to."""
    return {place for node in found["nodes"].values() for anchor in node.get("anchors", []) for place in ends(anchor)}


def ends(anchor: dict) -> list[tuple[str, int]]:
    if "left" in anchor:
        return [*ends(anchor["left"]), *ends(anchor["right"])]
    return [(anchor["document"], anchor["page"])] if "document" in anchor else []


def anchored_pages(db, case: str, document: str) -> set[int]:
    """The pages of a document that the published maps of a case refer to, as the room sees these."""
    found = set()
    for each in list_published(db, case):
        if shown := read_map(db, case, each["id"], each["version"]):
            found |= {page for name, page in places_of(shown) if name == document}
    return found
