"""Presentation scripts in SQLite. Callers bring the transaction."""

import json
from collections import OrderedDict
from typing import Any

from meetingroom import clock, log
from meetingroom.cases import ops_store
from meetingroom.cases.scripts import steps as rules
from meetingroom.database import fetch_all, fetch_one

OPS = ops_store.Ops("script_ops", "script", rules.NAMES, taken="step_taken")
MOST = 30  # scripts of one case
HELD = 50  # scripts in memory: a page that is turned reads none anew
_held: OrderedDict[tuple, tuple[tuple, dict]] = OrderedDict()  # of each the newest revision


def list_scripts(db, case: str, *, removed: bool = False) -> list[dict]:
    """[{id, title, is_default, rev, at, changed_at, by_name}], the one that is presented first."""
    return fetch_all(
        db,
        "select scripts.id, scripts.title, is_default, rev, scripts.at, changed_at, coalesce(users.name, '') as by_name"
        ' from scripts left join users on users.id = scripts."by" where "case" = ? and (removed_at > 0) = ?'
        " order by is_default desc, scripts.at, scripts.rowid",
        (case, removed),
    )


def find(db, case: str, id: str = "") -> dict | None:
    """A script of a case with `script`, what it says; without an id the one that is presented."""
    which = "id = ?" if id else "is_default = 1 and removed_at = 0 and ? = ''"
    row = fetch_one(db, f'select * from scripts where "case" = ? and {which}', (case, id))  # noqa: S608
    return row and {**row, "script": read(db, row)}


def read(db, row: dict) -> dict:
    """What a row says, once a revision. Nobody changes what this returns."""
    if db.conn.in_transaction:  # it may be rolled back
        return json.loads(row["body"])
    file = str(db.conn.execute("pragma database_list").fetchone()[2])
    key, revision = (file, row["id"]), (row["rev"], len(row["body"]))
    known = _held.pop(key, None)
    if known is None or known[0] != revision:
        known = (revision, json.loads(row["body"]))
    _held[key] = known
    while len(_held) > HELD:
        _held.popitem(last=False)
    return known[1]


def steps(db, case: str, id: str = "") -> list[dict]:
    """The steps of the script of a case in their order, [] where there is none: {id, kind: node | evidence | pair |
    media | callout, map?, node?, document?, page?, rects?, marks?, left?, right?, media?, title,
    note}."""
    row = find(db, case, id)
    return [rules.bare(each) for each in row["script"]["steps"]] if row else []


def find_step(db, case: str, step: str, id: str = "") -> tuple[dict, dict, int] | None:
    """(the script, the step, which one it is from 1 on)."""
    row = find(db, case, id)
    n = rules.place_of(row["script"], step) if row and not row["removed_at"] else -1
    return (row, rules.bare(row["script"]["steps"][n]), n + 1) if row and n >= 0 else None


def pages_of(db, case: str) -> dict[str, set[int]]:
    """The pages that the script of a case shows, by document."""
    row = find(db, case)
    found: dict[str, set[int]] = {}
    for step in row["script"]["steps"] if row else ():
        for document, page in rules.pages_of(step):
            found.setdefault(document, set()).add(page)
    return found


def media_of(db, case: str) -> set[str]:
    """The recordings and photos that the script of a case shows."""
    row = find(db, case)
    return {step["media"] for step in (row["script"]["steps"] if row else ()) if step["kind"] == "media"}


def add_script(db, case: str, title: str, by: str, *, script: dict | None = None, id: str = "") -> str:
    """The first of a case is the one that is presented. Returns its id."""
    id, at = id or clock.new_id(), clock.now()
    first = fetch_one(db, 'select 1 from scripts where "case" = ? and is_default = 1 limit 1', (case,)) is None
    script = script or rules.new_script()
    db["scripts"].insert(
        {"id": id, "case": case, "title": title, "is_default": int(first), "rev": script["rev"], "body": dump(script),
         "by": by, "at": at, "changed_at": at}
    )  # fmt: skip
    return id


def copied(script: dict) -> dict:
    """The steps of a script as those of another: with ids of their own, nothing in the bin."""
    made = [{**rules.bare(step), "id": f"s{clock.new_id()[:12]}", "stamps": {}} for step in script["steps"]]
    return {**rules.new_script(), "steps": made}


def change_script(db, id: str, changes: dict[str, Any]) -> None:
    db["scripts"].update(id, {**changes, "changed_at": clock.now()})


def make_default(db, case: str, id: str) -> None:
    db.conn.execute('update scripts set is_default = (id = ?) where "case" = ?', (id, case))


def count(db, case: str) -> int:
    row = fetch_one(db, 'select count(*) as n from scripts where "case" = ?', (case,))
    return row["n"] if row else 0


def dump(script: dict) -> str:
    return json.dumps(script, ensure_ascii=False, separators=(",", ":"))


# Operations


def perform(db, row: dict, op: Any, by: str) -> dict:
    """One operation of somebody: {rev, op}, as it was done. Changes `row`, which the caller must `save` when all are
    done. The same id again answers the same. Raises Refused (steps.apply, ops_store.read)."""
    asked = ops_store.read(db, OPS, row, op, by)
    if asked.done:
        return asked.done
    op = asked.op(asked.wish)
    before = row["script"]
    row["script"] = rules.apply(before, op)
    row["rev"] = row["script"]["rev"]
    db["script_ops"].insert(
        {"script": row["id"], "rev": row["rev"], "case": row["case"], "id": op["id"], "at": clock.now(), "by": by,
         "op": log.canonical_json(op), "back": log.canonical_json(rules.inverse(before, op))}
    )  # fmt: skip
    return {"rev": row["rev"], "op": op}


def save(db, row: dict) -> None:
    change_script(db, row["id"], {"rev": row["rev"], "body": dump(row["script"])})


# What was painted on a big screen


def note_painted(db, case: str, script: str, step: str, place: str, screen: str) -> None:
    """`place`: what the step shows, in one word (`place_word`)."""
    db["script_painted"].insert(
        {"script": script, "step": step, "case": case, "place": place, "screen": screen, "at": clock.now()},
        replace=True,
    )


def list_painted(db, script: str) -> dict[str, dict]:
    """{step: {place, screen, at}}."""
    rows = fetch_all(db, "select step, place, screen, at from script_painted where script = ?", (script,))
    return {row["step"]: row for row in rows}


def place_word(step: dict) -> str:
    """What a step shows, in one word: that it was painted counts as long as it shows the same."""
    kept = {name: value for name, value in step.items() if name not in ("id", "title", "note", "stamps", "about")}
    return log.canonical_json(kept)


def page_state(db, document: str, page: int) -> str:
    """drawn | waiting | failed (a placeholder is shown in its place)."""
    row = fetch_one(db, "select coalesce(error, '') as error from pages where document = ? and n = ?", (document, page))
    return "waiting" if row is None else "failed" if row["error"] else "drawn"
