"""Where one goes on from a meeting's page: into its room, to its minutes."""

from flask import url_for

from meetingroom.meeting.issuing import being_replaced
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.state import MeetingState


def has_minutes(state: MeetingState, role: str) -> bool:
    """The staff write them from the opening on; the others read them once the chair has approved them."""
    begun = state.meeting.status in ("live", "adjourned", "closed", "archived")
    return (
        begun
        and state.meeting.secrecy == "none"
        and bool(role in STAFF or state.record.approved or being_replaced(state))
    )


def state_of_minutes(state: MeetingState) -> str:
    """What is to be said of the minutes of a meeting that was held: "draft" | "approved" | ""."""
    if state.meeting.status not in ("closed", "archived") or state.meeting.secrecy != "none":
        return ""
    return "approved" if state.record.approved or being_replaced(state) else "draft"


def room_address(meeting: str) -> str:
    """Where one enters the room; which screen it is follows from the role (devices/routes_screens.py)."""
    return url_for("screens.meeting_room", meeting=meeting)
