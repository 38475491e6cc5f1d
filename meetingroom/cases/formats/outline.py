"""Indented text and Markdown, as somebody writes or pastes it: headings, lists, lines under lines. In and out."""

import json
import re
from typing import Any

from meetingroom.cases import tree
from meetingroom.cases.formats import limits, topics
from meetingroom.cases.formats.limits import MapRejected

HEADING = re.compile(r"(#{1,6})\s+(.*)")
ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+(.*)")
NOTE = re.compile(r">\s?(.*)")
CITED = re.compile(r"(?P<text>.*\S)\s*\((?P<label>(?:BL|bút lục)\b[^()]*(?:\([^()]*\)[^()]*)?)\)\s*", re.IGNORECASE)
TAB = 4


def read(data: bytes, title: str = "") -> dict:
    """{sheets, resources, remarks}. Raises MapRejected."""
    if len(data) > limits.CONTENT:
        raise MapRejected("map_too_large", most=limits.CONTENT // limits.MEGABYTE)
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            source = data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("cp1258")
        except UnicodeDecodeError:
            raise MapRejected("map_unreadable") from None
    if "\0" in source:
        raise MapRejected("map_unreadable")
    top: dict[str, Any] = {"title": title, "children": {"attached": []}}
    # (how far in, topic): the last of each level that is still open. Headings stand left of everything.
    way: list[tuple[int, dict]] = [(-100, top)]
    topic, count = top, 0
    for line in source.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            continue
        said = NOTE.fullmatch(line.strip())
        if said:
            notes = topic.setdefault("notes", {"plain": {"content": ""}})["plain"]
            notes["content"] = f"{notes['content']}\n{said[1]}".lstrip("\n")
            continue
        depth, words = place(line)
        while way[-1][0] >= depth:
            way.pop()
        count += 1
        if count > limits.TOPICS:
            raise MapRejected("map_topics", most=limits.TOPICS)
        topic = topic_of(words)
        way[-1][1].setdefault("children", {"attached": []})["attached"].append(topic)
        way.append((depth, topic))
        if len(way) > limits.DEPTH + 1:
            raise MapRejected("map_too_deep", most=limits.DEPTH)
    rows = top["children"]["attached"]
    if not rows:
        raise MapRejected("map_empty")
    if len(rows) == 1:
        top = rows[0]
    return {"sheets": [{"title": top["title"], "rootTopic": top}], "resources": {}, "remarks": []}


def place(line: str) -> tuple[int, str]:
    """(how far in, the words)."""
    heading = HEADING.fullmatch(line.strip())
    if heading and line[:1] == "#":
        return len(heading[1]) - 50, heading[2].strip()
    indent = len(line.expandtabs(TAB)) - len(line.expandtabs(TAB).lstrip())
    item = ITEM.fullmatch(line.strip())
    return indent, (item[1] if item and not line.strip()[0].isdigit() else line).strip()


def topic_of(words: str) -> dict:
    """With the citation at its end as its BL."""
    words = re.sub(r"\*\*(.+?)\*\*", r"\1", words)
    cited = CITED.fullmatch(words)
    if cited and topics.map_labels([cited["label"]])[0]:
        return {"title": cited["text"].strip(), "labels": [cited["label"]]}
    return {"title": words}


def own(topic: dict, **fields: Any) -> dict:
    """A topic with fields of ours, as our own extension has them."""
    content = [{"name": name, "content": json.dumps(value)} for name, value in fields.items() if value]
    return {**topic, **({"extensions": [{"provider": topics.OURS, "content": content}]} if content else {})}


def write(map: dict) -> str:
    """Markdown: the title as heading, then lists in lists, notes as quotations."""
    lines = []
    for node, depth in tree.walk(map):
        mine = map["nodes"][node]
        words = " ".join(mine["text"].split())
        cited = f" (BL {mine['bl']})" if mine.get("bl") and any(c.isdigit() for c in mine["bl"]) else ""
        loose = node in map["loose"]
        indent = "  " * (depth - 1) if depth else ""
        lines.append(f"# {words}{cited}\n" if node == map["root"] else f"{indent if not loose else ''}- {words}{cited}")
        lines += [f"{indent}  > {line}".rstrip() for line in mine.get("note", "").split("\n") if line.strip()]
    return "\n".join(lines) + "\n"
