"""What is typed about a trial and into its log, read with care. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from meetingroom.cases import fields
from meetingroom.cases.court import terms
from meetingroom.cases.fields import Wrong
from meetingroom.meeting import names

TEXT, BL, NAME, ROLE, COURT, PANEL = 4000, 200, 120, 60, 300, 2000
MOST_DAYS, MOST_SITES, MOST_PROSECUTORS, MOST_PEOPLE = 60, 50, 20, 100
ENTRY = ("phase", "role", "name", "kind", "text", "bl", "site")
LONGEST_WAIT = 30 * 86_400_000  # ms
AT_ONCE = 5_000  # ms: what took no longer than this did not wait


def read_hearing(body: Mapping[str, Any], known: bool = False) -> dict[str, Any]:
    """The fields of a new hearing; with `known`, only those that are to change. Raises Wrong."""
    found = {key: read(body[key]) for key, read in READERS.items() if key in body}
    if not known:
        for key in ("court", "days"):
            if not found.get(key):
                raise Wrong(key, "needed")
        found = {"sites": [], "prosecutors": [], "people": [], "public": "open"} | found
    elif "days" in found and not found["days"]:
        raise Wrong("days", "needed")
    return found


def list_of(field: str, most: int, longest: int):
    """A list, or a text of one a line (of days also behind commas)."""

    def read(value: Any) -> list[str]:
        if isinstance(value, str):
            value = value[: most * longest * 2].splitlines()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise Wrong(field, "type")
        lines = [fields.text(field, longest)(each) for each in value]
        kept = list(dict.fromkeys(line for line in lines if line))
        if len(kept) > most:
            raise Wrong(field, "too_many")
        return kept

    return read


def read_days(value: Any) -> list[str]:
    """yyyy-mm-dd in their order, from these or from `16/12/2026, 17/12/2026`."""
    if isinstance(value, str):
        value = re.split(r"[\s,;]+", value[: MOST_DAYS * 20])
    days = [fields.day("days", needed=True)(each) for each in list_of("days", MOST_DAYS, 10)(value)]
    return sorted(dict.fromkeys(days))


def read_people(value: Any) -> list[dict[str, str]]:
    """[{role, name}], from these or from lines `Bị cáo: Nguyễn Văn A`."""
    if isinstance(value, str):
        lines = [line.partition(":") for line in value[: MOST_PEOPLE * 400].splitlines()]
        value = [{"role": role, "name": name} for role, _colon, name in lines]
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Wrong("people", "type")
    found = []
    for each in value:
        one = read_speaker("people", each)
        if any(one.values()) and one not in found:
            found.append(one)
    if len(found) > MOST_PEOPLE:
        raise Wrong("people", "too_many")
    return found


def read_speaker(field: str, row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "role": fields.text(field, ROLE)(row.get("role", "")),
        "name": fields.text(field, NAME)(row.get("name", "")),
    }


READERS: dict[str, Any] = {
    "court": fields.text("court", COURT, needed=True),
    "panel": fields.text("panel", PANEL, lines=True),
    "place": fields.text("place", COURT),
    "days": read_days,
    "sites": list_of("sites", MOST_SITES, NAME),
    "prosecutors": list_of("prosecutors", MOST_PROSECUTORS, NAME),
    "people": read_people,
    "public": fields.one_of("public", terms.PUBLIC),
}
READ_ENTRY: dict[str, Any] = {
    "phase": fields.one_of("phase", terms.PHASES),
    "role": fields.text("role", ROLE),
    "name": fields.text("name", NAME),
    "kind": fields.one_of("kind", terms.KINDS),
    "text": fields.text("text", TEXT, needed=True, lines=True),
    "bl": fields.text("bl", BL),
    "site": fields.text("site", NAME),
}


def read_entry(body: Mapping[str, Any], known: bool = False) -> dict[str, str]:
    """The fields of a new entry; with `known`, only those that are to change. Raises Wrong."""
    if not isinstance(body, dict):
        raise Wrong("text", "type")
    found = {key: read(body[key]) for key, read in READ_ENTRY.items() if key in body}
    if known:
        return found
    for key in ("phase", "kind", "text"):
        if key not in found:
            raise Wrong(key, "needed")
    return {key: found.get(key, "") for key in ENTRY}


def when(at: int, typed_at: Any, sent_at: Any) -> dict[str, int]:
    """{moment, typed_at, astray} of an entry that reached the server at `at`.

    The clock of a device may be wrong; how long the entry waited there, between two looks at the same clock, is not.
    Where it was set meanwhile (the wait would be negative, or a month long) only the server's time is known.
    """
    if not (is_time(typed_at) and is_time(sent_at)):
        return {"moment": at, "typed_at": 0, "astray": 0}
    waited = sent_at - typed_at
    known = 0 <= waited <= LONGEST_WAIT
    return {
        "moment": at - waited if known and waited > AT_ONCE else at,
        "typed_at": typed_at,
        "astray": sent_at - at,
    }


def is_time(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53


def folded_entry(entry: Mapping[str, str]) -> str:
    return terms.plain(*(entry[key] for key in ("text", "role", "name", "bl")))


def folded_query(text: str) -> list[str]:
    """The words that are all to be found."""
    return names.fold(text[:200]).split()[:10]
