"""All excerpts that are kept in a case, to be looked at: the words in them, what their page was called when they were
drawn or looked at last, whether the scan is another one since, and which steps of scripts show them. Beside those of a
page stand the ones that are on nodes of maps."""

from itertools import groupby
from typing import Any

from meetingroom import clock
from meetingroom.cases import audience, node_excerpt_store, room_maps, store, store_maps
from meetingroom.cases.scripts import callout_store as kept
from meetingroom.cases.scripts import changes
from meetingroom.cases.scripts import steps as rules
from meetingroom.cases.scripts import store as scripts
from meetingroom.config import Settings
from meetingroom.documents.content_store import ContentStore
from meetingroom.word_marks import marks_left

LONGEST = 240  # letters of the words of an excerpt
LISTED = 2_000  # excerpts on nodes
MEANT = 0.45  # of a word that lies in a frame, as the screens have it (static/js/case/snap.js)

Box = list[float]


def list_all(db, case: str) -> list[dict[str, Any]]:
    """As `kept.list_kept`, each with {label, volume, was: what its page was called, gone: it has no page any more,
    used: [{script, title, step, n}]}."""
    documents = {each["document"]: each for each in store.list_documents(db, case)}
    used = uses(db, case)
    found = kept.list_kept(db, case)
    for each in found:
        document = documents.get(each["document"])
        each["gone"] = document is None or each["page"] > (document["pages"] or 0)
        each["label"], each["volume"] = ("", "") if each["gone"] else room_maps.page_label(db, *place_of(each))
        each["was"] = each["label_then"] if each["label_then"] not in ("", each["label"]) else ""
        each["used"] = used.get(word_of(each), [])
    return found


def list_of_nodes(db, case: str, role: str) -> tuple[list[dict[str, Any]], int]:
    """[{map, map_title, node, text, document, page, rects: [rect], marks, at, by_name, check, title, label, volume,
    was, gone}]: what stands on the nodes that somebody of this role sees, in the order of reading; and how many there
    are beside the first 2,000."""
    documents = {each["document"]: each for each in store.list_documents(db, case)}
    known = node_excerpt_store.list_known(db, case)
    with_some = {place[0] for place in known}
    found: list[dict[str, Any]] = []
    unlisted = 0
    for each in store_maps.list_maps(db, case):
        nodes = nodes_seen(db, case, each["id"], role) if each["id"] in with_some else {}
        for node, end in node_excerpt_store.framed(nodes):
            if len(found) >= LISTED:
                unlisted += 1
                continue
            place = (each["id"], node, end["document"], end["page"], node_excerpt_store.frame_word(end["rect"]))
            named = {"map": each["id"], "map_title": each["title"], "node": node, "text": nodes[node]["text"]}
            found.append(named | on_node(db, end, documents.get(end["document"]), known.get(place)))
    return found, unlisted


def nodes_seen(db, case: str, map: str, role: str) -> dict[str, dict]:
    """Readers see what was published last."""
    if role == "reader":
        seen = store_maps.published(db, map, 0, audience.ROOM)
    else:
        row = store_maps.find_map(db, case, map)
        seen = audience.cut(row["map"], audience.of_role(role)) if row else None
    return in_order(seen) if seen else {}


def in_order(map: dict) -> dict[str, dict]:
    return {node: map["nodes"][node] for node in audience.visible(map, audience.OWNER)}


def on_node(db, end: dict, document: dict | None, drawn: dict | None) -> dict[str, Any]:
    gone = document is None or end["page"] > (document["pages"] or 0)
    label, volume = ("", "") if gone else room_maps.page_label(db, *place_of(end))
    sha, then = (drawn["sha"], drawn["label"]) if drawn else ("", "")
    return {
        **{name: end[name] for name in ("document", "page")}, "rects": [end["rect"]], "marks": end.get("marks", []),
        "title": document["title"] if document else "", "label": label, "volume": volume, "gone": gone,
        "check": bool(sha) and not gone and drawn is not None and drawn["sha_now"] != sha,
        "was": then if then not in ("", label) and not gone else "",
        "at": drawn["at"] if drawn else 0, "by_name": drawn["by_name"] if drawn else "",
    }  # fmt: skip


def is_on_node(row: dict, node: str, place: tuple) -> bool:
    """Does this excerpt, `place` (document, page, frame), stand on a node of the map now?"""
    nodes = {node: row["map"]["nodes"].get(node, {})}
    return any(place == place_on_node(end) for _node, end in node_excerpt_store.framed(nodes))


