"""The way of a package: asked for, consented to, made, out, back. Pure."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from meetingroom.cases.fields import Wrong, day, one_of, text
from meetingroom.cases.node_fields import AUDIENCES
from meetingroom.printing.wording import Words
from meetingroom.spelling import decompose

OPEN = ("asked", "building", "ready", "out")  # while one of these, its holder asks for no other of the same case
INSIDE = ("asked", "building", "ready")  # nothing of it has left the office
CONTENTS = ("map", "script")
RETURNED = ("deleted", "handed_back")
LONGEST_STAY = 366  # days
SOON = 1  # days before its term from which a package is named on the home of its holder
PURPOSE, COURT, REASON = 500, 200, 1000
FOLDER = 60  # characters: with the longest path inside fewer than 120


def read_wish(body: Mapping[str, Any], today: str) -> dict:
    """`{purpose, court, audience, contents, due, maps?}` of who asks. Raises Wrong."""
    maps = body.get("maps", [])
    if not isinstance(maps, list) or len(maps) > 50 or not all(isinstance(each, str) for each in maps):
        raise Wrong("maps", "type")
    due = day("due", needed=True)(body.get("due", ""))
    left = days_left(due, today)
    if left < 0:
        raise Wrong("due", "package_past")
    if left > LONGEST_STAY:
        raise Wrong("due", "package_far")
    return {
        "purpose": text("purpose", PURPOSE, needed=True, lines=True)(body.get("purpose", "")),
        "court": text("court", COURT, needed=True)(body.get("court", "")),
        "audience": one_of("audience", AUDIENCES)(body.get("audience", "room")),
        "contents": one_of("contents", CONTENTS)(body.get("contents", "map")),
        "due": due,
        "maps": maps,
    }


def days_left(due: str, today: str) -> int:
    """Until a package has to be back; negative: overdue."""
    return (datetime.date.fromisoformat(due) - datetime.date.fromisoformat(today)).days


def is_overdue(row: Mapping[str, Any], today: str) -> bool:
    return row["state"] == "out" and days_left(row["due"], today) < 0


def serial(row: Mapping[str, Any]) -> str:
    """`GNT-2026-0005`; "" before the consent."""
    return f"GNT-{row['year']}-{row['number']:04}" if row["number"] else ""


def consent(row: Mapping[str, Any]) -> str:
    """`5/2026`, the number of the consent."""
    return f"{row['number']}/{row['year']}" if row["number"] else ""


def may_take_back(row: Mapping[str, Any], *, asker: bool, leader: bool) -> bool:
    """Whoever asked; a leader what was consented to: before that they do not consent, and say why."""
    return asker or (leader and row["state"] != "asked")


def maps_words(row: Mapping[str, Any], _: Words) -> str:
    """`Chứng cứ (bản 2), Diễn biến (bản 1)`: what was asked for and consented to."""
    return ", ".join(_("%(title)s (version %(n)s)", title=map["title"], n=map["version"]) for map in row["maps"])


def folder_of(code: str, at: datetime.datetime) -> str:
    """`LG-2026-017_20261112-1400`."""
    plain = decompose(code.replace("đ", "d").replace("Đ", "D"), alike=True).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-") or "ho-so"
    return f"{slug[: FOLDER - 14].strip('-')}_{at:%Y%m%d-%H%M}"
