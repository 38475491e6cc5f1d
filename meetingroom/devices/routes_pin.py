"""One's own PIN for a shared tablet: chosen and removed in the account."""

from flask import Blueprint, g, redirect, render_template, request

from meetingroom.auth import account_labels
from meetingroom.auth.guard import signed_in
from meetingroom.devices import own_pin as stored
from meetingroom.devices import pins

bp = Blueprint("pin", __name__)


@bp.post("/account/pin")
@signed_in
def own_pin():
    """`pin` twice (in `again`), or `remove` → the account; the form again with 422."""
    if request.form.get("remove"):
        stored.remove_pin(g.user.id)
        return redirect("/account?changed=no-pin#pin")
    pin, errors = request.form.get("pin", ""), {}
    if weak := pins.find_weakness(pin):
        errors["pin"] = weak
    elif pin != request.form.get("again", ""):
        errors["again"] = "pins_differ"
    if errors:
        return render_template("people/pin.html", errors=account_labels.labels_of(errors)), 422
    stored.save_pin(g.user.id, pin)
    return redirect("/account?changed=pin#pin")


@bp.get("/account/pin")
@signed_in
def pin_form():
    """The form for one's PIN at shared tablets."""
    return render_template("people/pin.html", errors={})
