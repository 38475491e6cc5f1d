"""A tablet that several people share: whose it is, and what somebody may do at it. Reads the database.

The page it shows needs nobody's PIN: the tablet itself is a member of the meeting by its cookie. A person acts with
their PIN, in a session that is bound to the tablet and good for one command, or a minute.
"""

from meetingroom import clock
from meetingroom.auth import guard, sessions
from meetingroom.devices import tablet_store
from meetingroom.meeting.state import MeetingState
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

LEAST, MOST = 2, 3
A_MOMENT = 60_000  # ms a person may act for after their PIN
REPEATS = 10_000  # ms in which a command whose answer was lost may be sent again
# What people do for themselves. Whoever runs a meeting does it on a device of their own.
OWN = {"check_in", "check_out", "request_floor", "withdraw_request", "cast_vote", "call_service", "cancel_call"}
OF_OTHERS = ("person", "request")


def current_tablet() -> dict | None:
    """The enrolled tablet this request comes from: {id, name, meeting, people}; None if it is none."""
    id = guard.tablet_here()
    if not id:
        return None
    with context().pool.lend() as db:
        tablet = tablet_store.find_tablet(db, id)
    return tablet if tablet and tablet["meeting"] else None


def check_allowed(user: guard.User, command_id: str, name: str, args: dict, state: MeetingState) -> None:
    """Whether somebody at a shared tablet may do this. Raises Problem."""
    if user.done and user.done != command_id:
        raise Problem("not_signed_in", 401)
    if name == "cast_vote" and is_secret(state, args.get("ballot")):
        raise Problem("own_device_needed", 409)
    if name not in OWN or any(args.get(key) not in (None, "", user.id) for key in OF_OTHERS):
        raise Problem("not_on_a_shared_tablet", 403)


def mark_spent(user: guard.User, command_id: str) -> None:
    """The one command is given."""
    with context().pool.writing() as db:
        sessions.spend_session(db, user.session, command_id, clock.now() + REPEATS)


def is_secret(state: MeetingState, key) -> bool:
    ballot = state.ballots.ballots.get(key) if isinstance(key, str) else None
    return bool(ballot and ballot.secret)
