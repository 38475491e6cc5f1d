"""Official documents to look at before they are made, and how a unit's documents look."""

import datetime
import re

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from meetingroom import clock, log
from meetingroom.auth import account_store, guard
from meetingroom.auth.guard import needs, signed_in
from meetingroom.meeting import checks
from meetingroom.meeting.roles import STAFF
from meetingroom.official import kinds, making
from meetingroom.people import layout_store
from meetingroom.printing import glyphs, layout, printer
from meetingroom.printing.layout import Layout, OutsideTheDecree
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message, messages

bp = Blueprint("official", __name__)
messages.update(
    {
        "item_not_held": _l("The meeting has not come to this item, so there is nothing to tell of it."),
        "nothing_to_tell": _l("The log has nothing yet that such a document could tell."),
        "outside_the_decree": _l("Decree 30/2020/NĐ-CP does not allow this value."),
    }
)
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# Who may look at what: the programme and the invitation are for everybody who is invited.
FOR_MEMBERS = kinds.BEFORE_THE_MEETING - {"danh_sach"}


@bp.get("/api/meetings/<meeting>/documents/<kind>.pdf")
@signed_in
def preview_pdf(meeting: str, kind: str):
    """A document as it would be made now, `?item=` `?person=` `?language=`; the programme and invitations for every
    member once the meeting is announced, all else for the staff."""
    return preview(meeting, kind, "pdf")


@bp.get("/api/meetings/<meeting>/documents/<kind>.docx")
@signed_in
def preview_docx(meeting: str, kind: str):
    """The same as a Word file."""
    return preview(meeting, kind, "docx")


def preview(meeting: str, kind: str, form: str) -> Response:
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    if kind not in FOR_MEMBERS or state.meeting.status == "draft":
        guard.require_staff(meeting)
    checks.check_not_secret(state)
    item, person = request.args.get("item", "")[:80], request.args.get("person", "")[:80]
    if person and role not in STAFF and person != g.user.id:
        raise Problem("not_allowed", 403)
    header, file = making.print_file(meeting, kind, form, language(), item, person, g.user.id)
    answer = Response(file, mimetype=TYPES[form])
    mark = "-du-thao" if header["draft"] else ""
    answer.headers["Content-Disposition"] = f'inline; filename="{kind.replace("_", "-")}{mark}.{form}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.get("/api/units/<unit>/layout")
@needs("admin", "organiser")
def read_layout(unit: str):
    """`{since, layout, later: [since]}`: how the unit's documents look today; `?on=yyyy-mm-dd` on another day."""
    day = read_day(request.args.get("on", ""))
    with context().pool.lend() as db:
        find_unit(db, unit)
        found = layout_store.list_layouts(db, unit)
    since = max((since for since, _layout in found if since <= day.isoformat()), default="")
    return {
        "since": since,
        "layout": layout.written(layout.current(found, day)),
        "later": [each for each, _layout in found if each > day.isoformat()],
    }


@bp.put("/api/units/<unit>/layout")
@needs("admin", "organiser")
def write_layout(unit: str):
    """`{since, layout}` → `{since}`: from that day on. 422 `outside_the_decree` with `article`."""
    wish = request.get_json(silent=True)
    if not isinstance(wish, dict) or not isinstance(wish.get("since"), str):
        raise Problem("malformed", 400)
    keep(unit, read_day(wish["since"]), wish.get("layout"))
    return {"since": wish["since"]}


@bp.get("/api/units/<unit>/layout/preview.png")
@needs("admin", "organiser")
def preview_layout(unit: str):
    """The first page of a made-up notice as this unit's documents look now; `?on=yyyy-mm-dd`."""
    day = read_day(request.args.get("on", ""))
    with context().pool.lend() as db:
        found = find_unit(db, unit)
        units = account_store.list_units(db)
        settings = layout_store.layout_of(db, unit, day)
    request_ = {"unit": found, "units": units, "layout": layout.written(settings), "language": language()}
    _header, picture = printer.printer.make("layout", request_, g.user.id)
    answer = Response(picture, mimetype="image/png")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.get("/admin/units/<unit>/layout")
