"""Skeletons of mind maps per matter: data, one file each; `list_templates` names them."""

import json
from functools import cache
from pathlib import Path

from meetingroom.cases import node_fields, tree

ORDER = ("criminal", "criminal-174", "criminal-173", "criminal-134", "criminal-249", "criminal-260", "civil",
         "civil-land", "blank")  # fmt: skip


@cache
def read(name: str) -> dict | None:
    """{matter, title, root: {text, kind, children}}."""
    if name not in ORDER:
        return None
    found = json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
    return filled(read(found["like"]) or {}, found) if "like" in found else found


def filled(skeleton: dict, special: dict) -> dict:
    """Another skeleton with branches of its own below some: `below` {text of a branch: the texts below it}."""
    below = special["below"]
    branches = [
        {**each, "children": [{"text": text, "kind": each["kind"]} for text in below[each["text"]]]}
        if each["text"] in below
        else each
        for each in skeleton["root"]["children"]
    ]
    return {**skeleton, "title": special["title"], "root": {**skeleton["root"], "children": branches}}


def list_templates() -> list[dict]:
    """[{id, matter, title}]."""
    found = [(name, read(name) or {}) for name in ORDER]
    return [{"id": name, "matter": each["matter"], "title": each["title"]} for name, each in found]


def grow(name: str, title: str) -> dict:
    """A map of this template with `title` in its centre."""
    skeleton = read(name) or {"root": {"text": title, "kind": "root"}}
    found = tree.new_map(title or skeleton["root"]["text"])
    stack = [(child, "N1") for child in reversed(skeleton["root"].get("children", ()))]
    while stack:
        each, parent = stack.pop()
        key = f"N{len(found['nodes']) + 1}"
        found["nodes"][key] = node_fields.new_node(text=each["text"], kind=each.get("kind", ""))
        found["nodes"][parent]["children"].append(key)
        stack += [(child, key) for child in reversed(each.get("children", ()))]
    return found
