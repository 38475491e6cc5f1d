"""My marks on a paper: what has changed, and what I change. Nobody else's are ever read here, whoever asks."""

from dataclasses import asdict

from flask import Blueprint, g, request
from flask_babel import lazy_gettext as _l

from meetingroom.auth import guard
from meetingroom.marks import carrying, ops, store
from meetingroom.marks.merging import Mark
from meetingroom.marks.sight import PaperInSight
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object
from meetingroom.web.messages import messages

bp = Blueprint("marks", __name__)
LARGEST = 256 * 1024  # bytes
NEVER = {"Cache-Control": "private, no-store"}
messages.update(
    {
        "too_many_ops": _l("Too many changes at once."),
        "mark_wrong": _l("This mark cannot be kept."),
        "another_mark": _l("Something else has this mark's name."),
        "mark_dropped": _l("This mark was deleted on another device."),
        "mark_stays": _l("A stroke is not changed; draw another."),
        "marks_full": _l("There is no room for more marks on this paper."),
    }
)


@bp.get("/api/papers/<paper>/marks")
@guard.signed_in
def read(paper: str):
    """My own marks: `{rev, marks: [{id, document, page, kind, body, rev, at, from?}], gone, orphans}`; with `?after=`
    (a `rev`) what has changed since. `gone`: ids of those that were dropped; `orphans`: of those that stand on an
    earlier version alone, and `left`, where there are any, their pages: `[{document, version, page, to, n}]`, `to` the
    page that stands for it now (0: none), `n` the places. `whole`: it is all of them, whatever was asked."""
    after = request.args.get("after", "0")
    if not after.isascii() or not after.isdigit() or len(after) > 15:
        raise Problem("malformed", 400, fields={"after": "type"})
    sight = PaperInSight(paper)
    sight.bring_along(g.user.id)
    with context().pool.lend() as db:
        rev, swept = store.revision(db, g.user.id)
        every = store.list_marks(db, g.user.id, paper)
    # Of a page on the stage only, the next page has other marks; of long ago, nobody knows any more what is gone.
    whole = not sight.whole or int(after) < swept or int(after) > rev
    since = 0 if whole else int(after)
    seen = [mark for mark in every if not mark.dropped and not sight.may_see(mark.document, mark.page)]
    behind = left_behind(every, seen, sight.paper.document)
    left = carrying.list_left(behind, sight.paper.versions)
    return {
        "rev": rev,
        "marks": [tell(mark) for mark in seen if mark.rev > since],
        "gone": [mark.id for mark in every if mark.dropped and mark.rev > since] if since else [],
        "orphans": [mark.id for mark in behind],
        **({"left": [asdict(each) for each in left]} if left else {}),
        **({"whole": True} if whole or not since else {}),
    }, NEVER


def tell(mark: Mark) -> dict:
    about = {"id": mark.id, "document": mark.document, "page": mark.page, "kind": mark.kind, "body": mark.body}
    return {**about, "rev": mark.rev, "at": mark.at, **({"from": mark.origin} if mark.origin else {})}


def left_behind(every: list[Mark], seen: list[Mark], document: str) -> list[Mark]:
    carried = {mark.origin for mark in every}
    return [mark for mark in seen if mark.document != document and mark.id not in carried]


@bp.post("/api/papers/<paper>/marks/carry")
@guard.signed_in
def carry(paper: str):
    """`{document, page}`: what of mine was not found again on this page of an earlier version is put, as it stands, on
    the page that stands for it now → `{rev, moved}`. 409 where none does. Again it does nothing."""
    wish = read_json_object()
    document, page = wish.get("document"), wish.get("page")
    if wish.keys() != {"document", "page"} or not isinstance(document, str) or type(page) is not int:
        raise Problem("malformed", 400, fields={"page": "type"})
    sight = PaperInSight(paper)
    versions = sight.paper.versions
    if document == sight.paper.document or sight.may_see(document, page):
        raise Problem("not_found", 404)
    place = carrying.landing(Mark("", document, page, ""), versions)
    if place is None:
        raise Problem("no_such_page", 409)
    if sight.may_see(sight.paper.document, place[0]):
        raise Problem("not_found", 404)
    with context().pool.writing() as db:
        moved = store.put_over(db, g.user.id, sight.meeting, paper, versions, document, page)
        rev, _ = store.revision(db, g.user.id)
    return {"rev": rev, "moved": moved}, NEVER


@bp.post("/api/papers/<paper>/marks")
@guard.signed_in
def write(paper: str):
    """`{ops: [{op, id, put: {kind, document, page, body, at?, from?} or drop: true, base?, device?}]}` → `{rev,
    refused: [{op, id, code, field?}]}`. At most 200 and 256 KB; an `op` that comes again has the same answer."""
    if (request.content_length or 0) > LARGEST or len(request.get_data()) > LARGEST:
        raise Problem("too_large", 413, limit=LARGEST)
    sent = ops.read_ops(read_json_object())
    try:
        sight = PaperInSight(paper)
    except Problem as problem:
        if problem.code != "recalled":
            raise
        return {"rev": 0, "refused": [refusal(each, "recalled") for each in sent]}, NEVER
    with context().pool.writing() as db:
        rev, refused = ops.take_ops(db, g.user.id, sight.meeting, paper, sight.paper, sent, sight.may_see)
    return {"rev": rev, "refused": refused}, NEVER


def refusal(sent: dict, code: str) -> dict:
    return {"op": sent["op"], "id": sent.get("id"), "code": code}
