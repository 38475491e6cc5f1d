"""Writing the text of an item: saved every few seconds, held by who writes, compared and taken back."""

from flask import Blueprint, g, jsonify, request
from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

from meetingroom import clock, log
from meetingroom.auth import account_store, guard
from meetingroom.auth.guard import signed_in
from meetingroom.meeting import checks, record
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.record import GENERAL, WINDOW_LENGTH
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.view import compact
from meetingroom.minutes import checkpoints, diff, live_blocks, note_store, notes, rich, rich_reading
from meetingroom.minutes.note_store import AUTO, BRANCH, Hold, Revision
from meetingroom.minutes.notes import Writing
from meetingroom.minutes.rich import Doc
from meetingroom.printing.wording import words
from meetingroom.translations import language
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import messages

bp = Blueprint("notes", __name__)
messages.update(
    {
        "too_complex": _l("This text holds more than minutes can print: shorten it, or attach it as a paper."),
        "version_gone": _l("This version of the text is not here any more."),
        "version_in_use": _l("This is the text as it stands: change it first, then this version can be deleted."),
        "version_in_log": _l(
            "The log of the meeting has this version: an administrator can withhold it, with the consent of the chair."
        ),
    }
)

TOO_MUCH = {
    "letters": _l("The text is too long: at most %(limit)s letters in an item."),
    "blocks": _l("The text has too many paragraphs: at most %(limit)s in an item."),
    "levels": _l("Lists are nested too deep: at most %(limit)s levels."),
    "tables": _l("Too many tables: at most %(limit)s in an item."),
    "columns": _l("A table is too wide: at most %(limit)s columns."),
    "rows": _l("A table is too long: at most %(limit)s rows. Attach it as a paper, or split it."),
    "colspan": _l("A cell goes over too many columns: at most %(limit)s."),
    "rowspan": _l("A cell goes over too many rows: at most %(limit)s."),
    "cell": _l("A cell holds too much: at most %(limit)s letters."),
}


@bp.get("/api/meetings/<meeting>/notes")
@signed_in
def read_all(meeting: str):
    """`{items: {item: {rev, sha, html, by, name, at, kind, window, hold?}}}`, for the staff."""
    state = find_readable(meeting)
    with context().pool.lend() as db:
        items = {item: note_json(db, state, item) for item in (GENERAL, *state.agenda.order)}
    return {"items": {item: note for item, note in items.items() if note}}


@bp.get("/api/meetings/<meeting>/notes/<item>")
@signed_in
def read(meeting: str, item: str):
    """`{rev, sha, html, by, name, at, kind, window, hold?: {by, name, since, window}}`; rev 0 before anybody wrote."""
    state = find_readable(meeting, item)
    with context().pool.lend() as db:
        return {"rev": 0, "sha": "", "html": "", **note_json(db, state, item)}


@bp.put("/api/meetings/<meeting>/notes/<item>")
@signed_in
def save(meeting: str, item: str):
    """`{html, base, window, checkpoint?, branch?}` → `{rev, sha, html, at}`, the text in its canonical form.

    `base`: the version it was written over; a newer one is not overwritten unseen: 409 `note_changed` `{rev, by, at}`.
    `checkpoint`: the text goes into the log at once. `branch`: it is set aside beside the text, which stays as it is.
    Saving prolongs the writer's hold. 422 `too_complex` `{what, limit}`.
    """
    require_writer(meeting)
    body = read_body()
    doc = read_text(body.get("html"))
    kind = BRANCH if body.get("branch") is True else AUTO

    def write(db, state: MeetingState, who: Writing) -> Revision:
        made = notes.save(db, state, who, doc, read_base(body), kind)
        held = note_store.hold_of(db, meeting, item, clock.now())
        if kind != BRANCH and (held is None or (held.by, held.window) == (who.by, who.window)):
            note_store.hold(db, meeting, item, who.by, who.window, clock.now())
        return made

    made, due = do_writing(meeting, item, body, write)
    if kind != BRANCH and made.rev and (due or body.get("checkpoint") is True):
        checkpoints.checkpoint(meeting, [(item, made)])
    notify_staff(meeting, item, rev=made.rev)
    return {"rev": made.rev, "sha": made.sha, "html": rich.write(doc), "at": made.at}


