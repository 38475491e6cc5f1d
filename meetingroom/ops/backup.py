"""One file that holds everything, taken while the server runs; and the way back."""

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from meetingroom import clock, database
from meetingroom.config import MEGABYTE, Settings
from meetingroom.ops import data_folder, inspection
from meetingroom.ops.startup_errors import StartupError, explain_broken, explain_errors

FORMAT = 1
MANIFEST = "manifest.json"
FOLDERS = ("files", "pages")
LOOSE = ("secret.key",)
# All that a backup may hold. Whatever else lies in a data folder is made anew, or (as `queue.db` once) believed.
MEMBERS = re.compile(
    r"manifest\.json|meetingroom\.db|secret\.key"
    r"|files/[0-9a-f]{2}/[0-9a-f]{64}|pages/[0-9a-f]{2}/[0-9a-f]{64}/(?:[\w-]+/)?[\w-]+\.\w+",
    re.ASCII,
)


@dataclass(frozen=True)
class Restored:
    """Where the former data was laid aside, if there was any; and what was found in the data now in its place."""

    former: Path | None
    report: inspection.Report


def default_name() -> str:
    return f"meetingroom-{clock.local(clock.now()):%Y%m%d-%H%M%S}.tar"


def make_backup(settings: Settings, target: Path) -> list[str]:
    """Write `target`. The database is copied first: files are only ever added, so every file it names is there when the
    files follow. The file gets its name only after it was read back.

    A line for every paper that is missing or has changed: it was so in the data folder, and keeps nothing else from
    being backed up. Raises StartupError.
    """
    if not settings.database.exists():
        raise no_data(settings.data)
    aside = target.with_name(f"{target.name}.part")
    with explain_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        needed = settings.database.stat().st_size + sum(size_of(settings.data / name) for name in FOLDERS)
    data_folder.check_room(target.parent, needed + 20 * MEGABYTE)
    try:
        with explain_errors(target.parent), tempfile.TemporaryDirectory(dir=target.parent) as place:
            copy = Path(place) / "meetingroom.db"
            copy_database(settings.database, copy)
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    add_manifest(tar)
                    tar.add(copy, "meetingroom.db")
                    for name in (*LOOSE, *FOLDERS):
                        add(tar, settings.data / name, name)
                file.flush()
                os.fsync(file.fileno())
            problems = read_back(aside, copy)
            aside.rename(target)
        with contextlib.suppress(OSError):  # its time is what the administration page tells
            (settings.data / "backup.made").touch()
    finally:
        aside.unlink(missing_ok=True)
    return problems


def add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    """A file, or all files of a folder but those still being written. One that is deleted meanwhile is no longer named
    by the database that will be restored, or its deletion is repeated."""
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.name != "incoming" and child.suffix not in (".new", ".gone"):
                add(tar, child, f"{name}/{child.name}")
    elif path.is_file() and MEMBERS.fullmatch(name):
        try:
            tar.add(path, name, recursive=False)
        except FileNotFoundError:
            return


def add_manifest(tar: tarfile.TarFile) -> None:
    manifest = json.dumps({"format": FORMAT, "made_at": clock.iso(clock.now()), "program": "meetingroom"}).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mtime = len(manifest), int(time.time())
    tar.addfile(entry, io.BytesIO(manifest))


