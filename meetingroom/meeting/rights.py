"""Who may read a paper: all members, or those its rights name, while its time lasts. No commands here."""

from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.state import MeetingState, Paper, Rights

LIMIT = 200  # readers named in one paper
ALL = ("all",)


def open_to_all(paper: Paper) -> bool:
    """Whether every member of the meeting may read it, as the log knows it."""
    return paper.readers == "members" and is_open(paper)


def is_open(paper: Paper, at: int | None = None) -> bool:
    """Whether its time has come and is not over, and it was not recalled. By the facts of the bell, and by the clock as
    well where the moment (ms) is given."""
    rights = paper.rights
    if paper.recalled:
        return False
    if rights is None:
        return True
    if at is not None and (at < rights.opens or 0 < rights.until <= at):
        return False
    return (rights.begun or at is not None) and not rights.ended


def names(paper: Paper, state: MeetingState, person: str) -> bool:
    """Whether its readers are all members, or a role, a unit or a name is this person's. The widest that fits."""
    entry = state.roll.people.get(person)
    if entry is None or paper.readers == "staff":
        return False
    if paper.readers == "members":
        return True
    return paper.rights is not None and any(fits(each, paper.rights, person, entry) for each in paper.rights.readers)


def fits(reader: str, rights: Rights, person: str, entry) -> bool:
    kind, _, value = reader.partition(":")
    match kind:
        case "all":
            return True
        case "role":
            return entry.role == value
        case "unit":  # all below it are among `units`
            if entry.unit_id:
                return entry.unit_id in rights.units
            return bool(entry.unit) and entry.unit in rights.units.values()
        case "person":
            return person == value
    return False


def may_open(state: MeetingState, key: str, person: str, at: int | None = None) -> bool:
    """Whether this person may read all of a paper, on the stage or not. Staff read every one."""
    entry = state.roll.people.get(person)
    if entry is None:
        return False
    if entry.role in STAFF:
        return True
    paper = state.papers[key]
    return state.meeting.status != "draft" and names(paper, state, person) and is_open(paper, at)


def without_right(state: MeetingState, key: str) -> list[str]:
    """Who of those that come to the meeting may not read a paper whose readers were chosen."""
    if state.papers[key].rights is None:
        return []
    here = (person for person, entry in state.roll.people.items() if entry.presence not in ("excused", "left"))
    return [person for person in here if not may_open(state, key, person)]
