"""What the steps of a script lead to now: what their pages are called, which nodes, and what is wrong with them.

A step whose target is gone stays in the script and says so.
"""

import time

from meetingroom.cases import audience, room_maps, store, store_maps
from meetingroom.cases.media import store as media
from meetingroom.cases.scripts import steps as rules
from meetingroom.cases.scripts import store as scripts

# The worst comes first. Red: it cannot be presented, or nobody knows its number. Amber: it can, but look at it.
GONE, HIDDEN, FAILED, UNNUMBERED, UNPUBLISHED, WAITING, OK = (
    "gone", "hidden", "failed", "unnumbered", "unpublished", "waiting", "ok",
)  # fmt: skip
RED = (GONE, HIDDEN, FAILED, UNNUMBERED)
STUCK = (GONE, HIDDEN, UNPUBLISHED)  # cannot be shown
ORDER = (GONE, HIDDEN, FAILED, UNPUBLISHED, UNNUMBERED, WAITING, OK)
MOST_PAGES = 4  # of a node that are named with it
FEW = 50


class Looking:
    """Asks of many steps what they lead to, and of each document and map once."""

    def __init__(self, db, case: str, *, edits: bool):
        self.db, self.case, self.edits = db, case, edits
        self.documents = {each["document"]: each for each in store.list_documents(db, case)}
        self.checked = {volume["no"] for volume in store.list_volumes(db, case) if volume["checked_at"]}
        self.maps = {each["id"]: each for each in store_maps.list_maps(db, case)}
        self.published: dict[str, dict] = {}
        self.drafts: dict[str, tuple[set, dict]] = {}

    def about(self, step: dict) -> dict:
        """{state, pages: [{document, page, label, volume, title, pages, checked, state}], …}; of a node also {title,
        map_title, version, bl, count}, of a recording or a photo {title, bl, kind}."""
        if step["kind"] == "node":
            return self.about_node(step)
        if step["kind"] == "media":
            return self.about_media(step)
        pages = [self.about_page(document, page) for document, page in rules.pages_of(step)]
        return {"state": worst(page["state"] for page in pages), "pages": pages}

    def about_media(self, step: dict) -> dict:
        row = media.find(self.db, self.case, step["media"])
        if row is None:
            return {"state": GONE, "pages": []}
        state = {media.READY: OK, media.FAILED: FAILED}.get(row["state"], WAITING)
        return {"state": state, "pages": [], "title": row["title"], "bl": row["bl"], "kind": row["kind"]}

    def about_page(self, document: str, page: int) -> dict:
        row = self.documents.get(document)
        here = {"document": document, "page": page}
        if row is None or (row["pages"] and page > row["pages"]):
            return {**here, "state": GONE}
        label, volume = room_maps.page_label(self.db, document, page)
        drawn = scripts.page_state(self.db, document, page)
        failed = row["status"] == "failed" or drawn == "failed"
        state = FAILED if failed else UNNUMBERED if not label else WAITING if drawn == "waiting" else OK
        checked = (row["volume_no"] or 0) in self.checked
        return {**here, "label": label, "volume": volume, "title": row["title"], "pages": row["pages"] or 0,
                "checked": checked, "state": state}  # fmt: skip

    def about_node(self, step: dict) -> dict:
        known = self.maps.get(step["map"])
        if known is None:
            return {"state": GONE, "pages": []}
        node, state = self.find_node(known, step["node"])
        if node is None:
            return {"state": state, "pages": [], "map_title": known["title"]}
        ends = [end for anchor in node.get("anchors", []) for end in room_maps.ends(anchor)]
        pages = [self.about_page(*end) for end in ends[:MOST_PAGES]]
        cited = node.get("bl", "").strip(" -–—")
        if state == OK and ((cited and not ends) or any(page["state"] == GONE for page in pages)):
            state = UNNUMBERED
        return {"state": state, "pages": pages, "title": node.get("text", ""), "map_title": known["title"],
                "version": known["version"] or 0, "bl": node.get("bl", ""), "count": len(ends)}  # fmt: skip

    def find_node(self, known: dict, node: str) -> tuple[dict | None, str]:
        """As the room sees it in the newest version; for editors, as it will when the draft is published."""
        if known["id"] not in self.published:
            version = known["version"]
            found = room_maps.read_map(self.db, self.case, known["id"], version) if version else None
            self.published[known["id"]] = found["nodes"] if found else {}
        if node in self.published[known["id"]]:
            return self.published[known["id"]][node], OK
        if not self.edits:
            return None, HIDDEN
        if known["id"] not in self.drafts:
            row = store_maps.find_map(self.db, self.case, known["id"])
            draft = row["map"] if row else {"nodes": {}}
            self.drafts[known["id"]] = (set(draft["nodes"]), audience.cut(draft, audience.ROOM)["nodes"] if row else {})
        whole, seen = self.drafts[known["id"]]
        if node in seen:
            return seen[node], UNPUBLISHED
        return None, HIDDEN if node in whole else GONE


def worst(states) -> str:
    return min(states, key=ORDER.index, default=OK)


def describe(db, case: str, found: list[dict], *, edits: bool) -> list[dict]:
    """The steps, each with `about`. Notes and what is not published are for editors alone."""
    look = Looking(db, case, edits=edits)
    answer = []
    for n, each in enumerate(found, 1):
        answer.append({**each, "note": each["note"] if edits else "", "about": look.about(each)})
        if n % FEW == 0:
            time.sleep(0)  # of a long script others are answered between
    return answer
