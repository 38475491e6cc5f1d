"""The data folder: that there is room in it, and that only one server uses it."""

import fcntl
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path

from meetingroom import database, disk
from meetingroom.config import Settings
from meetingroom.ops.startup_errors import StartupError, explain_errors, explain_full


def prepare_folder(settings: Settings) -> None:
    """The folder exists and there is room. Raises StartupError."""
    with explain_errors(settings.data):
        settings.data.mkdir(parents=True, exist_ok=True)
        settings.data.chmod(0o700)
    check_room(settings.data)


def check_room(folder: Path, needed: int = disk.KEPT_FREE) -> None:
    if disk.free_bytes(folder) < needed:
        raise explain_full(folder)


def check_database(settings: Settings) -> None:
    """The database, if there is one, is whole and up to date. Some milliseconds a megabyte. Raises StartupError."""
    if not settings.database.exists():
        return
    with explain_errors(settings.data):
        db = database.connect(settings.database, patience=10)
        try:
            (found,) = db.conn.execute("pragma quick_check(1)").fetchone()
        finally:
            db.close()
        if found != "ok":
            raise sqlite3.DatabaseError(" ".join(found.replace("*", "").split()))
        database.prepare(settings.database)  # before the worker starts, which would complain as well


@contextmanager
def hold_folder(settings: Settings):
    """Only this process serves this folder meanwhile. The lock goes with the process, however it ends."""
    path = settings.data / "server.lock"
    with explain_errors(settings.data):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(handle, 100).decode(errors="replace").strip() or "?"
        os.close(handle)
        raise StartupError(
            f"thư mục {settings.data} đang được một máy chủ khác dùng ({holder}); đề nghị dừng máy chủ đó trước, "
            "hoặc chọn thư mục khác bằng DATA=….",
            f"{settings.data} is in use by another server ({holder}); stop that one first, "
            "or choose another folder with DATA=….",
        ) from None
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"pid {os.getpid()}, port {settings.port}\n".encode())
        yield
    finally:
        os.close(handle)
