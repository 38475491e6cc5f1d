"""Files on their way into a case, in pieces that survive a cut line: tus 1.0.0 (core, creation, termination).

https://tus.io/protocols/resumable-upload · POST creates, HEAD says how much has come, PATCH brings the next piece,
DELETE gives up. What has come is what lies on the disk: a server that was killed goes on where it stopped.
"""

import base64
import binascii
import threading
import time
from contextlib import contextmanager

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import ClientDisconnected
from werkzeug.wsgi import get_input_stream

from meetingroom import disk
from meetingroom.auth.guard import signed_in
from meetingroom.cases import arrivals, importing, joining, scan_names, store, upload_store
from meetingroom.cases.access import case_for, case_to_edit
from meetingroom.cases.media import formats
from meetingroom.cases.problems import check_name, rejected
from meetingroom.config import MEGABYTE
from meetingroom.documents import content_store, kinds, messages, office, unpacking
from meetingroom.jobs import heartbeat, queue
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object

bp = Blueprint("case_uploads", __name__)

VERSION = {"Tus-Resumable": "1.0.0"}
EXTENSIONS = "creation,termination"
PIECE = 64 * 1024  # bytes
METADATA = 8192  # letters
END = 1024  # bytes by which a file that goes on is known again
at_work: set[str] = set()
turn = threading.Lock()


@bp.after_request
def say_version(answer: Response) -> Response:
    answer.headers["Tus-Resumable"] = VERSION["Tus-Resumable"]
    return answer


def check_version() -> None:
    """Raises Problem: tus_version (412)."""
    if request.headers.get("Tus-Resumable") != VERSION["Tus-Resumable"]:
        raise Problem("tus_version", 412, versions=["1.0.0"])


@bp.route("/api/cases/<case>/uploads", methods=["OPTIONS"], provide_automatic_options=False)
@signed_in
def offered(case: str):
    """What of tus 1.0 is understood: `Tus-Version`, `Tus-Extension`, `Tus-Max-Size`."""
    case_for(case)
    most = str(context().settings.case_file_limit)
    return Response(status=204, headers={"Tus-Version": "1.0.0", "Tus-Extension": EXTENSIONS, "Tus-Max-Size": most})


@bp.post("/api/cases/<case>/uploads")
@signed_in
def begin(case: str):
    """tus creation: `Upload-Length`, `Upload-Metadata: filename <base64>, path? <base64>, override_reason?` → 201 with
    `Location`. Too large: 413, with the limit in the words. A stamp of a state secret in the name: 422."""
    case_to_edit(case)
    check_version()
    settings = context().settings
    length = header_number("Upload-Length")
    about = read_metadata(request.headers.get("Upload-Metadata", ""))
    name = arrivals.tidy_path(about.get("path") or about.get("filename", ""))
    stamp, reason = check_name(name, about.get("override_reason", "")), about.get("override_reason", "")
    if length > settings.case_file_limit:
        raise rejected("file_too_large", 413, limit=settings.case_file_limit // MEGABYTE)
    if length == 0:
        raise rejected("empty_file", 422)
    with context().pool.writing() as db:
        if upload_store.count(db, case) >= upload_store.MOST:
            raise Problem("case_too_many_uploads", 409)
        if not disk.has_room(content_store.incoming_folder(settings), length + upload_store.pending_bytes(db)):
            raise Problem("no_space", 503)
        id = upload_store.add(db, case=case, by=g.user.id, filename=name, length=length)
        importing.note_stamp(db, case, g.user.id, name, stamp, reason)
    return Response(status=201, headers={"Location": f"/api/cases/{case}/uploads/{id}"})


def header_number(name: str) -> int:
    value = request.headers.get(name, "")
    if not (value.isascii() and value.isdecimal() and len(value) <= 15):
        raise Problem("malformed", 400, fields={name: "type"})
    return int(value)


def read_metadata(value: str) -> dict[str, str]:
    """`key base64, key base64` → {key: text}. Raises Problem: malformed."""
    if len(value) > METADATA:
        raise Problem("malformed", 400)
    found = {}
    for pair in filter(None, (each.strip() for each in value.split(","))):
        key, _, encoded = pair.partition(" ")
        try:
            found[key] = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeError):
            raise Problem("malformed", 400, fields={"Upload-Metadata": key}) from None
    return found


