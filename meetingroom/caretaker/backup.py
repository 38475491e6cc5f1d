"""One file that holds everything, taken while the server runs; and the way back."""

import contextlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import time
from pathlib import Path

from meetingroom import clock, database
from meetingroom.caretaker import folder
from meetingroom.caretaker.trouble import Trouble, explained
from meetingroom.config import MEGABYTE, Settings

FORMAT = 1
MANIFEST = "manifest.json"
FOLDERS = ("files", "pages")
LOOSE = ("secret.key",)


def default_name() -> str:
    return f"meetingroom-{clock.local(clock.now()):%Y%m%d-%H%M%S}.tar"


def back_up(settings: Settings, target: Path) -> int:
    """Write `target`; its size in bytes. The database is copied first: files are only ever added, so every file it
    names is there when the files follow. Raises Trouble."""
    if not settings.database.exists():
        raise no_data(settings.data)
    aside = target.with_name(f"{target.name}.part")
    with explained(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        needed = settings.database.stat().st_size + sum(size_of(settings.data / name) for name in FOLDERS)
    folder.has_room(target.parent, needed + 20 * MEGABYTE)
    try:
        with explained(target.parent), tempfile.TemporaryDirectory(dir=target.parent) as place:
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
            aside.rename(target)
        with contextlib.suppress(OSError):  # its time is what the administration page tells
            (settings.data / "backup.made").touch()
    finally:
        aside.unlink(missing_ok=True)
    return target.stat().st_size


def add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    """A file, or all files of a folder but those still being written. One that is deleted meanwhile is no longer named
    by the database that will be restored, or its deletion is repeated."""
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.name != "incoming" and child.suffix not in (".new", ".gone"):
                add(tar, child, f"{name}/{child.name}")
    elif path.is_file():
        try:
            tar.add(path, name, recursive=False)
        except FileNotFoundError:
            return


def add_manifest(tar: tarfile.TarFile) -> None:
    told = json.dumps({"format": FORMAT, "made_at": clock.iso(clock.now()), "program": "meetingroom"}).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mtime = len(told), int(time.time())
    tar.addfile(entry, io.BytesIO(told))


def copy_database(source: Path, target: Path) -> None:
    """A copy as of one moment, while others write; checked before it is trusted."""
    one, two = sqlite3.connect(source, timeout=30), sqlite3.connect(target)
    try:
        one.backup(two, pages=2000)
        two.execute("pragma journal_mode = delete")
        if (found := two.execute("pragma quick_check").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(found)
    finally:
        one.close()
        two.close()


def restore(settings: Settings, source: Path) -> Path | None:
    """Put a backup in place of the data folder; where the former data was laid aside, if there was any.

    Everything is unpacked and checked beside the folder first. Raises Trouble and has then changed nothing.
    """
    data = settings.data.absolute()
    if not source.is_file():
        raise Trouble(f"không tìm thấy tệp sao lưu {source}.", f"there is no backup file {source}.")
    with explained(data):
        data.parent.mkdir(parents=True, exist_ok=True)
    folder.has_room(data.parent, source.stat().st_size + 20 * MEGABYTE)
    fresh = Path(tempfile.mkdtemp(dir=data.parent, prefix=f".{data.name}-restore-"))
    try:
        with explained(data.parent):
            unpack(source, fresh)
        with explained(fresh):
            database.prepare(fresh / "meetingroom.db")
        with explained(data.parent):
            return put_in_place(settings, data, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put_in_place(settings: Settings, data: Path, fresh: Path) -> Path | None:
    if not data.exists() or not any(data.iterdir()):
        data.mkdir(exist_ok=True)
        data.rmdir()
        fresh.rename(data)
        return None
    with folder.held(settings):
        former = data.with_name(f"{data.name}.before-{clock.local(clock.now()):%Y%m%d-%H%M%S}")
        data.rename(former)
        fresh.rename(data)
    return former


def unpack(source: Path, target: Path) -> None:
    try:
        with tarfile.open(source) as tar:
            member = tar.extractfile(MANIFEST)
            told = json.loads(member.read()) if member else {}
            if told.get("program") != "meetingroom":
                raise not_a_backup(source)
            if told.get("format") != FORMAT:
                raise Trouble(
                    f"{source} do phiên bản mới hơn của chương trình tạo ra; hãy cập nhật chương trình.",
                    f"{source} was made by a newer version of the program; update the program.",
                )
            tar.extractall(target, filter="data")
    except (tarfile.TarError, KeyError, ValueError, EOFError) as error:
        raise not_a_backup(source) from error
    target.chmod(0o700)


def not_a_backup(source: Path) -> Trouble:
    return Trouble(
        f"{source} không phải là bản sao lưu của chương trình này, hoặc đã hỏng; hãy chọn tệp khác.",
        f"{source} is not a backup of this program, or it is damaged; choose another file.",
    )


def no_data(data: Path) -> Trouble:
    return Trouble(
        f"không có dữ liệu trong {data}; hãy chỉ đúng thư mục bằng --data.",
        f"there is no data in {data}; name the right folder with --data.",
    )


def size_of(path: Path) -> int:
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
