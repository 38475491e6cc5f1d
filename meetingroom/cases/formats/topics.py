"""A sheet of topics, as XMind's JSON has it, to a map and back.

The topic as it came lies in the node's `extra`. Going out starts from it: what nobody has changed here goes back word
for word, also what this program does not know of.
"""

import html
import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

import nh3

from meetingroom.cases import node_fields, tree
from meetingroom.cases.formats import limits
from meetingroom.cases.formats.limits import MapRejected
from meetingroom.cases.formats.lists import RANGED, kept_lists
from meetingroom.refused import Refused

OURS = "meetingroom.case"  # provider of our own extension: what XMind has no field for
EMPTY = "(trống)"
MARKERS = {
    "inc": "flag-red", "exc": "flag-green", "conf": "symbol-exclam", "gap": "symbol-question",
    "time": "other-calendar", "person": "people-blue", "exh": "symbol-pin", "civil": "c_symbol_money",
    "elem": "star-blue", "circ": "star-orange", "proc": "other-note", "prop": "symbol-right",
}  # fmt: skip
KINDS = {marker: kind for kind, marker in MARKERS.items()}
OWN_FIELDS = ("kind", "bl", "stance", "status", "when", "amount", "audience", "note_for", "colour", "anchors", "sums")
TAGS = {"p", "br", "b", "i", "u", "ul", "ol", "li"}
UNSAFE = re.compile(r"\s*(javascript|data|vbscript)\s*:", re.IGNORECASE)
LOCAL = re.compile(r"file:|[a-z]:[\\/]|\\\\", re.IGNORECASE)
LABEL = re.compile(r"\s*(?:BL|B\.L\.?|bút\s+lục|but\s+luc)\b[\s.:]*(?:số\s*)?(?P<bl>.+)", re.IGNORECASE)
CITED = re.compile(
    r"(?=.*\d)(?:[\d\s,;.()/↔–—÷&-]|bis|ter|và|đến|tới|<->|tập|từ|số|mặt sau|BL|T(?=\d)|(?<=\d)[a-z]\b)+"
)


def to_map(sheet: dict, remarks: list[dict]) -> dict:
    """A map with the ids N1, N2, … in the order of reading. `remarks` gets what was not taken as it stood:
    {code, text}. Raises MapRejected."""
    root = sheet.get("rootTopic")
    if not isinstance(root, dict):
        raise MapRejected("map_empty")
    nodes: dict[str, dict] = {}
    by_source: dict[str, str] = {}
    loose: list[str] = []
    jumps: list[tuple[str, str]] = []
    stack: list[tuple[dict, list[str], int]] = [(root, [], 1)]
    while stack:
        topic, row, depth = stack.pop()
        if depth > limits.DEPTH:
            raise MapRejected("map_too_deep", most=limits.DEPTH)
        if len(nodes) >= limits.TOPICS:
            raise MapRejected("map_topics", most=limits.TOPICS)
        key = f"N{len(nodes) + 1}"
        row.append(key)
        node = read_topic(topic, remarks)
        if len(nodes) == 0:
            node["kind"] = "root"
            node.pop("audience", None)
        nodes[key] = node
        source = node.get("source_id", "")
        by_source.setdefault(source, key)
        href = text(topic.get("href"))
        if href.startswith("xmind:#"):
            jumps.append((key, href.removeprefix("xmind:#")))
        children = topic.get("children")
        children = children if isinstance(children, dict) else {}
        stack += [(child, loose, depth + 1) for child in reversed(topics_in(children.get("detached")))]
        stack += [(child, node["children"], depth + 1) for child in reversed(topics_in(children.get("attached")))]
    found = {
        **tree.new_map(""), "nodes": nodes, "root": "N1", "loose": in_reading_order(loose),
        "links": read_relationships(sheet, by_source, jumps, nodes, remarks),
        "sheet": {key: value for key, value in sheet.items() if key not in ("rootTopic", "relationships")},
    }  # fmt: skip
    rename_parts(found, by_source)
    if aside := kept_aside(nodes):
        remarks.append({"code": "kept_aside", "text": aside})
    return found


# What XMind draws and this program only keeps, by what it is called there.
ASIDE = ("boundaries", "numbering", "task", "taskInfo", "audio", "math", "equation")


