"""For those who watch the server: whether it lives (`/healthz`), and whether it can do its work (`/readyz`)."""

import sqlite3
from collections.abc import Callable

from flask import Blueprint, current_app, jsonify

from meetingroom import clock, disk
from meetingroom.cases.media import ffmpeg
from meetingroom.database import Busy
from meetingroom.documents import office
from meetingroom.jobs import heartbeat
from meetingroom.monitoring import store
from meetingroom.monitoring.probe_store import DatabaseProbe
from meetingroom.web.context import context

bp = Blueprint("health", __name__)
BACKUP_HOURS = 48


@bp.get("/healthz")
def alive():
    """`ok`: the process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/readyz")
def ready():
    """`{ready, missing: [codes], limited: [codes], wall, database?}`: 503 when what every meeting needs is missing.

    `limited` names what only some papers or meetings need, and what is nearly used up; `wall` is
    behind what strangers' files are opened (bubblewrap | unshare | plain, with " own" where the server's rights are
    kept; "" while the worker has not said); `database` what is wrong with it (gone | read_only | tables_missing |
    damaged | busy).
    """
    missing = [code for code, is_there in NEEDED.items() if not is_there()]
    limited = [code for code, is_there in WANTED.items() if not is_there()]
    why = {"database": soundness().found or "busy"} if "database" in missing else {}
    answer = {
        "ready": not missing,
        "missing": missing,
        "limited": limited,
        "wall": heartbeat.worker_wall(context().settings),
        **why,
    }
    return jsonify(answer), 503 if missing else 200


@bp.record_once
def prepare(state) -> None:
    path = state.app.extensions["meetingroom"].settings.database
    state.app.extensions["meetingroom.soundness"] = DatabaseProbe(path)


def soundness() -> DatabaseProbe:
    return current_app.extensions["meetingroom.soundness"]


def database_works() -> bool:
    """The file is there and hangs together, and nobody holds its write lock for ever."""
    if context().in_thread(soundness().wrong):
        return False
    try:
        with context().pool.writing():
            return True
    except (sqlite3.Error, Busy):
        return False


def worker_lives() -> bool:
    return heartbeat.worker_alive(context().settings)


def has_room() -> bool:
    return disk.has_room(context().settings.data)


NEEDED = {"database": database_works, "worker": worker_lives, "disk": has_room, "push": lambda: context().push.alive}


def has_free_files() -> bool:
    """Open files (a connection is one) are far from what the system allows."""
    return context().connections is None or not context().connections.crowded


def walled() -> bool:
    """Strangers' files are opened where they see neither the disk nor the network, as far as the worker has said."""
    return heartbeat.worker_wall(context().settings) in ("bubblewrap", "")


def backed_up() -> bool:
    """The last backup is younger than 48 hours; a system that is itself younger needs none yet."""
    with context().pool.lend() as db:
        since = store.backed_up_at(db) or store.begun_at(db)
    return not since or clock.now() - since <= BACKUP_HOURS * 3_600_000


WANTED: dict[str, Callable[[], bool]] = {
    "wall": walled,
    "office": office.available,
    "media": ffmpeg.available,
    "screens": lambda: not context().push.hurt,
    "files": has_free_files,
    "backup": backed_up,
}
