"""Excerpts that are kept on a page of a case: named, offered again, looked at where the scan is another one."""

from flask import Blueprint, g, render_template, request

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import bounds, log_store, node_excerpt_store, room_maps, store, store_maps, tree
from meetingroom.cases.access import case_for, case_to_edit, check_contents
from meetingroom.cases.scripts import callout_store as kept
from meetingroom.cases.scripts import excerpts
from meetingroom.cases.scripts import steps as rules
from meetingroom.cases.scripts import words as words
from meetingroom.meeting.kernel import Refused
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object, read_number
from meetingroom.web.messages import message
from meetingroom.word_marks import marks_inside, marks_left

bp = Blueprint("case_callouts", __name__)
NAME = 120


@bp.get("/api/cases/<case>/callouts")
@signed_in
def list_callouts(case: str):
    """`{callouts: [{id, document, page, name, rects, marks, rev, check, label, volume, title, at, by_name}], may_edit}`
    of a page (`?document=&page=`) or of the whole case; `check`: the scan is another one since, look whether the place
    is still right; `marks`: lines of words that are marked, as frames of the page. With `?all=1` those of the case also
    say {words: what stands in them, marked: what is marked of it, was: what the page was called, gone: there is no such
    page any more, used: [{script, title, step, n}]}, and `of_nodes` are the excerpts that stand on nodes of its maps,
    as far as the asker sees these: the same with {map, map_title, node, text} instead of {id, name, rev, used}; of more
    than 2,000 the first, and `unlisted` says how many are left."""
    row = case_for(case)
    check_contents(row)
    on_nodes: list[dict] = []
    unlisted = 0
    with context().pool.lend() as db:
        if everything := request.args.get("all") == "1":
            found, (on_nodes, unlisted) = excerpts.list_all(db, case), excerpts.list_of_nodes(db, case, row["role"])
            shas = {each["document"]: each["sha"] for each in store.list_documents(db, case)}
        else:
            found = kept.list_kept(db, case, request.args.get("document", ""), read_number("page"))
            for each in found:
                each["label"], each["volume"] = room_maps.page_label(db, each["document"], each["page"])
    if everything:
        both = sorted([*found, *on_nodes], key=excerpts.place_of)
        context().in_thread(excerpts.read_words, context().settings, shas, both)
    may_edit = row["role"] in store.EDITORS and not row["closed_at"]
    more = {"of_nodes": on_nodes, **({"unlisted": unlisted} if unlisted else {})} if everything else {}
    return {"callouts": found, "may_edit": may_edit, **more}, 200, {"Cache-Control": "private, no-store"}


@bp.post("/api/cases/<case>/callouts")
@signed_in
def keep(case: str):
    """`{id?, document, page, rects, marks?, name?}` → 201 `{id}`; the same `id` again does nothing. Where these very
    frames are kept on the page already, nothing is added → 200 `{id, name}` of those. `marks`: lines of words that are
    marked, 60 at most, each in one of the `rects`. Owner and helpers."""
    case_to_edit(case)
    wish = read_json_object()
    name, id = read_name(wish), wish.get("id", "") or f"k{clock.new_id()}"
    if not tree.is_id(id):
        raise Problem("malformed", 400)
    place = read(rules.read_page, wish)
    rects = read(rules.read_rects, wish.get("rects"))
    marks = read_marks(wish.get("marks", []), rects)
    at = (place["document"], place["page"])
    with context().pool.writing() as db:
        row = store.find_document(db, case, at[0])
        if row is None or not 1 <= at[1] <= (row["pages"] or 0):
            raise Problem("not_of_case", 422, message=message("not_of_case"))
        before = kept.case_of(db, id)
        if before and before != case:
            raise Problem("malformed", 400)
        if not before:
            there = kept.list_kept(db, case, *at)
            if same := next((each for each in there if each["rects"] == rects), None):
                return {"id": same["id"], "name": same["name"]}
            if len(there) >= kept.MOST:
                raise Problem("too_many_callouts", 409)
            bounds.check(db, case, "kept_callouts")
            kept.add(db, case, id, at, name, rects, g.user.id, marks)
            log_store.add(db, case, "callout_kept", g.user.id, callout=id, title=row["title"], page=at[1])
    return {"id": id}, 201


