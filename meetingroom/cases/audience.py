"""What of a map an audience may see: the rest is not there, nor can it be counted. Pure.

Audiences, from the fewest people to the most: `owner` (and his helpers), `leaders`, `room` (everybody else, and all
screens). A node names the widest one that may see it; with it goes its branch. A note has one of its own.
"""

from meetingroom.cases.node_fields import AUDIENCES

ROOM, LEADERS, OWNER = "room", "leaders", "owner"
OF_ROLE = {"owner": OWNER, "helper": OWNER, "leader": LEADERS, "reader": ROOM}
NOTE = LEADERS  # who sees a note that says nothing of it: not what hangs on the wall


def of_role(role: str) -> str:
    return OF_ROLE.get(role, ROOM)


def sees(audience: str, meant_for: str) -> bool:
    """Whether `audience` is among those that something is meant for; "" is for everybody."""
    return not meant_for or AUDIENCES.index(audience) <= AUDIENCES.index(meant_for)


def narrower(asked: str, own: str) -> str:
    """The audience whose cut somebody gets who asks for one: never more than their own."""
    return max(asked, own, key=AUDIENCES.index) if asked in AUDIENCES else own


def cut(map: dict, audience: str) -> dict:
    """{rev, root, loose, nodes, links} with what `audience` may see; for the owner the bin as well."""
    if audience == OWNER:
        return {key: value for key, value in map.items() if key not in ("stamps", "up")}
    seen = visible(map, audience)
    nodes = {node: cut_node(map["nodes"][node], seen, audience) for node in seen}
    links = {key: link for key, link in map["links"].items() if link["from"] in nodes and link["to"] in nodes}
    rest = {key: value for key, value in map.items() if key not in HIDDEN}
    return {**rest, "loose": [node for node in map["loose"] if node in nodes], "nodes": nodes, "links": links}


# `sheet` is what a file said about the whole: nobody knows what texts stand in it.
HIDDEN = ("stamps", "up", "bin", "sheet", "source")


def visible(map: dict, audience: str) -> dict[str, None]:
    """The nodes an audience sees, in the order of reading."""
    found: dict[str, None] = {}
    stack = list(reversed((map["root"], *map["loose"])))
    while stack:
        node = stack.pop()
        if node == map["root"] or sees(audience, map["nodes"][node].get("audience", "")):
            found[node] = None
            stack += reversed(map["nodes"][node]["children"])
    return found


def cut_node(node: dict, seen: dict, audience: str) -> dict:
    kept = {**node, "children": [child for child in node["children"] if child in seen]}
    if not sees(audience, node.get("note_for", "") or NOTE):
        kept.pop("note", None)
    kept.pop("note_for", None)
    kept.pop("audience", None)
    if any(part["node"] not in seen for each in node.get("sums", ()) for part in each):
        # The one part that is missing could be reckoned from the others.
        kept.pop("sums", None)
    if "extra" in kept:
        kept["extra"] = cut_extra(node, kept, audience)
    return kept


# Where a note's text came from (`formats/topics.read_note`), and what names these topics.
NOTES = ("notes", "comments", "callout", "summary", "summaries")


def cut_extra(node: dict, kept: dict, audience: str) -> dict:
    """What a file said of the node, without its notes, and without what was drawn around children that are hidden."""
    topic = {
        key: value
        for key, value in node["extra"].get("topic", {}).items()
        if key not in ("extensions", "jump_elsewhere") and not key.startswith("children.")
    }
    if "note" not in kept:
        topic = {key: value for key, value in topic.items() if key not in NOTES}
    if len(kept["children"]) != len(node["children"]):
        topic = {key: value for key, value in topic.items() if key not in ("boundaries", "summaries", "summary")}
    return {"topic": topic}
