"""Creating a meeting, and what a request brings for a command."""

import hashlib

from flask import g

from meetingroom import clock
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import CreateMeeting
from meetingroom.meeting.people import Invite
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_command_id as read_command_id
from meetingroom.web.json_body import read_json_object as read_json_object


def create_meeting(creation: CreateMeeting, request_id: str, role: str = "organiser") -> str:
    """The id of the new meeting, with its creator in it; the same `request_id` of the same person again: the same."""
    digest = hashlib.sha256(f"{g.user.id}/{request_id or clock.new_id()}".encode()).hexdigest()
    meeting, actor = "m" + digest[:15], Actor(g.user.id, "system")
    do_command(meeting, creation, actor, "create")
    do_command(meeting, Invite(g.user.id, role), actor, "organiser")
    return meeting


def read_moment(value, field: str):
    """A time from JSON: milliseconds, or ISO 8601 (local if it has no offset)."""
    if isinstance(value, str):
        try:
            return clock.milliseconds(value)
        except ValueError:
            raise Problem("bad_time", 422, field=field) from None
    return value
