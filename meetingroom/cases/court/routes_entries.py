"""The entries of a followed trial: written, read a window at a time, followed as they come."""

from typing import Any

from flask import Blueprint, g, request

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases.court import access, describe, store, writing
from meetingroom.cases.court.access import hearing_for
from meetingroom.database import Pool
from meetingroom.meeting.kernel import Refused
from meetingroom.web.context import context
from meetingroom.web.errors import Problem, body
from meetingroom.web.json_body import read_json_object, read_number
from meetingroom.web.messages import message

bp = Blueprint("court_entries", __name__)
MOST_ACTS = 200
MOST_COUNTED = 50
COUNTED: dict[str, tuple[int, dict]] = {}  # hearing: its counts after its last change
WANTED = ("phase", "kind", "role", "name", "by", "marked", "q")


@bp.post("/api/cases/<case>/court/<hearing>/entries")
@signed_in
def write(case: str, hearing: str):
    """`{acts: [{op, id, put: {phase, role?, name?, kind, text, bl?, site?}, at}, …], sent_at}` → `{rev, results: [{op,
    id} | {op, error}]}`, in their order; the named observers. `at` and `sent_at`: ms by the clock of the device, which
    tell how long an entry waited there. Other acts: `edit: {…}`, `remove: true | false` (of one's own), `mark: true |
    false`, `join: <id>`, `unjoin: true`. The same `op` again does nothing more."""
    row = hearing_for(case, hearing)
    if not row["observes"]:
        raise Problem("court_observers_only", 403)
    access.check_open(row)
    wish = read_json_object()
    acts, sent_at = wish.get("acts"), wish.get("sent_at")
    if not isinstance(acts, list) or not 1 <= len(acts) <= MOST_ACTS:
        raise Problem("malformed", 400)
    cited = context().in_thread(looked_up, context().pool, row, acts, sent_at)
    with context().pool.writing() as db:
        now = store.find_hearing(db, case, hearing)
        if now is None or store.find_observer(db, hearing, g.user.id) is None:
            raise Problem("not_found", 404)
        if now["closed_at"]:
            raise Problem("court_closed", 409)
        now["left"] = store.room_left(db, hearing)
        results = [one(db, now, each, sent_at, cited) for each in acts]
        rev = store.rev_of(db, hearing)
    return fresh({"rev": rev, "results": results})


def looked_up(pool: Pool, row: dict, acts: list, sent_at: Any) -> writing.Cited:
    with pool.lend() as db:
        return writing.look_up(db, row, acts, sent_at)


def one(db, hearing: dict, wish: Any, sent_at: Any, cited: writing.Cited) -> dict:
    op = wish.get("op") if isinstance(wish, dict) and isinstance(wish.get("op"), str) else ""
    try:
        return {"op": op, "id": writing.act(db, hearing, g.user.id, wish, sent_at, cited)}
    except Refused as no:
        return {"op": op, **body(no.code, {**no.details, "message": message(no.code)})}


def fresh(answer: dict):
    """Nothing of a case is kept by a browser."""
    return answer, 200, {"Cache-Control": "no-store"}


@bp.get("/api/cases/<case>/court/<hearing>/entries")
@signed_in
def read(case: str, hearing: str):
    """`{rev, entries, more, counts, now, writes, hearing?}`. Without `since` the last 200 (before the entry
    `?before=`, of those that `phase`, `kind`, `role`, `name`, `by`, `marked`, `q` find) with those joined to them, in
    the order of the trial; `more`: there are earlier ones. With `?since=<rev>` what was changed after it, in the order
    of the changes; `more`: ask again; `hearing` where that itself has changed since."""
    row = hearing_for(case, hearing)
    if "since" in request.args:
        return fresh(changes(row, read_number("since")))
    wanted = {key: request.args[key][:200] for key in WANTED if request.args.get(key)}
    with context().pool.lend() as db:
        rows = store.window(db, hearing, request.args.get("before", "")[:80], store.WINDOW + 1, **wanted)
        heads = [each for each in rows if not each["joined"]]
        more = len(heads) > store.WINDOW
        if more:
            dropped = heads[0]["id"]
            rows = [each for each in rows if dropped not in (each["id"], each["joined"])]
        entries = describe.entries(rows, pages_for(db, row))
        counts = counted(db, row)
    return fresh({"rev": row["rev"], "entries": entries, "more": more, "counts": counts, **always(row)})


def changes(row: dict, since: int) -> dict:
    """Of a trial in which nothing has happened this costs next to nothing: many ask, and often."""
    if row["rev"] <= since:
        return {"rev": row["rev"], "entries": [], "more": False, **always(row)}
    with context().pool.lend() as db:
        rows = store.entries_since(db, row["id"], since)
        more = len(rows) == store.WINDOW
        answer = {
            # Never ahead of `row`: what it did not know of yet is told the next time.
            "rev": min(row["rev"], rows[-1]["rev"]) if more else row["rev"],
            "entries": describe.entries(rows, pages_for(db, row)),
            "more": more,
            **always(row),
            "counts": counted(db, row),
        }
        if row["own_rev"] > since:
            answer["hearing"] = describe.hearing(row, store.list_observers(db, row["id"]))
    return answer


def always(row: dict) -> dict:
    """The server's clock, and whether entries are taken: a case may be closed while its trial is open."""
    return {"now": clock.now(), "writes": row["writes"]}


def counted(db, row: dict) -> dict:
    """Once for all who ask after the same change."""
    rev, found = COUNTED.get(row["id"], (-1, {}))
    if rev != row["rev"]:
        found = store.counts(db, row["id"])
        while len(COUNTED) >= MOST_COUNTED:
            COUNTED.pop(next(iter(COUNTED)))
        COUNTED[row["id"]] = (row["rev"], found)
    return found


def pages_for(db, row: dict) -> dict[str, dict] | None:
    return store.titles_of(db, row["case"]) if row["role"] else None


@bp.get("/api/cases/<case>/court/<hearing>/entries/<entry>/changes")
@signed_in
def history(case: str, hearing: str, entry: str):
    """`{text, changes: [{at, by_name, what: put | edit | remove | restore | mark | unmark | join | unjoin, before}]}`,
    the first first; `before`: what the changed fields said."""
    hearing_for(case, hearing)
    with context().pool.lend() as db:
        row = store.find_entry(db, hearing, entry)
        if row is None:
            raise Problem("not_found", 404)
        return fresh({"text": row["text"], "changes": store.list_changes(db, entry)})
