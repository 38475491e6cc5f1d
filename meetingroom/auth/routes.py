"""Signing in and out: the form, the API, one-time links."""

from flask import Blueprint, g, redirect, render_template, request, session

from meetingroom.auth import account_labels, account_store, guard, settings
from meetingroom.auth import sign_in as entry
from meetingroom.auth.throttle import Throttle
from meetingroom.translations import LANGUAGES
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message, messages

bp = Blueprint("auth", __name__)

# At the end of a session the browser forgets the pages and pictures it kept. Not its "storage", where what others who
# share the device have typed and not yet sent lies, by person; not its "cookies", by which it is known and paired.
FORGET = {"Clear-Site-Data": '"cache"'}

messages.update(account_labels.ERRORS)


@bp.record_once
def prepare(state) -> None:
    """A counter of attempts for each app, and the words of this area in its templates."""
    state.app.extensions["meetingroom.throttle"] = Throttle()
    state.app.jinja_env.filters.update(account_labels.FILTERS)
    state.app.jinja_env.globals.update(agency=agency)


def agency() -> str:
    """The agency's name on the sign-in page: that of the first unit of the tree."""
    with context().pool.lend() as db:
        return account_store.agency_name(db)


@bp.post("/api/session")
def api_sign_in():
    """`{username, password}` → `{user}`, and the session's cookie; 401 `wrong_credentials`, 429 after too many."""
    body = request.get_json(silent=True)
    username, password = (body.get(key) for key in ("username", "password")) if isinstance(body, dict) else (None, None)
    if not isinstance(username, str) or not isinstance(password, str):
        raise Problem("malformed", 400)
    entry.sign_in(username, password)
    return {"user": current_reader().as_json()}


def current_reader() -> guard.User:
    """Whoever is signed in after what this request did."""
    found = guard.user_from_cookie()
    if found is None:
        raise Problem("not_signed_in", 401)
    return found


@bp.get("/api/session")
def api_who():
    """`{user: {id, username, name, title, unit, role, language, text_size, must_change?}}`; 401 for nobody."""
    if g.user is None:
        raise Problem("not_signed_in", 401)
    return {"user": g.user.as_json()}


@bp.patch("/api/session")
@guard.signed_in
def api_settings():
    """`{language?, text_size?}` → `{user}`: from the buttons of a screen."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Problem("malformed", 400)
    settings.save_settings(str(body.get("language", "")), body.get("text_size"))
    return {"user": current_reader().as_json()}


@bp.delete("/api/session")
def api_sign_out():
    """Signs out → `{}`; the browser forgets the pages it kept."""
    entry.sign_out()
    return {}, 200, FORGET


@bp.get("/sign-in")
def sign_in():
    """The sign-in form, which leads to `?next=`; whoever is signed in goes there at once."""
    if g.user is not None:
        return redirect(guard.safe_next(request.args.get("next")))
    with context().pool.lend() as db:
        if not account_store.has_users(db):
            return redirect("/first")
    return render_template("people/sign_in.html", next=guard.safe_next(request.args.get("next")))


@bp.post("/sign-in")
def sign_in_by_form():
    """`username`, `password`, `next` → on to `next`; the form again with 401 or 429."""
    username, password = request.form.get("username", ""), request.form.get("password", "")
    target = guard.safe_next(request.form.get("next"))
    try:
        if not username.strip() or not password:
            raise Problem("wrong_credentials", 401)
        person = entry.sign_in(username, password)
    except Problem as problem:
        shown = {"problem_text": message(problem.code), "seconds": problem.details.get("retry_after")}
        page = render_template("people/sign_in.html", next=target, username=username, **shown)
        return page, problem.status
    return redirect("/account/password" if person["must_change"] else target)


@bp.post("/sign-out")
def sign_out():
    """Signs out, then the sign-in form."""
    entry.sign_out()
    answer = redirect("/sign-in")
    answer.headers.update(FORGET)
    return answer


@bp.route("/in/<code>", methods=["GET", "POST"])
def by_link(code: str):
    """A one-time link. Opening it asks, the button signs in: a preview uses nothing up."""
    with context().pool.lend() as db:
        invitation = account_store.find_open_code(db, "link", code)
        owner = account_store.owner_of_code(db, "link", code)
    if invitation is None:
        # The link was opened twice on the same tablet: no reason to frighten anybody.
        mine = g.user is not None and g.user.id == owner
        return redirect("/") if mine else (render_template("people/link.html", invitation=None), 404)
    if request.method != "POST":
        return render_template("people/link.html", invitation=invitation, code=code)
    with context().pool.writing() as db:
        if account_store.find_open_code(db, "link", code) is None:  # opened in two places at once
            return redirect("/")
        account_store.use_code(db, invitation["id"])
    entry.start_session(invitation["user"], "signed_in_by_link")
    return redirect("/")


@bp.get("/admin")
@guard.needs("admin")
def administration():
    """Leads to the list of people."""
    return redirect("/admin/people")


@bp.post("/language")
def language():
    """Switches the language of this browser, and of the person if somebody is signed in."""
    wanted = request.form.get("language")
    if wanted in LANGUAGES:
        session["language"] = wanted
        if g.user:
            settings.save_settings(wanted, None)
    return redirect(guard.safe_next(request.form.get("next")))
