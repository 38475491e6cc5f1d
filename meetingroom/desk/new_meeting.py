"""The form of a new meeting: from its fields to a CreateMeeting, or to what is wrong with each field. Pure."""

import re

from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.meeting.checks import TITLE_LENGTH
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.lifecycle import KINDS, SECRECY, CreateMeeting, times_fit

FIELDS = ("secrecy", "title", "kind", "day", "starts", "ends", "last_day", "place", "motto", "copies")


def read_form(form) -> tuple[CreateMeeting | None, dict[str, str]]:
    """`(command, {})`, or `(None, {field: sentence})` when something is missing or wrong."""
    text = {field: form.get(field, "").strip() for field in FIELDS}
    wrong: dict[str, str] = {}
    secrecy = text["secrecy"]
    if secrecy not in SECRECY:
        wrong["secrecy"] = _("Answer this question first.")
    secret = secrecy != "none"
    if not secret and not text["title"]:
        wrong["title"] = _("Give the meeting a title.")
    for field in ("title", "place", "motto"):
        if len(text[field]) > TITLE_LENGTH:
            wrong[field] = _("At most %(limit)s characters; this has %(n)s.", limit=TITLE_LENGTH, n=len(text[field]))
    starts_at, ends_at = times(text, wrong)
    copies = number_of_copies(text["copies"], wrong) if secret else 0
    if wrong:
        return None, wrong
    kind = text["kind"] if text["kind"] in KINDS else "meeting"
    return CreateMeeting(
        title="" if secret else text["title"],
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        place=text["place"],
        secrecy=secrecy,
        copies=copies,
        motto="" if secret else text["motto"],
    ), {}


def times(text: dict[str, str], wrong: dict[str, str]) -> tuple[int, int]:
    """The two moments in ms; what is wrong is written into `wrong`."""
    starts_at = moment(text["day"], text["starts"])
    ends_at = moment(text["last_day"] or text["day"], text["ends"])
    if not text["day"] or moment(text["day"], "00:00") == 0:
        wrong["day"] = _("Choose the day.")
    elif not starts_at:
        wrong["starts"] = _("Choose the hour at which it begins.")
    if text["last_day"] and moment(text["last_day"], "00:00") == 0:
        wrong["last_day"] = _("Choose the day.")
    elif "day" not in wrong and not ends_at:
        wrong["ends"] = _("Choose the hour at which it ends.")
    if not wrong.keys() & {"day", "starts", "ends", "last_day"}:
        try:
            times_fit(starts_at, ends_at)
        except Refused as refusal:
            wrong["ends" if refusal.code == "ends_before_start" else "day"] = TIME_WORDS[refusal.code]()
    return starts_at, ends_at


TIME_WORDS = {
    "ends_before_start": lambda: _("The meeting must end after it begins."),
    "bad_time": lambda: _("This day cannot be right."),
    "too_long_a_meeting": lambda: _("A meeting lasts 30 days at the most."),
}


DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
HOUR = re.compile(r"(\d{1,2})(?:\s*(?:h|g|giờ|:|\.)\s*(\d{1,2})?)?|(\d{1,2})(\d{2})", re.IGNORECASE)


def moment(day: str, hour: str) -> int:
    """`16/12/2026` (or `2026-12-16`) and `08:00` (or `8h`, `8 giờ 30`, `0830`) in ms; 0 if that is no moment."""
    if found := DAY.fullmatch(day):
        day = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if found := HOUR.fullmatch(hour):
        hour = f"{int(found[1] or found[3]):02}:{int(found[2] or found[4] or 0):02}"
    try:
        return clock.milliseconds(f"{day}T{hour}") if day and hour else 0
    except (ValueError, OverflowError):
        return 0


def number_of_copies(text: str, wrong: dict[str, str]) -> int:
    if not text:
        return 0
    if not text.isdecimal() or int(text) > 10_000:
        wrong["copies"] = _("A number from 0 to 10,000.")
        return 0
    return int(text)
