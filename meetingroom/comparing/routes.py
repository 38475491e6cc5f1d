"""How two versions of a paper differ, for whoever may read both."""

from flask import Blueprint, request

from meetingroom.auth.guard import signed_in
from meetingroom.comparing import store
from meetingroom.database import Pool
from meetingroom.documents import access, serving
from meetingroom.documents import store as documents
from meetingroom.jobs import queue
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("comparing", __name__)


@bp.get("/api/documents/<document>/match")
@signed_in
def match(document: str):
    """`?old=` → `{status: ready, map: [[old, new, count, same | changed]], same, changed: [{old, new, numbers, texts}],
    added, removed, moved, doubtful}`, those where a number alone has changed first.

    202 `{status: processing | comparing}` until both are drawn and compared: asking for it begins it. Whoever prepares
    the meeting compares any two of its documents, and is told `marked`, how many people have marks of their own on
    pages that have changed or are left out; others compare versions of one paper; of a restricted one no `texts`.
    """
    old, new = request.args.get("old", ""), access.sight_of_all(document)
    before = access.sight_of_all(old)
    if before.row["meeting"] != new.row["meeting"] or old == document:
        raise Problem("not_found", 404)
    if not new.staff and not of_one_paper(old, document):
        raise Problem("not_found", 404)
    if "failed" in (before.row["status"], new.row["status"]):
        raise Problem("document_not_ready", 409)
    if "processing" in (before.row["status"], new.row["status"]):
        return {"status": "processing", "progress": new.row["progress"]}, 202
    # Not in the event loop: of a long paper that is much to read.
    found = context().in_thread(read_match, context().pool, old, document)
    if found is None or (found["status"] == store.FAILED and "again" in request.args):
        begin(old, document)
        return {"status": "comparing"}, 202
    if found["status"] == store.FAILED:
        raise Problem("not_compared", 409)
    if found["status"] == store.COMPARING:
        return {"status": "comparing"}, 202
    answer = describe(old, document, found, quoted=not (new.uncopied or before.uncopied))
    return {**answer, "marked": count_marked(old, found)} if new.staff and before.staff else answer


def count_marked(old: str, found: dict) -> int:
    """How many people have marked pages of the old one that are changed or left out: a number, never who."""
    pages = [page["old"] for page in found["pages"].values()] + list(found["map"]["removed"])
    with context().pool.lend() as db:
        return store.count_markers(db, old, pages)


def of_one_paper(old: str, new: str) -> bool:
    with context().pool.lend() as db:
        papers = [{paper["id"] for paper in documents.readers_of(db, each)} for each in (old, new)]
    return bool(papers[0] & papers[1])


def read_match(pool: Pool, old: str, new: str) -> dict | None:
    with pool.lend() as db:
        return store.find_match(db, old, new)


def read_change(pool: Pool, old: str, new: str, number: int) -> dict | None:
    with pool.lend() as db:
        return store.find_change(db, old, new, number)


def begin(old: str, new: str) -> None:
    with context().pool.writing() as db:
        store.begin_match(db, old, new)
        queue.request_once(db, store.MATCH, f"{old}/{new}")
    queue.wake_worker(context().settings)


def describe(old: str, new: str, found: dict, quoted: bool) -> dict:
    about = found["map"]
    changed = [
        {
            "old": page["old"],
            "new": int(number),
            "numbers": page["numbers"],
            "texts": page["texts"][:3] if quoted else [],
        }
        for number, page in found["pages"].items()
    ]
    return {
        "status": "ready",
        "old": old,
        "new": new,
        "map": about["runs"],
        "same": sum(run[2] for run in about["runs"] if run[3] == "same"),
        "changed": sorted(changed, key=lambda page: (not page["numbers"], page["new"])),
        **{key: about[key] for key in ("added", "removed", "moved", "doubtful")},
    }


@bp.get("/documents/<document>/changes/<int:number>.json")
@signed_in
def changes(document: str, number: int):
    """Of a page of the new version: `{page, old: {document, page}, kind: same | changed | added, numbers, added: [box],
    removed: [box], texts: [[old, new]], rects: [box]}`, boxes as fractions of the page; `removed` lie on the old one.
    `?old=` names what it is compared with; if left out, the version before. Of a restricted paper no `texts`."""
    new = access.sight_of(document, number)
    with context().pool.lend() as db:
        old = request.args.get("old", "") or store.replaced_by(db, document)
    before = access.find_visible(old)
    found = context().in_thread(read_change, context().pool, old, document, number)
    if found is None or not 1 <= number <= new.row["pages"]:
        raise Problem("not_found", 404)
    run = next((run for run in found["runs"] if run[1] <= number < run[1] + run[2]), None)
    answer: dict = {"page": number, "old": None, "kind": "added", "numbers": False}
    answer |= {key: [] for key in ("added", "removed", "texts", "rects")}
    if run:
        page = number - run[1] + run[0]
        if not before.shows(page):
            raise Problem("not_found", 404)
        answer |= {"old": {"document": old, "page": page}, "kind": run[3]}
        answer |= {key: value for key, value in found["page"].items() if key != "old"}
    if new.uncopied or before.uncopied:  # where it has changed, and no word of it
        answer["texts"] = []
    return answer, {"Cache-Control": serving.ASK_AGAIN if new.open and before.open else serving.NEVER}
