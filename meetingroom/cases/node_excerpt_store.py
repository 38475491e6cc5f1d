"""Excerpts that stand on nodes of maps: on which scan each was drawn, or looked at since, in SQLite. The frame itself
is the map's; here lies what a map does not know. Callers bring the transaction."""

from collections.abc import Iterable, Iterator

from meetingroom import clock
from meetingroom.cases import store_numbers
from meetingroom.database import fetch_all, fetch_one

Key = tuple[str, str, str, int, str]  # map, node, document, page, frame


def frame_word(rect: Iterable[float]) -> str:
    """A frame in thousandths of its page: two that are the same on a screen have one word."""
    return ",".join(str(round(value * 1000)) for value in rect)


def framed(nodes: dict[str, dict]) -> Iterator[tuple[str, dict]]:
    """(node, end of one of its anchors) of each excerpt that stands on a node."""
    for key, node in nodes.items():
        for anchor in node.get("anchors", ()):
            for end in (anchor, anchor.get("left") or {}, anchor.get("right") or {}):
                if end.get("rect") and "document" in end:
                    yield key, end


def note(db, case: str, map: str, nodes: dict[str, dict], by: str) -> None:
    """The scans of this moment, of excerpts that are new on these nodes."""
    for key, end in framed(nodes):
        place = (map, key, end["document"], end["page"], frame_word(end["rect"]))
        db["node_excerpts"].insert(row_of(db, case, place, by), ignore=True)


def confirm(db, case: str, place: Key, by: str) -> None:
    """The frame is right on the scan that is there now, and under its number."""
    db["node_excerpts"].insert(row_of(db, case, place, by), replace=True)


def row_of(db, case: str, place: Key, by: str) -> dict:
    map, node, document, page, frame = place
    row = fetch_one(
        db,
        "select documents.sha from documents join case_documents on document = documents.id"
        ' where documents.id = ? and case_documents."case" = ?',
        (document, case),
    )
    label = store_numbers.label_of(db, document, page)[0] if row else ""  # a node can name what is none of this case
    return {"map": map, "node": node, "document": document, "page": page, "frame": frame, "case": case,
            "sha": row["sha"] if row else "", "label": label, "by": by, "at": clock.now()}  # fmt: skip


def list_known(db, case: str) -> dict[Key, dict]:
    """{sha, sha_now, label, at, by_name} by place, of every excerpt that was on a node of the case once."""
    rows = fetch_all(
        db,
        "select node_excerpts.*, coalesce(documents.sha, '') as sha_now, coalesce(users.name, '') as by_name"
        " from node_excerpts left join documents on documents.id = node_excerpts.document"
        ' left join users on users.id = node_excerpts."by" where node_excerpts."case" = ?',
        (case,),
    )
    return {(row["map"], row["node"], row["document"], row["page"], row["frame"]): row for row in rows}
