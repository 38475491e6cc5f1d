"""Who sees a followed trial: the list of its case, and whoever was invited to observe it. For all others, and for an
administrator always, there is none (404)."""

from flask import g

from meetingroom.cases import access
from meetingroom.cases import store as cases
from meetingroom.cases.court import store
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

# Who opens a trial, says what is known of it, and names its observers.
STEWARDS = ("owner", "helper", "leader")


def hearing_for(case: str, hearing: str, *roles: str) -> dict:
    """The row of a hearing with `role` (in the case; "" of an invited observer), `observes`, `site`, `code` and
    `title` of the case, `writes`: whether entries of this one are taken now.

    Raises Problem: not_signed_in (401), not_found (404), with `roles` case_role (403) for others who see it.
    """
    if g.user is None:
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        about, role = cases.find_case(db, case), access.role_here(db, case)
        row = store.find_hearing(db, case, hearing)
        observer = store.find_observer(db, hearing, g.user.id) if may_observe() else None
    if about is None or row is None or not (role or (observer and observer["invited"])):
        raise Problem("not_found", 404)
    if roles and role not in roles:
        raise Problem("case_role", 403)
    open_now = not row["closed_at"] and not about["closed_at"] and about["secrecy"] == "no"
    return {
        **row, "role": role, "observes": observer is not None, "own_site": observer["site"] if observer else "",
        "code": about["code"], "title": about["title"], "case_closed": bool(about["closed_at"]),
        "writes": observer is not None and open_now,
    }  # fmt: skip


def may_observe() -> bool:
    """A session that opens one meeting only observes nothing, nor does an administrator."""
    return g.user is not None and not g.user.only and not g.user.is_admin


def check_open(row: dict) -> None:
    """Raises Problem: case_closed | court_closed (409)."""
    if row["case_closed"]:
        raise Problem("case_closed", 409)
    if row["closed_at"]:
        raise Problem("court_closed", 409)
