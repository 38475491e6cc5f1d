"""For those who watch the server: whether it lives (`/healthz`), and whether it can do its work (`/readyz`)."""

import shutil
import sqlite3
from collections.abc import Callable

from flask import Blueprint, jsonify

from meetingroom import jobs
from meetingroom.config import MEGABYTE
from meetingroom.database import Busy
from meetingroom.documents import office
from meetingroom.web.house import house

bp = Blueprint("health", __name__)

ROOM_NEEDED = 200 * MEGABYTE


@bp.get("/healthz")
def alive():
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/readyz")
def ready():
    """`{"ready", "missing": [codes], "limited": [codes]}`: 503 when something that every meeting needs is missing;
    `limited` names what only some papers or meetings need, and what is nearly used up."""
    missing = [code for code, is_there in NEEDED.items() if not is_there()]
    limited = [code for code, is_there in WISHED.items() if not is_there()]
    return jsonify({"ready": not missing, "missing": missing, "limited": limited}), 503 if missing else 200


def database_writes() -> bool:
    """The write lock can be had: the file is there, and nobody holds it for ever."""
    try:
        with house().pool.writing():
            return True
    except (sqlite3.Error, Busy):
        return False


def worker_lives() -> bool:
    return jobs.alive(house().settings)


def has_room() -> bool:
    return shutil.disk_usage(house().settings.data).free >= ROOM_NEEDED


NEEDED = {"database": database_writes, "worker": worker_lives, "disk": has_room, "push": lambda: house().push.alive}


def files_left() -> bool:
    """Open files (a connection is one) are far from what the system allows."""
    return house().gate is None or not house().gate.crowded


WISHED: dict[str, Callable[[], bool]] = {
    "office": office.available,
    "screens": lambda: not house().push.hurt,
    "files": files_left,
}