def kept_aside(nodes: dict[str, dict]) -> str:
    """What the topics have that is not drawn here, and how often: "boundaries × 2, org.xmind.ui.audionotes × 1"."""
    count: dict[str, int] = {}
    for node in nodes.values():
        raw = node["extra"]["topic"]
        others = [text(each.get("provider")) for each in topics_in(raw.get("extensions"))]
        names = [name for name in ASIDE if raw.get(name)] + [each for each in others if each and each != OURS]
        for name in names:
            count[name[:60]] = count.get(name[:60], 0) + 1
    return ", ".join(f"{name} × {n}" for name, n in list(count.items())[:20])


def in_reading_order(loose: list[str]) -> list[str]:
    return sorted(loose, key=lambda node: int(node[1:]))


def rename_parts(map: dict, by_source: dict[str, str]) -> None:
    """Sums name nodes: those of the file have become ours."""
    for key, node in map["nodes"].items():
        if "sums" in node:
            sums = [[{**part, "node": by_source.get(part["node"], "")} for part in each] for each in node["sums"]]
            map["nodes"][key] = node_fields.without_empty(
                {**node, "sums": [each for each in sums if all(part["node"] for part in each)]}
            )


def topics_in(value: Any) -> list[dict]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def read_topic(topic: dict, remarks: list[dict]) -> dict:
    """A node without its children."""
    fields = joined(read_fields(topic, remarks), read_own(topic, remarks))
    raw = {key: value for key, value in topic.items() if key not in ("children", "id")}
    children = topic.get("children") if isinstance(topic.get("children"), dict) else {}
    for name, value in (children or {}).items():
        if name not in ("attached", "detached"):
            raw[name if name in ("summary", "callout") else f"children.{name}"] = value
    if "boundaries" in raw or "summaries" in raw:
        raw["attached_ids"] = [text(child.get("id")) for child in topics_in((children or {}).get("attached"))]
    return node_fields.new_node(**fields) | {"source_id": text(topic.get("id"))[:80], "extra": {"topic": raw}}


def joined(seen: dict, own: dict) -> dict:
    """What XMind shows wins over what we had written beside it: somebody may have changed it there."""
    own = dict(own)
    label = f"BL {own.get('bl', '')}"
    if "bl" in own and label in seen.get("labels", ()):
        seen = {**seen, "labels": [each for each in seen["labels"] if each != label]}
    elif own.get("bl") != seen.get("bl"):
        own.pop("bl", None)
    if "kind" in own and own["kind"] != seen["kind"] and (seen["kind"] or own["kind"] in MARKERS):
        own.pop("kind")
    own.pop("colour", None)
    return {**seen, **own}


def read_fields(topic: dict, remarks: list[dict] | None = None) -> dict:
    """What the topic itself says, in our fields: also how it is known whether somebody has changed one since."""
    remarks = [] if remarks is None else remarks
    labels = [node_fields.tidy(each)[:200] for each in topic.get("labels") or [] if isinstance(each, str)][:50]
    markers = [m["markerId"][:200] for m in topics_in(topic.get("markers")) if isinstance(m.get("markerId"), str)][:50]
    marker = next((each for each in markers if each in KINDS), "")
    cited = next(((n, bl) for n, bl in enumerate(map_labels(labels)) if bl), None)
    bl = cited[1] if cited else ""
    title = node_fields.tidy(text(topic.get("title")))
    if len(title) > node_fields.LONGEST:
        remarks.append({"code": "title_cut", "text": title[:80]})
        title = title[: node_fields.LONGEST]
    note = read_note(topic)
    if len(note) > node_fields.LONGEST_NOTE:
        remarks.append({"code": "note_cut", "text": title[:80]})
        note = note[: node_fields.LONGEST_NOTE]
    fields: dict[str, Any] = {
        "text": title if title.strip() else EMPTY, "note": note, "kind": KINDS.get(marker, ""),
        "labels": [label for n, label in enumerate(labels) if not cited or n != cited[0]],
        "markers": [each for n, each in enumerate(markers) if not marker or n != markers.index(marker)],
        "bl": bl[: node_fields.LONGEST_BL], "fold": topic.get("branch") == "folded", "colour": read_colour(topic),
    }  # fmt: skip
    href = text(topic.get("href"))
    if re.match(r"https?://", href):
        fields["link"] = node_fields.tidy(href)[: node_fields.LONGEST]
    elif UNSAFE.match(href):
        remarks.append({"code": "unsafe_link", "text": title[:80]})
    elif is_local(href):
        remarks.append({"code": "local_file", "text": unquote(href).replace("\\", "/").rsplit("/", 1)[-1][:200]})
    elif href and not re.match(r"xmind:#|xap:", href, re.IGNORECASE):
        remarks.append({"code": "other_link", "text": href[:120]})
    return node_fields.without_empty(fields)


