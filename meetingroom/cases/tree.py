"""Operations on a mind map: what each one does, and why it may be refused. Pure.

A map is one dict, as it is stored and (without `stamps` and `up`) as it travels:

    {rev, root, loose: [id], nodes: {id: node}, links: {id: link}, bin: [removed],
     stamps: {id: {field: rev}}, up: {id: the node it hangs on}}

A node is {text, kind, children: [id], …} (`node_fields.py`), a link {from, to, kind, text}, a removed branch
{node, parent, before, nodes, links}. Nodes stand by id with lists of ids, so that a change is small; `loose` are the
nodes that hang on nothing.

An operation is {id, rev, <name>: {…}}: what its author had seen was revision `rev`. The server puts them in order.

    add      {node: {id, text, …}, parent, before?}     parent "": a loose node
    edit     {node, set: {field: value}}
    move     {node, parent, before?}
    remove   {node}                                     with its branch, into the bin
    restore  {node, parent?}
    link     {id, from, to, kind?, text?}
    unlink   {id}

Texts are never lost: two who change the same field meet as Refused("changed"), a branch that is removed lies in the
bin, and what was typed for it comes back to its author with the refusal.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from meetingroom.cases import node_fields
from meetingroom.refused import Refused

NAMES = ("add", "edit", "move", "remove", "restore", "link", "unlink")
ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
MOST, DEEPEST, MOST_LINKS = 10_000, 200, 2_000
KINDS_OF_LINK = ("", "refutes", "supports", "contradicts")
# As they are written in the office; old files and outside programs send these.
LINK_WORDS = {"bác bỏ": "refutes", "củng cố": "supports", "mâu thuẫn": "contradicts"}
LONGEST_LINK = 500
PLACE = "place"  # in `stamps`: when a node was last moved


def new_map(title: str, root: str = "N1") -> dict:
    return {
        "rev": 0, "root": root, "loose": [], "nodes": {root: node_fields.new_node(text=title, kind="root")},
        "links": {}, "bin": [], "stamps": {},
    }  # fmt: skip


def apply(map: dict, op: dict) -> dict:
    """The map after an operation, one revision on; the one given stays as it was. Raises Refused:

    malformed · node_gone · taken (the id) · root_stays · cycle · map_full · too_deep
    parent_removed {node, text}: it, or what it should hang on, lies in the bin
    changed {node, conflicts: {field: {mine, theirs}}}: somebody else changed the same field since `rev`
    moved_on {node}: an undo whose node is no longer as it was left
    """
    name, wish = read_op(op)
    new = {
        **map, "rev": map["rev"] + 1, "nodes": dict(map["nodes"]), "links": dict(map["links"]),
        "loose": list(map["loose"]), "bin": list(map["bin"]), "stamps": dict(map["stamps"]),
        "up": dict(map["up"]) if "up" in map else parents(map),
    }  # fmt: skip
    DOES[name](new, wish, op["rev"], bool(op.get("undoes")))
    return new


def read_op(op: Any, names: Iterable[str] = NAMES) -> tuple[str, dict]:
    """(name, what it says) of an operation whose shape is right. Raises Refused("malformed")."""
    if not isinstance(op, dict) or not is_id(op.get("id")) or not is_number(op.get("rev")):
        raise Refused("malformed")
    found = [name for name in names if name in op]
    if len(found) != 1 or not isinstance(op[found[0]], dict):
        raise Refused("malformed")
    return found[0], op[found[0]]


def inverse(map: dict, op: dict) -> dict:
    """What takes an operation back, as {name: {…}}; `map` is as it was before it."""
    name, wish = read_op(op)
    if name == "add":
        return {"remove": {"node": wish["node"]["id"]}}
    if name == "edit":
        old = map["nodes"][wish["node"]]
        return {"edit": {"node": wish["node"], "set": {field: old.get(field) for field in wish["set"]}}}
    if name == "move":
        parent, before = place_of(map, wish["node"])
        return {"move": {"node": wish["node"], "parent": parent, "before": before}}
    if name == "remove":
        return {"restore": {"node": wish["node"]}}
    if name == "restore":
        return {"remove": {"node": wish["node"]}}
    if name == "link":
        return {"unlink": {"id": wish["id"]}}
    return {"link": {"id": wish["id"], **map["links"][wish["id"]]}}


# Each of them changes the copy that `apply` made.


def add(map: dict, wish: dict, rev: int, undoes: bool) -> None:
    given = wish.get("node")
    if not isinstance(given, dict) or not is_id(given.get("id")):
        raise Refused("malformed")
    node, parent = given["id"], wish.get("parent", "")
    fields = node_fields.read({key: value for key, value in given.items() if key not in ("id", "children")})
    if node in map["nodes"] or in_bin(map, node):
        raise Refused("taken", node=node)
    if len(map["nodes"]) + sum(len(each["nodes"]) for each in map["bin"]) >= MOST:
        raise Refused("map_full", most=MOST)
    require_parent(map, parent, node, fields.get("text", ""))
    if depth_of(map, parent) + 1 > DEEPEST:
        raise Refused("too_deep", most=DEEPEST)
    map["nodes"][node] = node_fields.new_node(**fields)
    insert(map, node, parent, wish.get("before"))
    map["stamps"][node] = {PLACE: map["rev"], "": map["rev"]}


def edit(map: dict, wish: dict, rev: int, undoes: bool) -> None:
    if not isinstance(wish.get("set"), dict) or not wish["set"]:
        raise Refused("malformed")
    fields = node_fields.read(wish["set"])
    node = wish.get("node", "")
    old = require_node(map, node, str(fields.get("text", "")))
    stamps = map["stamps"].get(node, {})
    conflicts = {
        field: {"mine": value, "theirs": old.get(field)}
        for field, value in fields.items()
        if max(stamps.get(field, 0), stamps.get("", 0)) > rev and old.get(field) != value
    }
    if conflicts:
        raise Refused("moved_on" if undoes else "changed", node=node, conflicts=conflicts, rev=map["rev"] - 1)
    if node == map["root"] and fields.get("audience", "room") != "room":
        raise Refused("root_stays", node=node)
    map["nodes"][node] = node_fields.without_empty({**old, **fields})
    map["stamps"][node] = {**stamps, **dict.fromkeys(fields, map["rev"])}


def move(map: dict, wish: dict, rev: int, undoes: bool) -> None:
    node, parent = wish.get("node", ""), wish.get("parent", "")
    old = require_node(map, node)
    if node == map["root"]:
        raise Refused("root_stays", node=node)
    if parent == node or parent in branch(map, node):
        raise Refused("cycle", node=node, parent=parent)
    require_parent(map, parent, node, old["text"])
    stamps = map["stamps"].get(node, {})
    if undoes and stamps.get(PLACE, 0) > rev:
        raise Refused("moved_on", node=node)
    if depth_of(map, parent) + height(map, node) > DEEPEST:
        raise Refused("too_deep", most=DEEPEST)
    take_out(map, node)
    insert(map, node, parent, wish.get("before"))
    map["stamps"][node] = {**stamps, PLACE: map["rev"]}


def remove(map: dict, wish: dict, rev: int, undoes: bool) -> None:
    node = wish.get("node", "")
    require_node(map, node)
    if node == map["root"]:
        raise Refused("root_stays", node=node)
    gone = list(branch(map, node))
    if undoes and (len(gone) > 1 or max(map["stamps"].get(node, {}).values(), default=0) > rev):
        raise Refused("moved_on", node=node)
    parent, before = place_of(map, node)
    take_out(map, node)
    lost = set(gone)
    links = {key: link for key, link in map["links"].items() if link["from"] in lost or link["to"] in lost}
    nodes = {each: map["nodes"].pop(each) for each in gone}
    for each in gone:
        map["up"].pop(each, None)
    for key in links:
        del map["links"][key]
    map["bin"].append({"node": node, "parent": parent, "before": before, "nodes": nodes, "links": links,
                       "rev": map["rev"]})  # fmt: skip


def restore(map: dict, wish: dict, rev: int, undoes: bool) -> None:
    node = wish.get("node", "")
    found = next((each for each in map["bin"] if each["node"] == node), None)
    if found is None:
        raise Refused("node_gone", node=node)
    parent = wish.get("parent", found["parent"])
    require_parent(map, parent, node, found["nodes"][node]["text"])
    if len(map["nodes"]) + len(found["nodes"]) > MOST:
        raise Refused("map_full", most=MOST)
    map["bin"].remove(found)
    map["nodes"].update(found["nodes"])
    map["up"].update({child: key for key, each in found["nodes"].items() for child in each["children"]})
    if depth_of(map, parent) + height(map, node) > DEEPEST:
        raise Refused("too_deep", most=DEEPEST)
    insert(map, node, parent, found["before"])
    for key, link in found["links"].items():
        if link["from"] in map["nodes"] and link["to"] in map["nodes"]:
            map["links"][key] = link
    map["stamps"][node] = {**map["stamps"].get(node, {}), PLACE: map["rev"]}
    hand_on_links(map, found)


def hand_on_links(map: dict, found: dict) -> None:
    """A link whose other end still lies in the bin goes there and comes back with that."""
    for key, link in found["links"].items():
        if key in map["links"]:
            continue
        for n, other in enumerate(map["bin"]):
            if link["from"] in other["nodes"] or link["to"] in other["nodes"]:
                map["bin"][n] = {**other, "links": {**other["links"], key: link}}
                break


def link(map: dict, wish: dict, rev: int, undoes: bool) -> None:
    key, kind, text = wish.get("id"), wish.get("kind", ""), wish.get("text", "")
    kind = LINK_WORDS.get(kind, kind) if isinstance(kind, str) else None
    if not is_id(key) or kind not in KINDS_OF_LINK or not isinstance(text, str) or len(text) > LONGEST_LINK:
        raise Refused("malformed")
    for end in ("from", "to"):
        require_node(map, wish.get(end), text)
    if wish["from"] == wish["to"]:
        raise Refused("cycle", node=wish["from"])
    if key in map["links"] and not undoes and map["stamps"].get(f"link:{key}", {}).get("", 0) > rev:
        raise Refused("taken", link=key)
    if len(map["links"]) >= MOST_LINKS:
        raise Refused("map_full", most=MOST_LINKS)
    map["links"][key] = {"from": wish["from"], "to": wish["to"], "kind": kind, "text": node_fields.tidy(text)}
    map["stamps"][f"link:{key}"] = {"": map["rev"]}


def unlink(map: dict, wish: dict, rev: int, undoes: bool) -> None:
    if not isinstance(wish.get("id"), str) or wish["id"] not in map["links"]:
        raise Refused("no_such_link")
    if undoes and map["stamps"].get(f"link:{wish['id']}", {}).get("", 0) > rev:
        raise Refused("moved_on")
    del map["links"][wish["id"]]


DOES = {"add": add, "edit": edit, "move": move, "remove": remove, "restore": restore, "link": link, "unlink": unlink}


# What they ask


def is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(ID.fullmatch(value))


def is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def in_bin(map: dict, node: Any) -> bool:
    return isinstance(node, str) and any(node in each["nodes"] for each in map["bin"])


def require_node(map: dict, node: Any, text: str = "") -> dict:
    if not isinstance(node, str):
        raise Refused("malformed")
    if in_bin(map, node):
        raise Refused("parent_removed", node=node, text=text)
    if node not in map["nodes"]:
        raise Refused("node_gone", node=node)
    return map["nodes"][node]


def require_parent(map: dict, parent: Any, node: str, text: str) -> None:
    """`parent` is there, or "" for a loose node."""
    if parent == "":
        return
    if in_bin(map, parent):
        raise Refused("parent_removed", node=node, parent=parent, text=text)
    require_node(map, parent)


def siblings(map: dict, parent: str) -> list[str]:
    """The list to be changed: a copy that has taken its place."""
    if not parent:
        return map["loose"]
    copy = {**map["nodes"][parent], "children": list(map["nodes"][parent]["children"])}
    map["nodes"][parent] = copy
    return copy["children"]


def place_of(map: dict, node: str) -> tuple[str, str]:
    """(parent, the sibling that follows); "" for none."""
    parent = (map["up"] if "up" in map else parents(map)).get(node, "")
    row = map["nodes"][parent]["children"] if parent else map["loose"]
    n = row.index(node)
    return parent, row[n + 1] if n + 1 < len(row) else ""


def take_out(map: dict, node: str) -> None:
    siblings(map, map["up"].pop(node, "")).remove(node)


def insert(map: dict, node: str, parent: str, before: Any) -> None:
    """Before that sibling; where it is gone, at the end."""
    row = siblings(map, parent)
    row.insert(row.index(before) if before in row else len(row), node)
    if parent:
        map["up"][node] = parent


def branch(map: dict, node: str) -> Iterator[str]:
    """A node and all below it, in the order of reading."""
    stack = [node]
    while stack:
        each = stack.pop()
        yield each
        stack += reversed(map["nodes"][each]["children"])


def walk(map: dict) -> Iterator[tuple[str, int]]:
    """(node, depth) of the whole map in the order of reading: the root's tree, then the loose nodes."""
    stack = [(node, 0) for node in reversed((map["root"], *map["loose"]))]
    while stack:
        node, depth = stack.pop()
        yield node, depth
        stack += [(child, depth + 1) for child in reversed(map["nodes"][node]["children"])]


def parents(map: dict) -> dict[str, str]:
    """{node: the node it hangs on}; without the root and the loose ones."""
    return {child: key for key, node in map["nodes"].items() for child in node["children"]}


def depth_of(map: dict, node: str) -> int:
    """Nodes from the top down to this one; 0 for none."""
    up, depth = map["up"], 0
    while node:
        depth, node = depth + 1, up.get(node, "")
    return depth


def height(map: dict, node: str) -> int:
    """Nodes from this one down to the deepest below it."""
    row, levels = [node], 0
    while row:
        levels, row = levels + 1, [child for each in row for child in map["nodes"][each]["children"]]
    return levels


def faults(map: dict) -> list[str]:
    """What must never be: a node that hangs on nothing or on two, a ring, a link to nowhere. Empty for every map."""
    seen: dict[str, int] = {}
    for node, _depth in walk(map):
        seen[node] = seen.get(node, 0) + 1
        if seen[node] > 1:
            return [f"{node} hangs on two nodes, or below itself"]
    found = [f"{node} hangs on nothing" for node in map["nodes"] if node not in seen]
    ends = ((key, link[end]) for key, link in map["links"].items() for end in ("from", "to"))
    return found + [f"the link {key} ends at {end}" for key, end in ends if end not in seen]