@bp.get("/api/cases/<case>/uploads")
@signed_in
def list_uploads(case: str):
    """`{uploads: [{id, filename, length, offset, end?, state: arriving | checking | joining | arrived | failed, error?,
    guess: {volume, title, bl_from, bl_to, date}, medium: always | possible | "", joinable?, joined?, pages?}], limit,
    pages, kinds, worker}`: what has come and is not in the case yet; `medium` says whether it can be a photo or a
    recording, or nothing else; `joinable`: a picture that can be a page of a document; `joined`: of how many one was
    made; `pages`: of a TIFF, and of a document that was made, where there are several. `offset` of one that is being
    made: how far it is, of `length`.
    `end`, where a file is still arriving: the last bytes before `offset`, in base64. Only a file with the same bytes
    there goes on; another of this name and length is another scan."""
    case_for(case, *store.EDITORS)
    settings = context().settings
    with context().pool.lend() as db:
        rows, joined = upload_store.list_uploads(db, case), upload_store.count_joined(db, case)
        titles = importing.titles(db, case, rows)
    # As a person counts them, not as a folder names them or a line brings them: so they will lie in the volume.
    rows.sort(key=lambda row: unpacking.as_counted(row["filename"]))
    return {
        "uploads": [describe_upload(row, joined.get(row["id"], 0), titles[row["filename"]]) for row in rows],
        "limit": settings.case_file_limit,
        "pages": settings.case_page_limit,
        "kinds": [ending for ending, kind in kinds.KINDS.items() if not kind.is_office or office.available(ending)],
        "worker": heartbeat.worker_alive(settings),
    }


def describe_upload(row: dict, joined: int = 0, title: str = "") -> dict:
    answer = {key: row[key] for key in ("id", "filename", "length", "state", "at", "sha")}
    done = {upload_store.ARRIVING: on_disk, upload_store.JOINING: lambda row: row["offset"]}.get(row["state"])
    answer["offset"] = done(row) if done else row["length"]
    if row["state"] == upload_store.ARRIVING:
        answer["end"] = end_on_disk(row, answer["offset"])
    answer["guess"] = scan_names.read_name(row["filename"])
    answer["guess"]["title"] = title or answer["guess"]["title"]
    answer["medium"] = {"recording": "always", "photo": "possible"}.get(formats.promises(row["filename"]), "")
    if row["state"] == upload_store.ARRIVED and row["type"] in joining.JOINABLE:
        answer["joinable"] = True
    if row["pages"] > 1:
        answer["pages"] = row["pages"]
    if joined:
        answer["joined"] = joined
    if row["state"] == upload_store.FAILED:
        answer["error"] = {"code": row["error"], "message": messages.sentence_for(row["error"], row["detail"])}
    return answer


def on_disk(row: dict) -> int:
    """How many bytes have come."""
    try:
        return min(arrivals.path_of(context().settings, row["id"]).stat().st_size, row["length"])
    except FileNotFoundError:
        return 0


def end_on_disk(row: dict, offset: int) -> str:
    """The last bytes that have come, at most END of them, in base64."""
    if not offset:
        return ""
    try:
        with arrivals.path_of(context().settings, row["id"]).open("rb") as file:
            file.seek(max(0, offset - END))
            return base64.b64encode(file.read(min(END, offset))).decode()
    except FileNotFoundError:
        return ""


def find(case: str, id: str) -> dict:
    case_for(case, *store.EDITORS)
    with context().pool.lend() as db:
        row = upload_store.find(db, case, id)
    if row is None:
        raise Problem("not_found", 404)
    return row


@bp.get("/api/cases/<case>/uploads/<id>")
@signed_in
def so_far(case: str, id: str):
    """tus: `Upload-Offset` and `Upload-Length` (also by HEAD); the body says the same as the list does."""
    row = find(case, id)
    offset = on_disk(row) if row["state"] == upload_store.ARRIVING else row["length"]
    if row["state"] == upload_store.ARRIVING and offset == row["length"] and id not in at_work:
        with context().pool.writing() as db:
            arrivals.finish(db, context().settings, row)
        queue.wake_worker(context().settings)
        row = find(case, id)
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(row["length"]), "Cache-Control": "no-store"}
    return describe_upload(row), 200, headers