def is_local(href: str) -> bool:
    """Whether an address leads to a file of some machine: `file:…`, `D:\\…`, `\\\\server\\…`."""
    return bool(LOCAL.match(href))


def map_labels(labels: Iterable[str]) -> list[str]:
    """What each label says as a BL field; "" where it is no citation."""
    found = [LABEL.fullmatch(label) for label in labels]
    return [match["bl"].strip() if match and CITED.fullmatch(match["bl"]) else "" for match in found]


def read_colour(topic: dict) -> str:
    style = topic.get("style")
    properties = style.get("properties") if isinstance(style, dict) else None
    fill = text(properties.get("svg:fill")) if isinstance(properties, dict) else ""
    return fill.lower() if node_fields.COLOUR.fullmatch(fill) else ""


def read_note(topic: dict) -> str:
    """Its notes, comments, callouts and summaries as text, one below the other."""
    notes = topic.get("notes") if isinstance(topic.get("notes"), dict) else {}
    assert notes is not None
    plain = notes.get("plain")
    note = text(plain.get("content")) if isinstance(plain, dict) else ""
    if not note:
        real = notes.get("realHTML")
        note = text_of_html(text(real.get("content")) if isinstance(real, dict) else "")
    children = topic.get("children") if isinstance(topic.get("children"), dict) else {}
    assert children is not None
    # `callout` and `summary` beside the topic: as they lie in `extra`.
    said = [*topics_in(children.get("callout") or topic.get("callout")),
            *topics_in(children.get("summary") or topic.get("summary"))]  # fmt: skip
    aside = [text(each.get("title")) for each in said]
    for comment in topics_in(topic.get("comments")):
        who = " ".join(filter(None, (text(comment.get("author")), text(comment.get("time")))))
        aside.append(f"[{who}] {text(comment.get('content'))}")
    return node_fields.tidy("\n".join(part.strip("\r\n") for part in (note, *aside) if part.strip()))


def text_of_html(source: str) -> str:
    if not source:
        return ""
    clean = nh3.clean(source[: limits.MEGABYTE], tags=TAGS, attributes={})
    lines = re.sub(r"<br ?/?>|</(?:p|li|ul|ol)>", "\n", clean)
    return html.unescape(re.sub(r"<[^>]+>", "", lines)).strip()


def read_own(topic: dict, remarks: list[dict]) -> dict:
    """What this program had written into the file."""
    said: dict[str, Any] = {}
    for extension in topics_in(topic.get("extensions")):
        if extension.get("provider") != OURS:
            continue
        for each in topics_in(extension.get("content")):
            name, content = each.get("name"), each.get("content")
            if name in OWN_FIELDS and isinstance(content, str):
                try:
                    said |= node_fields.read({name: json.loads(content)})
                except (ValueError, RecursionError, Refused):
                    remarks.append({"code": "field_lost", "text": str(name)})
    return said


