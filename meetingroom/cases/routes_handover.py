"""Handing a case over: started, confirmed or declined, and its record on paper."""

from flask import Blueprint, Response, g
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth import account_store
from meetingroom.auth.guard import signed_in
from meetingroom.cases import access, fields, handing_over, log_store, people_store, store
from meetingroom.cases.access import case_for
from meetingroom.cases.problems import wrong_field
from meetingroom.printing.letterhead import letterhead
from meetingroom.printing.printer import printer
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object, read_number

bp = Blueprint("case_handover", __name__)


@bp.post("/api/cases/<case>/handovers")
@signed_in
def start(case: str):
    """`{to, reason?, papers?, keep?: [helpers who stay]}` → 201 `{id}`; by the owner or a leader of the case. Nothing
    changes until `to` confirms."""
    case_for(case, "owner", "leader")
    body = read_json_object()
    try:
        with context().pool.writing() as db:
            return {"id": handing_over.start(db, case, g.user.id, body)}, 201
    except fields.Wrong as wrong:
        raise wrong_field(wrong) from None


def for_taker(case: str, id: str) -> dict:
    """An open handover, for the one who is to confirm it, who may not be on the list yet; others: 404."""
    with context().pool.lend() as db:
        row = people_store.find_handover(db, case, id)
    if row is None or row["taker"] != g.user.id or g.user.only or g.user.is_admin:
        raise Problem("not_found", 404)
    return row


@bp.get("/api/cases/<case>/handovers")
@signed_in
def list_handovers(case: str):
    """`{handovers: [{id, giver_name, taker_name, at, reason, papers, keep, state, ended_at}], more}`, the latest first;
    `?page=` 2 and on where there are `more`."""
    case_for(case)
    keys = ("id", "giver", "taker", "giver_name", "taker_name", "at", "reason", "papers", "keep", "state", "ended_at")
    with context().pool.lend() as db:
        rows, more = people_store.list_handovers(db, case, read_number("page", 1))
    return {"handovers": [{key: row[key] for key in keys} for row in rows], "more": more}


@bp.post("/api/cases/<case>/handovers/<id>/confirm")
@signed_in
def confirm(case: str, id: str):
    """The new owner takes the case → `{id, state}`. The former owner is off the list from this moment on. Asked twice,
    done once."""
    for_taker(case, id)
    with context().pool.writing() as db:
        row = people_store.find_handover(db, case, id)
        if row is None or row["state"] not in ("open", "confirmed"):
            raise Problem("handover_over", 409)
        if row["state"] == "open":
            handing_over.confirm(db, row)
    return {"id": id, "state": "confirmed"}


@bp.post("/api/cases/<case>/handovers/<id>/decline")
@signed_in
def decline(case: str, id: str):
    """The one who was to take it does not; or whoever may start one takes it back → `{id, state}`."""
    with context().pool.lend() as db:
        row, role = people_store.find_handover(db, case, id), access.role_here(db, case)
    takes_back = role in ("owner", "leader")
    if row is None or not (takes_back or (row["taker"] == g.user.id and access.may_open_cases())):
        raise Problem("not_found", 404)
    state = "declined" if row["taker"] == g.user.id else "withdrawn"
    with context().pool.writing() as db:
        row = people_store.find_handover(db, case, id)
        if row is None or row["state"] != "open":
            raise Problem("handover_over", 409)
        people_store.end_handover(db, id, state)
        log_store.add(db, case, f"handover_{state}", g.user.id, handover=id, taker_name=row["taker_name"])
    return {"id": id, "state": state}


@bp.get("/api/cases/<case>/handovers/<id>.pdf")
@signed_in
def record(case: str, id: str):
    """The record of a confirmed handover, with both names, for the list of the case."""
    row = case_for(case)
    with context().pool.lend() as db:
        found = people_store.find_handover(db, case, id)
        if found is None or found["state"] != "confirmed":
            raise Problem("not_found", 404)
        head = letterhead(account_store.list_units(db))
        titles = {key: (account_store.find_user(db, found[key]) or {}).get("title") or "" for key in ("giver", "taker")}
        names = [each["name"] for each in store.list_people(db, case) if each["person"] in found["keep"]]
    _header, file = printer.make("handover", {"words": in_words(row, found, head, titles, names)}, g.user.id)
    answer = Response(file, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="ban-giao-{id}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def in_words(row: dict, found: dict, head, titles: dict, kept: list[str]) -> dict:
    """What `handover_pdf` prints."""
    on, stands = clock.local(found["ended_at"]), found["stands"]
    person = lambda key: f"{found[f'{key}_name']}" + (f", {titles[key]}" if titles[key] else "")  # noqa: E731
    lines = [
        _("Handed over by: %(name)s", name=person("giver")),
        _("Taken over by: %(name)s", name=person("taker")),
        _("Case: %(title)s (code %(code)s)", title=row["title"] or "–", code=row["code"]),
        _(
            "At %(time)s on %(day)s the electronic case file was handed over with %(volumes)s volumes, %(documents)s"
            " documents, %(pages)s pages.",
            time=f"{on:%H:%M}", day=f"{on:%d/%m/%Y}", volumes=len(stands["volumes"]),
            documents=stands["documents"], pages=stands["pages"],
        ),
    ]  # fmt: skip
    if found["reason"]:
        lines.append(_("Reason: %(reason)s", reason=found["reason"]))
    lines.append(_("Of the paper file: %(papers)s", papers=found["papers"] or _("as in the list of documents")))
    lines.append(_("Helpers who stay: %(names)s", names=", ".join(kept) or _("none")))
    lines.append(_("From this moment on the former prosecutor in charge has no access to the electronic case file."))
    last = _("Last line of the case log before the handover: %(seq)s, %(hash)s", seq=stands["seq"], hash=stands["hash"])
    table = [[_("Volume"), _("Title"), _("Number of documents"), _("Number of pages")]]
    table += [[str(no), title, str(documents), str(pages)] for no, title, documents, pages in stands["volumes"]]
    return {
        "above": head.parent,
        "agency": head.issuing,
        "country": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        "place": _("day %(day)s month %(month)s year %(year)s", day=f"{on:%d}", month=f"{on:%m}", year=on.year),
        "title": _("RECORD OF THE HANDOVER OF A CASE FILE"),
        "about": row["code"],
        "lines": lines,
        "note": last,
        "rows": table,
        "signers": [[_("Handed over"), found["giver_name"]], [_("Taken over"), found["taker_name"]]],
        "hint": _("(Signature and full name)"),
        "written": found["ended_at"],
    }
