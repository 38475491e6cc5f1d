"""Acts as they arrive, and what becomes of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from meetingroom import clock
from meetingroom.marks import bodies, store
from meetingroom.marks.merging import Mark, Op, merge
from meetingroom.meeting.state import Paper
from meetingroom.meeting.strokes import height_of
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import is_command_id

AT_ONCE = 200
FIELDS = {"op", "id", "put", "drop", "base", "device"}
PUT = {"kind", "document", "page", "body", "at", "from"}
DEVICE = 60  # letters
LATEST = 4_102_444_800_000  # ms, the year 2100: no calendar goes as far as a number does

# (document, page) -> the code of a refusal, or "" where the owner may see the page now.
MaySee = Callable[[str, int], str]


def read_ops(wish: dict) -> list[dict]:
    """The acts, each with an id of its own. Raises Problem: malformed | too_many_ops."""
    ops = wish.get("ops")
    if not isinstance(ops, list) or wish.keys() != {"ops"}:
        raise Problem("malformed", 400, fields={"ops": "type"})
    if len(ops) > AT_ONCE:
        raise Problem("too_many_ops", 422, limit=AT_ONCE)
    for each in ops:
        if not isinstance(each, dict) or not is_command_id(each.get("op")):
            raise Problem("malformed", 400, fields={"op": "type"})
    return ops


def read_op(sent: dict, paper: Paper) -> Op:
    """One act. Raises BadBody with the field that is wrong."""
    id, base, device = sent.get("id"), sent.get("base"), sent.get("device", "")
    if sent.keys() - FIELDS or ("put" in sent) == ("drop" in sent):
        raise bodies.BadBody("op")
    if not bodies.is_id(id):
        raise bodies.BadBody("id")
    if base is not None:
        bodies.whole(base, 0, 2**53, "base")
    device = bodies.text(device, DEVICE, "device")
    if "put" not in sent:
        if sent["drop"] is not True:
            raise bodies.BadBody("drop")
        return Op(sent["op"], str(id), None, base, device)
    return Op(sent["op"], str(id), read_put(str(id), sent["put"], paper), base, device)


def read_put(id: str, put: Any, paper: Paper) -> Mark:
    if not isinstance(put, dict) or put.keys() - PUT:
        raise bodies.BadBody("put")
    kind, document, origin = put.get("kind"), put.get("document"), put.get("from", "")
    if kind not in bodies.KINDS:
        raise bodies.BadBody("kind")
    if not isinstance(document, str) or not 0 < len(document) <= 80:
        raise bodies.BadBody("document")
    page = bodies.whole(put.get("page"), 1, 100_000, "page")
    at = bodies.whole(put.get("at", clock.now()), 0, LATEST, "at")
    if origin != "" and not bodies.is_id(origin):
        raise bodies.BadBody("from")
    tallest = height_of(paper.shape, page) if document == paper.document else bodies.strokes.TALLEST
    return Mark(id, document, page, str(kind), bodies.check_body(str(kind), id, put.get("body"), tallest),
                at=at, origin=origin)  # fmt: skip


def take_ops(
    db, person: str, meeting: str, key: str, paper: Paper, sent: list[dict], may_see: MaySee
) -> tuple[int, list[dict]]:
    """(the person's revision then, what was refused: [{op, id, code, field?}]). Inside the caller's transaction.

    An act that has come before is answered as it was then, and does nothing."""
    rev, _ = store.revision(db, person)
    first = rev
    known = store.list_answers(db, person, [each["op"] for each in sent])
    there = store.find_marks(db, person, [each["id"] for each in sent if isinstance(each.get("id"), str)])
    room, refused, now = store.Room(db, person, key), [], clock.now()
    for each in sent:
        op = each["op"]
        if (answer := known.get(op)) is None:
            answer, written = judge(each, key, paper, there, may_see, room, now)
            if written:
                rev += 1
                written = replace(written, rev=rev)
                store.write_mark(db, person, meeting, key, written)
                there[written.id] = (key, written)
            # What may be otherwise in a moment is asked again under the same id.
            if answer not in PASSING:
                store.keep_answer(db, person, op, meeting, answer, now)
                known[op] = answer
        if answer:
            code, _, field = answer.partition(":")
            refused.append({"op": op, "id": each.get("id"), "code": code, **({"field": field} if field else {})})
    if rev != first:
        store.keep_revision(db, person, rev)
    return rev, refused


PASSING = ("not_found", "ink_full", "marks_full", "recalled")


def judge(sent: dict, key: str, paper: Paper, there: dict, may_see: MaySee, room: store.Room, now: int):
    """(the code of a refusal, with the field that is wrong behind a colon, or ""; the mark to write or None)."""
    try:
        act = read_op(sent, paper)
    except bodies.BadBody as wrong:
        return f"mark_wrong:{wrong}", None
    place, before = there.get(act.id, (key, None))
    if place != key:
        return "another_mark", None
    where = act.mark or before
    if act.mark and (hindrance := may_see(act.mark.document, act.mark.page)):
        return hindrance, None
    written, refusal = merge(before, act, now)
    if written and not written.dropped and (before is None or before.dropped or written.id != act.id):
        refusal = room.take(written)
    return refusal, None if refusal or where is None else written
