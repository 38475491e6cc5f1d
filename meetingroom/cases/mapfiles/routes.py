"""All maps of a case in one file; and what came inside a map, offered as a document of the case and taken in."""

import tempfile
from pathlib import Path

from flask import Blueprint, Response, g, request

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import arrivals, bounds, importing, log_store, map_export, store, store_maps
from meetingroom.cases.access import case_for, case_to_edit, check_contents
from meetingroom.cases.map_access import asked, fresh, map_for, seen_map
from meetingroom.cases.problems import rejected
from meetingroom.documents import content_store, serving
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.jobs import queue
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("map_files", __name__)
MOST_SHEETS = 50


@bp.get("/api/cases/<case>/maps.xmind")
@signed_in
def take_all_out(case: str):
    """All maps of a case that the asker sees, each a sheet of one .xmind, cut as `<map>.xmind` is; `?format=8`."""
    row = case_for(case)
    check_contents(row)
    seen_by = asked(row)
    with context().pool.lend() as db:
        listed = store_maps.list_maps(db, case)[:MOST_SHEETS]
        if row["role"] == "reader":
            listed = [each for each in listed if each["version"]]
        found = [store_maps.find_map(db, case, each["id"]) for each in listed]
    rows = [{**each, "map": seen_map(row, each)} if row["role"] == "reader" else each for each in found if each]
    if not rows:
        raise Problem("not_found", 404)
    data = map_export.as_xmind(rows, row, seen_by, g.user.id, eight=request.args.get("format") == "8")
    with context().pool.writing() as db:
        for each in rows:
            log_store.add(
                db, case, "map_exported", g.user.id, map=each["id"], title=each["title"], kind="xmind", audience=seen_by
            )
    answer = Response(data, content_type=map_export.TYPES["xmind"])
    answer.headers["Content-Disposition"] = serving.disposition(f"{(row['title'] or row['code'])[:80]}.xmind")
    return fresh(answer)


@bp.post("/api/cases/<case>/maps/<map>/files/<sha>/document")
@signed_in
def take_in(case: str, map: str, sha: str):
    """A file that came inside a map becomes a document of the case, and its nodes lead there → 201 `{id}`; 200 where
    the case has the same file already. Editors of the case."""
    row = case_to_edit(case)
    map_for(case, map, *store.EDITORS, read=False)
    with context().pool.lend() as db:
        file = store_maps.read_file(db, map, sha)
        known = next((each["document"] for each in store.list_documents(db, case) if each["sha"] == sha), "")
    if file is None:
        raise Problem("not_found", 404)
    document = known or added(row, map, file)
    with context().pool.writing() as db:
        lead_there(db, case, map, sha, document)
    return {"id": document}, 200 if known else 201


def added(row: dict, map: str, file: dict) -> str:
    """Looked at as every file that comes; the document. Raises Problem (422)."""
    settings = context().settings
    with context().pool.lend() as db:
        name = name_of(store_maps.find_map(db, row["id"], map), file)
    folder = content_store.incoming_folder(settings)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="map-", delete=False) as arrived:
        arrived.write(file["data"])
    path = Path(arrived.name)
    try:
        kind = arrivals.look(path, name)
        if kind.family == "folder":
            raise FileRejected("unsupported_type")
        content_store.take_in(settings, path, file["sha"])
    except FileRejected as wrong:
        raise rejected(wrong.code, 422, **wrong.details) from None
    finally:
        path.unlink(missing_ok=True)
    about = {"id": f"{map}/{file['sha']}", "filename": name, "sha": file["sha"], "type": kind.ending,
             "length": file["bytes"]}  # fmt: skip
    with context().pool.writing() as db:
        document = importing.document_id(about["id"])
        if not store.find_document(db, row["id"], document):
            importing.add(db, row["id"], about, {}, g.user.id)
            bounds.check(db, row["id"], "case_documents", new=0)
            files = [{"name": name, "sha256": file["sha"], "document": document}]
            log_store.add(db, row["id"], "imported", g.user.id, count=1, files=files)
    queue.wake_worker(settings)
    return document


def name_of(found: dict | None, file: dict) -> str:
    """As its node calls it: in the file itself it has a number for a name."""
    nodes = found["map"]["nodes"].values() if found else ()
    said = next((each["file"]["name"] for each in nodes if each.get("file", {}).get("sha") == file["sha"]), "")
    name = arrivals.tidy_path(said or file["name"]).rpartition("/")[2]
    ending = Path(file["name"]).suffix or (".pdf" if file["type"] == "application/pdf" else "")
    return name if name.lower().endswith(ending.lower()) else f"{name}{ending}"


def lead_there(db, case: str, map: str, sha: str, document: str) -> None:
    """The nodes that carry the file, and no page yet, get its first page: an operation like any other."""
    found = store_maps.find_map(db, case, map)
    if found is None:
        return
    before = found["rev"]
    for key, node in found["map"]["nodes"].items():
        if node.get("file", {}).get("sha") == sha and not node.get("anchors") and not node.get("bl"):
            set_ = {"anchors": [{"document": document, "page": 1}]}
            # Anew each time: it may have been taken back meanwhile, or a colleague does it once more.
            op = {"id": clock.new_id(), "rev": found["rev"], "edit": {"node": key, "set": set_}}
            store_maps.perform(db, found, op, g.user.id)
    if found["rev"] != before:
        store_maps.save(db, found)