@bp.patch("/api/cases/<case>/uploads/<id>")
@signed_in
def take_piece(case: str, id: str):
    """tus: the bytes from `Upload-Offset` on, as `application/offset+octet-stream` → 204 with the new `Upload-Offset`.
    409 where the offset is another, 423 while another piece of the same file is coming."""
    case_to_edit(case)
    row = find(case, id)
    check_version()
    if request.mimetype != "application/offset+octet-stream":
        raise Problem("malformed", 415)
    offset = header_number("Upload-Offset")
    if row["state"] != upload_store.ARRIVING:
        raise Problem("upload_over", 409)
    with alone(id):
        if offset != on_disk(row):
            raise Problem("upload_offset", 409, offset=on_disk(row))
        write(row, offset)
    with context().pool.writing() as db:
        # Given up while the piece was coming: nothing of it stays.
        if upload_store.find(db, case, id) is None:
            arrivals.path_of(context().settings, id).unlink(missing_ok=True)
            raise Problem("not_found", 404)
        offset = on_disk(row)
        upload_store.write_offset(db, id, offset)
        if offset == row["length"]:
            upload_store.change(db, id, state=upload_store.CHECKING)
            queue.request_once(db, arrivals.CHECK, id)
    if offset == row["length"]:
        queue.wake_worker(context().settings)
    return Response(status=204, headers={"Upload-Offset": str(offset)})


@contextmanager
def alone(id: str):
    """One piece of a file at a time. Raises Problem: upload_locked (423)."""
    with turn:
        if id in at_work:
            raise Problem("upload_locked", 423, retry_after=1)
        at_work.add(id)
    try:
        yield
    finally:
        at_work.discard(id)


def write(row: dict, offset: int) -> None:
    """What comes goes to the disk at once, and is not lost when the line is cut."""
    room = row["length"] - offset
    if (request.content_length or 0) > room:
        raise Problem("too_large", 413)
    stream = get_input_stream(request.environ, max_content_length=room)
    with arrivals.path_of(context().settings, row["id"]).open("ab") as file:
        try:
            while room and (data := stream.read(min(PIECE, room))):
                file.write(data)
                room -= len(data)
                time.sleep(0)  # a fast sender must not keep everybody else waiting
        except (ClientDisconnected, ConnectionError):
            pass


@bp.post("/api/cases/<case>/uploads/join")
@signed_in
def join(case: str):
    """`{uploads: [id]}`: pictures that have arrived become one document, a page each (of a TIFF all of its pages), in
    the order in which a person counts their names → 202 `{upload}`, which waits to be confirmed; removing it gives the
    pictures back. 409 case_not_arrived, case_joined: it is a page of a document already; 422 case_join: no pictures,
    fewer than two, too many pages or too large."""
    case_to_edit(case)
    settings, ids = context().settings, read_json_object().get("uploads")
    if not isinstance(ids, list) or len(ids) > upload_store.MOST or not all(isinstance(each, str) for each in ids):
        raise Problem("malformed", 400)
    with context().pool.writing() as db:
        pictures = upload_store.find_many(db, case, ids)
        if len(pictures) < len(set(ids)):
            raise Problem("not_found", 404)
        for each in pictures:
            if each["state"] == upload_store.JOINED:
                raise Problem("case_joined", 409)
            if each["state"] != upload_store.ARRIVED:
                raise Problem("case_not_arrived", 409, upload=each["id"])
        if not joining.may_join(settings, pictures):
            most = {"pages": settings.case_page_limit, "size": settings.case_file_limit // MEGABYTE}
            raise rejected("case_join", 422, **most)
        upload = joining.begin(db, case, pictures, g.user.id)
    queue.wake_worker(settings)
    return {"upload": upload}, 202


@bp.delete("/api/cases/<case>/uploads/<id>")
@signed_in
def give_up(case: str, id: str):
    """tus termination: nothing of it stays → 204. 409 case_joined: a picture of which a document was made."""
    row = find(case, id)
    if row["state"] == upload_store.JOINED:
        raise Problem("case_joined", 409)
    with context().pool.writing() as db:
        arrivals.forget(db, context().settings, row)
    queue.wake_worker(context().settings)
    return Response(status=204)
