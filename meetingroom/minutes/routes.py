"""The page where minutes are written, and the documents made of them."""

import re
from pathlib import Path

from flask import Blueprint, Response, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from meetingroom import log, translations
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.documents import kept_file
from meetingroom.meeting.issuing import being_replaced, minutes_document, number_of
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY, STAFF
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.view import compact
from meetingroom.minutes import approval, live_blocks, outline, reading, rich, seen, timeline
from meetingroom.minutes.doubts import find_doubts
from meetingroom.printing import glyphs, page_layout, printer, typefaces
from meetingroom.printing.wording import words
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import messages

bp = Blueprint("minutes", __name__)
messages.update(
    {
        "minutes_not_ready": lazy_gettext("The minutes can be read here once the chair has approved them."),
        "no_glyph": lazy_gettext("The PDF cannot be made: some characters have no sign in its typeface."),
    }
)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES = ("vi", "en")


@bp.get("/meetings/<meeting>/minutes")
@signed_in
def page(meeting: str):
    """The editor for the chair and the secretary; for others the text, once the chair has approved it."""
    role, state = find_readable(meeting)
    me = {"id": g.user.id, "name": g.user.name, "role": role}
    boot = {"meeting": meeting, "me": me, "screen": "minutes", "writes": role in CHAIR_AND_SECRETARY}
    secret = state.meeting.secrecy != "none"
    return render_template("minutes/page.html", frame=state.meeting, meeting=meeting, boot=boot, secret=secret)


@bp.get("/api/meetings/<meeting>/timeline")
@signed_in
def read_timeline(meeting: str):
    """What happened, in the reader's language, for the staff: `{seq, whole, from, lines: [{seq, at, icon, text,
    kind, strong?, item?, people?}]}`.

    `?after=n`: only the lines that the facts after number n began or changed, each under the number of its first fact;
    `whole`: these are all there are, in place of those the reader has. `from`: after which fact they begin.
    `?before=n`: every line of the facts before number n, however many: without asking the latest alone are told.
    """
    guard.require_staff(meeting)
    after, before = (request.args.get(name, -1, type=int) for name in ("after", "before"))
    state = log.state(context().pool, meeting)
    if before > 0:
        with context().pool.lend() as db:
            earlier = [fact for fact in log.read(db, meeting) if fact.seq < min(before, state.seq + 1)]
        lines = context().in_thread(timeline.happenings, earlier, state, translations.language(), 0, None)
        return {"seq": state.seq, "whole": False, "from": 0, "lines": [compact(**vars(line)) for line in lines]}
    with context().pool.lend() as db:
        read = log.read(db, meeting, timeline.first_fact(state.seq))
    facts = [fact for fact in read if fact.seq <= state.seq]
    whole = timeline.needs_all_lines(facts, after, state.seq)
    # Aside: the first who asks in a language waits for its catalogue, and nobody else does.
    tell = timeline.happenings
    lines = context().in_thread(tell, facts, state, translations.language(), -1 if whole else after)
    first = timeline.first_fact(state.seq)
    return {"seq": state.seq, "whole": whole, "from": first, "lines": [compact(**vars(line)) for line in lines]}


@bp.get("/api/meetings/<meeting>/minutes.json")
@signed_in
def preview(meeting: str):
    """What the document says now: `{draft, unprintable, approval: {state, version, digest, at?, by?}, head, signers,
    blocks: [{style, text, aside, html?, at?: ms}], before, lines, auto: {item: [{seq, text, used?}]},
    live: {item: [{kind, ref?, label, lines, sha}]}, doubts: [{item, kind: changed|order, text}]}`; `at`
    is the moment that a block tells of, `auto` are the lines of the log that the secretary may place elsewhere or leave
    out, `live` what the log can tell in a place of the text ("": in every item's), `doubts` what is to be looked at
    before approval."""
    role, state = find_readable(meeting, content=True)
    settings = context().settings
    said = context().in_thread(preview_context, settings.database, meeting, language(), version_for(role, state))
    if language() != settings.language or not said["draft"]:
        said["doubts"] = []  # words are compared in the language that they were made in
    check_still_readable(role, said["draft"])
    seen.mark_latest_seen(meeting, g.user.id, role)
    return jsonify(said)


@bp.get("/api/meetings/<meeting>/minutes.pdf")
@signed_in
def pdf(meeting: str):
    """The minutes as a PDF; members once they are approved. Once they are final, the very file that was kept, its
    SHA-256 as ETag; `?version=`: an earlier final version, for the staff. `?language=en` gives the other language."""
    if kept := final_file(meeting, "pdf", PDF):
        return kept
    return document(meeting, {"form": "pdf"}, PDF, "bien-ban", "pdf")


@bp.get("/api/meetings/<meeting>/minutes.docx")
@signed_in
def docx(meeting: str):
    """The minutes as a Word file; otherwise as the PDF."""
    if kept := final_file(meeting, "docx", DOCX):
        return kept
    return document(meeting, {"form": "docx"}, DOCX, "bien-ban", "docx")


@bp.get("/api/meetings/<meeting>/attendance.pdf")
@signed_in
def attendance(meeting: str):
    """Who attended, as a PDF, in the order of rank; `?by=name` (or `?order=name`) sorts by given names."""
    order = "name" if "name" in (request.args.get("by"), request.args.get("order")) else "rank"
    return document(meeting, {"form": "attendance", "order": order}, PDF, "danh-sach-tham-du", "pdf")


