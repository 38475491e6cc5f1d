"""Administration of reminders: the mail server, a test message, on which days people are reminded."""

import smtplib

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _

from meetingroom.auth import account_store
from meetingroom.auth.forms import is_email
from meetingroom.auth.guard import needs
from meetingroom.meeting import names
from meetingroom.tasks import mail, outbox_store, store
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("mail", __name__, url_prefix="/admin/mail")
FARTHEST = 90  # days
KEPT = "********"


@bp.get("")
@needs("admin")
def page():
    """The settings of mail and reminders, and what could not be sent."""
    with context().pool.lend() as db:
        return show(mail.read_mail(db), store.read_choices(db), {})


def show(chosen: mail.Mail, choices: store.Choices, errors: dict[str, str]):
    with context().pool.lend() as db:
        failed, counts = outbox_store.list_errors(db), outbox_store.count_by_status(db)
        units, rhythms = [row for row in account_store.list_units(db) if row["active"]], store.read_rhythms(db)
    own = [(row, rhythms[row["id"]]) for row in units if row["id"] in rhythms]
    asked = request.args.get("unit", "")
    has_password = bool(mail.read_password(context().settings))
    values = {**vars(chosen), "days": ", ".join(map(str, choices.remind_days)), **vars(choices)}
    values["ask_before"] = str(choices.ask_before)  # nought is a number too
    return render_template("tasks/mail.html", values=values, errors=errors, failed=failed, counts=counts, units=units,
                           own=own, unit=asked, has_password=has_password, security=mail.SECURITY)  # fmt: skip


@bp.post("")
@needs("admin")
def save():
    """Saves them → the page; the form again with 422."""
    chosen, choices, errors = read_form(request.form)
    if errors:
        return show(chosen, choices, errors), 422
    with context().pool.writing() as db:
        mail.save_mail(db, chosen)
        store.save_choices(db, choices)
        account_store.write_audit_line(db, "mail_edited", by=g.user.id, host=chosen.host, on=chosen.on)
    password = request.form.get("password", "")
    if not chosen.user:
        mail.save_password(context().settings, "")
    elif password:
        mail.save_password(context().settings, password[:500])
    flash(_("Saved."), "good")
    return redirect("/admin/mail")


@bp.post("/units")
@needs("admin")
def save_unit():
    """A unit's own `days` and `weekly`; with `end` it is reminded as the unit above it again → the page."""
    unit = request.form.get("unit", "")
    errors: dict[str, str] = {}
    days = read_days(request.form.get("days", ""), errors)
    own = None if request.form.get("end") else store.Rhythm(days, request.form.get("weekly") == "yes")
    with context().pool.writing() as db:
        if not account_store.unit(db, unit):
            raise Problem("no_such_unit", 404)
        if own and errors:
            flash(errors["days"], "bad")
            return redirect(f"/admin/mail?unit={unit}#units")
        store.save_rhythm(db, unit, own)
        account_store.write_audit_line(db, "mail_edited", by=g.user.id, subject=unit, on=bool(own))
    flash(_("Saved."), "good")
    return redirect("/admin/mail#units")


@bp.post("/test")
@needs("admin")
def test():
    """A message to `to` by the settings that are saved; says what the mail server answered."""
    with context().pool.lend() as db:
        chosen = mail.read_mail(db)
    to = request.form.get("to", "").strip()[:150]
    if not is_email(to) or not chosen.host:
        flash(_("Enter an e-mail address, and save the mail server first."), "bad")
        return redirect("/admin/mail")
    try:
        context().in_thread(send_test, chosen, mail.read_password(context().settings), to, _("Test message"))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        flash(_("The message could not be sent: %(words)s", words=mail.words_of(error)[:300]), "bad")
    else:
        flash(_("The mail server has taken the message to %(to)s.", to=to), "good")
    return redirect("/admin/mail")


def send_test(chosen: mail.Mail, password: str, to: str, words: str) -> None:
    with mail.Line(chosen, password) as line:
        line.send(to, words, words)


def read_form(form) -> tuple[mail.Mail, store.Choices, dict[str, str]]:
    errors: dict[str, str] = {}
    text = {key: names.tidy(form.get(key, ""))[:200] for key in ("host", "port", "security", "user", "sender", "base")}
    on = form.get("on") == "yes"
    port = int(text["port"]) if text["port"].isascii() and text["port"].isdecimal() and len(text["port"]) < 6 else 0
    if not 0 < port < 65536:
        errors["port"] = _("A number from 1 to 65535.")
    if text["security"] not in mail.SECURITY:
        errors["security"] = _("Please choose one of the given values.")
    if on and not text["host"]:
        errors["host"] = _("Please fill this in.")
    if (on or text["sender"]) and not is_email(text["sender"]):
        errors["sender"] = _("This is no e-mail address.")
    base = text["base"] or request.host_url
    if not base.startswith(("http://", "https://")):
        errors["base"] = _("An address that begins with http:// or https://.")
    days = read_days(form.get("days", ""), errors)
    on_time_by = "granted" if form.get("on_time_by") == "granted" else "original"
    chosen = mail.Mail(on, text["host"], port, text["security"], text["user"], text["sender"], base)
    before = form.get("ask_before", "0").strip() or "0"
    if not (before.isascii() and before.isdecimal() and int(before) <= FARTHEST):
        errors["ask_before"], before = _("A whole number from 0 to 90."), "0"
    granted_by = "staff" if form.get("granted_by") == "staff" else "chair"
    titles = form.get("titles_in_mail") == "yes"
    choices = store.Choices(days, form.get("weekly") == "yes", on_time_by, titles, int(before), granted_by)
    return chosen, choices, errors


def read_days(text: str, errors: dict[str, str]) -> tuple[int, ...]:
    """`7, 3, 1, 0, -1`: days before the deadline, after it below nought."""
    found = []
    for part in text.replace(";", ",").split(","):
        part = part.strip().replace("−", "-")
        if not part:
            continue
        try:
            day = int(part) if len(part) < 5 else FARTHEST + 1
        except ValueError:
            day = FARTHEST + 1
        if not -FARTHEST <= day <= FARTHEST:
            errors["days"] = _("Whole numbers from -90 to 90, with commas between them.")
            continue
        found.append(day)
    return tuple(sorted(set(found), reverse=True))[:20]
