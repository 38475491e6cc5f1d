"""The branches of a mind map as they stand in the first HTML of its page: seen before its script has run. Pure.

`static/js/screens/first-branches.js` puts them where the drawing will have them, `static/js/screens/case-map.js` draws
in their place. What is open, how a box looks and how high all of it is: as in `static/js/case/map-ops.js`.
"""

import re

AT_ONCE = 70  # boxes: FIRST_OPEN there
LINE, ROUND, CHIP, LETTERS = 20, 20, 28, 45


def first_branches(map: dict) -> dict | None:
    """{root, left, right, high: {both, right}}: boxes {text, kind, stance, status, colour, signs, bl, unplaced, count,
    below: [box]}, `below` of those that are open, `count` of all that hang on it; `high` in px. None for no map."""
    if not map.get("root"):
        return None
    nodes = map["nodes"]
    branches = nodes[map["root"]]["children"]
    opens = open_of(nodes, branches)
    boxes = [box(nodes, key, opens) for key in branches]
    heights = [max(height(nodes[key]), sum(height(nodes[each]) for each in nodes[key]["children"] if key in opens))
               for key in branches]  # fmt: skip
    high = {"both": max(sum(heights[::2]), sum(heights[1::2])), "right": sum(heights)}
    return {"root": box(nodes, map["root"], set()), "left": boxes[::2], "right": boxes[1::2], "high": high}


def open_of(nodes: dict, branches: list[str]) -> set[str]:
    """The branches of the root that are open, as long as no more boxes stand there than a slow tablet draws at once."""
    opens, boxes = set(), 1 + len(branches)
    for key in branches:
        below = nodes[key]["children"]
        if below and not nodes[key].get("fold") and boxes + len(below) <= AT_ONCE:
            opens.add(key)
            boxes += len(below)
    return opens


def box(nodes: dict, key: str, opens: set[str]) -> dict:
    node = nodes[key]
    bl = re.sub(r"^[\s\-–—]+$", "", node.get("bl", ""))
    hidden = node.get("audience", "") not in ("", "room")
    signs = {"hidden-node": hidden, "has-note": node.get("note"), "has-picture": node.get("picture")}
    return {
        "text": node["text"],
        "kind": node.get("kind") or "none",
        "stance": node.get("stance", ""),
        "status": node.get("status", ""),
        "colour": node.get("colour", ""),
        "signs": [name for name, here in {**signs, "own-colour": node.get("colour")}.items() if here],
        "bl": bl,
        "unplaced": not node.get("anchors") and bool(re.search("[0-9]", bl)),
        "count": len(node["children"]),
        "below": [box(nodes, each, set()) for each in node["children"]] if key in opens else [],
    }


def height(node: dict) -> int:
    lines = max(1, -(-len(node["text"]) // LETTERS))
    return LINE * lines + ROUND + (CHIP if node.get("bl") else 0)
