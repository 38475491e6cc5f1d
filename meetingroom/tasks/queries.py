"""What the pages and the API read for whoever asks."""

from flask import g, request

from meetingroom.auth import account_store
from meetingroom.tasks import visible_tasks
from meetingroom.tasks.units import Units
from meetingroom.tasks.visible_tasks import Seen
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

LONGEST = 200


def read_filters() -> dict[str, str]:
    """The filters of the address, in one spelling."""
    return {name: request.args.get(name, "").strip()[:LONGEST] for name in visible_tasks.FILTERS}


def find_task(task: str) -> tuple[Seen, Units, dict[str, str]]:
    """One task as `g.user` sees it, the directory, and everybody's name. Raises Problem("not_found")."""
    with context().pool.lend() as db:
        found = visible_tasks.look_at(db, g.user.id, task)
        known = read_names(db)
    if found is None:
        raise Problem("not_found", 404)
    return *found, known


def read_names(db) -> dict[str, str]:
    """Everybody's name, also of those who have left."""
    return {row["id"]: row["name"] for row in account_store.list_users(db)}
