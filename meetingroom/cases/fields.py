"""What is typed about a case, read with care: every field has its bounds, a charge is a provision of a law. Pure."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from meetingroom.meeting import names

KINDS = ("criminal", "civil", "marriage", "business", "labour", "administrative", "enforcement", "complaint", "other")
STAGES = (
    "report", "investigation", "prosecution", "first_instance", "appeal", "cassation", "enforcement", "closed",
)  # fmt: skip
SECRECY = ("no", "unsure", "yes")
CODE_LENGTH, TITLE_LENGTH, SHORT, REASON_LENGTH = 40, 500, 200, 2000
MOST_CHARGES, MOST_PARTIES, MOST_DEADLINES = 50, 500, 50
NEAR = 7  # days before a deadline from which it is red

ARTICLE = re.compile(r"\d{1,4}[a-zđ]?", re.IGNORECASE)
CLAUSE = re.compile(r"\d{1,2}[a-zđ]?", re.IGNORECASE)
POINT = re.compile(r"[a-zđ]{1,2}\d?", re.IGNORECASE)
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Wrong(ValueError):
    """A field that cannot be taken: its name, and the code of why; `more` are other fields of the same form."""

    def __init__(self, field: str, why: str, more: Sequence["Wrong"] = ()):
        super().__init__(f"{field}: {why}")
        self.field, self.why, self.more = field, why, more


def read_case(body: Mapping[str, Any], known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The fields of a new case; with `known`, only those that are to change. Raises Wrong.

    Of a case that may concern a state secret no title, charge or party is taken.
    """
    found, wrong = read_each(body)
    if known is None:
        missing = {"secrecy", "code"} - {*found, *(each.field for each in wrong)}
        wrong += [Wrong(key, "needed") for key in sorted(missing)]
        found.setdefault("kind", "criminal")
    if wrong:
        raise Wrong(wrong[0].field, wrong[0].why, wrong[1:])
    secrecy = found.get("secrecy", known["secrecy"] if known else "no")
    if secrecy != "no":
        for key in ("title", "charges", "parties"):
            if found.get(key):
                raise Wrong(key, "secret_title")
    elif not (found["title"] if "title" in found else known and known["title"]):
        raise Wrong("title", "needed")
    return found


def read_each(body: Mapping[str, Any]) -> tuple[dict[str, Any], list[Wrong]]:
    """What could be read of the fields of a case, and everything that could not."""
    found: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for key, read in READERS.items():
        if key in body:
            try:
                found[key] = read(body[key])
            except Wrong as refused:
                wrong.append(refused)
    return found, wrong


def text(field: str, most: int, *, needed: bool = False, lines: bool = False) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise Wrong(field, "type")
        if len(value) > most * 2:
            raise Wrong(field, "too_long")
        tidied = CONTROL.sub("", value).strip() if lines else names.tidy(CONTROL.sub(" ", value))
        if len(tidied) > most:
            raise Wrong(field, "too_long")
        if needed and not tidied:
            raise Wrong(field, "needed")
        return tidied

    return read


def cell(field: str, row: Mapping, key: str) -> str:
    """A short text of a row; a number is one as well (`article: 174`), null is none."""
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9:
        value = str(value)
    return text(field, SHORT)("" if value is None else value)


def one_of(field: str, choices: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise Wrong(field, "choice")
        return value

    return read


def rows(field: str, most: int, read_row: Callable[[Mapping], dict | None]) -> Callable[[Any], list[dict]]:
    def read(value: Any) -> list[dict]:
        if not isinstance(value, list) or len(value) > most:
            raise Wrong(field, "type" if not isinstance(value, list) else "too_many")
        if not all(isinstance(row, dict) for row in value):
            raise Wrong(field, "type")
        return [row for row in map(read_row, value) if row is not None]

    return read


def read_charge(row: Mapping) -> dict | None:
    """{law, article, clause, point, version, name, person}: `điểm a khoản 4 Điều 174 BLHS`."""
    found = {key: cell("charges", row, key) for key in CHARGE}
    if not any(found.values()):
        return None
    if not found["law"]:
        raise Wrong("charges", "law_needed")
    for key, form in (("article", ARTICLE), ("clause", CLAUSE), ("point", POINT)):
        if found[key] and not form.fullmatch(found[key]):
            raise Wrong("charges", f"{key}_form")
    if not found["article"] or (found["point"] and not found["clause"]):
        raise Wrong("charges", "article_needed" if not found["article"] else "clause_needed")
    return {**found, "point": found["point"].lower()}


CHARGE = ("law", "article", "clause", "point", "version", "name", "person")


def read_party(row: Mapping) -> dict | None:
    """{name, status}: a person of the case, and what he is in it at this stage."""
    found = {key: cell("parties", row, key) for key in ("name", "status")}
    return found if found["name"] else None


def read_deadline(row: Mapping) -> dict | None:
    """{name, date, done}."""
    name, on = cell("deadlines", row, "name"), row.get("date", "")
    if not name and not on:
        return None
    if not name:
        raise Wrong("deadlines", "needed")
    return {"name": name, "date": day("deadlines", needed=True)(on), "done": row.get("done") is True}


def day(field: str, *, needed: bool = False) -> Callable[[Any], str]:
    """yyyy-mm-dd, of that or of dd/mm/yyyy as it is typed, or "" where nothing is said."""

    def read(value: Any) -> str:
        if value in ("", None) and not needed:
            return ""
        try:
            found = day_typed(value) if isinstance(value, str) and len(value) <= 10 else None
        except ValueError:
            found = None
        if found is None or not 1900 <= found.year <= 2200:
            raise Wrong(field, "bad_date")
        return found.isoformat()

    return read


def day_typed(text: str) -> datetime.date | None:
    """Of 31/12/2026, 31.12.2026, 31-12-2026 or 2026-12-31; None for what has another form. Raises ValueError."""
    if typed := DAY.fullmatch(text.strip()):
        return datetime.date(int(typed[3]), int(typed[2]), int(typed[1]))
    return datetime.date.fromisoformat(text) if len(text) == 10 else None


READERS: dict[str, Callable[[Any], Any]] = {
    "code": text("code", CODE_LENGTH, needed=True),
    "title": text("title", TITLE_LENGTH),
    "kind": one_of("kind", KINDS),
    "stage": one_of("stage", (*STAGES, "")),
    "secrecy": one_of("secrecy", SECRECY),
    "unit": text("unit", SHORT),
    "charges": rows("charges", MOST_CHARGES, read_charge),
    "parties": rows("parties", MOST_PARTIES, read_party),
    "deadlines": rows("deadlines", MOST_DEADLINES, read_deadline),
}


def count_down(deadlines: list[dict], today: str) -> list[dict]:
    """The deadlines, the nearest open one first, each with `days` that are left and its `state`: over | near | ahead |
    done."""
    now = datetime.date.fromisoformat(today)
    found = []
    for each in deadlines:
        days = (datetime.date.fromisoformat(each["date"]) - now).days
        state = "done" if each.get("done") else "over" if days < 0 else "near" if days <= NEAR else "ahead"
        found.append({**each, "days": days, "state": state})
    return sorted(found, key=lambda each: (each["state"] == "done", each["date"]))