@needs("admin")
def layout_page(unit: str):
    """The form, with the first page of a made-up notice beside it."""
    with context().pool.lend() as db:
        found = find_unit(db, unit)
        settings = layout_store.layout_of(db, unit, today())
    return form_page(found, {"since": f"{today():%d/%m/%Y}", **flat(layout.written(settings))}, {})


@bp.post("/admin/units/<unit>/layout")
@needs("admin")
def save_layout(unit: str):
    """Saves it → the form with the new page; the form again with 422."""
    with context().pool.lend() as db:
        found = find_unit(db, unit)
    since = request.form.get("since", "")
    try:
        day = read_day(since)
        keep(unit, day, from_form())
    except Problem as problem:
        if problem.status != 422:
            raise
        return form_page(found, request.form.to_dict(), {problem.details["field"]: words_of(problem)}), 422
    flash(_("Saved. The documents look so from %(day)s on.", day=f"{day:%d/%m/%Y}"), "good")
    return redirect(f"/admin/units/{unit}/layout")


def words_of(problem: Problem) -> str:
    if article := problem.details.get("article"):
        return _("Decree 30/2020/NĐ-CP (%(article)s) does not allow this value.", article=article)
    return message(problem.code)


def form_page(unit: dict, values: dict, errors: dict) -> str:
    names = {
        "thong_bao": _("Notice of conclusions"),
        "giay_moi": _("Invitation"),
        "nghi_quyet": _("Resolution"),
        "trich_sao": _("Extract"),
    }
    with context().pool.lend() as db:
        history = [read_day(since) for since, _layout in layout_store.list_layouts(db, unit["id"])]
    return render_template(
        "official/layout.html", unit=unit, values=values, errors=errors, history=history, kinds=names,
        urgent=layout.URGENT, circulation=layout.CIRCULATION,
    )  # fmt: skip


def flat(written: dict) -> dict[str, str]:
    """A layout as the fields of the form."""
    found = {key: value for key, value in written.items() if isinstance(value, str)}
    for key in ("signers", "names", "recipients"):
        found |= {f"{key}-{kind}": text for kind, text in written[key].items()}
    return found | {key: f"{value:g}" for key, value in written["paper"].items()}


def from_form() -> dict:
    """The layout that the form holds; a measure that is no number stays a text, which is refused."""
    form = request.form
    by_kind = {
        key: {kind: form.get(f"{key}-{kind}", "") for kind in kinds.BUILDERS if form.get(f"{key}-{kind}", "").strip()}
        for key in ("signers", "names", "recipients")
    }
    named = ("parent", "issuing", "short", "place", "address", "urgency", "circulation")
    texts = {key: form.get(key, "") for key in named}
    measures = {key: read_number(form.get(key, "")) for key in (*layout.RANGES, "indent_mm") if form.get(key, "")}
    return {**texts, **by_kind, "paper": measures}


def read_number(text: str):
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def keep(unit: str, since: datetime.date, wish) -> Layout:
    try:
        settings = layout.read_layout(wish)
    except OutsideTheDecree as outside:
        raise Problem("outside_the_decree", 422, field=outside.field, article=outside.article) from None
    if letters := context().in_thread(glyphs.unprintable, settings):
        raise Problem("no_glyph", 422, field="layout", letters=letters)
    with context().pool.writing() as db:
        find_unit(db, unit)
        layout_store.keep_layout(db, unit, since.isoformat(), settings, g.user.id)
        account_store.write_audit_line(db, "layout_changed", by=g.user.id, subject=unit, since=since.isoformat())
    return settings


def find_unit(db, unit: str) -> dict:
    found = account_store.unit(db, unit)
    if found is None:
        raise Problem("not_found", 404)
    return found


def today() -> datetime.date:
    return clock.local(clock.now()).date()


def read_day(text: str) -> datetime.date:
    """`yyyy-mm-dd`, or as it is written here, `dd/mm/yyyy`; "" is today."""
    if local := re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", text):
        text = f"{local[3]}-{int(local[2]):02}-{int(local[1]):02}"
    try:
        return datetime.date.fromisoformat(text) if text else today()
    except ValueError:
        raise Problem("bad_date", 422, field="since") from None


def language() -> str:
    """An official document is in the agency's language; `?language=en` gives the other one."""
    wanted = request.args.get("language", "")
    return wanted if wanted in ("vi", "en") else context().settings.language
