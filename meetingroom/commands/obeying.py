"""A command over the wire is done: who may, what is meant, through the one door. Both ways in lead here."""

from collections.abc import Callable

from flask import g

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.commands import do, preparing
from meetingroom.devices import tablets
from meetingroom.meeting import wire
from meetingroom.meeting.kernel import Actor
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command

ADDRESS = "/api/meetings/<meeting>/commands"
FAILED = "meetingroom.failed"  # in a request's environ: what the short way (direct.py) leaves to be put into words


def obey(meeting: str, read_body: Callable[[], dict], role: str = "") -> dict:
    """`{seq}` of what `g.user` wished. Raises Problem, Refused, Busy. `role`: theirs, where it was asked already."""
    role = role or guard.require_member_or_clerk(meeting)
    body = read_body()
    name = do.read_command_id(body.get("id"))
    wanted = wire.command_from(body.get("name"), body.get("args") or {})
    if g.user.tablet:
        tablets.check_allowed(g.user, name, body["name"], body.get("args") or {}, log.state(context().pool, meeting))
    if g.user.clerk and "clerk" in wanted.may and role not in wanted.may:
        role = "clerk"
    preparing.before(meeting, wanted, role)
    answer = do_command(meeting, wanted, Actor(g.user.id, role), name)
    if g.user.tablet:
        tablets.mark_spent(g.user, name)
    return {"seq": answer.seq, "receipt": answer.receipt} if answer.receipt else {"seq": answer.seq}
