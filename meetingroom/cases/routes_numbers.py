"""Numberings of a case as data: runs, versions, what was read in the corners, and who compared a volume with paper."""

from flask import Blueprint, g

from meetingroom.auth.guard import signed_in
from meetingroom.cases import access, log_store, numbering, numbers, store, store_numbers, strip
from meetingroom.cases import words_numbers as words_numbers
from meetingroom.cases.access import case_for
from meetingroom.cases.numbering import Run
from meetingroom.jobs import queue
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_command_id, read_json_object

bp = Blueprint("case_numbers", __name__)
MOST_LAID = 500  # runs that are laid over others at once: each goes through all that are there


def for_editor(case: str) -> dict:
    """The case, for whoever numbers its pages. Raises Problem: not_found | case_role | case_shell | case_closed."""
    row = case_for(case, *store.EDITORS)
    access.check_open(row)
    return row


@bp.get("/api/cases/<case>/numberings")
@signed_in
def list_numberings(case: str):
    """`{numberings: [{id, name, version, is_default, since, replaced_at, reason, runs: [{document, first, last, start,
    rule, suffix, side}]}]}`, every version; `replaced_at` 0 is the one that counts."""
    case_for(case)
    with context().pool.lend() as db:
        rows = store_numbers.list_numberings(db, case)
        return {"numberings": [numbers.describe(db, row, runs=True) for row in rows]}


@bp.post("/api/cases/<case>/numberings")
@signed_in
def add_numbering(case: str):
    """`{name, id?, default?}` (BL-CQĐT, BL-VKS …) → 201 `{id}`; of a name that is there, its present version."""
    for_editor(case)
    body = read_json_object()
    id = read_command_id(body["id"]) if "id" in body else ""
    with context().pool.writing() as db:
        if id and (there := store_numbers.find_numbering(db, case, id)):
            return {"id": there["id"]}, 201
        made = numbers.add(db, case, body.get("name"), g.user.id, id=id, default=body.get("default") is True)
    return {"id": made}, 201


@bp.post("/api/cases/<case>/numberings/<numbering_id>/default")
@signed_in
def choose_default(case: str, numbering_id: str):
    """Makes it the numbering that a citation without a name means → `{numberings}`."""
    for_editor(case)
    with context().pool.writing() as db:
        row = numbers.current(db, case, numbering_id)
        if not row["is_default"]:
            store_numbers.make_default(db, case, row["id"])
            log_store.add(db, case, "numbering_default", g.user.id, name=row["name"])
        return {"numberings": numbers.describe_all(db, {"id": case})}


@bp.put("/api/cases/<case>/numberings/<numbering_id>/runs")
@signed_in
def replace_runs(case: str, numbering_id: str):
    """`{runs: [{document, first, last, label | start, suffix?, side?, rule?}]}`: all of them as they are to be →
    `{runs}`. rule: page (one more a page) | sheet (the back has the number of its front) | one (all pages carry one
    number) | none. The same again changes nothing."""
    for_editor(case)
    body = read_json_object()
    wanted = body.get("runs")
    if not isinstance(wanted, list) or len(wanted) > numbers.MOST_RUNS:
        raise Problem("malformed", 400)
    with context().pool.writing() as db:
        row = numbers.current(db, case, numbering_id)
        sizes = numbers.sizes_of(db, case)
        runs = [numbers.read_run(each, sizes) for each in wanted]
        overlapping(runs, sizes)
        numbers.write(db, case, row, numbering.in_order(runs), g.user.id)
        return {"runs": [vars(run) for run in store_numbers.read_runs(db, row["id"])]}


def overlapping(runs: list[Run], sizes: dict[str, int]) -> None:
    """Raises Problem: case_fields, where two runs say something of one page."""
    pages = sum(run.pages for run in runs)
    if pages > sum(sizes.values()) or pages != len(numbering.covered(runs)):
        raise numbers.wrong("runs", "wrong_pages")


@bp.post("/api/cases/<case>/numberings/<numbering_id>/runs")
@signed_in
def lay_runs(case: str, numbering_id: str):
    """One run, or `{runs: [...]}`, laid over what is there: `{document, first, last?, label | start, suffix?, side?,
    rule?, carry?, was?}` → `{runs}`. `carry`: what is left behind it counts on (12, 12a, 13). `was`: what the asker saw
    the pages from `first` on called, null where nothing was said of one; 409 `bl_changed` `{document, page, label}`
    where somebody else has numbered one of them meanwhile. Idempotent."""
    for_editor(case)
    body = read_json_object()
    wanted = body.get("runs", [body])
    if not isinstance(wanted, list) or len(wanted) > MOST_LAID:
        raise Problem("malformed", 400)
    with context().pool.writing() as db:
        row = numbers.current(db, case, numbering_id)
        sizes = numbers.sizes_of(db, case)
        before = runs = store_numbers.read_runs(db, row["id"])
        for each in wanted:
            new = numbers.read_run(each, sizes)
            runs = numbering.put(runs, new, carry=each.get("carry") is True)
        if runs != before:
            numbers.check_as_seen(before, wanted)
        numbers.write(db, case, row, runs, g.user.id)
        return {"runs": [vars(run) for run in store_numbers.read_runs(db, row["id"])]}


@bp.delete("/api/cases/<case>/numberings/<numbering_id>/runs")
@signed_in
def clear_runs(case: str, numbering_id: str):
    """`{document, first, last?}`: nothing is said of these pages any more → `{runs}`."""
    for_editor(case)
    body = read_json_object()
    with context().pool.writing() as db:
        row = numbers.current(db, case, numbering_id)
        cut = numbers.read_run({**body, "rule": numbering.NONE}, numbers.sizes_of(db, case))
        runs = [run for run in numbering.put(store_numbers.read_runs(db, row["id"]), cut) if run is not cut]
        kept = [part for run in runs for part in without(run, cut)]
        numbers.write(db, case, row, kept, g.user.id)
        return {"runs": [vars(run) for run in store_numbers.read_runs(db, row["id"])]}


