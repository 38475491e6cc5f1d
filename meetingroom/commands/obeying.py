"""A command over the wire is done: who may, what is meant, through the one door. Both ways in lead here."""

from collections.abc import Callable

from flask import g

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.commands import preparing
from meetingroom.devices import tablets
from meetingroom.meeting import wire
from meetingroom.meeting.kernel import Actor, Command
from meetingroom.web.context import Context, context
from meetingroom.web.dispatch import do_command
from meetingroom.web.json_body import read_command_id

ADDRESS = "/api/meetings/<meeting>/commands"
FAILED = "meetingroom.failed"  # in a request's environ: what the short way (direct.py) leaves to be put into words


def obey(meeting: str, read_body: Callable[[], dict]) -> dict:
    """`{seq}` of what `g.user` wished. Raises Problem, Refused, Busy."""
    role = guard.require_member_or_clerk(meeting)
    body = read_body()
    wanted, name = read_wish(body)
    if g.user.tablet:
        tablets.check_allowed(g.user, name, body["name"], body.get("args") or {}, log.state(context().pool, meeting))
    role = acting_role(g.user, role, wanted)
    preparing.before(meeting, wanted, role)
    done = give(context(), meeting, wanted, Actor(g.user.id, role), name)
    if g.user.tablet:
        tablets.mark_spent(g.user, name)
    return done


def read_wish(body: dict) -> tuple[Command, str]:
    """What a body means, and its id. Raises Problem, Refused."""
    name = read_command_id(body.get("id"))
    return wire.command_from(body.get("name"), body.get("args") or {}), name


def acting_role(user: guard.User, role: str, wanted: Command) -> str:
    """As whom they wish it: a clerk may what clerks may, in every meeting."""
    return "clerk" if user.clerk and "clerk" in wanted.may and role not in wanted.may else role


def give(program: Context, meeting: str, wanted: Command, asker: log.Asker, name: str) -> dict:
    """Through the one door, then out to the rooms: `{seq}`, and the receipt if there is one."""
    answer = do_command(meeting, wanted, asker, name, program)
    return {"seq": answer.seq, "receipt": answer.receipt} if answer.receipt else {"seq": answer.seq}
