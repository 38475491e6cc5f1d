"""Administration of people: the list, one person, passwords and links."""

import sqlite3

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _

from meetingroom.auth import account_labels as labels
from meetingroom.auth import account_store, forms, passwords, sessions, sign_in
from meetingroom.auth.guard import needs
from meetingroom.meeting import names
from meetingroom.people import credential_slips, unit_tree
from meetingroom.web import address
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("admin_people", __name__, url_prefix="/admin/people")

EMPTY = {"name": "", "username": "", "title": "", "unit": None, "role": "member", "email": "", "phone": "", "clerk": 0}
EDITED = tuple(EMPTY)


@bp.get("")
@needs("admin")
def people():
    """The list; `?q=`, `?unit=`, `?role=`, `?state=` (active, inactive, all) filter it."""
    wanted = {key: request.args.get(key, "").strip()[:100] for key in ("q", "unit", "role", "state")}
    with context().pool.lend() as db:
        everybody, units = account_store.list_users(db), account_store.list_units(db)
    shown = filter_people(everybody, wanted, units)
    return render_template("people/people.html", people=shown, all=len(everybody), units=units, wanted=wanted,
                           roles=labels.ROLES)  # fmt: skip


def filter_people(everybody: list[dict], wanted: dict, units: list[dict]) -> list[dict]:
    """Those who fit the filters; a unit stands for the units below it as well."""
    below = unit_tree.units_below(units, wanted["unit"])
    state = wanted["state"] or "active"
    return [
        person
        for person in everybody
        if (not wanted["unit"] or person["unit"] in below or (wanted["unit"] == "none" and not person["unit"]))
        and (not wanted["role"] or person["role"] == wanted["role"])
        and (state == "all" or bool(person["active"]) == (state == "active"))
        and names.matches(wanted["q"], *(person[key] or "" for key in ("name", "username", "title", "unit_name")))
    ]


@bp.get("/new")
@needs("admin")
def new():
    """The form for a new person, in `?unit=`."""
    return render_form({**EMPTY, "unit": request.args.get("unit")}, {})


@bp.post("/new")
@needs("admin")
def add():
    """Makes an account → a slip with its first password, shown once; the form again with 422."""
    with context().pool.lend() as db:
        values, errors = forms.read_person(request.form, units=unit_ids(db), taken=account_store.list_usernames(db))
    clerk = int(request.form.get("clerk") == "1")
    if errors:
        return render_form({**values, "clerk": clerk}, errors), 422
    secret = passwords.make_temporary()
    made = sign_in.hash_all([secret])[0]
    try:
        with context().pool.writing() as db:
            id = account_store.add_user(db, **values, hashed=made, must_change=True)
            account_store.edit_user(db, id, clerk=clerk)
            account_store.write_audit_line(db, "person_added", by=g.user.id, subject=id, username=values["username"])
        person = find_person(id)
    except sqlite3.IntegrityError:  # taken a moment ago
        return render_form({**values, "clerk": clerk}, {"username": "username_taken"}), 422
    return credential_slips.slip_page(
        [credential_slips.slip(person, secret=secret)], back=f"/admin/people/{id}", heading=_("The account is ready")
    )


@bp.get("/<id>")
@needs("admin")
def person(id: str):
    """The form of one person."""
    return render_form(find_person(id), {}, id)


@bp.post("/<id>")
@needs("admin")
def edit(id: str):
    """Saves it → the list; the form again with 422."""
    before = find_person(id)
    with context().pool.lend() as db:
        taken = account_store.list_usernames(db) - {before["username"]}
        values, errors = forms.read_person(request.form, units=unit_ids(db) | {before["unit"]}, taken=taken)
        values["clerk"] = int(request.form.get("clerk") == "1")
        if values["role"] != "admin" and account_store.is_last_admin(db, id):
            errors["role"] = "last_admin"
    if errors:
        return render_form({**before, **values}, errors, id), 422
    changes = {key: values[key] for key in EDITED if (values[key] or "") != (before[key] or "")}
    if changes:
        with context().pool.writing() as db:
            account_store.edit_user(db, id, **changes)
            audited = {key: value for key, value in changes.items() if key not in ("email", "phone")}
            account_store.write_audit_line(
                db, "person_edited", by=g.user.id, subject=id, fields=sorted(changes), **audited
            )
    flash(_("Saved: %(name)s", name=values["name"]), "good")
    return redirect("/admin/people")


@bp.post("/<id>/deactivate")
@needs("admin")
def deactivate(id: str):
    """The person cannot sign in any more and is put out at once."""
    person = find_person(id)
    if id == g.user.id:
        raise Problem("own_account", 409)
    with context().pool.writing() as db:
        if account_store.is_last_admin(db, id):
            raise Problem("last_admin", 409)
        account_store.deactivate(db, id)
        account_store.write_audit_line(db, "person_deactivated", by=g.user.id, subject=id)
    context().dismiss_user(id)
    flash(_("%(name)s can no longer sign in.", name=person["name"]), "good")
    return redirect(f"/admin/people/{id}")


@bp.post("/<id>/reactivate")
@needs("admin")
def reactivate(id: str):
    """The person may sign in again."""
    person = find_person(id)
    with context().pool.writing() as db:
        account_store.reactivate(db, id)
        account_store.write_audit_line(db, "person_reactivated", by=g.user.id, subject=id)
    flash(_("%(name)s can sign in again.", name=person["name"]), "good")
    return redirect(f"/admin/people/{id}")


@bp.post("/<id>/reset")
@needs("admin")
def reset(id: str):
    """A temporary password, shown once; whoever was signed in as this person is put out."""
    person = find_person(id)
    secret = passwords.make_temporary()
    made = sign_in.hash_all([secret])[0]
    with context().pool.writing() as db:
        account_store.set_password(db, id, made, must_change=True)
        sessions.end_all_sessions(db, id)
        account_store.write_audit_line(db, "password_reset", by=g.user.id, subject=id)
    context().dismiss_user(id)
    return credential_slips.slip_page(
        [credential_slips.slip(person, secret=secret)], back=f"/admin/people/{id}", heading=_("The password is reset")
    )


@bp.post("/<id>/link")
@needs("admin")
def link(id: str):
    """A one-time sign-in link, good for three days."""
    person = find_person(id)
    if not person["active"]:
        raise Problem("person_inactive", 409)
    with context().pool.writing() as db:
        made = account_store.make_sign_in_link(db, id)
        account_store.write_audit_line(db, "link_made", by=g.user.id, subject=id)
    ready = credential_slips.slip(person, link=address.public_address() + made)
    return credential_slips.slip_page([ready], back=f"/admin/people/{id}", heading=_("The sign-in link is ready"))


def find_person(id: str) -> dict:
    with context().pool.lend() as db:
        person = account_store.find_user(db, id)
    if person is None:
        raise Problem("not_found", 404)
    return person


def unit_ids(db) -> set[str]:
    return {unit["id"] for unit in account_store.list_units(db) if unit["active"]}


def render_form(values: dict, errors: dict, id: str | None = None) -> str:
    with context().pool.lend() as db:
        units = account_store.list_units(db)
        history = account_store.audit_lines(db, person=id, limit=12) if id else []
        last = id is not None and account_store.is_last_admin(db, id)
        open_sessions = sessions.list_sessions(db, id) if id else []
    return render_template(
        "people/person.html", id=id, values=values, errors=labels.labels_of(errors), units=units, roles=labels.ROLES,
        hints=labels.ROLE_HINTS, history=history, last_admin=last, sessions=open_sessions,
    )  # fmt: skip
