"""What is done with packages: each wish is checked, kept, and written down in the log of the case.

Callers bring the transaction.
"""

import datetime

from meetingroom import clock
from meetingroom.cases import log_store, parts, room_maps, store
from meetingroom.cases.fields import Wrong, text
from meetingroom.cases.packages import rules
from meetingroom.cases.packages import store as packages
from meetingroom.documents.store import TIDY
from meetingroom.jobs import queue
from meetingroom.web.errors import Problem


def ask(db, case: dict, person, body: dict) -> str:
    """`{purpose, court, due, audience?, contents?, maps?}` of the owner → its id. Raises Wrong, Problem."""
    wish = rules.read_wish(body, store.today())
    if packages.find_open(db, case["id"], person.id):
        raise Problem("package_open", 409)
    if not leaders(db, case["id"], but=person.id):
        raise Problem("package_no_leader", 409)
    published = {each["id"]: each for each in room_maps.list_published(db, case["id"])}
    chosen = wish.pop("maps") or list(published)
    if not published:
        raise Problem("package_no_map", 409)
    if not set(chosen) <= set(published):
        raise Wrong("maps", "choice")
    maps = [{key: published[id][key] for key in ("id", "title", "version")} for id in published if id in chosen]
    made = packages.add(db, case, **wish, maps=maps, holder=person.id, holder_name=person.name)
    due = datetime.date.fromisoformat(wish["due"])
    log_store.add(db, case["id"], "package_asked", person.id, package=made, court=wish["court"],
                  purpose=wish["purpose"], due=f"{due:%d/%m/%Y}", contents=wish["contents"], audience=wish["audience"],
                  maps=maps)  # fmt: skip
    return made


def leaders(db, case: str, but: str = "") -> list[str]:
    """Who may consent today."""
    return [person for person, role in store.roles_in_case(db, case).items() if role == "leader" and person != but]


def approve(db, row: dict, person) -> None:
    """A leader consents: it gets its number, and is made. Raises Problem."""
    if row["state"] != "asked":
        raise Problem("package_decided", 409)
    if row["holder"] == person.id:
        raise Problem("package_own", 403)
    check_holder(db, row)
    at = clock.now()
    local = clock.local(at)
    number = packages.next_number(db, local.year)
    packages.change(db, row["id"], {
        "state": "building", "decided_by": person.id, "decided_name": person.name, "decided_at": at, "percent": 0,
        "year": local.year, "number": number, "folder": rules.folder_of(row["code"], local), "reason": "",
    })  # fmt: skip
    numbered = {**row, "year": local.year, "number": number}
    log_store.add(db, row["of"], "package_approved", person.id, package=row["id"], serial=rules.serial(numbered),
                  consent=rules.consent(numbered), holder=row["holder_name"])  # fmt: skip
    queue.request_once(db, packages.BUILD, row["id"])


def check_holder(db, row: dict) -> None:
    """Whoever asked is still in charge of the case: a consent is for nobody else. Raises Problem."""
    if store.find_owner(db, row["of"]) != row["holder"]:
        raise Problem("package_holder_gone", 409)


def refuse(db, row: dict, person, body: dict) -> None:
    """A leader does not, and says why. Raises Wrong, Problem."""
    if row["state"] != "asked":
        raise Problem("package_decided", 409)
    if row["holder"] == person.id:
        raise Problem("package_own", 403)
    reason = read_reason(body)
    packages.change(db, row["id"], {
        "state": "refused", "reason": reason, "decided_by": person.id, "decided_name": person.name,
        "decided_at": clock.now(),
    })  # fmt: skip
    log_store.add(db, row["of"], "package_refused", person.id, package=row["id"], holder=row["holder_name"],
                  reason=reason)  # fmt: skip


def read_reason(body: dict) -> str:
    reason = text("reason", rules.REASON, lines=True)(body.get("reason", ""))
    if not reason:
        raise Wrong("reason", "package_reason")
    return reason


def withdraw(db, row: dict, by: str) -> None:
    """Whoever may (rules.may_take_back) takes it back before it has left the office. Raises Problem."""
    if row["state"] not in rules.INSIDE and row["state"] != "failed":
        raise Problem("package_decided", 409)
    end(db, row)
    log_store.add(db, row["of"], "package_withdrawn", by, package=row["id"], holder=row["holder_name"])


def end(db, row: dict) -> None:
    """It will not leave the office."""
    packages.change(db, row["id"], {"state": "withdrawn", "percent": 0})
    discard(db, row)


def again(db, row: dict, by: str) -> None:
    """What could not be made is tried again: the consent holds. Raises Problem."""
    if row["state"] != "failed":
        raise Problem("package_decided", 409)
    check_holder(db, row)
    other = packages.find_open(db, row["of"], row["holder"])
    if other:
        raise Problem("package_open", 409)
    packages.change(db, row["id"], {"state": "building", "reason": "", "percent": 0})
    log_store.add(db, row["of"], "package_again", by, package=row["id"], serial=rules.serial(row))
    queue.request_once(db, packages.BUILD, row["id"])


def note_download(db, row: dict, by: str) -> None:
    """It leaves the office: from now on it is out."""
    if row["state"] == "ready":
        packages.change(db, row["id"], {"state": "out", "out_at": clock.now()})
    log_store.add(db, row["of"], "package_downloaded", by, package=row["id"], serial=rules.serial(row),
                  sha256=row["sha"])  # fmt: skip


def give_back(db, row: dict, by: str, body: dict) -> None:
    """It was deleted outside, or handed back. Raises Wrong, Problem."""
    if row["state"] != "out":
        raise Problem("package_not_out", 409)
    how = body.get("how")
    if how not in rules.RETURNED:
        raise Wrong("how", "choice")
    changes = {"state": "returned", "returned_at": clock.now(), "returned_how": how, "returned_by": by}
    packages.change(db, row["id"], changes)
    if row["of"]:  # else the case was deleted while it was out: the line alone is left
        log_store.add(db, row["of"], f"package_{how}", by, package=row["id"], serial=rules.serial(row),
                      holder=row["holder_name"])  # fmt: skip
        discard(db, row)


def discard(db, row: dict) -> None:
    """The file of a package that is over goes; its SHA-256 stays in the row and the log."""
    if row["sha"]:
        queue.request_job(db, TIDY, row["sha"])


@parts.forgets
def forget(db, case: str) -> None:
    """A deleted case: its packages that are out stay as lines, all files go."""
    for sha in packages.forget(db, case):
        queue.request_job(db, TIDY, sha)


@parts.hands_over
def hand_over(db, case: str, giver: str) -> None:
    """What the former owner asked for and has not taken out is over; what is out stays in his name."""
    row = packages.find_open(db, case, giver)
    if row and row["state"] in rules.INSIDE:
        end(db, row)
        log_store.add(db, case, "package_lapsed", "", package=row["id"], holder=row["holder_name"])