@bp.patch("/api/cases/<case>/callouts/<callout>")
@signed_in
def change(case: str, callout: str):
    """`{rev?, name?, rects?, marks?, checked?: true, removed?: true | false}` → the excerpt; `checked`: it is right on
    this scan. Steps of scripts that showed it go with new `rects` and `marks` (`steps`: how many); what new `rects` do
    not hold any more is marked no longer. With a `rev` before somebody else's
    change: 409 `changed` with what there is now. Owner and helpers."""
    case_to_edit(case)
    wish = read_json_object()
    if wish.get("checked", True) is not True or wish.get("removed", False) not in (True, False):
        raise Problem("malformed", 400)
    with context().pool.writing() as db:
        found = kept.find(db, case, callout)
        if found is None:
            raise Problem("not_found", 404)
        if "rev" in wish and wish["rev"] != found["rev"]:
            raise Problem("changed", 409, now={name: found[name] for name in ("name", "rects", "marks", "rev")})
        changes: dict = {"name": read_name(wish)} if "name" in wish else {}
        if "rects" in wish:
            changes["rects"] = read(rules.read_rects, wish["rects"])
            changes["marks"] = rules.as_lists(marks_left(found["marks"], changes["rects"]))
        if "marks" in wish:
            changes["marks"] = read_marks(wish["marks"], changes.get("rects", found["rects"]))
        if "checked" in wish or "rects" in wish:
            changes["sha"] = kept.sha_of(db, found["document"])
            changes["label"] = room_maps.page_label(db, found["document"], found["page"])[0]
        removed = wish.get("removed", found["removed"])
        if removed != found["removed"]:
            changes["removed_at"] = clock.now() if removed else 0
            name = "callout_removed" if removed else "callout_kept"
            log_store.add(db, case, name, g.user.id, callout=callout, title=found["title"], page=found["page"])
        steps = 0
        if {"rects", "marks"} & changes.keys():
            steps = excerpts.move_steps(db, case, found, {**found, **changes}, g.user.id)
        if changes:
            kept.change(db, callout, found["rev"] + 1, **changes)
        return {**(kept.find(db, case, callout) or {}), "steps": steps}


@bp.patch("/api/cases/<case>/callouts/nodes/<map>/<node>")
@signed_in
def change_on_node(case: str, map: str, node: str):
    """`{document, page, rect: [x, y, w, h]}` of an excerpt that stands on a node of a map, as it is now, with `{set:
    {rect?, marks?}}`, `{checked: true}` (it is right on this scan) or `{removed: true}` (the number stays at its node)
    → `{op?}`: the operation of the map, which takes it back. 409 `changed` where the excerpt is not there any more.
    Owner and helpers."""
    case_to_edit(case)
    wish = read_json_object()
    page, rect = read(rules.read_page, wish), read_frame(wish.get("rect"))
    place = (page["document"], page["page"], node_excerpt_store.frame_word(rect))
    fields = read_fields(wish, rect)
    with context().pool.writing() as db:
        row = store_maps.find_map(db, case, map)
        if row is None or row["removed_at"]:
            raise Problem("not_found", 404)
        if not excerpts.is_on_node(row, node, place):
            raise Problem("changed", 409)
        op = {}
        if fields is not None:
            op = {"op": read(lambda said: excerpts.change_on_node(db, row, node, place, said, g.user.id), fields)}
        if fields is None or "rect" in fields:
            new = fields["rect"] if fields else rect
            node_excerpt_store.confirm(db, case, (map, node, *place[:2], node_excerpt_store.frame_word(new)), g.user.id)
    return op


def read_fields(wish: dict, rect: list[float]) -> dict | None:
    """What the excerpt becomes: {rect?, marks?}, {} where it goes; None where it stays as it is."""
    if wish.get("removed") is True:
        return {}
    said = wish.get("set")
    if said is None and wish.get("checked") is True:
        return None
    if not isinstance(said, dict) or not said or said.keys() - {"rect", "marks"}:
        raise Problem("malformed", 400)
    new = {"rect": read(rules.read_rect, said["rect"])} if "rect" in said else {}
    return new | ({"marks": read_marks(said["marks"], [new.get("rect", rect)])} if "marks" in said else {})


def read_frame(said) -> list[float]:
    """A frame as a map has it: an old one may be no frame of a page."""
    if not isinstance(said, list) or len(said) != 4 or not all(type(each) in (int, float) for each in said):
        raise Problem("malformed", 400)
    if not all(abs(each) < 1e9 for each in said):
        raise Problem("malformed", 400)
    return said


@bp.get("/cases/<case>/excerpts")
@signed_in
def page(case: str):
    """The excerpts that are kept in a case: what is in them, whether it is still right, where they are shown."""
    row = case_for(case)
    check_contents(row)
    return render_template("cases/excerpts.html", case=row)


def read(how, said):
    try:
        return how(said)
    except Refused as no:
        raise Problem(no.code, 400) from None


def read_marks(said, rects: list) -> list:
    return rules.as_lists(read(lambda marks: marks_inside(rules.read_marks(marks), rects), said))


def read_name(wish: dict) -> str:
    name = wish.get("name", "")
    if not isinstance(name, str) or len(name) > NAME or "\x00" in name:
        raise Problem("malformed", 400)
    return name.strip()
