"""Small checks that several topics share. Each raises Refused with a code."""

import re

from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.state import Item, MeetingState, Paper, Person
from meetingroom.spelling import compose

TITLE_LENGTH = 500
TEXT_LENGTH = 100_000
OVER = ("closed", "archived", "cancelled")
SEALED = ("archived", "cancelled")
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What has no shape on any screen or paper, or turns the words around it: controls, marks of direction, no characters.
SHAPELESS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
JOINERS = "\u200c\u200d"


def clean_text(value: str) -> str:
    """`value` in one Unicode form (NFC), one kind of line break, without what cannot be seen."""
    return SHAPELESS.sub("", BREAKS.sub("\n", compose(value)))


def check_bearable(value: str, limit: int, field: str) -> str:
    """`value`, unless it is far longer than `limit`: looked at before anything is done with it. Refused("too_long")."""
    if len(value) > 4 * limit + 1000:  # decomposed, with spaces around it, it may still become short enough
        raise Refused("too_long", field=field, limit=limit)
    return value


def text(value: str, limit: int = TITLE_LENGTH, *, needed: bool = True, field: str = "title") -> str:
    """`value` cleaned and trimmed; Refused("empty") or Refused("too_long")."""
    value = clean_text(check_bearable(value, limit, field)).strip()
    if needed and not value.strip(JOINERS):
        raise Refused("empty", field=field)
    if len(value) > limit:
        raise Refused("too_long", field=field, limit=limit)
    return value


def check_exists(state: MeetingState) -> None:
    if state.meeting.status == "none":
        raise Refused("no_such_meeting")


def check_changeable(state: MeetingState) -> None:
    """The programme and the people can still be changed."""
    check_exists(state)
    if state.meeting.status in OVER:
        raise Refused("meeting_over")


def check_not_archived(state: MeetingState) -> None:
    """Not archived and not cancelled: what is left to do after the close can still be done."""
    check_exists(state)
    if state.meeting.status in SEALED:
        raise Refused("meeting_over")


def check_recordable(state: MeetingState) -> None:
    """What the minutes tell can still change: nothing is sealed, and nobody has approved them."""
    check_not_archived(state)
    if state.record.approved:
        raise Refused("minutes_approved")


def check_live(state: MeetingState) -> None:
    """The meeting is running now (not adjourned)."""
    check_exists(state)
    if state.meeting.status == "adjourned":
        raise Refused("meeting_adjourned")
    if state.meeting.status in OVER:
        raise Refused("meeting_over")
    if state.meeting.status != "live":
        raise Refused("meeting_not_open")


def check_not_secret(state: MeetingState) -> None:
    """A meeting on state secrets is a neutral shell here: nothing of its content comes in, in no free text either.

    Why somebody is absent may be said: that is about the person and belongs to the roll, which the shell has.
    """
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
