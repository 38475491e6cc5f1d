"""The meeting page's view of a meeting: the agenda with its clock times, the people by role. Pure."""

from meetingroom.desk.meeting_labels import ROLES
from meetingroom.meeting import names
from meetingroom.meeting.roles import STAFF

MINUTE = 60_000


def agenda(view: dict) -> list[dict]:
    """The items in order, each with `from` and `to` by the plan (ms; 0 if unplanned), presenters' names, papers."""
    lines, at = [], view["meeting"].get("starts_at", 0)
    items, papers = view["agenda"].get("items", {}), view.get("papers", {})
    for key in view["agenda"].get("order", []):
        item = items[key]
        minutes = item.get("minutes", 0)
        lines.append(
            {
                "id": key,
                "title": item["title"],
                "minutes": minutes,
                "status": item.get("status", "waiting"),
                "from": at if minutes else 0,
                "to": at + minutes * MINUTE,
                "presenters": [name_of(view, p) for p in item.get("presenters", [])],
                "kind": item.get("kind", ""),
                "followup": item.get("followup", []),
                "papers": [{"id": p, **papers[p]} for p in item.get("papers", []) if p in papers],
            }
        )
        at += minutes * MINUTE
    return lines


def name_of(view: dict, presenter: str) -> str:
    """A presenter is one of the meeting's people, or a name somebody typed."""
    return view["roll"].get("people", {}).get(presenter, {}).get("name") or presenter


def about(person: dict) -> str:
    """Title and unit of somebody; the unit only where the title does not name it already."""
    title, unit = person.get("title", ""), person.get("unit", "")
    named = unit.split(" - ")[0]
    return title if title and names.fold(named) in names.fold(title) else ", ".join(filter(None, (title, unit)))


def people_by_role(view: dict) -> list[tuple[str, list[dict]]]:
    """`(role, people in protocol order)`, the chair first; roles nobody has are left out."""
    people = view["roll"].get("people", {})
    order = [key for key in view["roll"].get("order", []) if key in people]
    ordered = [{"id": key, "about": about(people[key]), **people[key]} for key in order]
    groups = [(role, [person for person in ordered if person["role"] == role]) for role in ROLES]
    return [(role, members) for role, members in groups if members]


def sites(view: dict) -> list[dict]:
    known = view.get("sites", {}).get("sites", {})
    return [{"id": key, **known[key]} for key in view.get("sites", {}).get("order", [])]


def minutes_planned(view: dict) -> int:
    return sum(item.get("minutes", 0) for item in view["agenda"].get("items", {}).values())


def room_is_open(meeting: dict, role: str, now: int) -> bool:
    """The staff may enter as soon as the meeting is published; the others from an hour before it begins."""
    if meeting["status"] in ("live", "adjourned"):
        return True
    return meeting["status"] == "published" and (role in STAFF or meeting["starts_at"] - now < 60 * MINUTE)
