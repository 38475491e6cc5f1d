"""My account: password, language, text size, and where I am signed in."""

from flask import Blueprint, g, redirect, render_template, request

from meetingroom.auth import account_labels, account_store, forms, passwords, sessions, sign_in
from meetingroom.auth import settings as chosen
from meetingroom.auth.guard import safe_next, signed_in
from meetingroom.translations import SIZES
from meetingroom.web.context import context

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@signed_in
def account():
    """One's own page: language, size of text, PIN, password, sessions."""
    with context().pool.lend() as db:
        mine = sessions.list_sessions(db, g.user.id)
        person = account_store.find_user(db, g.user.id)
    return render_template("people/account.html", sessions=mine, person=person, sizes=SIZES)


@bp.get("/password")
@signed_in
def password():
    """The form for a new password."""
    return render_template("people/password.html", errors={}, asks_old=asks_old())


@bp.post("/password")
@signed_in
def change_password():
    """`password`, `again`, and `old` where there is one → home or the account; the form again with 422."""
    errors = forms.new_password(request.form, g.user.username, g.user.name, g.user.unit)
    if not errors:
        errors = old_password_error(request.form.get("old", ""), request.form["password"])
    if errors:
        labels = account_labels.labels_of(errors)
        return render_template("people/password.html", errors=labels, asks_old=asks_old()), 422
    sign_in.change_password(g.user.id, request.form["password"])
    return redirect("/" if g.user.must_change else "/account?changed=password")


def asks_old() -> bool:
    """Somebody with a temporary password has just typed it, or came by a link and never had one."""
    return not g.user.must_change and bool(find_stored_hash())


def find_stored_hash() -> str:
    with context().pool.lend() as db:
        person = account_store.find_user(db, g.user.id)
    return person["password"] if person else ""


def old_password_error(old: str, new: str) -> dict[str, str]:
    stored = find_stored_hash()
    if asks_old():
        if sign_in.throttle().wait(sign_in.client_address(), f"{g.user.username} again"):
            return {"old": "password_wrong"}
        if not sign_in.run_slow_hash(passwords.is_right, old, stored):
            return {"old": "password_wrong"}
        sign_in.throttle().succeeded(sign_in.client_address(), f"{g.user.username} again")
    if stored and sign_in.run_slow_hash(passwords.is_right, new, stored):
        return {"password": "password_unchanged"}
    return {}


@bp.post("/settings")
def settings():
    """`language`, `text_size`; also for a stranger at the sign-in form, whose browser keeps the size of text."""
    size = request.form.get("text_size", "")
    answer = redirect(safe_next(request.form.get("next"), "/account?changed=settings"))
    if g.user:
        chosen.save_settings(request.form.get("language", ""), size)
    if size in {str(known) for known in SIZES}:
        answer.set_cookie("text", size, max_age=31_536_000, samesite="Lax", secure=context().settings.secure_cookies)
    return answer


@bp.post("/sessions/end")
@signed_in
def end_sessions():
    """Ends one `session` of one's own, or all but this one."""
    chosen = request.form.get("session", "")
    with context().pool.writing() as db:
        if chosen:
            ended = sessions.end_one_session(db, g.user.id, chosen) if chosen != g.user.session else 0
        else:
            ended = sessions.end_all_sessions(db, g.user.id, but=g.user.session)
        if ended:
            account_store.write_audit_line(db, "sessions_ended", by=g.user.id, count=ended)
    if ended:
        context().dismiss_user(g.user.id)
    return redirect("/account?changed=sessions")
