"""A document that is to be signed: who may read it, which of its files is signed next, and keeping what comes back."""

import threading
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from flask import g

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.documents import made_file_store as made_files
from meetingroom.meeting import checks
from meetingroom.meeting.issuing import MINUTES, AddSignature, check_counts, current_file, number_of, taken_for
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY, STAFF
from meetingroom.meeting.state import Document, MeetingState
from meetingroom.signing import places, signers, store, work_process
from meetingroom.signing.expected import Expected, Warned, is_early, warnings
from meetingroom.signing.verdict import TRUSTED, Found, Verdict, verdict_from
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_commands
from meetingroom.web.errors import Problem

PREPARED = "prepared"
CLERK = "clerk"

# One at a time: two who sign the same file at once would each lack the other's signature.
_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True)
class Held:
    """A document as it stands, and in which role `g.user` reads it."""

    id: str
    meeting: str
    state: MeetingState
    document: Document
    role: str = ""

    @property
    def number(self) -> str:
        return number_of(self.state, self.id)

    @property
    def waits_for_number(self) -> bool:
        """A number was taken, and there is only room for it in the file: whoever signs may put it there."""
        taken = taken_for(self.state, self.id)
        return bool(taken and not taken.printed and not self.document.stamped)

    @property
    def current(self) -> str:
        """The file that was signed or stamped last; "" if none was."""
        found = current_file(self.document)
        return found if found != self.document.pdf else ""

    @property
    def signed(self) -> str:
        """The file that was signed last; "" if none was."""
        return self.document.signatures[-1].file if self.document.signatures else ""


@dataclass(frozen=True)
class Outcome:
    """What became of a file that came back. `kept`: it is the document's signed file now."""

    verdict: Verdict
    warned: tuple[Warned, ...] = ()
    kept: bool = False
    sha: str = ""

    @property
    def needs_reason(self) -> bool:
        return self.verdict.accepted and not self.kept


def find(document: str) -> Held:
    """For whoever may read it. Raises Problem: not_signed_in | not_found."""
    if g.user is None:
        raise Problem("not_signed_in", 401)
    held = find_held(document)
    role = guard.require_member_or_clerk(held.meeting)
    if g.user.clerk and role not in CHAIR_AND_SECRETARY:
        role = CLERK
    if role not in STAFF | {CLERK} and not is_public(held) and not owns_place(held):
        raise Problem("not_found", 404)
    return replace(held, role=role)


def find_held(document: str) -> Held:
    """Whoever asks. Raises Problem: not_found."""
    with context().pool.lend() as db:
        meeting = store.meeting_of(db, document)
    state = log.state(context().pool, meeting) if meeting else MeetingState()
    if document not in state.issuing.documents:
        raise Problem("not_found", 404)
    return Held(document, meeting, state, state.issuing.documents[document])


def is_public(held: Held) -> bool:
    """Whether every member of the meeting reads it: it has gone out, or it is the minutes in their last form."""
    return bool(held.document.issued or (held.document.kind == MINUTES and held.state.review.final))


def check_may_sign(held: Held) -> None:
    """Raises Problem: not_allowed; Refused: meeting_over."""
    if not may_sign(held):
        raise Problem("not_allowed", 403)
    checks.check_not_archived(held.state)
    check_counts(held.state, held.id)


def path_of(sha: str) -> Path:
    return made_files.place(context().settings, sha)


def file_to_sign(held: Held) -> str:
    """The file that the next signature is put into: the last signed one; before the first, one with the fields."""
    if held.current:
        return held.current
    if found := prepared(held):
        return found
    request = {"file": str(path_of(held.document.pdf)), "form": held.document.kind, "seal_mm": places.SEAL_MM}
    request["first"] = signers.first_place(held.state, held.document)
    _, file = work_process.ask("prepare", g.user.id, **request)
    sha = made_files.keep(context().settings, file)
    with context().pool.writing() as db:
        if sooner := made_files.latest(db, held.id, PREPARED, held.document.pdf):
            return sooner
        made_files.note(db, sha, PREPARED, held.id, len(file), meeting=held.meeting, source=held.document.pdf)
    return sha


def prepared(held: Held) -> str:
    """The file with its fields, if somebody asked for it before."""
    with context().pool.lend() as db:
        found = made_files.latest(db, held.id, PREPARED, held.document.pdf)
    return found if found and path_of(found).exists() else ""


