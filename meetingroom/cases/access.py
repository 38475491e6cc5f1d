"""Who may do what in a case: whoever is not on its list, the administrator included, learns nothing of it (404)."""

from flask import g
from flask_babel import lazy_gettext as _l

from meetingroom.cases import store
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import messages

messages.update(
    {
        "case_role": _l("Your part in this case does not allow this."),
        "case_shell": _l("Nothing may be entered here until it is answered that no state secret is concerned."),
        "case_document_removed": _l("This document was removed from the case file."),
        "case_closed": _l("The case file is closed. Open it again to change it."),
    }
)


def case_for(case: str, *roles: str) -> dict:
    """The row of a case with `role`, for whoever is on its list today; with `roles`, has one of these.

    Raises Problem: not_signed_in (401), not_found (404: not on the list), case_role (403: on the list, another part).
    """
    if g.user is None:
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        # The same is asked for a case that does not exist.
        row, role = store.find_case(db, case), role_here(db, case)
    if row is None or not role:
        raise Problem("not_found", 404)
    if roles and role not in roles:
        raise Problem("case_role", 403)
    return {**row, "role": role}


def case_to_edit(case: str) -> dict:
    """The same for whoever changes its contents. Raises Problem: … | case_shell | case_closed (409)."""
    row = case_for(case, *store.EDITORS)
    check_open(row)
    return row


def role_here(db, case: str) -> str:
    """The part of `g.user` in a case; none for a session that opens one meeting only (a card, a shared tablet)."""
    if g.user is None or g.user.only or g.user.is_admin:
        return ""
    return store.role_in_case(db, case, g.user.id)


def may_open_cases() -> bool:
    """Whether `g.user` may open a case: any account of a person but an administrator's, signed in with a password."""
    return g.user is not None and not g.user.only and not g.user.is_admin


def check_contents(row: dict) -> None:
    """Contents go only where it was answered that no state secret is concerned. Raises Problem: case_shell."""
    if row["secrecy"] != "no":
        raise Problem("case_shell", 409)


def check_open(row: dict) -> None:
    """Contents change only while the case is open. Raises Problem: case_shell | case_closed."""
    check_contents(row)
    if row["closed_at"]:
        raise Problem("case_closed", 409)
