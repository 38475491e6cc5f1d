"""Where the minutes stand on their way to issue: copies for readers, their comments, what differs, versions."""

from pathlib import Path

from flask import Blueprint, g, render_template, request
from flask_babel import lazy_gettext

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.meeting import review
from meetingroom.meeting.issuing import being_replaced
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY, STAFF
from meetingroom.meeting.state import Comment, MeetingState, Round
from meetingroom.meeting.view import compact
from meetingroom.minutes import approval, copies, parts, reading, rich, seen
from meetingroom.minutes.copies import Copy
from meetingroom.printing.wording import words
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import messages

bp = Blueprint("review", __name__)
messages.update(
    {
        "no_copy": lazy_gettext("The minutes have not been sent to you for comments."),
        "no_copy_yet": lazy_gettext("The minutes have not been sent for comments yet."),
        "no_such_copy": lazy_gettext("There is no such copy of the minutes."),
    }
)


@bp.get("/meetings/<meeting>/review")
@signed_in
def page(meeting: str):
    """The copy of the minutes that was sent for comments, for its readers and for the staff."""
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    find_round(state, role)
    me = {"id": g.user.id, "name": g.user.name, "role": role}
    boot = {"meeting": meeting, "me": me, "screen": "review", "answers": role in CHAIR_AND_SECRETARY}
    return render_template("minutes/review.html", frame=state.meeting, meeting=meeting, boot=boot)


@bp.get("/api/meetings/<meeting>/review")
@signed_in
def read(meeting: str):
    """`{round, version, digest, until, sent_at, sent_by, ended_at?, open, mine: {agreed}, people, parts: [{part, title,
    blocks: [{style, text, aside?, html?}]}], comments: [{id, item, text, quote?, by, name, at, round, answer?, reply?,
    mine?}]}`: the copy of the last round, as it was sent. Readers have their own comments, the staff everybody's."""
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    now = find_round(state, role)
    here = context().settings
    parts, present = context().in_thread(read_copy, here.database, here.language, meeting, now)
    seen.mark_seen(meeting, g.user.id, now.seq)
    everybody = role in STAFF
    comments = [
        comment_json(state, key, comment, present if everybody else None)
        for key, comment in state.review.comments.items()
        if everybody or comment.by == g.user.id
    ]
    people = {"readers": readers_json(state, now)} if everybody else {}
    return {
        **{"round": now.number, "version": now.version, "digest": now.digest, "until": now.until},
        **{"sent_at": now.sent_at, "sent_by": name_of(state, now.sent_by)},
        **compact(ended_at=now.ended_at),
        "open": review.open_round(state) is not None and now.until > log.meeting_time(context().pool, state),
        "mine": {"reads": g.user.id in now.readers or role in CHAIR_AND_SECRETARY, "agreed": g.user.id in now.agreed},
        **people,
        "parts": parts,
        "comments": comments,
    }


@bp.get("/api/meetings/<meeting>/minutes/changes")
@signed_in
def changes(meeting: str):
    """`{from?: {seq, what, version, at, by}, copies: [...], parts: [{part, title, lines: [{kind, words}]}]}`: how the
    minutes differ from the copy that the reader last saw, or from the copy `?since=`; for the staff."""
    guard.require_staff(meeting)
    state, here = log.state(context().pool, meeting), context().settings
    since = request.args.get("since", 0, type=int)
    compared = context().in_thread(compare_copies, here.database, here.language, state, g.user.id, since)
    if compared is None:
        raise Problem("no_such_copy", 404)
    return compared


@bp.get("/api/meetings/<meeting>/minutes/versions")
@signed_in
def versions(meeting: str):
    """`{standing, versions: [{version, state: draft|approved|final|issued|replaced, at?, by?, reason?, pdf?, docx?,
    changed: [{part, title}]}]}`, the newest first; for the staff."""
    guard.require_staff(meeting)
    with context().pool.lend() as db:
        facts = log.read(db, meeting)
    state = log.state(context().pool, meeting)
    approved = {copy.version: (copy, fact) for copy, fact in approvals(facts)}
    rows = [version_json(state, number, approved) for number in range(state.record.version, 0, -1)]
    return {"standing": review.standing(state), "versions": rows}