def copy_database(source: Path, target: Path) -> None:
    """A copy as of one moment, however busily others write; checked before it is trusted.

    In one transaction: SQLite's backup in steps begins again at every commit of another process. Written anew, the copy
    holds nothing of what was deleted.
    """
    with contextlib.closing(sqlite3.connect(source, timeout=30, isolation_level=None)) as one:
        one.execute("vacuum into ?", (str(target),))
    with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as two:
        two.execute("pragma journal_mode = delete")
        if (found := two.execute("pragma integrity_check(1)").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(found)


def read_back(archive: Path, copy: Path) -> list[str]:
    """Every byte that was written is read again. Returns a line for each paper that is not in it as the database names
    it. Raises StartupError if what was written is not what there was."""
    with contextlib.closing(sqlite3.connect(copy)) as db:
        papers = db.execute("select sha, title from documents where status = 'ready' order by at, id").fetchall()
        papers += [(sha, f"{kind}, {meeting}") for sha, kind, meeting in db.execute(inspection.NAMED_FILES)]
        with contextlib.suppress(sqlite3.OperationalError):  # a database that no newer program has opened yet
            papers += db.execute(inspection.RECORDINGS).fetchall()
    found = {}
    with tarfile.open(archive, "r:") as tar:
        for member in tar:
            if file := tar.extractfile(member):
                found[member.name] = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    if found.get("meetingroom.db") != inspection.hash_file(copy) or MANIFEST not in found:
        raise unreadable(archive)
    return [
        f"paper {title}: the original {'has changed' if f'files/{sha[:2]}/{sha}' in found else 'is missing'}"
        for sha, title in papers
        if found.get(f"files/{sha[:2]}/{sha}") != sha
    ]


def unreadable(archive: Path) -> StartupError:
    return StartupError(
        f"bản sao lưu ghi ra {archive.parent} đọc lại không đúng nên không được giữ; đề nghị sao lưu sang ổ đĩa khác.",
        f"the backup written to {archive.parent} does not read back as written and was not kept; use another disk.",
    )


def restore(settings: Settings, source: Path) -> Restored:
    """Put a backup in place of the data folder.

    Everything is unpacked, opened and verified beside the folder first. Raises StartupError and has then changed
    nothing. A paper that is damaged or missing does not keep the rest from coming back; the report names it.
    """
    data = settings.data.absolute()
    if not source.is_file():
        raise StartupError(f"không tìm thấy tệp sao lưu {source}.", f"there is no backup file {source}.")
    with explain_errors(data):
        data.parent.mkdir(parents=True, exist_ok=True)
    data_folder.check_room(data.parent, source.stat().st_size + 20 * MEGABYTE)
    fresh = Path(tempfile.mkdtemp(dir=data.parent, prefix=f".{data.name}-restore-"))
    try:
        with explain_errors(data.parent):
            unpack(source, fresh)
        with explain_errors(fresh):
            database.prepare(fresh / "meetingroom.db")
        report = inspection.inspect(replace(settings, data=fresh))
        if torn := [problem for problem in report.problems if problem.startswith("database: ")]:
            raise explain_broken(source, sqlite3.DatabaseError(torn[0]))
        with explain_errors(data.parent):
            return Restored(put_in_place(settings, data, fresh), report)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put_in_place(settings: Settings, data: Path, fresh: Path) -> Path | None:
    if not data.exists() or not any(data.iterdir()):
        data.mkdir(exist_ok=True)
        data.rmdir()
        fresh.rename(data)
        return None
    with data_folder.hold_folder(settings):
        former = data.with_name(f"{data.name}.before-{clock.local(clock.now()):%Y%m%d-%H%M%S}")
        data.rename(former)
        fresh.rename(data)
    return former


def unpack(source: Path, target: Path) -> None:
    try:
        with tarfile.open(source, "r:") as tar:
            manifest = tar.extractfile(MANIFEST)
            header = json.loads(manifest.read(10_000)) if manifest else {}
            if not isinstance(header, dict) or header.get("program") != "meetingroom":
                raise not_a_backup(source)
            if header.get("format") != FORMAT:
                raise StartupError(
                    f"{source} do phiên bản mới hơn của chương trình tạo ra; đề nghị cập nhật chương trình.",
                    f"{source} was made by a newer version of the program; update the program.",
                )
            members = tar.getmembers()
            for member in members:
                # One with holes would be written out whole, and its head may say any size.
                if not member.isreg() or member.issparse() or not MEMBERS.fullmatch(member.name):
                    raise foreign_member(source, member.name)
            for member in members:
                bring_out(tar, member, target / member.name)
    except (tarfile.TarError, KeyError, ValueError, EOFError) as error:
        raise not_a_backup(source) from error
    if not (target / "meetingroom.db").is_file():
        raise not_a_backup(source)
    target.chmod(0o700)


def bring_out(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    """What `extractall(filter="data")` does, which Debian 12's own Python does not have: the bytes and who may read
    them; no owner, no link, no right for others to write."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = tar.extractfile(member)
    assert content
    with path.open("wb") as file:
        shutil.copyfileobj(content, file, 1 << 20)
    path.chmod(member.mode & 0o755 | 0o600)


def foreign_member(source: Path, name: str) -> StartupError:
    name = "".join(c if c.isprintable() else "?" for c in name)[:100]
    return StartupError(
        f"{source} chứa một mục không thuộc bản sao lưu ({name}), có thể đã bị sửa; không phục hồi gì từ tệp này.",
        f"{source} holds something that no backup holds ({name}), it may have been changed; nothing was restored.",
    )


def not_a_backup(source: Path) -> StartupError:
    return StartupError(
        f"{source} không phải là bản sao lưu của chương trình này, hoặc đã hỏng; đề nghị chọn tệp khác.",
        f"{source} is not a backup of this program, or it is damaged; choose another file.",
    )


def no_data(data: Path) -> StartupError:
    return StartupError(
        f"không có dữ liệu trong {data}; đề nghị chỉ đúng thư mục bằng --data.",
        f"there is no data in {data}; name the right folder with --data.",
    )


def size_of(path: Path) -> int:
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