def place_on_node(end: dict) -> tuple[str, int, str]:
    return (*place_of(end), node_excerpt_store.frame_word(end["rect"]))


def change_on_node(db, row: dict, node: str, place: tuple, fields: dict, by: str) -> str:
    """The excerpt at `place` of a node becomes {rect?, marks?}; of no `fields` it is an ordinary number again. Returns
    the id of the operation, which takes it back. Raises Refused (tree.apply)."""
    anchors = []
    for anchor in row["map"]["nodes"][node]["anchors"]:
        ends = {side: anchor[side] for side in ("left", "right") if side in anchor} or {"": anchor}
        for side, end in ends.items():
            if end.get("rect") and place_on_node(end) == place:
                new = changed_end(end, fields)
                anchor = {**anchor, side: new} if side else new
        anchors.append(anchor)
    op = {"id": clock.new_id(), "rev": row["rev"], "edit": {"node": node, "set": {"anchors": anchors}}}
    store_maps.perform(db, row, op, by)
    store_maps.save(db, row)
    return op["id"]


def changed_end(end: dict, fields: dict) -> dict:
    rest = {name: value for name, value in end.items() if name not in ("rect", "marks")}
    if not fields:
        return rest
    rect = fields.get("rect", end["rect"])
    marks = fields["marks"] if "marks" in fields else rules.as_lists(marks_left(end.get("marks", ()), [rect]))
    return {**rest, "rect": rect, **({"marks": marks} if marks else {})}


def uses(db, case: str) -> dict[tuple, list[dict]]:
    """By place and frames: the steps of scripts that show an excerpt."""
    found: dict[tuple, list[dict]] = {}
    for row in scripts.list_scripts(db, case):
        script = scripts.find(db, case, row["id"])
        for n, step in enumerate(script["script"]["steps"] if script else [], 1):
            if step["kind"] == "callout":
                use = {"script": row["id"], "title": row["title"], "step": step["id"], "n": n}
                found.setdefault(word_of(step), []).append(use)
    return found


def word_of(each: dict) -> tuple:
    """What an excerpt shows: a page and frames in thousandths, as two that are the same on a screen."""
    frames = tuple(tuple(round(value * 1000) for value in rect) for rect in each["rects"])
    return (each["document"], each["page"], frames)


def place_of(each: dict) -> tuple[str, int]:
    return each["document"], each["page"]


def move_steps(db, case: str, before: dict, now: dict, by: str) -> int:
    """Steps of scripts that showed the excerpt as it was show it as it is drawn `now` {rects, marks}; how many. What is
    marked in a step alone stays with it."""
    moved = 0
    for use in uses(db, case).get(word_of(before), []):
        row = scripts.find(db, case, use["script"])
        if row is None:
            continue
        step = rules.find(row["script"], use["step"]) or {}
        own = step.get("marks", []) != before["marks"]
        fields = {name: now[name] for name in ("rects", "marks") if now[name] != before[name]}
        if own:
            fields.pop("marks", None)
        if not fields:
            continue
        wish = {"step": use["step"], "set": fields}
        scripts.perform(db, row, {"id": clock.new_id(), "rev": row["rev"], "edit": wish}, by)
        scripts.save(db, row)
        changes.note(db, case, row, by)
        moved += 1
    return moved


def read_words(settings: Settings, shas: dict[str, str], found: list[dict]) -> None:
    """Adds `words`: what stands in the frames, and `marked`: what is marked of it, as far as the words of the page are
    known. Reads files."""
    for (document, page), here in groupby(found, place_of):  # as they are listed: of one page at a time
        sha = shas.get(document, "")
        record = ContentStore(settings, sha).record(page) if sha else None
        words = (record or {}).get("words", [])
        for each in here:
            for name, boxes in (("words", each["rects"]), ("marked", each["marks"])):
                said = (" … " if name == "words" else " ").join(filter(None, (words_in(words, box) for box in boxes)))
                each[name] = said if len(said) <= LONGEST else f"{said[:LONGEST].rsplit(' ', 1)[0]} …"


def words_in(words: list[dict], rect: Box) -> str:
    meant = [
        word["text"] for word in words if max(part(box, rect) for box in word.get("boxes") or [word["box"]]) >= MEANT
    ]
    return " ".join(meant)


def part(box: Box, other: Box) -> float:
    """How much of a box lies in another, 0 to 1."""
    across = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
    down = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
    size = box[2] * box[3]
    return across * down / size if across > 0 and down > 0 and size > 0 else 0.0
