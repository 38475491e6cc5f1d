"""One's own PIN for a shared tablet: chosen and removed in the account."""

from flask import Blueprint, current_app, g, redirect, render_template, request

from meetingroom.people import entry, pins, store, words
from meetingroom.people.guard import signed_in
from meetingroom.web.house import house

bp = Blueprint("pin", __name__)


@bp.post("/account/pin")
@signed_in
def own_pin():
    """`pin` twice, or `remove`."""
    if request.form.get("remove"):
        forget(g.user.id)
        return redirect("/account?changed=no-pin#pin")
    pin, errors = request.form.get("pin", ""), {}
    if weak := pins.weakness(pin):
        errors["pin"] = weak
    elif pin != request.form.get("again", ""):
        errors["again"] = "pins_differ"
    if errors:
        return render_template("people/pin.html", errors=words.worded(errors)), 422
    keep(g.user.id, pin)
    return redirect("/account?changed=pin#pin")


@bp.get("/account/pin")
@signed_in
def pin_form():
    return render_template("people/pin.html", errors={})


def keep(person: str, pin: str, by: str = "") -> None:
    """This PIN is the person's; `by`: the card that showed who they are, which takes it along when revoked."""
    made = entry.slowly(pins.hashed, pin, person, key())
    with house().pool.writing() as db:
        store.edit_user(db, person, pin=made, pin_by=by)
        store.audit(db, "pin_set", by=person)


def forget(person: str) -> None:
    with house().pool.writing() as db:
        store.edit_user(db, person, pin="", pin_by="")
        store.audit(db, "pin_removed", by=person)


def pin_of(db, person: str) -> str:
    row = store.user(db, person)
    return (row["pin"] or "") if row and row["active"] else ""


def key() -> bytes:
    """The secret that a thief of the database alone does not have."""
    secret = current_app.secret_key
    return secret if isinstance(secret, bytes) else str(secret).encode()