def without(run: Run, cut: Run) -> list[Run]:
    """What is left of a run outside some pages: a run of pages without a number may have grown over them."""
    if run.document != cut.document or run.last < cut.first or run.first > cut.last:
        return [run]
    parts = []
    if run.first < cut.first:
        parts.append(run.part(run.first, cut.first - 1))
    if run.last > cut.last:
        parts.append(run.part(cut.last + 1, run.last))
    return parts


@bp.post("/api/cases/<case>/numberings/<numbering_id>/append")
@signed_in
def append(case: str, numbering_id: str):
    """`{document, rule?}`: a supplement behind the last number; nothing else changes → `{runs}`. Of a document that has
    numbers already nothing happens."""
    for_editor(case)
    body = read_json_object()
    with context().pool.writing() as db:
        row = numbers.current(db, case, numbering_id)
        sizes = numbers.sizes_of(db, case)
        document = body.get("document")
        if not isinstance(document, str) or not sizes.get(document):
            raise numbers.wrong("document", "no_document")
        runs = store_numbers.read_runs(db, row["id"])
        if not any(run.document == document for run in runs):
            start = numbering.highest(runs) + 1
            wish = {"document": document, "first": 1, "last": sizes[document], "start": start,
                    "rule": body.get("rule", numbering.PAGE)}  # fmt: skip
            numbers.write(db, case, row, [*runs, numbers.read_run(wish, sizes)], g.user.id)
        return {"runs": [vars(run) for run in store_numbers.read_runs(db, row["id"])]}


@bp.post("/api/cases/<case>/numberings/<numbering_id>/renumber")
@signed_in
def renumber(case: str, numbering_id: str):
    """`{id, reason, runs: [...]}`, or `{id, reason, insert: {document, first?, last?, rule?, after: "204"}}`: the next
    version → 201 `{id, version, runs}`. The one before stays readable, and each page keeps its links. The same `id`
    again: the same answer."""
    for_editor(case)
    body = read_json_object()
    id = read_command_id(body.get("id"))
    reason = numbers.text(body.get("reason", ""), "reason", 200)
    if not reason:
        raise numbers.wrong("reason", "reason")
    with context().pool.writing() as db:
        made = store_numbers.find_numbering(db, case, id)
        if made is None:
            row = numbers.current(db, case, numbering_id)
            runs = wanted_runs(db, case, row, body)
            numbers.renumber(db, case, row, runs, g.user.id, reason, id)
            made = store_numbers.find_numbering(db, case, id)
        return numbers.describe(db, made or {}, runs=True), 201


def wanted_runs(db, case: str, row: dict, body: dict) -> list[Run]:
    """The runs of the next version. Raises Problem: case_fields."""
    sizes = numbers.sizes_of(db, case)
    supplement = body.get("insert")
    if supplement is None:
        wanted = body.get("runs")
        if not isinstance(wanted, list) or len(wanted) > numbers.MOST_RUNS:
            raise Problem("malformed", 400)
        runs = [numbers.read_run(each, sizes) for each in wanted]
        overlapping(runs, sizes)
        return runs
    if not isinstance(supplement, dict):
        raise Problem("malformed", 400)
    after = numbering.read_label(str(supplement.get("after", "")))
    if after is None:
        raise numbers.wrong("after", "wrong_number")
    document = supplement.get("document")
    last = supplement.get("last", sizes.get(document, 0) if isinstance(document, str) else 0)
    new = numbers.read_run({"start": after.number + 1, **supplement, "last": last}, sizes)
    cleared = [part for run in store_numbers.read_runs(db, row["id"]) for part in without(run, new)]
    return [numbers.checked(run) for run in numbering.insert(cleared, new, after)]


@bp.get("/api/cases/<case>/volumes/<volume>/strip")
@signed_in
def read_strip(case: str, volume: str):
    """The pages of a volume as a line: `{volume, numbering, documents: [{id, title, pages, t, status, bl_from, bl_to,
    looked}], pages: [{document, page, label, run, read, stated}], proposals: [{document, first, last, start, rule,
    suffix, side, read, agreeing, listed}]}`. `label` "" has no number, `stated`: somebody said so; `read` is the stamp,
    0 where there is none; `proposals` are of pages of which nothing is said yet, by their stamps or as they are
    `listed`."""
    case_for(case)
    with context().pool.lend() as db:
        lying = store.find_volume(db, case, volume)
        if lying is None:
            raise Problem("not_found", 404)
        found, unread = strip.of_volume(db, case, lying)
    for document in unread:
        queue.ask_worker(context().settings, context().pool, store.READ_STAMPS, document)
    return found


@bp.post("/api/cases/<case>/volumes/<volume>/checked")
@signed_in
def check_volume(case: str, volume: str):
    """`{checked: true | false}`: one has compared the numbers of a volume with the paper, or takes that back →
    `{checked_by, checked_at}`. Refused while nothing is said of some pages (409 `bl_pages_open`)."""
    for_editor(case)
    body = read_json_object()
    if body.get("checked") not in (True, False):
        raise Problem("malformed", 400)
    with context().pool.writing() as db:
        lying = store.find_volume(db, case, volume)
        if lying is None:
            raise Problem("not_found", 404)
        numbers.check_volume(db, case, lying, g.user.id, g.user.name, body["checked"])
        lying = store.find_volume(db, case, volume) or lying
    return {"checked_by": g.user.name if lying["checked_at"] else "", "checked_at": lying["checked_at"]}
