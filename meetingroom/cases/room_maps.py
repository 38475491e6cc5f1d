"""The published maps of a case as the room may see them, and what the pages are that they refer to."""

from collections import OrderedDict

from meetingroom.cases import store, store_maps, store_numbers
from meetingroom.cases.media import store as media_store
from meetingroom.cases.scripts import store as scripts

HELD = 20  # maps in memory: a step of a presentation reads none anew
ROOM, OWNER = "room", "owner"
_held: OrderedDict[tuple, dict | None] = OrderedDict()
_pages: OrderedDict[int, tuple[dict, dict[str, set[int]]]] = OrderedDict()


def list_published(db, case: str) -> list[dict]:
    """[{id, title, version}] of the maps of a case that have a published version, which is the newest."""
    return [each for each in store_maps.list_maps(db, case) if each["version"]]


def read_map(db, case: str, map: str, version: int, audience: str = ROOM) -> dict | None:
    """{root, nodes: {id: {text, children, anchors, …}}} of a version as an audience sees it; None if there is none."""
    file = str(db.conn.execute("pragma database_list").fetchone()[2])
    key = (file, case, map, version, audience)
    if key not in _held:
        found = store_maps.published(db, map, version, audience)
        while len(_held) >= HELD:
            _held.popitem(last=False)
        if not found or found["case"] != case:
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


def labels_of(db, case: str, found: dict, checked: set[int]) -> dict:
    """What a screen needs of the pages that a map refers to: {labels: {"<document>/<page>": {label, volume, checked}},
    documents: {id: {title, pages}}}, called as they are now; `checked`: somebody compared the volume with paper. Of a
    recording or a photo "media:<media>": {title, kind, label, volume, seconds}."""
    pages = pages_of(found)
    labels, documents = {}, {}
    for document in sorted(pages):
        row = store.find_document(db, case, document)
        if row is None:
            continue
        documents[document] = {"title": row["title"], "pages": row["pages"] or 0}
        called = store_numbers.labels_of_pages(db, document)
        known = {"volume": str(row["volume_no"] or ""), "checked": (row["volume_no"] or 0) in checked}
        for page in sorted(pages[document]):
            labels[f"{document}/{page}"] = {"label": called.get(page, ""), **known}
    for media in sorted(media_in(found)):
        if about := media_store.about_for_meeting(db, case, media):
            names = ("title", "kind", "label", "seconds")
            labels[f"media:{media}"] = {**{name: about[name] for name in names}, "volume": str(about["volume"] or "")}
    return {"labels": labels, "documents": documents}


def pages_held(found: dict) -> dict[str, set[int]]:
    """As pages_of; of a version that is in memory it is found once: every page that somebody opens asks for it."""
    known = _pages.get(id(found))
    if known is None or known[0] is not found:
        while len(_pages) >= HELD:
            _pages.popitem(last=False)
        known = _pages[id(found)] = (found, pages_of(found))
    return known[1]


def pages_of(found: dict) -> dict[str, set[int]]:
    """By document, the pages of it that the nodes of a map refer to."""
    pages: dict[str, set[int]] = {}
    for document, page in places_of(found):
        pages.setdefault(document, set()).add(page)
    return pages


def page_label(db, document: str, page: int) -> tuple[str, str]:
    """What a page is called now: the number of the sheet (bút lục) and that of its volume, "" where it has none."""
    label, volume = store_numbers.label_of(db, document, page)
    return label, str(volume or "")


def ends(anchor: dict) -> list[tuple[str, int]]:
    if "left" in anchor:
        return [*ends(anchor["left"]), *ends(anchor["right"])]
    return [(anchor["document"], anchor["page"])] if "document" in anchor else []


def anchored_pages(db, case: str, document: str) -> set[int]:
    """The pages of a document that the published maps of a case refer to, as the room sees these, and its script."""
    found = scripts.pages_of(db, case, document)
    for each in list_published(db, case):
        if shown := read_map(db, case, each["id"], each["version"]):
            found |= pages_held(shown).get(document, set())
    return found


def anchored_media(db, case: str) -> set[str]:
    """The recordings and photos that the published maps of a case refer to, as the room sees these, and its script."""
    found = scripts.media_of(db, case)
    for each in list_published(db, case):
        if shown := read_map(db, case, each["id"], each["version"]):
            found |= media_in(shown)
    return found


def media_in(found: dict) -> set[str]:
    """The recordings and photos that the nodes of a map refer to."""
    anchors = (anchor for node in found["nodes"].values() for anchor in node.get("anchors", []))
    return {anchor["media"] for anchor in anchors if "media" in anchor}
