"""Small checks that several topics share. Each raises Refused with a code."""

import unicodedata

from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.state import Item, MeetingState, Paper, Person

TITLE_LENGTH = 500
TEXT_LENGTH = 100_000
OVER = ("closed", "archived", "cancelled")


def text(value: str, limit: int = TITLE_LENGTH, *, needed: bool = True, field: str = "title") -> str:
    """`value` trimmed, in one Unicode form (NFC); Refused("empty") or Refused("too_long")."""
    value = unicodedata.normalize("NFC", value).strip()
    if needed and not value:
        raise Refused("empty", field=field)
    if len(value) > limit:
        raise Refused("too_long", field=field, limit=limit)
    return value


def exists(state: MeetingState) -> None:
    if state.meeting.status == "none":
        raise Refused("no_such_meeting")


def changeable(state: MeetingState) -> None:
    """The programme and the people can still be changed."""
    exists(state)
    if state.meeting.status in OVER:
        raise Refused("meeting_over")


def live(state: MeetingState) -> None:
    """The meeting is running now (not adjourned)."""
    exists(state)
    if state.meeting.status == "adjourned":
        raise Refused("meeting_adjourned")
    if state.meeting.status in OVER:
        raise Refused("meeting_over")
    if state.meeting.status != "live":
        raise Refused("meeting_not_open")


def not_secret(state: MeetingState) -> None:
    """A meeting on state secrets is a neutral shell here: nothing of its content comes in."""
    if state.meeting.secrecy != "none":
        raise Refused("secret_meeting")


def item(state: MeetingState, key: str) -> Item:
    if key not in state.agenda.items:
        raise Refused("no_such_item")
    return state.agenda.items[key]


def paper(state: MeetingState, key: str) -> Paper:
    if key not in state.papers:
        raise Refused("no_such_paper")
    return state.papers[key]


def person(state: MeetingState, key: str) -> Person:
    if key not in state.roll.people:
        raise Refused("no_such_person")
    return state.roll.people[key]


def one_of(value: str, choices, field: str) -> None:
    if value not in choices:
        raise Refused("not_a_choice", field=field)