@bp.post("/api/meetings/<meeting>/notes/<item>/hold")
@signed_in
def take_hold(meeting: str, item: str):
    """`{window, take?}` → `{holder, name, since, mine}`: this window writes in the item, unless another does; with
    `take` it does so in any case, and the other one hears of it. Repeated every ten seconds."""
    require_writer(meeting)
    body, now = read_body(), clock.now()
    window = read_window(body)
    with context().pool.writing() as db:
        state = log.catch_up_head(db, context().pool, meeting).state
        record.check_note_writable(state, item)
        before = note_store.hold_of(db, meeting, item, now)
        mine = before is None or (before.by, before.window) == (g.user.id, window)
        held = before if before and not mine and body.get("take") is not True else None
        held = held or note_store.hold(db, meeting, item, g.user.id, window, now)
    if before is None or (before.by, before.window) != (held.by, held.window):
        notify_staff(meeting, item, hold=hold_json(held, state))
    return {**hold_json(held, state), "holder": held.by, "mine": (held.by, held.window) == (g.user.id, window)}


@bp.delete("/api/meetings/<meeting>/notes/<item>/hold")
@signed_in
def give_hold(meeting: str, item: str):
    """`{window}` → `{}`: this window has left the item; what was written goes into the log."""
    require_writer(meeting)
    window = read_window(read_body())
    with context().pool.writing() as db:
        note_store.release(db, meeting, item, g.user.id, window)
        state = log.catch_up_head(db, context().pool, meeting).state
        left = [(key, head) for key, head in notes.unlogged(db, state) if key == item and head.by == g.user.id]
    checkpoints.checkpoint(meeting, left)
    notify_staff(meeting, item, hold={})
    return {}


@bp.get("/api/meetings/<meeting>/notes/<item>/revisions")
@signed_in
def list_revisions(meeting: str, item: str):
    """`[{rev, at, by, name, kind, window, words}]`, the newest first; `words`: how many it has."""
    state = find_readable(meeting, item)
    with context().pool.lend() as db:
        found = note_store.revisions_of(db, meeting, item)
        counted = note_store.words_of(db, meeting, item)
    return jsonify([{**revision_json(each, state), "words": counted.get(each.rev, 0)} for each in found])


@bp.get("/api/meetings/<meeting>/notes/<item>/revisions/<int:rev>")
@signed_in
def read_revision(meeting: str, item: str, rev: int):
    """`{rev, at, by, name, kind, window, html}`."""
    state = find_readable(meeting, item)
    with context().pool.lend() as db:
        found = find_version(db, meeting, item, rev)
        return {**revision_json(found, state), "html": note_store.body_of(db, found.sha)}


@bp.delete("/api/meetings/<meeting>/notes/<item>/revisions/<int:rev>")
@signed_in
def forget_revision(meeting: str, item: str, rev: int):
    """`{reason}` → `{}`: a version that is neither the text nor in the log is deleted for good; the audit trail says
    by whom and why. 409 `version_in_use`, `version_in_log`."""
    require_writer(meeting)
    state = find_readable(meeting, item)
    reason = checks.text(read_reason(read_body()), 500, field="reason")
    with context().pool.writing() as db:
        notes.forget(db, state, item, find_version(db, meeting, item, rev))
        account_store.write_audit_line(
            db, "note_version_deleted", by=g.user.id, meeting=meeting, item=item, rev=rev, reason=reason
        )
    return {}


@bp.get("/api/meetings/<meeting>/notes/<item>/diff")
@signed_in
def compare(meeting: str, item: str):
    """`?a=rev&b=rev` → `{blocks: [{kind: same|added|removed|changed, words: [{kind, text}]}]}`, from a to b."""
    find_readable(meeting, item)
    with context().pool.lend() as db:
        texts = [
            note_store.find_text(db, find_version(db, meeting, item, request.args.get(key, 0, type=int)).sha)
            for key in ("a", "b")
        ]
    before, after = (text or rich.EMPTY for text in texts)
    return {"blocks": context().in_thread(diff.differences, before, after, live_blocks.namer(words(language())))}


