"""Mind maps of a case as data: made, imported, changed by operations, published, taken out."""

import tempfile
import time
from pathlib import Path

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import (
    audience,
    bounds,
    dates,
    log_store,
    map_export,
    map_import,
    map_pictures,
    map_templates,
    money,
    off_stage,
    store,
    store_maps,
)
from meetingroom.cases import map_words as map_words
from meetingroom.cases.access import case_for, check_open
from meetingroom.cases.formats import limits
from meetingroom.cases.formats.limits import MapRejected
from meetingroom.cases.map_access import asked, fresh, map_for, seen_map
from meetingroom.cases.mapfiles import attached
from meetingroom.cases.media import store as media_store
from meetingroom.documents import serving
from meetingroom.documents.upload import receive_upload
from meetingroom.meeting.kernel import Refused
from meetingroom.web.context import context
from meetingroom.web.errors import Problem, body
from meetingroom.web.json_body import read_json_object, read_number
from meetingroom.web.messages import message

bp = Blueprint("maps", __name__)
TITLE, PASTED = 200, 1_000_000
MOST_OPS, MOST_TOLD = 500, 1000
SEEN = 12.0  # seconds for which somebody counts as being at a node
# {map: {(person, tab): (node, name, whether they write, when)}}: a hint, not a lock; nothing of it is kept.
EDITING: dict[str, dict[tuple[str, str], tuple[str, str, bool, float]]] = {}


@bp.get("/api/map-templates")
@signed_in
def list_templates():
    """`{templates: [{id, matter: criminal | civil | "", title}]}`; the maps themselves are Vietnamese."""
    found = map_templates.list_templates()
    return {"templates": [{**each, "title": str(map_words.TEMPLATES[each["id"]])} for each in found]}


@bp.get("/api/cases/<case>/maps")
@signed_in
def list_maps(case: str):
    """`{maps: [{id, title, version, rev, at, changed_at, by_name, source}], removed: […]}`; `removed` for editors."""
    row = case_for(case)
    edits = row["role"] in store.EDITORS
    with context().pool.lend() as db:
        found = [each for each in store_maps.list_maps(db, case) if edits or shown(db, each, row)]
        return {"maps": found, "removed": store_maps.list_maps(db, case, removed=True) if edits else []}


def shown(db, each: dict, row: dict) -> bool:
    """Readers see what was published, leaders what the prosecutor has."""
    return row["role"] == "leader" or each["version"] > 0


