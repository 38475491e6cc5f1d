"""The agency's days off and working days: holidays that the Government moves each year, and days worked for them."""

import datetime

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _

from meetingroom import clock, working_days
from meetingroom.auth import account_store
from meetingroom.auth.guard import needs
from meetingroom.issuing import swapped_day_store as store
from meetingroom.meeting import names
from meetingroom.web import dates
from meetingroom.web.context import context

bp = Blueprint("days", __name__, url_prefix="/admin/days")
PAGE = "/admin/days"
LONGEST, EARLIEST, LATEST = 31, 2000, 2100  # days at once; years
LANGUAGES = {"vi": "vi", "en": "en_US"}


@bp.get("")
@needs("admin")
def page():
    """What was entered, and what the kept list says of this year and the next; `?year=` of another."""
    return show({}, {})


def show(values: dict[str, str], errors: dict[str, str]):
    asked = request.args.get("year", "")
    this = dates.today().year
    year = int(asked) if asked.isascii() and asked.isdecimal() and EARLIEST <= int(asked[:5]) <= LATEST else this
    listed = working_days.list_year(year, LANGUAGES.get(str(get_locale()), "vi"))
    rows = [{"day": day, "works": False, "name": name} for day, name in listed.off.items()]
    rows += [{"day": day, "works": True, "name": ""} for day in listed.worked]
    with context().pool.lend() as db:
        entered = [row | {"day": datetime.date.fromisoformat(row["day"])} for row in store.list_days(db)]
    return render_template(
        "issuing/days.html", values=values, errors=errors, entered=entered, year=year, this=this,
        listed=sorted(rows, key=lambda row: row["day"]),
    )  # fmt: skip


@bp.post("")
@needs("admin")
def save():
    """`day` and perhaps `until` are `kind=off|worked`, for a `reason` → the page; the form again with 422."""
    values = {key: names.tidy(request.form.get(key, "")[:1000])[:300] for key in ("day", "until", "kind", "reason")}
    errors: dict[str, str] = {}
    works = values["kind"] == "worked"
    days = read_days(values, errors)
    if not values["reason"]:
        errors["reason"] = _("Please fill this in.")
    with context().pool.writing() as db:
        swapped = store.read_swapped(db)
        changed = [day for day in days if working_days.is_working(day, swapped) != works]
        if days and not changed and not errors:
            errors["day"] = _("That is a working day already.") if works else _("That day is off already.")
        if len(store.list_days(db)) + len(changed) > store.MOST:
            errors["day"] = _("There are too many of them.")
        if not errors:
            store.save_days(db, changed, works, values["reason"], g.user.id, clock.now())
            account_store.write_audit_line(
                db,
                "days_edited",
                by=g.user.id,
                day=f"{changed[0]:%d/%m/%Y}",
                until=f"{changed[-1]:%d/%m/%Y}",
                works=works,
            )
    if errors:
        return show(values, errors), 422
    flash(_("Saved. Terms in working days are counted by it from now on."), "good")
    return redirect(PAGE)


@bp.post("/remove")
@needs("admin")
def remove():
    """What was entered of a `day` goes: it is as the kept list has it."""
    day = request.form.get("day", "")[:10]
    with context().pool.writing() as db:
        if store.remove_day(db, day):
            account_store.write_audit_line(db, "days_edited", by=g.user.id, day=day, removed=True)
    return redirect(PAGE)


def read_days(values: dict[str, str], errors: dict[str, str]) -> list[datetime.date]:
    """From `day` to `until`; none where something is wrong with them."""
    found = {}
    for name in ("day", "until"):
        text = values[name] or (values["day"] if name == "until" else "")
        try:
            found[name] = datetime.date.fromisoformat(dates.read_day(text))
        except ValueError:
            errors.setdefault(name if values[name] else "day", _("Please enter a day as dd/mm/yyyy."))
            return []
        if not EARLIEST <= found[name].year <= LATEST:
            errors[name] = _("Please enter a day as dd/mm/yyyy.")
            return []
    days = list(working_days.days_between(found["day"], found["until"])) if found["until"] >= found["day"] else []
    if not days or len(days) > LONGEST:
        errors["until"] = _("From the first day on, 31 days at most.")
        return []
    return days