def check_file(held: Held | None, file: Path, person: str, known: str = "") -> Verdict:
    """Nothing to compare it with where there is no document; `known`: the file of ours that it is."""
    kept = tuple(each.id for each in kept_signatures(held)) if held else ()
    ours = (held.current or prepared(held)) if held else known
    outcome, _ = work_process.ask(
        "check",
        person,
        file=str(file),
        original=str(path_of(held.document.pdf)) if held else "",
        ours=str(path_of(ours)) if ours else "",
        database=str(context().settings.database),
        now=clock.now(),
        kept=kept,
    )
    return verdict_from(outcome)


def kept_signatures(held: Held) -> tuple[Found, ...]:
    """Those in the file that was signed last, as they were found when it came."""
    with context().pool.lend() as db:
        row = store.find_signed(db, held.id, held.signed) if held.signed else None
    return verdict_from(row["verdict"]).signatures if row else ()


def expected(held: Held) -> Expected:
    """Which registered certificate may stand in which place of this document."""
    with context().pool.lend() as db:
        registered = store.find_signers(db)
    owners = signers.owners(held.state, held.document)
    place_of = {person: place for place, people in owners.items() for person in people}
    return Expected(
        {
            serial: places.AGENCY if each.role == store.AGENCY else place_of.get(each.person, "")
            for serial, each in registered.items()
        }
    )


def take_in(document: str, file: Path, person: str, reason: str = "") -> Outcome:
    """A signed file has come: it is kept if it is the document and nothing speaks against it, or somebody says why."""
    with _turns[document]:
        held = find_held(document)
        kept = kept_signatures(held)
        verdict = check_file(held, file, person)
        new = [each for each in verdict.signatures if each.id not in {known.id for known in kept}]
        if not verdict.accepted:
            return Outcome(verdict)
        if not new:
            return Outcome(verdict, kept=True, sha=held.current)
        warned = warnings(verdict.signatures, [each.id for each in kept], expected(held))
        if warned and not reason:
            return Outcome(verdict, tuple(warned))
        return Outcome(verdict, tuple(warned), kept=True, sha=keep(held, file, verdict, warned, new, person, reason))


def keep(
    held: Held, file: Path, verdict: Verdict, warned: list[Warned], new: list[Found], person: str, reason: str
) -> str:
    """First the file, then what was said of it, then the facts."""
    data = file.read_bytes()
    sha = made_files.keep(context().settings, data)
    with context().pool.writing() as db:
        made_files.note(
            db, sha, made_files.SIGNED, held.id, len(data), meeting=held.meeting, source=held.document.pdf
        )  # fmt: skip
        warnings = [vars(each) for each in warned]
        store.note_signed(db, held.id, sha, verdict.as_json(), warnings, reason, person)
    actor = Actor(person, "system")
    # Under the name of the file: whoever sends it again makes no second fact.
    wishes = [
        (
            AddSignature(
                held.id,
                sha,
                each.field,
                each.signer,
                each.serial,
                each.at or clock.now(),
                each.grade,
                over=current_file(held.document),
            ),
            actor,
            f"sign-{sha[:32]}-{n}",
        )
        for n, each in enumerate(new)
    ]
    do_commands(held.meeting, wishes)
    return sha


def signed_places(held: Held) -> set[str]:
    place_of = expected(held).place_of
    return {place_of(each.field, each.serial) for each in held.document.signatures}


def open_places(held: Held) -> list[str]:
    """Where a signature is still awaited, in their order."""
    signed = signed_places(held)
    return [place for place in signers.places_of(held.state, held.document) if place not in signed]


def may_sign(held: Held) -> bool:
    """Who runs the meeting or keeps its records, and whose signature the document waits for."""
    return held.role in CHAIR_AND_SECRETARY | {CLERK} or owns_place(held)


def owns_place(held: Held, field: str = "") -> bool:
    owners = signers.owners(held.state, held.document)
    return any(g.user.id in people for place, people in owners.items() if field in ("", place))


def awaiting(state: MeetingState, person: str, signs: bool) -> list[str]:
    """The documents that wait for a signature of this person: not out yet, and final where they have a last form. Where
    nobody signs by certificate, minutes alone."""
    found = []
    for key, made in state.issuing.documents.items():
        if made.issued or (made.kind != MINUTES and not signs):
            continue
        try:
            check_counts(state, key)
        except Refused:
            continue
        held = Held(key, state.id, state, made)
        owners = signers.owners(state, made)
        mine = any(person in owners.get(place, ()) for place in open_places(held))
        if mine and (signs or not made.signatures):
            found.append(key)
    return found


def is_too_early(held: Held, field: str) -> bool:
    foreseen = [each for each in open_places(held) if each != field]
    return is_early(field, signed_places(held), foreseen)


def is_whole(held: Held) -> bool:
    """Whether all that is signed so far is trusted."""
    return all(each.grade == TRUSTED for each in held.document.signatures)