@bp.post("/api/cases/<case>/maps")
@signed_in
def create(case: str):
    """Multipart `file` (.xmind, .mm, .opml, .md, .txt, .xlsx), or JSON `{title, template?}` or `{title?, text}` →
    201 `{id, title, remarks: [{code, text}], maps: [{id, title}], files: [{map, sha, name, document?}]}`: a map of each
    sheet of the file; `files` that came inside, which may be taken into the case, `document` where it has them."""
    row = case_for(case, *store.EDITORS)
    check_open(row)
    if request.is_json:
        return from_json(row)
    with receive_upload(request.environ, context().settings) as (arrival, form):
        if arrival.size > limits.FILE:
            raise Problem("map_too_large", 413, **said("map_too_large", {"most": limits.FILE // limits.MEGABYTE}))
        name = Path(arrival.filename.replace("\\", "/")).name[:TITLE]
        return imported(row, arrival.path, name, arrival.sha, (form.get("title") or "").strip()[:TITLE])


def said(code: str, details: dict) -> dict:
    try:
        return {**details, "message": message(code) % details}
    except (KeyError, ValueError):
        return details


def imported(row: dict, path: Path, name: str, sha: str, title: str):
    try:
        with map_import.opened(path, name, title or name.rpartition(".")[0]) as (found, folder):
            made = []
            with context().pool.lend() as db:
                ours = attached.named(store.list_documents(db, row["id"]))
            for each in found["maps"]:
                own = title if title and len(found["maps"]) == 1 else each["title"]
                each["map"]["nodes"] = attached.attach(each["map"]["nodes"], ours)
                made.append({"id": keep(row, each["map"], own, name, sha), "title": own})
                keep_files(made[-1]["id"], each["map"], found["resources"], folder)
    except MapRejected as no:
        status = 413 if no.code == "map_too_large" else 422
        raise Problem(no.code, status, **said(no.code, no.details)) from None
    remarks = [{**each, "text": words_of(each)} for each in attached.tell(found["remarks"], ours)]
    return {**made[0], "remarks": remarks, "maps": made, "files": offered(row["id"], made, found["maps"])}, 201


def offered(case: str, made: list[dict], maps: list[dict]) -> list[dict]:
    """PDFs that nodes carry: a document of the case is what they would be. `maps` as they were read, in that order."""
    with context().pool.lend() as db:
        ours = {each["sha"]: each["document"] for each in store.list_documents(db, case)}
    files = {}
    for kept, each in zip(made, maps, strict=True):
        for node in each["map"]["nodes"].values():
            file = node.get("file", {})
            if file.get("type") == "application/pdf" and file["sha"] not in files:
                known = {"document": ours[file["sha"]]} if file["sha"] in ours else {}
                files[file["sha"]] = {"map": kept["id"], "sha": file["sha"], "name": file["name"], **known}
    return list(files.values())


def words_of(remark: dict) -> str:
    known = map_words.REMARKS.get(remark["code"])
    return str(known) % remark if known else remark["code"]


def keep(row: dict, map: dict, title: str, name: str = "", sha: str = "") -> str:
    title = title.strip()[:TITLE] or _("Mind map")
    with context().pool.lend() as db:  # not while writing: a large map cites thousands of sheets
        map = {**map, "nodes": own_pages(db, row["id"], map["nodes"])}
    with context().pool.writing() as db:
        bounds.check(db, row["id"], "maps")
        made = store_maps.add_map(db, row["id"], title, map, g.user.id, source=name, sha=sha)
        more = {"file": name} if name else {}
        log_store.add(db, row["id"], "map_imported" if name else "map_made", g.user.id, map=made, title=title, **more)
    return made


def own_pages(db, case: str, nodes: dict[str, dict]) -> dict[str, dict]:
    """Pages and recordings that a file names count where they are of this case; what is cited finds its own."""
    ours = {each["document"] for each in store.list_documents(db, case)}
    ours |= {each["id"] for each in media_store.list_media(db, case)}
    kept = {}
    for key, node in nodes.items():
        anchors = [each for each in node.get("anchors", ()) if targets_of(each) <= ours]
        kept[key] = {**node, "anchors": anchors} if anchors else {k: v for k, v in node.items() if k != "anchors"}
    return {key: value if value.get("anchors") else {k: v for k, v in value.items() if k != "anchors"}
            for key, value in store_maps.with_pages(db, case, kept).items()}  # fmt: skip


def targets_of(anchor: dict) -> set[str]:
    if "left" in anchor:
        return targets_of(anchor["left"]) | targets_of(anchor["right"])
    return {anchor.get("document") or anchor.get("media", "")}


def keep_files(id: str, map: dict, resources: dict[str, dict], folder: Path) -> None:
    """Each in a transaction of its own: nobody waits for all of them."""
    spelled = store_maps.dump(map)
    for name, about in resources.items():
        if f"xap:{name}" in spelled:
            data = (folder / about["sha"]).read_bytes()
            with context().pool.writing() as db:
                store_maps.add_file(db, id, name, about["type"], data)


def from_json(row: dict):
    wish = read_json_object()
    title, text, template = wish.get("title", ""), wish.get("text", ""), wish.get("template", "")
    if not all(isinstance(each, str) for each in (title, text, template)) or len(text) > PASTED:
        raise Problem("malformed", 400)
    title = title.strip()[:TITLE]
    if text:
        with tempfile.NamedTemporaryFile(suffix=".txt") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            return imported(row, Path(file.name), "dan.txt", "", title)
    if template and map_templates.read(template) is None:
        raise Problem("map_no_template", 422)
    made = keep(row, map_templates.grow(template or "blank", title or row["title"]), title or row["title"])
    return {"id": made, "title": title or row["title"], "remarks": [], "maps": [{"id": made, "title": title}]}, 201


@bp.get("/api/cases/<case>/maps/<map>.json")
@signed_in
def read_map(case: str, map: str):
    """`{id, title, rev, root, loose, nodes: {id: {…}}, links, version, audience, may_edit}`, cut for whoever asks (or
    for `?audience=`, where that is less); for editors `bin` and `tray: [{id, at, code, op}]`."""
    row, found = map_for(case, map)
    seen_by = asked(row)
    edits = row["role"] in store.EDITORS
    with context().pool.lend() as db:
        versions = store_maps.list_versions(db, map, seen_by)
        tray = store_maps.read_tray(db, map, g.user.id) if edits else []
    answer = {"id": map, "case": case, "title": found["title"], "version": versions[0]["version"] if versions else 0,
              "audience": seen_by, "may_edit": edits and not row["closed_at"], **seen_map(row, found)}  # fmt: skip
    if edits and seen_by == audience.OWNER:
        answer |= {"bin": [without_extra(each) for each in found["map"]["bin"]], "tray": tray}
    return fresh(answer)


def without_extra(removed: dict) -> dict:
    return {**removed, "nodes": {key: store_maps.bare_node(node) for key, node in removed["nodes"].items()}}


@bp.get("/api/cases/<case>/maps/<map>/<int:version>.json")
@signed_in
def read_version(case: str, map: str, version: int):
    """What the asker's audience sees of a published version; it never changes."""
    row, _found = map_for(case, map, read=False)
    with context().pool.lend() as db:
        seen = store_maps.published(db, map, version, asked(row)) if version else None
    if not seen:
        raise Problem("not_found", 404)
    return fresh(seen)


@bp.get("/api/cases/<case>/maps/<map>/versions")
@signed_in
def list_versions(case: str, map: str):
    """`{versions: [{version, rev, at, by_name, sha}]}`, the latest first; `sha` of what the asker's audience sees."""
    row, _found = map_for(case, map, read=False)
    with context().pool.lend() as db:
        return {"versions": store_maps.list_versions(db, map, asked(row))}


@bp.post("/api/cases/<case>/maps/<map>/versions")
@signed_in
def publish(case: str, map: str):
    """What the map says now becomes a version → 201 `{version}`; owner and helpers."""
    row, _found = map_for(case, map, *store.EDITORS, read=False)
    check_open(row)
    with context().pool.writing() as db:
        found = require(db, case, map)
        version = store_maps.publish(db, found, g.user.id)
        log_store.add(db, case, "map_published", g.user.id, map=map, title=found["title"], version=version)
    return {"version": version}, 201


def require(db, case: str, map: str) -> dict:
    found = store_maps.find_map(db, case, map)
    if found is None or found["removed_at"]:
        raise Problem("not_found", 404)
    return found


@bp.post("/api/cases/<case>/maps/<map>/ops")
@signed_in
def change(case: str, map: str):
    """One operation `{id, rev, add | edit | move | remove | restore | link | unlink: {…}}` or `{id, undo: {op}}` →
    `{rev, op}` (as it was done); refused: 409 `{error: {code, …}}`. Several, as a list or `{ops: […]}` → `{rev,
    results: [{id, rev, op} | {id, error}]}`, in their order."""
    row, _found = map_for(case, map, *store.EDITORS, read=False)
    check_open(row)
    wish = request.get_json(silent=True)
    several = wish.get("ops") if isinstance(wish, dict) and "ops" in wish else wish
    if isinstance(several, dict):
        several, one = [several], True
    else:
        one = False
    if not isinstance(several, list) or not 1 <= len(several) <= MOST_OPS:
        raise Problem("malformed", 400)
    results: list[dict] = []
    refusals: list[Refused] = []
    with context().pool.writing() as db:
        found = require(db, case, map)
        before = found["rev"]
        for op in several:
            id = op.get("id") if isinstance(op, dict) and isinstance(op.get("id"), str) else ""
            try:
                results.append({"id": id, **store_maps.perform(db, found, op, g.user.id)})
            except Refused as no:
                refusals.append(no)
                results.append({"id": id, **body(no.code, {**no.details, **said(no.code, no.details)})})
        if found["rev"] != before:
            store_maps.save(db, found)
    if one:
        for refusal in refusals:
            status = 400 if refusal.code == "malformed" else 409
            raise Problem(refusal.code, status, **{**refusal.details, **said(refusal.code, refusal.details)})
        return {"rev": results[0]["rev"], "op": results[0]["op"]}
    return {"rev": found["rev"], "results": results}


@bp.get("/api/cases/<case>/maps/<map>/ops")
@signed_in
def read_ops(case: str, map: str):
    """`{rev, ops: [{rev, at, by, by_name, op}], editing: [{name, node, writing}]}` after `?since=`; `ops` null: read
    the map anew (too much happened, or one sees a part only). `?node=&tab=` says which node this tab is at,
    `writing=1` that something is being typed there."""
    row, found = map_for(case, map, read=False)
    since = read_number("since")
    edits = row["role"] in store.EDITORS
    behind = found["rev"] - since
    ops: list[dict] | None = []
    if behind > 0:
        with context().pool.lend() as db:
            ops = store_maps.ops_since(db, map, since, MOST_TOLD) if edits and behind <= MOST_TOLD else None
    editing = others_at(map, request.args.get("node", ""), request.args.get("tab", "")) if edits else []
    return fresh({"rev": found["rev"], "ops": ops, "editing": editing})


def others_at(map: str, node: str, tab: str) -> list[dict]:
    """Who else is at which node; notes where this one is."""
    now, here = time.monotonic(), EDITING.setdefault(map, {})
    mine = (g.user.id, tab[:40])
    here[mine] = (node[:64], g.user.name, request.args.get("writing") == "1", now)
    for key in [key for key, each in here.items() if now - each[3] > SEEN]:
        del here[key]
    # The same person in a second window is nobody else.
    found = {(name, node): writing for key, (node, name, writing, _when) in here.items() if key[0] != g.user.id}
    return [{"name": name, "node": node, "writing": writing} for (name, node), writing in found.items()]


@bp.delete("/api/cases/<case>/maps/<map>/tray/<id>")
@signed_in
def empty_tray(case: str, map: str, id: str):
    """Takes one's own text out of the tray → 204."""
    map_for(case, map, *store.EDITORS, read=False)
    with context().pool.writing() as db:
        store_maps.take_from_tray(db, map, g.user.id, id)
    return "", 204


@bp.patch("/api/cases/<case>/maps/<map>")
@signed_in
def change_map(case: str, map: str):
    """`{title?, removed?: true | false}` → `{id, title, removed}`; removed maps keep everything."""
    row, found = map_for(case, map, *store.EDITORS, removed=True, read=False)
    check_open(row)
    wish = read_json_object()
    title, removed = wish.get("title", found["title"]), wish.get("removed", bool(found["removed_at"]))
    if not isinstance(title, str) or not title.strip() or removed not in (True, False):
        raise Problem("malformed", 400)
    title = title.strip()[:TITLE]
    with context().pool.writing() as db:
        if title != found["title"]:
            store_maps.change_map(db, map, {"title": title})
            log_store.add(db, case, "map_named", g.user.id, map=map, title=title)
        if removed != bool(found["removed_at"]):
            store_maps.change_map(db, map, {"removed_at": clock.now() if removed else 0})
            log_store.add(db, case, "map_removed" if removed else "map_restored", g.user.id, map=map, title=title)
        gone = off_stage.ask(db, case, title, map=map) if removed else ""
    off_stage.at_once(gone)
    return {"id": map, "title": title, "removed": removed}


@bp.get("/api/cases/<case>/maps/<map>/views")
@signed_in
def views(case: str, map: str):
    """`{timeline: {dated, undated, proposed}, money: {rows, sums, proposed, differing}, contradictions: [node],
    without_bl: [node], cites: {node: {result, pages, missing, nearest}}}` of what the asker sees."""
    row, found = map_for(case, map)
    seen = seen_map(row, found)
    with context().pool.lend() as db:
        cites = store_maps.check_citations(db, case, seen)
    conflicts = [key for key, node in seen["nodes"].items()
                 if (node["kind"] == "conf" and not node["children"]) or node.get("status") == "conflict"]  # fmt: skip
    return fresh({"timeline": dates.timeline(seen), "money": money.table(seen), "contradictions": conflicts,
                  "without_bl": store_maps.without_bl(seen), "cites": cites, "rev": found["rev"]})  # fmt: skip


@bp.get("/api/cases/<case>/maps/<map>.<kind>")
@signed_in
def take_out(case: str, map: str, kind: str):
    """The map as a file (.xmind .md .pdf .png .svg .docx), cut for whoever asks or for `?audience=`; `.xmind?format=8`
    for XMind 8; `?layout=right`: drawn with all branches right of the root."""
    row, found = map_for(case, map)
    if kind not in map_export.TYPES:
        raise Problem("not_found", 404)
    seen_by = asked(row)
    if row["role"] == "reader":
        found = {**found, "map": seen_map(row, found)}
    eight, sides = request.args.get("format") == "8", 1 if request.args.get("layout") == "right" else 2
    data = map_export.export(found, row, kind, seen_by, g.user.id, eight=eight, sides=sides)
    with context().pool.writing() as db:
        log_store.add(db, case, "map_exported", g.user.id, map=map, title=found["title"], kind=kind, audience=seen_by)
    answer = Response(data, content_type=map_export.TYPES[kind])
    name = f"{found['title'][:80]}.{kind}"
    answer.headers["Content-Disposition"] = serving.disposition(name)
    return fresh(answer)


@bp.post("/api/cases/<case>/maps/<map>/files")
@signed_in
def add_picture(case: str, map: str):
    """Multipart `file`: a PNG or JPEG picture for a node → 201 `{sha, type, width, height}`, without what a camera
    wrote into it."""
    row, _found = map_for(case, map, *store.EDITORS, read=False)
    check_open(row)
    with receive_upload(request.environ, context().settings) as (arrival, _form):
        if arrival.size > map_pictures.LARGEST:
            raise Problem("map_picture", 413)
        made = context().in_thread(map_pictures.read, arrival.path)
    if made is None:
        raise Problem("map_picture", 422)
    with context().pool.writing() as db:
        kind = made["type"].removeprefix("image/")
        sha = store_maps.sha_of(made["data"])
        store_maps.add_file(db, map, f"resources/{sha}.{kind}", made["type"], made["data"])
    return {"sha": sha, **{key: made[key] for key in ("type", "width", "height")}}, 201


@bp.get("/api/cases/<case>/maps/<map>/files/<sha>")
@signed_in
def read_file(case: str, map: str, sha: str):
    """A picture or an attachment of a node that the asker sees."""
    row, found = map_for(case, map)
    seen = seen_map(row, found)
    named = any(sha in (node.get("picture", {}).get("sha"), node.get("file", {}).get("sha"))
                for node in seen["nodes"].values())  # fmt: skip
    with context().pool.lend() as db:
        file = store_maps.read_file(db, map, sha)
    if file is None or not (named or row["role"] in store.EDITORS):
        raise Problem("not_found", 404)
    picture = file["type"] in ("image/png", "image/jpeg")
    answer = Response(file["data"], content_type=file["type"] if picture else "application/octet-stream")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if not picture:
        answer.headers["Content-Disposition"] = serving.disposition(file["name"].rpartition("/")[2])
    return fresh(answer)