def read_relationships(
    sheet: dict, by_source: dict, jumps: list, nodes: dict[str, dict], remarks: list[dict]
) -> dict[str, dict]:
    links: dict[str, dict] = {}
    for each in topics_in(sheet.get("relationships")):
        ends = by_source.get(text(each.get("end1Id"))), by_source.get(text(each.get("end2Id")))
        title = node_fields.tidy(text(each.get("title")))[: tree.LONGEST_LINK]
        if None in ends or ends[0] == ends[1] or len(links) >= tree.MOST_LINKS:
            remarks.append({"code": "relation_lost", "text": title})
            continue
        kind, rest = kind_of(title)
        links[f"L{len(links) + 1}"] = {"from": ends[0], "to": ends[1], "kind": kind, "text": rest, "extra": each}
    for start, source in jumps:
        end = by_source.get(source)
        if end is None:
            remarks.append({"code": "jump_lost", "text": nodes[start]["text"][:80]})
            nodes[start]["extra"]["topic"]["jump_elsewhere"] = True
        elif end != start and len(links) < tree.MOST_LINKS:
            links[f"L{len(links) + 1}"] = {"from": start, "to": end, "kind": "", "text": "", "extra": {"href": True}}
    return links


WORDS = {"refutes": "bác bỏ", "supports": "củng cố", "contradicts": "mâu thuẫn"}


def kind_of(title: str) -> tuple[str, str]:
    """(kind, the rest): `mâu thuẫn: …` as we write it ourselves."""
    head, _, rest = title.partition(":")
    kind = tree.LINK_WORDS.get(head.strip().lower(), "")
    return (kind, rest.strip()) if kind else ("", title)


def title_of(link: dict) -> str:
    return ": ".join(filter(None, (WORDS.get(link["kind"], ""), link["text"])))


# Out again


def to_sheet(map: dict, new_id: Callable[[str], str], taken: set[str] | None = None) -> dict:
    """A sheet of topics. `new_id(node)` makes the id of a topic that did not come from a file; `taken` are the ids of
    other sheets of the same file."""
    taken = set() if taken is None else taken
    ids = {}
    for node, _depth in tree.walk(map):
        source = map["nodes"][node].get("source_id", "")
        ids[node] = source if source and source not in taken else new_id(node)
        taken.add(ids[node])
    topics: dict[str, dict] = {}
    for node in reversed([node for node, _depth in tree.walk(map)]):  # children before their parents
        topics[node] = write_topic(map, node, ids, topics)
    root = topics[map["root"]]
    if map["loose"]:
        root.setdefault("children", {})["detached"] = [topics[node] for node in map["loose"]]
    kept = map.get("sheet", {})
    root.setdefault("class", "topic")
    root.setdefault("structureClass", "org.xmind.ui.map.unbalanced")
    sheet = {"id": new_id(""), "class": "sheet", "title": map["nodes"][map["root"]]["text"][:100], **kept}
    if sheet["id"] in taken:
        sheet["id"] = new_id("")
    taken.add(sheet["id"])
    sheet["rootTopic"] = root
    relations = [write_relation(key, link, ids, new_id) for key, link in map["links"].items()
                 if not is_jump(map, link, ids)]  # fmt: skip
    return {**sheet, **({"relationships": relations} if relations else {})}


def is_jump(map: dict, link: dict, ids: dict) -> bool:
    """A link that the topic itself carries as its address: as long as nobody gave it words."""
    return bool((link.get("extra") or {}).get("href")) and not link["kind"] and not link["text"]


def write_relation(key: str, link: dict, ids: dict, new_id: Callable[[str], str]) -> dict:
    raw = {name: value for name, value in (link.get("extra") or {}).items() if name != "href"}
    if not raw.get("id"):
        raw["id"] = new_id(f"link {key}")
    raw |= {"end1Id": ids[link["from"]], "end2Id": ids[link["to"]]}
    if (link["kind"], link["text"]) != kind_of(node_fields.tidy(text(raw.get("title")))):
        raw["title"] = title_of(link)
    return raw


