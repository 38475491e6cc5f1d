"""How far somebody has come in the guided start."""

from flask import g

from meetingroom import log
from meetingroom.auth import first_store
from meetingroom.desk import first_steps
from meetingroom.web.context import context


def find_own() -> tuple[dict | None, int]:
    """My guide, and how many people there are besides me."""
    with context().pool.lend() as db:
        return first_store.find_guide(db, g.user.id), first_store.count_others(db, g.user.id)


def find_open_guide() -> dict | None:
    """For the home page: `{number, step}` of the guide until it is done."""
    if g.user.role not in ("admin", "organiser"):
        return None
    guide, others = find_own()
    if guide is None:
        return None
    if guide["meeting"] and log.state(context().pool, guide["meeting"]).meeting.status not in first_steps.BEFORE:
        return None
    step = first_steps.step(guide["step"], others)
    return {"step": step, "number": first_steps.NUMBER[step]}
