"""Who a device is: a person of the meeting, a big screen or a shared tablet by its own name."""

from collections.abc import Callable

from flask_babel import gettext as _

from meetingroom.meeting.state import MeetingState


def name_in(state: MeetingState, screens: dict[str, str]) -> Callable[[dict], str]:
    """`screens`: their names by device. The function gives the name for a row with `person` and `device`."""

    def named(row: dict) -> str:
        entry = state.roll.people.get(row["person"])
        if entry:
            return entry.name
        return screens.get(row["device"]) or (_("Somebody who has left") if row["person"] else _("Big screen"))

    return named
