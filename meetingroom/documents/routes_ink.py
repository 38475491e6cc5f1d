"""What is written on a page for everybody, in one piece: for whoever comes late, or has missed something."""

import gzip
import hashlib
import json
from collections import OrderedDict

from flask import Blueprint, request, session

from meetingroom import log
from meetingroom.database import Pool
from meetingroom.documents import access, serving
from meetingroom.meeting import checks
from meetingroom.meeting.ink import strokes_of
from meetingroom.meeting.ink_state import InkedPage
from meetingroom.meeting.versions import page_at
from meetingroom.web.compression import Packed, answer_packed
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("ink", __name__)

SMALL = 2000  # bytes: not worth packing
# Database, document, page, revision; and how much of the log is withheld: revisions are counted anew then.
Key = tuple[str, str, int, int, int]
HELD = 16  # pages: a thousand tablets that join fetch the same one
_held: OrderedDict[Key, Packed] = OrderedDict()


@bp.get("/api/meetings/<meeting>/ink/<document>/<int:page>")
def strokes(meeting: str, document: str, page: int):
    """`{rev, strokes: [{id, t, c, w, d, by, at}]}`, in the order they are drawn; whoever may see the page.
    Asked for with the `rev` it has now (`?rev=`) it is kept for good: that revision never changes. Once the meeting is
    over, an earlier `rev` is the page as it was."""
    sight = access.sight_of(document, page)
    if sight.row["meeting"] != meeting or not 1 <= page <= (sight.row["pages"] or 0):
        raise Problem("not_found", 404)
    pool, rev = context().pool, request.args.get("rev", type=int)
    state = log.state(pool, meeting)
    found = state.ink.page(document, page)
    withheld = len(state.archive.redacted)
    key = (pool.file, document, page, found.rev, withheld)
    if rev is not None and 0 < rev < found.rev and state.meeting.status in checks.OVER:
        key = (*key[:3], rev, withheld)
        if key not in _held:  # it is seen again, as it was
            found = context().in_thread(earlier, pool, meeting, document, page, rev)
    final = rev == key[3]
    answer = answer_packed(packed(key, found), "application/json")
    if not sight.open:
        answer.headers["Cache-Control"] = serving.NEVER
    else:
        answer.headers["Cache-Control"] = serving.FOREVER if final else serving.ASK_AGAIN
    session.accessed = False  # the cookie is renewed now and then, and "Vary: Cookie" would throw it away each time
    return answer


def earlier(pool: Pool, meeting: str, document: str, page: int, rev: int) -> InkedPage:
    """The page as it was at that revision, from the facts that made it. In a thread: a meeting's log is long."""
    with pool.lend() as db:
        facts = log.read(db, meeting)
    return page_at(meeting, facts, document, page, rev)


def packed(key: Key, page: InkedPage) -> Packed:
    """The answer, made once for all who ask."""
    if (found := _held.get(key)) is None:
        text = json.dumps({"rev": page.rev, "strokes": strokes_of(page)}, separators=(",", ":")).encode()
        forms = {"gzip": gzip.compress(text, 1, mtime=0)} if len(text) > SMALL else {}
        found = Packed({**forms, "identity": text}, hashlib.sha256(text).hexdigest()[:20])
    _held[key] = found
    _held.move_to_end(key)
    while len(_held) > HELD:
        _held.popitem(last=False)
    return found
