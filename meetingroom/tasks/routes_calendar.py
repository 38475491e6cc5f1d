"""A person's tasks as a calendar: the secret address, and what lies behind it."""

from flask import Blueprint, Response, g, render_template, request

from meetingroom.auth import account_store
from meetingroom.auth.guard import signed_in
from meetingroom.printing.wording import words
from meetingroom.tasks import calendar_store, visible_tasks
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("calendar", __name__)
LONGEST = 100


@bp.get("/tasks/calendar")
@signed_in
def page():
    """Whether there is an address, and since when; the address itself was shown when it was made."""
    with context().pool.lend() as db:
        since = calendar_store.has_address(db, g.user.id)
    return render_template("tasks/calendar.html", since=since, address="")


@bp.post("/tasks/calendar")
@signed_in
def make():
    """A new secret address (the one before it ends), or with `end` none → the page, with the address this once."""
    with context().pool.writing() as db:
        if request.form.get("end"):
            calendar_store.revoke(db, g.user.id)
            secret = ""
        else:
            secret = calendar_store.make_address(db, g.user.id)
        since = calendar_store.has_address(db, g.user.id)
    address = f"{base_address()}/calendar/{secret}.ics" if secret else ""
    return render_template("tasks/calendar.html", since=since, address=address, shown_once=bool(secret))


@bp.get("/calendar/<secret>.ics")
def feed(secret: str):
    """Tasks and days of whom the address belongs to: VTODO and VEVENT, for the programs that read calendars."""
    from meetingroom.tasks import ics  # brings icalendar along

    with context().pool.lend() as db:
        owner = calendar_store.find_owner(db, secret) if len(secret) <= LONGEST else ""
        if not owner:
            raise Problem("not_found", 404)
        sight = visible_tasks.look(db, owner)
        person = account_store.find_user(db, owner)
    assert person
    _ = words(person["language"] or context().settings.language)
    tasks = [seen for seen in sight.tasks if ics.belongs(seen, sight.today)]
    answer = Response(ics.calendar(tasks, base_address(), person["name"], _), mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.add_etag()
    return answer.make_conditional(request)


def base_address() -> str:
    return context().settings.address.rstrip("/") or request.host_url.rstrip("/")
