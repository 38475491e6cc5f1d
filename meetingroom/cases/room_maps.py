"""The published maps of a case as the room may see them, and what the pages are that they refer to."""

from collections import OrderedDict
from functools import cached_property

from meetingroom.cases import store, store_maps, store_numbers
from meetingroom.cases.media import store as media_store
from meetingroom.cases.scripts import store as scripts

HELD, NODES_HELD = 20, 40_000  # maps in memory, and their nodes: a step of a presentation reads none anew
ROOM, OWNER = "room", "owner"


class Held:
    """A version of a map in memory; of what it refers to, every page and every recording that somebody opens asks."""

    def __init__(self, found: dict):
        self.found = found

    @cached_property
    def pages(self) -> dict[str, set[int]]:
        return pages_of(self.found)

    @cached_property
    def media(self) -> set[str]:
        return media_in(self.found)


_held: OrderedDict[tuple, Held] = OrderedDict()


def list_published(db, case: str) -> list[dict]:
    """[{id, title, version}] of the maps of a case that have a published version, which is the newest."""
    return [each for each in store_maps.list_maps(db, case) if each["version"]]


def read_map(db, case: str, map: str, version: int, audience: str = ROOM) -> dict | None:
    """{root, nodes: {id: {text, children, anchors, …}}} of a version as an audience sees it; None if there is none."""
    held = hold(db, case, map, version, audience)
    return held.found if held else None


def hold(db, case: str, map: str, version: int, audience: str = ROOM) -> Held | None:
    file = str(db.conn.execute("pragma database_list").fetchone()[2])
    key = (file, case, map, version, audience)
    if key not in _held:
        found = store_maps.published(db, map, version, audience)
        if not found or found["case"] != case:
            return None
        keep(key, Held(found))
    _held.move_to_end(key)
    return _held[key]


def hold_listed(db, case: str, map: str, version: int) -> Held | None:
    """The same as the room sees it, of a map that is still on the list of its case: of one that was removed while a
    meeting shows it nothing is given out any more."""
    row = store_maps.find_row(db, case, map)
    return hold(db, case, map, version) if row and not row["removed_at"] else None


def keep(key: tuple, new: Held) -> None:
    """The oldest go when there are too many, or too large ones."""
    _held[key] = new
    while len(_held) > 1 and (len(_held) > HELD or nodes_held() > NODES_HELD):
        _held.popitem(last=False)


def nodes_held() -> int:
    return sum(len(each.found["nodes"]) for each in _held.values())


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
    recording or a photo "media:<media>": {title, kind, label, volume, seconds, state}."""
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
            names = ("title", "kind", "label", "seconds", "state")
            labels[f"media:{media}"] = {**{name: about[name] for name in names}, "volume": str(about["volume"] or "")}
    return {"labels": labels, "documents": documents}


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


def list_held(db, case: str) -> list[Held]:
    """The published maps of a case, as the room sees them."""
    return [held for each in list_published(db, case) if (held := hold(db, case, each["id"], each["version"]))]


class Anchored:
    """The pages that the published maps of a case refer to, as the room sees these, and its script: read once, for
    whoever asks it of many documents."""

    def __init__(self, db, case: str):
        self.places = [scripts.pages_of(db, case), *(held.pages for held in list_held(db, case))]

    def pages(self, document: str) -> set[int]:
        return set().union(*(pages.get(document, ()) for pages in self.places))


def anchored_pages(db, case: str, document: str) -> set[int]:
    """Those of one document."""
    return Anchored(db, case).pages(document)


def anchored_media(db, case: str) -> set[str]:
    """The recordings and photos that the published maps of a case refer to, as the room sees these, and its script."""
    return scripts.media_of(db, case).union(*(held.media for held in list_held(db, case)))


def media_in(found: dict) -> set[str]:
    """The recordings and photos that the nodes of a map refer to."""
    anchors = (anchor for node in found["nodes"].values() for anchor in node.get("anchors", []))
    return {anchor["media"] for anchor in anchors if "media" in anchor}
