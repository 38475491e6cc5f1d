"""Mind maps in SQLite: as they are, their operations, what was published of them. Callers bring the transaction.

Operations stand in a chain of hashes, as the log of the case does: what a map says, somebody wrote.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any

from meetingroom import clock, log
from meetingroom.cases import (
    audience,
    citation,
    findings,
    looking,
    node_excerpt_store,
    node_fields,
    ops_store,
    parts,
    store_numbers,
    tree,
)
from meetingroom.database import fetch_all, fetch_one
from meetingroom.meeting.kernel import Refused

TABLES = ("map_ops", "map_versions", "map_bodies", "map_files", "map_trays")
OPS = ops_store.Ops("map_ops", "map", tree.NAMES, taken="taken")
MOST_ANCHORS = 60  # pages of one node that are kept with it; of a longer range the first ones
TRAY = ("changed", "parent_removed", "node_gone", "map_full", "too_deep", "taken")


def list_maps(db, case: str, *, removed: bool = False) -> list[dict]:
    """[{id, title, version, rev, at, changed_at, by_name, source}]; version 0: nothing is published."""
    return fetch_all(
        db,
        "select maps.id, maps.title, rev, maps.at, changed_at, source, coalesce(users.name, '') as by_name,"
        " coalesce((select max(version) from map_versions where map = maps.id), 0) as version from maps"
        ' left join users on users.id = maps."by" where "case" = ? and (removed_at > 0) = ?'
        " order by maps.at, maps.rowid",
        (case, removed),
    )


def find_map(db, case: str, id: str) -> dict | None:
    """The row with `map`, read; also of one that was removed (`removed_at`)."""
    row = fetch_one(db, 'select * from maps where id = ? and "case" = ?', (id, case))
    return row and {"map": json.loads(row.pop("body")), **row}


def find_row(db, case: str, id: str) -> dict | None:
    """As find_map, without what the map says: for those who ask again and again whether anything happened."""
    return fetch_one(db, f'select {ROW} from maps where id = ? and "case" = ?', (id, case))  # noqa: S608


ROW = 'id, "case", title, rev, source, source_sha, "by", at, changed_at, removed_at'


def add_map(db, case: str, title: str, map: dict, by: str, *, source: str = "", sha: str = "", id: str = "") -> str:
    id, at = id or clock.new_id(), clock.now()
    db["maps"].insert(
        {"id": id, "case": case, "title": title, "rev": map["rev"], "body": dump(map), "source": source,
         "source_sha": sha, "by": by, "at": at, "changed_at": at}
    )  # fmt: skip
    node_excerpt_store.note(db, case, id, map["nodes"], by)
    return id


def change_map(db, id: str, changes: dict[str, Any]) -> None:
    db["maps"].update(id, {**changes, "changed_at": clock.now()})


def dump(map: dict) -> str:
    return json.dumps(map, ensure_ascii=False, separators=(",", ":"))


# Operations


def perform(db, row: dict, op: Any, by: str) -> dict:
    """One operation of somebody: {rev, op}, as it was done. Changes `row`, which the caller must `save` when all are
    done. The same id again answers the same.

    Raises Refused (tree.apply); what was typed with it then lies in its author's tray, which the caller must commit.
    """
    asked = ops_store.read(db, OPS, row, op, by)
    if asked.done:
        return asked.done
    before = row["map"]
    op = asked.op(with_anchors(db, row["case"], asked.name, asked.wish, before["nodes"]))
    try:
        row["map"] = tree.apply(before, op)
    except Refused as no:
        if no.code in TRAY and not asked.undoes:
            put_in_tray(db, row["id"], by, op, no.code)
        raise
    row["rev"] = row["map"]["rev"]
    write_op(db, row, op, tree.inverse(before, op), by)
    note_excerpts(db, row, op, by)
    return {"rev": row["rev"], "op": op}


def note_excerpts(db, row: dict, op: dict, by: str) -> None:
    """On which scan an excerpt was drawn that an operation put on a node."""
    name, wish = tree.read_op(op)
    fields = wish["set"] if name == "edit" else wish["node"] if name == "add" else {}
    node = fields["id"] if name == "add" else wish.get("node", "")
    if fields.get("anchors") and node in row["map"]["nodes"]:
        node_excerpt_store.note(db, row["case"], row["id"], {node: row["map"]["nodes"][node]}, by)


def write_op(db, row: dict, op: dict, back: dict, by: str) -> None:
    last = fetch_one(db, "select hash from map_ops where map = ? order by rev desc limit 1", (row["id"],))
    at, said = clock.now(), log.canonical_json(op)
    hashed = log.chain_hash(last["hash"] if last else "", row["id"], row["rev"], clock.iso(at), by, op["id"], said)
    db["map_ops"].insert(
        {"map": row["id"], "rev": row["rev"], "id": op["id"], "at": at, "by": by, "op": said,
         "back": log.canonical_json(back), "hash": hashed}
    )  # fmt: skip


def save(db, row: dict) -> None:
    """The map as the operations left it: a large one is written once for all of them."""
    change_map(db, row["id"], {"rev": row["rev"], "body": dump(row["map"])})


def ops_since(db, map: str, rev: int, limit: int) -> list[dict]:
    """[{rev, at, by, by_name, op}] after a revision."""
    rows = fetch_all(
        db,
        "select rev, map_ops.at, map_ops.\"by\", coalesce(users.name, '') as by_name, op from map_ops"
        ' left join users on users.id = map_ops."by" where map = ? and rev > ? order by rev limit ?',
        (map, rev, limit),
    )
    return [{**each, "op": json.loads(each["op"])} for each in rows]


def broken_at(db, map: str) -> int:
    """The revision whose hash does not fit the chain; 0 where all is well."""
    before = ""
    for row in fetch_all(db, "select * from map_ops where map = ? order by rev", (map,)):
        before = log.chain_hash(before, map, row["rev"], clock.iso(row["at"]), row["by"], row["id"], row["op"])
        if before != row["hash"]:
            return row["rev"]
    return 0


def put_in_tray(db, map: str, person: str, op: dict, code: str) -> None:
    name, wish = tree.read_op(op)
    typed = wish.get("set") if name == "edit" else wish.get("node") if name == "add" else None
    if isinstance(typed, dict) and any(isinstance(typed.get(field), str) and typed[field] for field in TYPED):
        db["map_trays"].insert(
            {"map": map, "id": op["id"], "person": person, "at": clock.now(), "code": code,
             "op": log.canonical_json(op)}, replace=True,
        )  # fmt: skip


TYPED = ("text", "note", "bl")


def read_tray(db, map: str, person: str) -> list[dict]:
    """[{id, at, code, op}] of what somebody typed that is not in the map."""
    rows = fetch_all(
        db, "select id, at, code, op from map_trays where map = ? and person = ? order by at", (map, person)
    )
    return [{**row, "op": json.loads(row["op"])} for row in rows]


def take_from_tray(db, map: str, person: str, id: str) -> None:
    db.conn.execute("delete from map_trays where map = ? and person = ? and id = ?", (map, person, id))


# Citations of a node


def with_anchors(db, case: str, name: str, wish: dict, nodes: dict[str, dict]) -> dict:
    """A BL that is typed keeps the pages it means now: a later number changes the label and not the page. An excerpt
    stays on its page, where this is still meant."""
    fields = wish.get("set") if name == "edit" else wish.get("node") if name == "add" else None
    if not isinstance(fields, dict) or not isinstance(fields.get("bl"), str) or "anchors" in fields:
        return wish
    if len(fields["bl"]) > node_fields.LONGEST_BL:  # it is refused: nobody looks for its pages
        return wish
    before = nodes.get(wish["node"], {}) if name == "edit" and isinstance(wish.get("node"), str) else {}
    framed = {(each.get("document"), each.get("page")): each for each in before.get("anchors", ()) if each.get("rect")}
    found = anchors_of(db, case, fields["bl"])
    filled = {**fields, "anchors": [framed.get((each.get("document"), each.get("page")), each) for each in found]}
    return {**wish, ("set" if name == "edit" else "node"): filled}


def anchors_of(db, case: str, bl: str) -> list[dict]:
    """The pages of a BL field, as far as each means one thing only: [{document, page}] or, of a contradiction,
    [{left, right}]."""
    found: list[dict] = []
    for cited in citation.parse(bl, field=True):
        answer = store_numbers.resolve(db, case, cited)
        pages = [{"document": page["document"], "page": page["page"]} for page in answer.pages]
        if answer.result != "one":
            continue
        if answer.against and len(pages) > answer.against:
            left, right = pages[: -answer.against], pages[-answer.against :]
            found += [{"left": left[0], "right": each} for each in right]
        else:
            found += pages
    return found[:MOST_ANCHORS]


def check_citations(db, case: str, map: dict) -> dict[str, dict]:
    """{node: {result, missing, nearest, pages}} of every node whose BL field says something; `result` as in
    `store_numbers.Resolution`, the worst of its citations; "unread": it is no citation."""
    found = {}
    known: dict[str, dict] = {}
    for node, mine in map["nodes"].items():
        bl = mine.get("bl", "")
        if bl.strip(" -–—"):
            if bl not in known:
                known[bl] = check_field(db, case, bl)
                time.sleep(0)  # a large map has thousands: others are answered between them
            found[node] = known[bl]
    return found


def check_field(db, case: str, bl: str) -> dict:
    cited = citation.parse(bl, field=True)
    if not cited:
        return {"result": "unread", "pages": [], "missing": [], "nearest": []}
    answers = [store_numbers.resolve(db, case, each) for each in cited]
    worst = max((answer.result for answer in answers), key=("one", "several", "none").index)
    missing = [label for answer in answers for label in answer.missing]
    return {
        "result": "none" if missing and worst == "one" else worst,
        "pages": [page for answer in answers for page in answer.pages][:MOST_ANCHORS],
        "missing": missing,
        "nearest": [page for answer in answers for page in answer.nearest][:4],
        "count": sum(answer.count for answer in answers),
    }


def without_bl(map: dict) -> list[str]:
    """Nodes at the end of a branch that name no sheet, in the order of reading."""
    missing = set(findings.uncited(map["nodes"]))
    return [node for node, _depth in tree.walk(map) if node in missing]


@looking.cites
def texts_of_maps(db, case: str) -> Iterator[looking.Cited]:
    """Every BL of the maps of a case; leaves that name none are said as well. Leaders read maps as they are, readers
    what was published: what is to be mended in a draft is nothing for them."""
    for each in list_maps(db, case):
        row = find_map(db, case, each["id"])
        nodes = row["map"]["nodes"] if row else {}
        missing = set(findings.uncited(nodes))
        read_by_leaders = audience.visible(row["map"], audience.LEADERS) if row else {}
        for key, node in nodes.items():
            if key in missing or (node.get("bl") and not node.get("anchors")):
                url = f"/cases/{case}/maps/{each['id']}#{key}"
                where = f"{each['title']} · {node['text'][:80]}"
                seen_by = audience.LEADERS if key in read_by_leaders else audience.OWNER
                yield looking.Cited(where, node.get("bl", ""), url, needs=key in missing, audience=seen_by)


# Versions


def publish(db, row: dict, by: str) -> int:
    """What the map says now becomes a version that never changes: a file for each audience. Returns its number."""
    last = fetch_one(db, "select max(version) as n from map_versions where map = ?", (row["id"],))
    version = ((last and last["n"]) or 0) + 1
    whole = {**row["map"], "nodes": with_pages(db, row["case"], row["map"]["nodes"])}
    shas = {}
    for each in audience.AUDIENCES:
        seen = bare(audience.cut(whole, each))
        body = dump(
            {"case": row["case"], "map": row["id"], "version": version, "title": row["title"], "audience": each, **seen}
        )
        shas[each] = hashlib.sha256(body.encode()).hexdigest()
        db["map_bodies"].insert({"map": row["id"], "sha": shas[each], "body": body}, ignore=True)
    db["map_versions"].insert(
        {"map": row["id"], "version": version, "rev": row["rev"], "at": clock.now(), "by": by, **shas}
    )
    return version


def with_pages(db, case: str, nodes: dict[str, dict]) -> dict[str, dict]:
    """A BL that was typed before anything was numbered finds its pages now."""
    unplaced = {key: node["bl"] for key, node in nodes.items() if node.get("bl") and not node.get("anchors")}
    found = {}
    for bl in set(unplaced.values()):
        found[bl] = anchors_of(db, case, bl)
        if not db.conn.in_transaction:
            time.sleep(0)  # others are answered between them
    return {**nodes, **{key: {**nodes[key], "anchors": found[bl]} for key, bl in unplaced.items() if found[bl]}}


def bare(map: dict) -> dict:
    """As it is shown: without what an imported file said beside it, and without the bin."""
    links = {key: {name: link[name] for name in ("from", "to", "kind", "text")} for key, link in map["links"].items()}
    nodes = {key: bare_node(node) for key, node in map["nodes"].items()}
    return {**{key: map[key] for key in ("rev", "root", "loose")}, "nodes": nodes, "links": links}


def bare_node(node: dict) -> dict:
    return {name: value for name, value in node.items() if name != "extra"}


def list_versions(db, map: str, audience: str) -> list[dict]:
    """[{version, rev, at, by_name, sha, reported}], the latest first; `sha` of what this audience sees; `reported`:
    whether a meeting has seen it (`reported_store.py`)."""
    return fetch_all(
        db,
        f"select version, rev, map_versions.at, coalesce(users.name, '') as by_name, {SHAS[audience]} as sha,"  # noqa: S608
        " exists (select 1 from map_reports where map_reports.map = map_versions.map"
        " and map_reports.version = map_versions.version) as reported"
        ' from map_versions left join users on users.id = map_versions."by" where map = ? order by version desc',
        (map,),
    )


SHAS = {"owner": "map_versions.owner", "leaders": "map_versions.leaders", "room": "map_versions.room"}


def published(db, map: str, version: int, audience: str) -> dict | None:
    """What an audience sees of a version: {case, map, version, title, audience, rev, root, loose, nodes, links};
    version 0: the latest. None where there is none."""
    wanted = (
        f"select body from map_versions join map_bodies on map_bodies.map = map_versions.map and sha = {SHAS[audience]}"  # noqa: S608
        " where map_versions.map = ? and (version = ? or ? = 0) order by version desc limit 1"
    )
    row = fetch_one(db, wanted, (map, version, version))
    return json.loads(row["body"]) if row else None


# Files that came with a map


def sha_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def add_file(db, map: str, name: str, kind: str, data: bytes) -> str:
    """Returns its SHA-256."""
    sha = sha_of(data)
    row = {"map": map, "name": name, "sha": sha, "type": kind, "bytes": len(data), "data": data}
    db["map_files"].insert(row, replace=True)
    return sha


def list_files(db, map: str) -> list[dict]:
    return fetch_all(db, "select name, sha, type, bytes from map_files where map = ? order by name", (map,))


def read_file(db, map: str, sha: str) -> dict | None:
    return fetch_one(db, "select name, sha, type, bytes, data from map_files where map = ? and sha = ?", (map, sha))


def read_named(db, map: str, name: str) -> bytes | None:
    row = fetch_one(db, "select data from map_files where map = ? and name = ?", (map, name))
    return row["data"] if row else None


@parts.describes("maps")
def maps_of_case(db, row: dict) -> list[dict]:
    return list_maps(db, row["id"])


@parts.forgets
def forget(db, case: str) -> None:
    for table in TABLES:
        db.conn.execute(f'delete from {table} where map in (select id from maps where "case" = ?)', (case,))  # noqa: S608
