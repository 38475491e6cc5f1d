"""The page of a meeting's official documents: looked at, made, numbered, issued, replaced. Works without a script."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.issuing import making
from meetingroom.meeting import checks
from meetingroom.meeting.issuing import (
    NUMBERED,
    IssueDocument,
    MakeDocument,
    ReplaceDocument,
    TakeNumber,
    VoidNumber,
    is_in_file,
    number_of,
    taken_for,
)
from meetingroom.meeting.kernel import Actor, Command, Refused
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY, STAFF
from meetingroom.meeting.state import Document, MeetingState
from meetingroom.meeting.view import compact
from meetingroom.official import kinds
from meetingroom.printing import printer
from meetingroom.printing.document_names import NAMES
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

bp = Blueprint("documents_page", __name__)

# Made of one item of the agenda, or of all of them; for one person, or for all of them.
OF_AN_ITEM = frozenset({"ket_qua_phieu", "nghi_quyet", "trich_sao", "y_kien"})
STEPS = ("takes_number", "made_without", "issuable")  # what is next for a document, each of them by a button
FOR_A_PERSON = frozenset({"giay_moi", "trich_sao"})


@bp.get("/meetings/<meeting>/documents")
@signed_in
def page(meeting: str):
    """What can be made of the meeting, and what has been made; for the staff."""
    role = guard.require_staff(meeting)
    state = log.state(context().pool, meeting)
    checks.check_not_secret(state)
    made = [describe_document(state, key) for key in reversed(state.issuing.documents)]
    return render_template(
        "official/documents.html",
        frame=state.meeting,
        meeting=meeting,
        kinds=[(kind, name_of(kind)) for kind in kinds.BUILDERS],
        of_an_item=OF_AN_ITEM,
        for_a_person=FOR_A_PERSON,
        items=[(key, f"{n}. {state.agenda.items[key].title}") for n, key in enumerate(state.agenda.order, start=1)],
        people=[(key, state.roll.people[key].name) for key in state.roll.order],
        made=made,
        next=next(
            (
                each["document"]
                for each in reversed(made)
                if not each["replaced_by"] and any(each[step] for step in STEPS)
            ),
            "",
        ),
        voids=[taken for taken in state.issuing.numbers if taken.void],
        makes=role in CHAIR_AND_SECRETARY and state.meeting.status not in ("archived", "cancelled"),
        id=clock.new_id(),
    )


@bp.get("/api/meetings/<meeting>/issued")
@signed_in
def list_issued(meeting: str):
    """`{documents: [{document, kind, name, version, number?, item?, person?, at, signatures, issued_at?,
    replaced_by?, reason?}]}`: what has been made; members see what has gone out, and what took its place."""
    role = guard.require_member(meeting)
    state = log.state(context().pool, meeting)
    checks.check_not_secret(state)
    documents = state.issuing.documents.items()
    seen = [key for key, each in documents if role in STAFF or each.issued]
    return {"documents": [in_json(describe_document(state, key)) for key in reversed(seen)]}


def name_of(kind: str) -> str:
    return _(NAMES[kind]) if kind in NAMES else kind


def describe_document(state: MeetingState, key: str) -> dict:
    made: Document = state.issuing.documents[key]
    taken = taken_for(state, key)
    others = [
        (other, number_of(state, other) or other)
        for other, each in state.issuing.documents.items()
        if other != key and each.kind == made.kind and not each.replaced_by
    ]
    without = bool(taken and taken.printed and not is_in_file(state, taken))
    person, item = state.roll.people.get(made.person), state.agenda.items.get(made.item)
    return {
        "document": key,
        "kind": made.kind,
        "name": name_of(made.kind),
        "of": " · ".join(part for part in (item.title if item else "", person.name if person else "") if part),
        "version": made.version,
        "number": number_of(state, key),
        "takes_number": made.kind in NUMBERED and not taken and not made.issued,
        "at": made.at,
        "signatures": len(made.signatures),
        "issued_at": made.issued_at,
        "replaced_by": made.replaced_by,
        "reason": made.reason,
        "others": others,
        # A number that is printed comes into the file when it is made again.
        "made_without": not made.issued and without,
        "issuable": not made.issued and not without and (made.kind not in NUMBERED or bool(number_of(state, key))),
        "item": made.item,
        "person": made.person,
    }


def in_json(document: dict) -> dict:
    keys = ("number", "item", "person", "issued_at", "replaced_by", "reason")
    fixed = {key: document[key] for key in ("document", "kind", "version", "at", "signatures")}
    return {**fixed, "name": document["name"], **compact(**{key: document[key] for key in keys})}


@bp.post("/meetings/<meeting>/documents")
@signed_in
def act(meeting: str):
    """`do` make | number | issue | void | replace, and what it needs → the page, which says what came of it."""
    role = guard.require_staff(meeting)
    form = request.form
    wanted = COMMANDS.get(form.get("do", ""))
    if wanted is None or not 0 < len(form.get("id", "")) <= 80:
        raise Problem("malformed", 400)
    command, said = wanted(form)
    try:
        if isinstance(command, MakeDocument) and role in CHAIR_AND_SECRETARY:
            making.prepare(meeting, command)
        if isinstance(command, IssueDocument) and role in command.may:
            making.prepare_issue(meeting, command)
        do_command(meeting, command, Actor(g.user.id, role), f"{form['do']}-{form['id']}")
        flash(said, "good")
    except Refused as refused:
        flash(message(refused.code), "bad")
    except printer.TooMany:
        flash(message("too_many_documents"), "bad")
    except printer.Failed:
        flash(message("document_failed"), "bad")
    return redirect(f"/meetings/{meeting}/documents")


def make(form) -> tuple[Command, str]:
    kind = form.get("kind", "")[:40]
    item = form.get("item", "")[:80] if kind in OF_AN_ITEM else ""
    person = form.get("person", "")[:80] if kind in FOR_A_PERSON else ""
    return MakeDocument(kind, item, person), _("Made: %(name)s", name=name_of(kind))


def number(form) -> tuple[Command, str]:
    return TakeNumber(form.get("document", "")[:80]), _(
        "The number has been taken. Make the document again to print it."
    )


def issue(form) -> tuple[Command, str]:
    return IssueDocument(form.get("document", "")[:80]), _("The document has been issued.")


def void(form) -> tuple[Command, str]:
    return VoidNumber(form.get("number", "")[:80], form.get("reason", "")[:2000]), _(
        "The number is used by no document."
    )


def substitute(form) -> tuple[Command, str]:
    command = ReplaceDocument(form.get("document", "")[:80], form.get("by", "")[:80], form.get("reason", "")[:2000])
    return command, _("The document has been replaced.")


COMMANDS: dict[str, Callable] = {"make": make, "number": number, "issue": issue, "void": void, "replace": substitute}
