"""What is done with the numberings of a case: each wish is checked, kept, and written down in the case's log.

Callers bring the transaction. Where labels change, a volume that somebody had checked is unchecked: what he signed is
not what lies there any more.
"""

from collections.abc import Sequence
from typing import Any

from meetingroom import clock
from meetingroom.cases import log_store, numbering, parts, store, store_numbers
from meetingroom.cases.numbering import Run, WrongRun
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

NAME_LENGTH = 40
MOST_RUNS = 20_000
MOST_NUMBERINGS = 20


def wrong(field: str, code: str) -> Problem:
    return Problem("case_fields", 422, why=code, fields={field: message(f"bl_{code}")})


def whole(value: Any, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1_000_000:
        raise wrong(field, "wrong_number")
    return value


def text(value: Any, field: str, longest: int) -> str:
    if not isinstance(value, str) or len(value.strip()) > longest:
        raise wrong(field, "wrong_text")
    return value.strip()


def read_run(body: Any, sizes: dict[str, int]) -> Run:
    """`{document, first, last?, label? | start, suffix, side, rule?}` of a wish. Raises Problem: case_fields."""
    if not isinstance(body, dict):
        raise Problem("malformed", 400)
    document = body.get("document")
    if not isinstance(document, str) or document not in sizes:
        raise wrong("document", "no_document")
    first = whole(body.get("first", 1), "first")
    last = whole(body.get("last", first), "last")
    if last > sizes[document]:
        raise wrong("last", "wrong_pages")
    rule = body.get("rule", numbering.PAGE)
    start, suffix, side = body.get("start", 0), body.get("suffix", ""), body.get("side", "")
    if "label" in body and rule != numbering.NONE:
        sheet = numbering.read_label(body["label"]) if isinstance(body["label"], str) else None
        if sheet is None:
            raise wrong("label", "wrong_number")
        start, suffix, side = sheet.number, sheet.suffix, sheet.side or side
    try:
        return numbering.check(
            Run(document, first, last, whole(start, "start"), str(rule), text(suffix, "suffix", 4), str(side))
        )
    except WrongRun as refused:
        raise wrong("label" if "label" in body else "start", str(refused)) from None


def sizes_of(db, case: str) -> dict[str, int]:
    """{document: pages} of a case."""
    return {row["document"]: row["pages"] or 0 for row in store.list_documents(db, case)}


def current(db, case: str, id: str) -> dict:
    """The numbering, whose present version this is. Raises Problem: not_found | bl_replaced."""
    row = store_numbers.find_numbering(db, case, id)
    if row is None:
        raise Problem("not_found", 404)
    if row["replaced_at"]:
        raise Problem("bl_replaced", 409)
    return row


def add(db, case: str, name: Any, by: str, *, id: str = "", default: bool = False) -> str:
    """A numbering of this name; the one that is there where there is one."""
    name = text(name, "name", NAME_LENGTH)
    if not name:
        raise wrong("name", "wrong_text")
    if there := store_numbers.find_current(db, case, name):
        return there["id"]
    if len(store_numbers.list_numberings(db, case)) >= MOST_NUMBERINGS * 10:
        raise wrong("name", "too_many")
    made = store_numbers.add_numbering(db, case, name, by, id=id, default=default)
    log_store.add(db, case, "numbering_made", by, name=name)
    return made


def write(db, case: str, row: dict, runs: Sequence[Run], by: str) -> bool:
    """The runs of a numbering as they are to be from now on; whether anything changed."""
    if len(runs) > MOST_RUNS:
        raise wrong("runs", "too_many")
    before = store_numbers.read_runs(db, row["id"])
    if list(runs) == before:
        return False
    labels = store_numbers.read_labels(db, row["id"])
    store_numbers.write_runs(db, row["id"], runs)
    changed = changed_documents(labels, store_numbers.read_labels(db, row["id"]), before, runs)
    log_store.add(db, case, "runs_changed", by, name=row["name"], documents=sorted(changed)[:50])
    uncheck(db, case, changed, by)
    return True


def check_as_seen(runs: Sequence[Run], wishes: Sequence[dict]) -> None:
    """Nobody lays numbers over those that somebody else has set since they looked. Raises Problem: bl_changed."""
    if not any("was" in wish for wish in wishes):
        return
    labels = {(each.document, each.page): str(each) for each in numbering.expand(runs)}
    said = numbering.covered(runs)
    for wish in wishes:
        was = wish.get("was", [])
        if not isinstance(was, list):
            raise Problem("malformed", 400)
        for page, seen in enumerate(was, wish.get("first", 1)):
            place = (wish["document"], page)
            now = labels.get(place, "") if place in said else None
            if now != seen:
                raise Problem("bl_changed", 409, document=place[0], page=page, label=now)


def changed_documents(labels: dict, now: dict, before: Sequence[Run], runs: Sequence[Run]) -> set[str]:
    """Where a page is called something else than it was, or is said to have no number."""
    found = {key[0] for key in labels.keys() | now.keys() if str(labels.get(key, "")) != str(now.get(key, ""))}
    return found | {key[0] for key in numbering.covered(before) ^ numbering.covered(runs)}


def uncheck(db, case: str, documents: set[str], by: str) -> None:
    """The volumes in which these documents lie are not checked any more."""
    lying = {row["volume"] for row in store.list_documents(db, case) if row["document"] in documents}
    pages_changed(db, case, lying, by)


def pages_changed(db, case: str, volumes: set[str], by: str) -> None:
    """A document comes into a volume or leaves it: what was compared with the paper were other pages."""
    for volume in store.list_volumes(db, case):
        if volume["id"] in volumes and volume["checked_at"]:
            store.change_volume(db, volume["id"], {"checked_by": "", "checked_at": 0})
            log_store.add(db, case, "volume_unchecked", by, no=volume["no"])


def check_volume(db, case: str, volume: dict, by: str, name: str, checked: bool) -> None:
    """Somebody signs that the labels of a volume are those on paper, or takes it back."""
    if bool(volume["checked_at"]) == checked:
        return
    if not checked:
        store.change_volume(db, volume["id"], {"checked_by": "", "checked_at": 0})
        log_store.add(db, case, "volume_unchecked", by, no=volume["no"])
        return
    pages = store_numbers.list_pages(db, case, volume["id"])
    if not pages:
        raise Problem("bl_no_pages", 409)
    open_pages = len(pages) - len(said_of(db, case) & {(page["document"], page["page"]) for page in pages})
    if open_pages:
        raise Problem("bl_pages_open", 409, pages=open_pages)
    store.change_volume(db, volume["id"], {"checked_by": by, "checked_at": clock.now()})
    log_store.add(db, case, "volume_checked", by, no=volume["no"], person_name=name, pages=len(pages))


def said_of(db, case: str) -> set[tuple[str, int]]:
    """The pages of which some numbering says what they are called, or that they have no number."""
    found: set[tuple[str, int]] = set()
    for row in store_numbers.list_numberings(db, case):
        if not row["replaced_at"]:
            found |= numbering.covered(store_numbers.read_runs(db, row["id"]))
    return found


def renumber(db, case: str, row: dict, runs: Sequence[Run], by: str, reason: str, id: str) -> str:
    """The next version of a numbering; the one before stays readable. The same `id` again changes nothing."""
    if there := store_numbers.find_numbering(db, case, id):
        return there["id"]
    made = store_numbers.add_numbering(db, case, row["name"], by, id=id, reason=reason)
    store_numbers.write_runs(db, made, runs)
    labels, now = store_numbers.read_labels(db, row["id"]), store_numbers.read_labels(db, made)
    log_store.add(db, case, "renumbered", by, name=row["name"], version=row["version"] + 1, reason=reason)
    uncheck(db, case, changed_documents(labels, now, store_numbers.read_runs(db, row["id"]), runs), by)
    return made


def checked(run: Run) -> Run:
    """Raises Problem: case_fields."""
    try:
        return numbering.check(run)
    except WrongRun as refused:
        raise wrong("runs", str(refused)) from None


def describe_brief(row: dict) -> dict:
    """{id, name, version, is_default, since, replaced_at, reason}"""
    answer = {key: row[key] for key in ("id", "name", "version", "since", "replaced_at", "reason")}
    return answer | {"is_default": bool(row["is_default"])}


def describe(db, row: dict, *, runs: bool = False) -> dict:
    """The same, with the runs."""
    answer = describe_brief(row)
    if runs:
        answer["runs"] = [vars(run) for run in store_numbers.read_runs(db, row["id"])]
    return answer


@parts.describes("numberings")
def describe_all(db, case: dict) -> list[dict]:
    return [describe(db, row) for row in store_numbers.list_numberings(db, case["id"])]


@parts.forgets
def forget(db, case: str) -> None:
    for row in store_numbers.list_numberings(db, case):
        store_numbers.write_runs(db, row["id"], ())
