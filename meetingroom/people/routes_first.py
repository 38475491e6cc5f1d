"""The first visit: the first administrator and the agency, with the code printed in the terminal."""

from flask import Blueprint, redirect, render_template, request

from meetingroom.people import entry, first_store, forms, passwords, store, words
from meetingroom.web.errors import Problem
from meetingroom.web.house import house

bp = Blueprint("first", __name__)


@bp.get("/first")
def first():
    if not open_now():
        return redirect("/sign-in")
    # Whether the code is right is told by the POST alone, which is counted.
    code = request.args.get("code", "").strip()[: forms.LENGTHS["code"]]
    return render_template("people/first.html", values={"code": code}, errors={})


@bp.post("/first")
def found_agency():
    if not open_now():
        return redirect("/sign-in")
    values, errors = forms.read_first(request.form)
    if seconds := entry.throttle().wait(entry.address(), "first"):
        raise Problem("too_many_attempts", 429, retry_after=seconds)
    with house().pool.lend() as db:
        if store.open_code(db, "first", values["code"]) is None:
            entry.throttle().failed(entry.address())
            errors["code"] = "code_wrong"
    if errors:
        return render_template("people/first.html", values=values, errors=words.worded(errors)), 422
    made = entry.slowly(passwords.hashed, values["password"])
    with house().pool.writing() as db:
        invitation = store.open_code(db, "first", values["code"])
        if store.anybody(db) or invitation is None:  # two visitors at once: the first one has it
            return redirect("/sign-in")
        store.use_code(db, invitation["id"])
        unit = store.add_unit(db, name=values["agency"])
        person = store.add_user(
            db, username=values["username"], name=values["name"], title=values["title"], unit=unit, role="admin",
            hashed=made,
        )  # fmt: skip
        store.audit(db, "first_administrator", by=person)
        first_store.begin(db, person)
    entry.throttle().succeeded(entry.address(), "first")
    entry.let_in(person, "signed_in")
    return redirect("/start")


def open_now() -> bool:
    with house().pool.lend() as db:
        return not store.anybody(db)