@bp.post("/api/meetings/<meeting>/notes/<item>/restore")
@signed_in
def restore(meeting: str, item: str):
    """`{rev, base, window}` → `{rev, sha, html, at}`: an older version becomes the newest; nothing is lost."""
    require_writer(meeting)
    body = read_body()
    wanted = body.get("rev")
    if not isinstance(wanted, int) or isinstance(wanted, bool):
        raise Problem("malformed", 400, fields={"rev": "type"})
    made, _due = do_writing(
        meeting, item, body, lambda db, state, who: notes.restore(db, state, who, wanted, read_base(body))
    )
    checkpoints.checkpoint(meeting, [(item, made)])
    notify_staff(meeting, item, rev=made.rev)
    with context().pool.lend() as db:
        return {"rev": made.rev, "sha": made.sha, "html": note_store.body_of(db, made.sha), "at": made.at}


def do_writing(meeting: str, item: str, body: dict, write) -> tuple[Revision, bool]:
    """`write(db, state, who)` in one transaction with the meeting as it stands; whether its text is due in the log."""
    pool, window = context().pool, read_window(body)
    with pool.writing() as db:
        state = log.catch_up_head(db, pool, meeting).state
        who = Writing(meeting, item, g.user.id, window, log.meeting_time(pool, state))
        try:
            made = write(db, state, who)
        except Refused as refusal:
            if refusal.code == "note_changed":
                refusal.details["name"] = name_of(state, refusal.details["by"])
            raise
        return made, notes.is_due(db, who)


def find_readable(meeting: str, item: str = GENERAL) -> MeetingState:
    """For the staff. Raises Problem, Refused."""
    guard.require_staff(meeting)
    state = log.state(context().pool, meeting)
    checks.check_not_secret(state)
    if item != GENERAL and item not in state.agenda.items:
        raise Problem("not_found", 404)
    return state


def require_writer(meeting: str) -> None:
    if guard.require_staff(meeting) not in CHAIR_AND_SECRETARY:
        raise Problem("not_allowed", 403)


def read_body() -> dict:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Problem("malformed", 400)
    return body


def read_window(body: dict) -> str:
    window = body.get("window")
    if not isinstance(window, str) or not 0 < len(window) <= WINDOW_LENGTH:
        raise Problem("malformed", 400, fields={"window": "type"})
    return window


def read_reason(body: dict) -> str:
    reason = body.get("reason", "")
    if not isinstance(reason, str):
        raise Problem("malformed", 400, fields={"reason": "type"})
    return reason


def read_base(body: dict) -> int:
    base = body.get("base", 0)
    if not isinstance(base, int) or isinstance(base, bool) or not 0 <= base < 2**53:
        raise Problem("malformed", 400, fields={"base": "type"})
    return base


def read_text(written) -> Doc:
    """The tree of what was sent, read where it holds nobody up. Raises Problem."""
    if not isinstance(written, str):
        raise Problem("malformed", 400, fields={"html": "type"})
    try:
        return context().in_thread(rich_reading.parse, written)
    except rich.TooComplex as found:
        problem_text = TOO_MUCH.get(found.what, messages["too_complex"])
        said = str(problem_text) % {"limit": format_decimal(found.limit)}
        raise Problem("too_complex", 422, field="html", what=found.what, limit=found.limit, message=said) from None


def find_version(db, meeting: str, item: str, rev: int) -> Revision:
    found = note_store.find_revision(db, meeting, item, rev)
    if found is None:
        raise Problem("version_gone", 404)
    return found


def note_json(db, state: MeetingState, item: str) -> dict:
    now, held = notes.current(db, state, item), note_store.hold_of(db, state.id, item, clock.now())
    fields: dict = {"hold": hold_json(held, state)} if held else {}
    if now:
        head, text = now
        fields |= {"html": rich.write(text), "sha": head.sha, **revision_json(head, state)}
    return fields


def revision_json(made: Revision, state: MeetingState) -> dict:
    fields = {"rev": made.rev, "at": made.at, "by": made.by, "name": name_of(state, made.by), "kind": made.kind}
    return {**fields, "window": made.window}


def hold_json(held: Hold, state: MeetingState) -> dict:
    return {"by": held.by, "name": name_of(state, held.by), "since": held.since, "window": held.window}


def name_of(state: MeetingState, person: str) -> str:
    known = state.roll.people.get(person)
    return known.name if known else person


def notify_staff(meeting: str, item: str, **what) -> None:
    """That a text is a newer one, or held by another: the staff's screens ask for it themselves."""
    body = compact(rev=what.get("rev", 0)) | ({"hold": what["hold"]} if "hold" in what else {})
    context().announce(meeting, "signal", {"kind": "note", "item": item, "by": g.user.id, **body}, ("staff",))