def write_topic(map: dict, node: str, ids: dict, topics: dict[str, dict]) -> dict:
    mine = map["nodes"][node]
    raw = dict(mine.get("extra", {}).get("topic", {}))
    was = read_fields(raw)
    topic: dict[str, Any] = {"id": ids[node], **{key: value for key, value in raw.items()
                                                 if not key.startswith("children.") and key not in RANGED}}  # fmt: skip
    if mine["text"] != was["text"]:
        topic["title"] = mine["text"]
        for key in ("attributedTitle", "titleUnedited"):
            topic.pop(key, None)
    topic.setdefault("title", mine["text"]) if not raw else None
    write_note(topic, mine, was)
    write_labels(topic, mine, was)
    write_markers(topic, mine, was)
    write_address(topic, mine, was, map, node, ids)
    if mine.get("fold", False) != was.get("fold", False):
        topic.pop("branch", None)
        topic |= {"branch": "folded"} if mine.get("fold") else {}
    if mine.get("colour", "") != was.get("colour", ""):
        style = topic.get("style") if isinstance(topic.get("style"), dict) else {}
        properties = {**((style or {}).get("properties") or {}), "svg:fill": mine.get("colour") or "none"}
        topic["style"] = {"id": f"{ids[node]}-style", **(style or {}), "properties": properties}
    write_picture(topic, mine)
    write_own(topic, mine, was, ids)
    children = [topics[child] for child in mine["children"]]
    topic.pop("children", None)
    below, lists = kept_lists(raw, [child["id"] for child in children])
    topic |= lists
    if children or below:
        topic["children"] = ({"attached": children} if children else {}) | below
    return topic


def write_picture(topic: dict, mine: dict) -> None:
    """`pictured` is the picture that the file itself had (reading.py)."""
    had, picture = topic.pop("pictured", ""), mine.get("picture", {})
    if picture.get("sha", "") != had:
        topic.pop("image", None)
        if picture:
            topic["image"] = {"src": f"xap:{picture_name(picture)}"}


def picture_name(picture: dict) -> str:
    """Its name in an .xmind."""
    return f"resources/{picture['sha']}.{picture['type'].removeprefix('image/')}"


def write_note(topic: dict, mine: dict, was: dict) -> None:
    if mine.get("note", "") == was.get("note", ""):
        return
    topic.pop("notes", None)
    topic.pop("comments", None)
    if note := mine.get("note", ""):
        paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in note.split("\n"))
        topic["notes"] = {"plain": {"content": note}, "realHTML": {"content": paragraphs}}


def write_labels(topic: dict, mine: dict, was: dict) -> None:
    labels, bl = mine.get("labels", []), mine.get("bl", "")
    if labels == was.get("labels", []) and bl == was.get("bl", ""):
        return
    labels = [*([f"BL {bl}"] if bl else []), *labels]
    topic.pop("labels", None)
    topic |= {"labels": labels} if labels else {}


def write_markers(topic: dict, mine: dict, was: dict) -> None:
    markers, kind = mine.get("markers", []), mine.get("kind", "")
    kind = was["kind"] if kind == "root" else kind
    if markers == was.get("markers", []) and kind == was["kind"]:
        return
    markers = [*([MARKERS[kind]] if kind in MARKERS else []), *markers]
    topic.pop("markers", None)
    topic |= {"markers": [{"markerId": marker} for marker in markers]} if markers else {}


def write_address(topic: dict, mine: dict, was: dict, map: dict, node: str, ids: dict) -> None:
    href = text(topic.get("href"))
    if UNSAFE.match(href):
        del topic["href"]
    if mine.get("link", "") != was.get("link", ""):
        topic.pop("href", None)
        topic |= {"href": mine["link"]} if mine.get("link") else {}
    if href.startswith("xmind:#"):
        # The other end may have been removed, or may not be there for this audience.
        there = any(link["from"] == node and is_jump(map, link, ids) for link in map["links"].values())
        if not there and not topic.pop("jump_elsewhere", False):
            topic.pop("href", None)


def write_own(topic: dict, mine: dict, was: dict, ids: dict) -> None:
    """Our own extension, with what XMind's own fields do not say."""
    others = [each for each in topics_in(topic.get("extensions")) if each.get("provider") != OURS]
    topic.pop("extensions", None)
    content = []
    for name in OWN_FIELDS:
        value = mine.get(name)
        if value in (None, "", []) or (name == "kind" and value == "root"):
            continue
        if name == "sums":
            value = [[{**part, "node": ids.get(part["node"], "")} for part in each] for each in value]
        content.append({"name": name, "content": json.dumps(value, ensure_ascii=False, sort_keys=True)})
    # What the file said and nobody has changed needs no saying.
    if any(was.get(item["name"]) != json.loads(item["content"]) for item in content):
        others.append({"provider": OURS, "content": content})
    if others:
        topic["extensions"] = others
