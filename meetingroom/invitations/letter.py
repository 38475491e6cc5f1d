"""The words of an invitation, and its entry for calendars (RFC 5545, 5546). Pure."""

import datetime
from typing import Any

from meetingroom import clock
from meetingroom.printing.wording import Words

REQUEST, CANCEL = "REQUEST", "CANCEL"
LONGEST = 200  # letters of a subject


def subject(row: dict[str, Any], _: Words) -> str:
    title = row["data"]["title"]
    title = title if len(title) <= LONGEST else f"{title[:LONGEST]}…"
    if row["method"] == CANCEL:
        return _("Cancelled: %(title)s", title=title)
    if row["sequence"] and row["sent_at"]:
        return _("Invitation (changed): %(title)s", title=title)
    return _("Invitation: %(title)s", title=title)


def body(row: dict[str, Any], base: str, _: Words, *, official: bool = False) -> str:
    """`official`: the letter of invitation comes with it."""
    data = row["data"]
    lines = [_("To %(name)s,", name=row["name"]), "", opening(row, _), "", data["title"], ""]
    lines.append(_("Time: %(time)s", time=when(data["starts_at"], data["ends_at"], _)))
    if data["place"]:
        lines.append(_("Place: %(place)s", place=data["place"]))
    if data["chair"]:
        lines.append(_("Chair: %(name)s", name=data["chair"]))
    if row["method"] == REQUEST:
        lines += ["", _("Agenda and papers: %(link)s", link=link_to(row, base))]
    if official:
        lines += ["", _("The letter of invitation is attached.")]
    return "\n".join([*lines, "", _("This message was sent by the meeting room system.")])


def opening(row: dict[str, Any], _: Words) -> str:
    if row["method"] == CANCEL:
        off = _("This meeting has been cancelled.")
        return off if row["data"]["off"] else _("You need not attend this meeting any more.")
    if row["sequence"] and row["sent_at"]:
        return _("The invitation to this meeting has changed. What counts now:")
    return _("You are invited to this meeting:")


def when(starts_at: int, ends_at: int, _: Words) -> str:
    """`08:00 – 11:00, 16/12/2026`."""
    first, last = clock.local(starts_at), clock.local(ends_at)
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%H:%M} {last:%d/%m/%Y}"
    return _("%(hour)s – %(until)s, %(day)s", hour=f"{first:%H:%M}", until=until, day=f"{first:%d/%m/%Y}")


def link_to(row: dict[str, Any], base: str) -> str:
    return f"{base.rstrip('/')}/meetings/{row['meeting']}"


def calendar(row: dict[str, Any], sender: str, base: str) -> bytes:
    """The meeting as one entry: the same one for ever, by its uid; what has the higher number counts."""
    from icalendar import Calendar, Event, vCalAddress, vText  # for the worker: the server has no use for it

    data, found, entry = row["data"], Calendar(), Event()
    found.add("prodid", "-//meetingroom//invitations//VI")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", row["method"])
    entry.add("uid", f"{row['meeting']}@meetingroom")
    entry.add("sequence", row["sequence"])
    entry.add("dtstamp", moment(row["at"]))
    entry.add("dtstart", moment(data["starts_at"]))
    entry.add("dtend", moment(data["ends_at"]))
    entry.add("summary", data["title"])
    if data["place"]:
        entry.add("location", data["place"])
    entry.add("status", "CANCELLED" if row["method"] == CANCEL else "CONFIRMED")
    entry.add("url", link_to(row, base))
    entry.add("organizer", vCalAddress(f"mailto:{sender}"))
    guest = vCalAddress(f"mailto:{row['address']}")
    guest.params["cn"] = vText(row["name"].replace('"', "'"))
    guest.params["rsvp"] = vText("FALSE")
    entry.add("attendee", guest)
    found.add_component(entry)
    return found.to_ical()


def moment(ms: int) -> datetime.datetime:
    return clock.local(ms).astimezone(datetime.UTC).replace(microsecond=0)
