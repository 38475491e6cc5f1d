"""Who sees the packages of a case, and what they are told of one."""

from flask import g

from meetingroom.cases import store
from meetingroom.cases.access import case_for, role_here
from meetingroom.cases.packages import rules, words
from meetingroom.cases.packages import store as packages
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

SEEING = ("owner", "helper", "leader")
FIELDS = (
    "id", "state", "code", "title", "purpose", "court", "audience", "contents", "maps", "due", "holder", "holder_name",
    "asked_at", "decided_name", "decided_at", "reason", "folder", "sha", "bytes", "pages", "percent", "built_at",
    "out_at", "returned_at", "returned_how",
)  # fmt: skip


def case_seen(case: str, *roles: str) -> dict:
    """The row of a case with `role`; a reader learns nothing of packages. Raises Problem: not_found | case_role."""
    row = case_for(case)
    if row["role"] not in SEEING:
        raise Problem("not_found", 404)
    if roles and row["role"] not in roles:
        raise Problem("case_role", 403)
    return row


def package_seen(case: str, id: str, *roles: str) -> tuple[dict, dict]:
    """(the case, the package). Raises Problem."""
    row = case_seen(case, *roles)
    with context().pool.lend() as db:
        found = packages.find(db, id)
    if found is None or found["of"] != case:
        raise Problem("not_found", 404)
    return row, found


def package_held(id: str) -> dict:
    """A package for its holder, also after the case went to somebody else or was deleted; for the owner and leaders of
    the case; of a deleted case for who consented. Raises Problem: not_found."""
    if g.user is None:
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        row = packages.find(db, id)
        role = role_here(db, row["of"]) if row and row["of"] else ""
    mine = row is not None and not g.user.only and g.user.id in (row["holder"], "" if row["of"] else row["decided_by"])
    if row is None or not (mine or role in ("owner", "leader")):
        raise Problem("not_found", 404)
    return row


def described(row: dict, role: str = "") -> dict:
    """What is told of a package, with what the one who asks may do: `may` is some of approve, refuse, withdraw, again,
    download, return; `mine`: whether they asked for it."""
    today = store.today()
    left = rules.days_left(row["due"], today)
    mine = row["holder"] == g.user.id
    may = []
    if role == "leader" and not mine and row["state"] == "asked":
        may += ["approve", "refuse"]
    mine_to_end = rules.may_take_back(row, asker=role == "owner" and mine, leader=role == "leader")
    if mine_to_end and row["state"] in (*rules.INSIDE, "failed"):
        may.append("withdraw")
    if role == "owner" and mine and row["state"] == "failed":
        may.append("again")
    if role == "owner" and mine and row["state"] in ("ready", "out"):
        may.append("download")
    consented = not row["of"] and row["decided_by"] == g.user.id
    if row["state"] == "out" and (mine or consented or role in ("owner", "leader")):
        may.append("return")
    return {
        **{key: row[key] for key in FIELDS}, "serial": rules.serial(row), "consent": rules.consent(row), "days": left,
        "overdue": rules.is_overdue(row, today), "state_text": str(words.STATES[row["state"]]),
        "days_text": words.days(left), "may": may, "mine": mine,
    }  # fmt: skip


def held_only(row: dict) -> dict:
    """The same for a holder who is not on the list of the case any more: the package, nothing of the case."""
    known = described(row)
    return {**known, **dict.fromkeys(("code", "title", "purpose", "court", "reason", "folder"), ""), "maps": []}