def find_round(state: MeetingState, role: str) -> Round:
    """The last round, if the reader was addressed in it or writes the minutes. Raises Problem("no_copy", 403), and
    Problem("no_copy_yet", 404) for the staff while there was none."""
    last = state.review.rounds[-1] if state.review.rounds else None
    if last is None and role in STAFF and state.meeting.secrecy == "none":
        raise Problem("no_copy_yet", 404)
    may = last is not None and (g.user.id in last.readers or role in CHAIR_AND_SECRETARY)
    if last is None or not may or state.meeting.secrecy != "none":
        raise Problem("no_copy", 403)
    return last


def read_copy(database: Path, language: str, meeting: str, now: Round) -> tuple[list[dict], str]:
    """The parts of a copy, and all words of the text as it stands by now."""
    _ = words(language)
    with reading.own_connection(database) as db:
        facts = log.read(db, meeting)
        minutes = approval.read_then(db, meeting, facts, now.seq, now.letterhead).minutes(language)
        latest = approval.read_minutes(db, meeting).minutes(language)
    present = " ".join(line for part in parts.parts(latest, _) for line in part.lines)
    return [
        {
            "part": part.key,
            "title": part.title,
            "blocks": [
                compact(
                    style=block.style,
                    text=block.text,
                    aside=block.aside,
                    html=rich.write_block(block.body) if block.body else "",
                )
                for block in part.blocks
                if block.style != "item"
            ],
        }
        for part in parts.parts(minutes, _)
    ], " ".join(present.split())


def comment_json(state: MeetingState, key: str, comment: Comment, present: str | None) -> dict:
    """`moved`: the words it quotes are in the text no more; for those who see the text."""
    quote = " ".join(comment.quote.split())
    return {
        **{"id": key, "item": comment.item, "text": comment.text, "by": comment.by, "round": comment.round},
        **{"name": name_of(state, comment.by), "at": comment.at},
        **compact(quote=comment.quote, answer=comment.answer, reply=comment.reply, answered_at=comment.answered_at),
        **compact(mine=comment.by == g.user.id, moved=present is not None and quote not in present),
    }


def readers_json(state: MeetingState, now: Round) -> list[dict]:
    """Each reader, and what they did: silent | agreed | commented."""
    said = {comment.by for comment in state.review.comments.values() if comment.round == now.number}
    did = {key: "commented" if key in said else "agreed" if key in now.agreed else "silent" for key in now.readers}
    return [{"id": key, "name": name_of(state, key), "did": did[key]} for key in now.readers]


def compare_copies(database: Path, language: str, state: MeetingState, person: str, since: int) -> dict | None:
    with reading.own_connection(database) as db:
        now = approval.read_minutes(db, state.id)
        facts = log.read(db, state.id)
        known = copies.list_copies(facts)
        lies = state.review.submitted.seq if state.review.submitted else state.seq + 1
        base = next((copy for copy in known if copy.seq == since), None) if since else None
        if since and base is None:
            return None
        base = base or copies.find_base(db, state.id, known, person, lies)
        before = copies.read_copy(db, state.id, facts, base, language) if base else None
    answer = {"copies": [origin_json(state, copy) for copy in known]}
    if base is None or before is None:
        return {**answer, "parts": []}
    found = parts.compare(before, now.minutes(language), words(language))
    return {**answer, "from": origin_json(state, base), "parts": found}


def origin_json(state: MeetingState, copy: Copy) -> dict:
    by = name_of(state, copy.by)
    return {"seq": copy.seq, "what": copy.what, "version": copy.version, "at": copy.at, "by": by}


def approvals(facts):
    """(copy, approval) of every version that was approved."""
    events = {fact.seq: fact.event for fact in facts}
    return [(copy, events[copy.seq]) for copy in copies.list_copies(facts) if copy.what == "approved"]


def version_json(state: MeetingState, number: int, approved: dict) -> dict:
    copy, event = approved.get(number, (None, None))
    final = state.review.finals.get(number)
    current = number == state.record.version
    what = "final" if final else "approved" if copy else "draft"
    titles = parts.titles(state, words(context().settings.language))
    before = being_replaced(state)
    counts = before is not None and before.version == number
    row = {"version": number, "state": what if current else "issued" if counts else "replaced"}
    if copy:
        row |= {"at": copy.at, "by": name_of(state, copy.by)}
    if final:
        row |= {"pdf": final.pdf, "docx": final.docx} | compact(reason=final.unlocked)
    keys = event.changed if event else ()
    return row | {"changed": [{"part": key, "title": titles.get(key, key)} for key in keys]}


def name_of(state: MeetingState, person: str) -> str:
    known = state.roll.people.get(person)
    return known.name if known else ""