def find_readable(meeting: str, content: bool = False) -> tuple[str, MeetingState]:
    """The reader's role and the meeting. Staff read at any time, members what the chair has approved, others learn
    nothing.

    With `content`, a meeting on state secrets is refused: there is none.
    """
    role = guard.require_member_or_clerk(meeting)
    state = log.state(context().pool, meeting)
    check_still_readable(role, state.record.approved is None and not being_replaced(state))
    if content and state.meeting.secrecy != "none":
        raise Problem("secret_meeting", 409)
    return role, state


def version_for(role: str, state: MeetingState) -> int:
    """Which version somebody reads while issued minutes are written anew: all but the staff the issued one. 0: the
    latest."""
    before = being_replaced(state)
    return before.version if before and role not in STAFF else 0


def check_still_readable(role: str, is_draft: bool) -> None:
    """Asked before and after the reading: they may be unlocked in between."""
    if is_draft and role not in STAFF:
        raise Problem("minutes_not_ready", 403)


def final_file(meeting: str, form: str, mimetype: str) -> Response | None:
    """A file of a final version as it was kept, whatever happened since; None while the minutes are not final."""
    wanted = request.args.get("version", "")
    if not wanted and request.args.get("language", approval.OFFICIAL) != approval.OFFICIAL:
        return None
    role, state = find_readable(meeting, content=True)
    counts = version_for(role, state)
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 0 if wanted else counts or state.review.final
    final = state.review.finals.get(number)
    if final is None or (final.unlocked and role not in STAFF and number != counts):
        if wanted:
            raise Problem("not_found", 404)
        return None
    document_ = next((key for key, each in state.issuing.documents.items() if each.pdf == final.pdf), "")
    header = {"number": number_of(state, document_ or minutes_document(state)), "draft": False}
    name = filename("bien-ban", header, form)
    if final.unlocked and number != counts:
        name = name.replace(f".{form}", f"-ban-{number}-da-thay.{form}")
    return kept_file.send(getattr(final, form), name, mimetype)


def document(meeting: str, form: dict, mimetype: str, name: str, ending: str) -> Response:
    """A file made of the log as it stands now, in the process for documents (`printing`)."""
    role, state = find_readable(meeting, content=True)
    request_ = {"database": str(context().settings.database), "meeting": meeting, "language": language(), **form}
    request_["version"] = version_for(role, state)
    try:
        header, file = printer.printer.make("minutes", request_, g.user.id)
    except printer.Refused as missing:
        words = _(
            "The PDF cannot be made: its typeface has no sign for %(letters)s. Replace these characters, or take the"
            " Word file.",
            letters=glyphs.name_character(str(missing)),
        )
        raise Problem("no_glyph", 422, message=words, letters=str(missing)) from None
    check_still_readable(role, header["draft"])
    answer = Response(file, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'inline; filename="{filename(name, header, ending)}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def preview_context(database: Path, meeting: str, language: str, version: int = 0) -> dict:
    now, _ = reading.read_meeting(database, meeting, version), words(language)
    minutes = now.minutes(language)
    letters, country = minutes.letterhead, _("SOCIALIST REPUBLIC OF VIET NAM")
    size = page_layout.header(letters.parent, country)
    offers = live_blocks.offers(minutes, _)
    return {
        "draft": minutes.draft,
        "unprintable": glyphs.name_character(glyphs.unprintable(minutes)),
        "approval": now.approval(minutes if language == approval.OFFICIAL else None),
        "form": {
            "language": language,
            "parent": page_layout.break_lines(letters.parent.upper(), typefaces.REGULAR, size.size, size.left),
            "issuing": page_layout.break_lines(letters.issuing.upper(), typefaces.BOLD, size.size, size.left),
            "country": country,
            "motto": _("Independence - Freedom - Happiness"),
            "number": _("No.: %(number)s", number=letters.full_number),
            "kind": _("MINUTES"),
            "mark": _("DRAFT") if minutes.draft else "",
            "aside": outline.replaced_line(minutes, _),
            "secretary": _("SECRETARY"),
            "chair": _("CHAIR"),
            "recipients": _("Recipients:"),
        },
        "head": {
            "parent": letters.parent,
            "organisation": letters.issuing,
            "number": letters.full_number,
            "title": minutes.title,
            "place": minutes.place,
            "recipients": "\n".join(minutes.recipients),
        },
        "signers": [person.name if person else "" for person in (minutes.secretary, minutes.chair)],
        "blocks": [
            {
                **{"style": block.style, "text": block.text, "aside": block.aside},
                **compact(html=html_of(block), at=block.at),
            }
            for block in outline.blocks(minutes, _)
        ],
        "before": [line.text for line in minutes.lines],
        "lines": {item.id: [line.text for line in item.lines] for item in minutes.items},
        "auto": live_blocks.automatic(minutes),
        "live": offers,
        "doubts": find_doubts(minutes, offers, _),
    }


def html_of(block: outline.Block) -> str:
    """The secretary's own looks, in tags that this program wrote itself."""
    return rich.write_block(block.body) if block.body else ""


def language() -> str:
    """An official document is in the agency's language whoever asks; `?language=en` gives the other one."""
    wanted = request.args.get("language", "")
    return wanted if wanted in LANGUAGES else context().settings.language


def filename(name: str, header: dict, ending: str) -> str:
    """`bien-ban-05-BB-VKS.pdf`; a draft says so."""
    number = "-".join(re.findall(r"[A-Za-z0-9]+", header["number"]))
    return "-".join(part for part in (name, number, "du-thao" if header["draft"] else "") if part) + f".{ending}"
