"""The first visit: the first administrator and the agency, with the code printed in the terminal."""

from flask import Blueprint, redirect, render_template, request

from meetingroom.auth import account_labels, account_store, first_store, forms, passwords, sign_in
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("first", __name__)


@bp.get("/first")
def first():
    """The form that founds the agency, with `?code=` from the terminal; the sign-in form once there are people."""
    if not open_now():
        return redirect("/sign-in")
    # Whether the code is right is told by the POST alone, which is counted.
    code = request.args.get("code", "").strip()[: forms.LENGTHS["code"]]
    return render_template("people/first.html", values={"code": code}, errors={})


@bp.post("/first")
def found_agency():
    """`code`, `agency`, `name`, `title`, `username`, `password` → the first administrator, signed in; 422, 429."""
    if not open_now():
        return redirect("/sign-in")
    values, errors = forms.read_first(request.form)
    if seconds := sign_in.throttle().wait(sign_in.client_address(), "first"):
        raise Problem("too_many_attempts", 429, retry_after=seconds)
    with context().pool.lend() as db:
        if account_store.find_open_code(db, "first", values["code"]) is None:
            sign_in.throttle().failed(sign_in.client_address())
            errors["code"] = "code_wrong"
    if errors:
        return render_template("people/first.html", values=values, errors=account_labels.labels_of(errors)), 422
    made = sign_in.run_slow_hash(passwords.hash_password, values["password"])
    with context().pool.writing() as db:
        invitation = account_store.find_open_code(db, "first", values["code"])
        if account_store.has_users(db) or invitation is None:  # two visitors at once: the first one has it
            return redirect("/sign-in")
        account_store.use_code(db, invitation["id"])
        unit = account_store.add_unit(db, name=values["agency"])
        person = account_store.add_user(
            db, username=values["username"], name=values["name"], title=values["title"], unit=unit, role="admin",
            hashed=made,
        )  # fmt: skip
        account_store.write_audit_line(db, "first_administrator", by=person)
        first_store.begin_guide(db, person)
    sign_in.throttle().succeeded(sign_in.client_address(), "first")
    sign_in.start_session(person, "signed_in")
    return redirect("/start")


def open_now() -> bool:
    with context().pool.lend() as db:
        return not account_store.has_users(db)
