"""A package is made: aside, whole, then told to the case. In the worker; a killed one begins anew.

It is looked between the files whether the package is still wanted: who asked or a leader may take it back meanwhile.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from meetingroom import clock, disk
from meetingroom.cases import log_store, map_export
from meetingroom.cases.packages import contents, gathering, rules, store, viewer
from meetingroom.cases.packages.gathering import Gathered, NotReady
from meetingroom.config import MEGABYTE
from meetingroom.documents import content_store
from meetingroom.documents.zip_files import Member, add, lines, sync_folder
from meetingroom.printing.printer import printer
from meetingroom.printing.wording import words

OFFICIAL = "vi"  # of what is on paper, and of the text that is read first; the viewer speaks both languages
CHUNK = 20  # pages of the PDF that are made at once
EVERY = 25  # files after which it is looked whether the package is still wanted
DRAWN = 60  # per cent of the way when the PDF is there


class NotWanted(Exception):
    """It was taken back meanwhile."""


def build(context, id: str) -> None:
    """Raises OSError (a full disk: the job waits for room), printer.Failed, queue.Requeue."""
    with context.pool.lend() as db:
        row = store.find(db, id)
        if row is None or row["state"] != "building":
            return
        try:
            gathered = gathering.gather(context.settings, db, row)
        except NotReady as not_ready:
            gathered = None
            reason = str(not_ready)
    if gathered is None:
        fail(context, id, reason)
        return
    try:
        make(context, row, gathered)
    except NotWanted:
        return


def make(context, row: dict, gathered: Gathered) -> None:
    room = sum(path.stat().st_size for path in gathered.files.values() if isinstance(path, Path))
    if not disk.has_room(context.settings.data, 2 * room + 20 * MEGABYTE):
        raise OSError(28, "no space for the package")
    if row["sha"]:  # of a worker that was killed when it had taken its place
        content_store.delete_file(content_store.original_path(context.settings, row["sha"]))
    folder = content_store.work_folder(context.settings)
    folder.mkdir(parents=True, exist_ok=True)
    aside, printed = folder / f"{row['id']}.zip", folder / f"{row['id']}.pdf"
    try:
        print_pdf(context, row, gathered, printed)
        sha = write(context, row, gathered, printed, aside)
        size = aside.stat().st_size
        with context.pool.writing() as db:  # first: should the worker die, the file is found by it
            store.change(db, row["id"], {"sha": sha})
        content_store.take_in(context.settings, aside, sha)
        sync_folder(content_store.original_path(context.settings, sha).parent)
    finally:
        aside.unlink(missing_ok=True)
        printed.unlink(missing_ok=True)
    pages = len(gathered.package.pages)
    with context.pool.writing() as db:
        wanted = store.count(db, row["id"], 100)
        if wanted:
            done = {"state": "ready", "sha": sha, "bytes": size, "pages": pages, "built_at": clock.now()}
            store.change(db, row["id"], done)
            log_store.add(db, row["of"], "package_built", "", serial=rules.serial(row), sha256=sha, pages=pages,
                          script=gathered.script)  # fmt: skip
    if not wanted:
        content_store.delete_file(content_store.original_path(context.settings, sha))


def step(context, row: dict, percent: float) -> None:
    """How far it is. Raises NotWanted, Requeue."""
    context.pause()
    with context.pool.writing() as db:
        if not store.count(db, row["id"], int(percent)):
            raise NotWanted
        context.heartbeat(db)


def foot_of(row: dict) -> str:
    _ = words(OFFICIAL)
    return _("Offline package %(serial)s · Held by: %(name)s · Consent no. %(consent)s",
             serial=rules.serial(row), name=row["holder_name"], consent=rules.consent(row))  # fmt: skip


def about_lines(row: dict) -> list[str]:
    """What a package says of itself, on paper."""
    _ = words(OFFICIAL)
    day = lambda iso: f"{iso[8:]}/{iso[5:7]}/{iso[:4]}"  # noqa: E731
    return [
        _("Case: %(title)s", title=map_export.about(row)),
        _("For: %(court)s", court=row["court"]),
        _("Purpose: %(purpose)s", purpose=row["purpose"]),
        _("Maps: %(maps)s", maps=rules.maps_words(row, _)),
        _("Held by: %(name)s", name=row["holder_name"]),
        _("Serial number: %(serial)s", serial=rules.serial(row)),
        _("Consent no. %(consent)s of %(day)s, by %(name)s", consent=rules.consent(row),
          day=f"{clock.local(row['decided_at']):%d/%m/%Y}", name=row["decided_name"]),
        _("To be back by: %(day)s", day=day(row["due"])),
    ]  # fmt: skip


def print_pdf(context, row: dict, gathered: Gathered, target: Path) -> None:
    """`in-du-phong.pdf`: what this is, the maps on A3, the pages with their numbers; each is a bookmark."""
    from pikepdf import OutlineItem, Pdf

    _ = words(OFFICIAL)
    whole, parts, marks = Pdf.new(), [], []
    printed, drawn = gathered.package.printed, gathered.package.drawn
    chunks = [printed[n : n + CHUNK] for n in range(0, len(printed), CHUNK)]
    places = {place: path for path, place in gathered.package.pages.items()}
    common = {"foot": foot_of(row), "written": row["decided_at"], "title": f"{rules.serial(row)} {row['code']}"}
    front = {"title": _("OFFLINE PACKAGE OF A CASE").upper(), "lines": about_lines(row)}
    asked = [("package_pages", {**common, "front": front, "pages": []})]
    asked += [("map", map_request(row, map)) for map in gathered.package.data["maps"]]
    for chunk in chunks:
        pages = [
            {"file": str(gathered.files[places[place]]), "caption": caption, "excerpts": drawn.get(place, ([], []))}
            for caption, place in chunk
        ]
        asked.append(("package_pages", {**common, "pages": pages}))
    for n, (kind, request) in enumerate(asked, 1):
        parts.append(Pdf.open(io.BytesIO(printer.make(kind, request, "worker")[1])))
        names = [each["caption"] for each in request["pages"]] if kind == "package_pages" else [request["title"]]
        marks += [OutlineItem(name, len(whole.pages) + at) for at, name in enumerate(names)]
        whole.pages.extend(parts[-1].pages)
        step(context, row, DRAWN * n / len(asked))
    with whole.open_outline() as outline:
        outline.root.extend(marks)
    with whole.open_metadata() as metadata:
        metadata["dc:title"] = common["title"]
    whole.save(target, deterministic_id=True)
    for part in parts:
        part.close()


def map_request(row: dict, map: dict) -> dict:
    _ = words(OFFICIAL)
    nodes = {
        key: {name: node[name] for name in ("text", "kind", "bl", "colour", "children") if name in node}
        for key, node in map["nodes"].items()
    }
    links = {str(n): {"kind": "", **link} for n, link in enumerate(map["links"])}
    return {
        "map": {"root": map["root"], "loose": map["loose"], "nodes": nodes, "links": links},
        "title": map["title"], "foot": f"{map['title']} · {foot_of(row)}",
        "page": _("Page %(n)s of %(of)s", n="%(n)s", of="%(of)s"), "written": row["decided_at"], "what": "pdf",
    }  # fmt: skip


def write(context, row: dict, gathered: Gathered, printed: Path, target: Path) -> str:
    """The ZIP with its folder. Returns its SHA-256."""
    stamp = clock.local(row["decided_at"]).timetuple()[:6]
    sums: dict[str, str] = {}
    members = list(files_of(row, gathered, printed))
    with target.open("w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as zip_:
            for n, member in enumerate(members):
                sums[member.path], _length = add(zip_, f"{row['folder']}/{member.path}", member, stamp)
                if n % EVERY == 0:
                    step(context, row, DRAWN + (99 - DRAWN) * n / len(members))
            add(zip_, f"{row['folder']}/SHA256SUMS", Member("SHA256SUMS", lines(sums)), stamp)
        file.flush()
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(row: dict, gathered: Gathered, printed: Path) -> Iterator[Member]:
    about = {
        "folder": row["folder"], "serial": rules.serial(row), "consent": rules.consent(row), "code": row["code"],
        "title": row["title"], "court": row["court"], "holder": row["holder_name"], "by": row["decided_name"],
        "due": row["due"], "at": row["decided_at"], "contents": row["contents"], "audience": row["audience"],
    }  # fmt: skip
    data = {"about": about, **gathered.package.data, "words": viewer.vietnamese()}
    yield Member("index.html", viewer.page(f"{row['code']} · {rules.serial(row)}"))
    yield Member("app.js", viewer.script())
    yield Member("app.css", viewer.sheet())
    yield Member("data.js", contents.data_script(data))
    said = {"about": "\n".join(about_lines(row)), "serial": rules.serial(row), "holder": row["holder_name"]}
    yield Member("DOC-TRUOC.txt", viewer.read_first(said))
    for path, source in gathered.files.items():
        yield Member(path, source)
    yield Member("in-du-phong.pdf", printed)


def fail(context, id: str, reason: str) -> None:
    with context.pool.writing() as db:
        row = store.find(db, id)
        if row and row["state"] == "building":
            store.change(db, id, {"state": "failed", "reason": reason, "percent": 0})
            log_store.add(db, row["of"], "package_failed", "", serial=rules.serial(row))


def mark_given_up(context, id: str) -> None:
    fail(context, id, "gave_up")
