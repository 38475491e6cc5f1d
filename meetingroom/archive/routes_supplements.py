"""After the seal: the slip that is signed, and what comes to the dossier later."""

import hashlib
import zipfile

from flask import Blueprint, Response, g, request

from meetingroom import clock, log
from meetingroom.archive import actions, fields, supplement_store, supplements
from meetingroom.auth import account_store, guard
from meetingroom.auth.guard import signed_in
from meetingroom.documents import upload
from meetingroom.documents.content_store import original_path
from meetingroom.documents.serving import disposition
from meetingroom.printing import printer
from meetingroom.printing.letterhead import letterhead
from meetingroom.tasks.evidence import check_evidence
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("supplements", __name__)


@bp.get("/api/archives/<archive>/slip.pdf")
@signed_in
def slip(archive: str):
    """The seal slip, for the meeting's staff: the package named by its numbers, to be signed by who sealed it."""
    row = actions.find_package(archive)
    path = original_path(context().settings, row["file"])
    if not path.is_file():
        raise Problem("not_found", 404)
    state = log.state(context().pool, archive)
    words = slip_words(row, state, context().in_thread(read_manifest, path))
    try:
        _head, file = printer.printer.make("slip", {"words": words}, g.user.id)
    except printer.TooMany:
        raise Problem("too_busy", 503, retry_after=5) from None
    answer = Response(file, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"phieu-niem-phong-{row['name'].removesuffix('.zip')}.pdf")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def read_manifest(path) -> tuple[str, int]:
    """(SHA-256 of the manifest, how many files it names)."""
    with zipfile.ZipFile(path) as zip_:
        name = next(each for each in zip_.namelist() if each.endswith("/manifest-sha256.txt"))
        text = zip_.read(name)
    return hashlib.sha256(text).hexdigest(), text.count(b"\n")


def slip_words(row: dict, state, manifest: tuple[str, int]) -> dict:
    """What stands on it, in the agency's language as every official paper."""
    with context().pool.lend() as db:
        head = letterhead(account_store.list_units(db))
    frame, kept = state.meeting, row["keep_until"]
    day = clock.local(row["sealed_at"])
    until = f"{kept[8:]}/{kept[5:7]}/{kept[:4]}" if kept else ("vĩnh viễn" if row["code"] else "chưa định")
    chair = next((p.name for p in state.roll.people.values() if p.role == "chair"), "")
    clerk = next((p.name for p in state.roll.people.values() if p.role == "secretary"), "")
    return {
        "agency": head.issuing.replace("\n", " "),
        "heading": "PHIẾU NIÊM PHONG HỒ SƠ",
        "title": frame.title,
        "rows": [
            ["Ngày họp", f"{clock.local(frame.opened_at or frame.starts_at):%d/%m/%Y}", False],
            ["Đơn vị chủ trì", fields.unit_of(state), False],
            ["Tên gói hồ sơ", row["name"], True],
            ["Dung lượng", f"{row['bytes']:,} byte".replace(",", "."), False],
            ["Số tệp trong gói", str(manifest[1]), False],
            ["Số sự kiện trong nhật ký", str(state.archive.seq), False],
            ["SHA-256 của gói", row["file"], True],
            ["SHA-256 của manifest-sha256.txt", manifest[0], True],
            ["Niêm phong lúc", f"{day:%H giờ %M, ngày %d/%m/%Y}", False],
            ["Thời hạn bảo quản", until, False],
        ],
        "how": "Kiểm tra: lệnh sha256sum (Windows: certutil -hashfile) trên tệp gói phải cho đúng mã SHA-256 ở trên; "
        "trong thư mục đã giải nén: sha256sum -c manifest-sha256.txt.",
        "place": f"Ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "signers": [["Thư ký", clerk], ["Chủ tọa", chair]],
        "hint": "(Ký, ghi rõ họ tên)",
        "written": row["sealed_at"],
    }


@bp.post("/api/archives/<archive>/supplements")
@signed_in
def add(archive: str):
    """multipart `file`, `title`, by the meeting's staff: what came after the seal (the signed slip, a copy signed late)
    → 201 `{n, name, sha256, bytes}`, a package `…-bs1.zip` of its own that names the sealed one."""
    actions.find_package(archive)
    with upload.receive_upload(request.environ, context().settings) as (arrival, form):
        file = check_evidence(arrival)
        made = supplements.add(context(), archive, arrival, file, form.get("title", ""), g.user)
    return {"n": made["n"], "name": made["name"], "sha256": made["file"], "bytes": made["bytes"]}, 201


@bp.get("/api/archives/<archive>/supplements")
@signed_in
def list_all(archive: str):
    """`[{n, name, title, sha256, bytes, at, by, belongs_to}]`, for the meeting's staff."""
    guard.require_staff(archive)
    with context().pool.lend() as db:
        rows = supplement_store.list_of(db, archive)
    shown = ("n", "name", "title", "bytes", "at", "belongs_to")
    return [{key: row[key] for key in shown} | {"sha256": row["file"], "by": row["by_name"]} for row in rows]


@bp.get("/api/archives/<archive>/supplements/<int:n>/file")
@signed_in
def file(archive: str, n: int):
    """The package of a supplement, for the meeting's staff."""
    guard.require_staff(archive)
    with context().pool.lend() as db:
        row = supplement_store.find(db, archive, n) if n < 2**31 else None
    return actions.send_package(row)
