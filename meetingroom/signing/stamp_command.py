"""Number and day put into a document: the file first, then the fact that names it."""

import datetime
from dataclasses import replace

from flask import g

from meetingroom import clock, log
from meetingroom.documents import made_file_store as made_files
from meetingroom.issuing import making
from meetingroom.log import fills_by_state
from meetingroom.meeting.issuing import IssueDocument, current_file, document_key, taken_for
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.stamping import StampNumber, check_stampable, number_to_stamp
from meetingroom.meeting.state import MeetingState
from meetingroom.printing import printer
from meetingroom.signing import documents, places, work_process
from meetingroom.web.context import context

STAMPED = "stamped"
BEFORE_IT = frozenset({places.SECRETARY, places.CHAIR, places.TELLER})  # who signs before the agency does
UNDATED = frozenset({"bien_ban", "ket_qua_phieu", "danh_sach", "chuong_trinh", "y_kien"})  # no place and date


def prepare(meeting: str, wish: StampNumber) -> None:
    """Makes the file and keeps it; what the rule has against it is left to the rule. Raises Refused: why it cannot be
    done without breaking anything."""
    state = log.state(context().pool, meeting)
    key, day = document_key(state, wish.document), read_day(wish.date)
    try:
        check_stampable(state, key)
    except Refused:
        return
    check_day(state, key, day)
    held = documents.Held(key, meeting, state, state.issuing.documents[key])
    request = {
        "file": str(documents.path_of(documents.file_to_sign(held))),
        "original": str(documents.path_of(held.document.pdf)),
        "number": number_to_stamp(state, key),
        "date": day.isoformat(),
        "now": clock.now(),
    }
    try:
        _nothing, file = work_process.ask("stamp", g.user.id, **request)
    except printer.Refused as refused:
        raise Refused(str(refused)) from None
    sha = made_files.keep(context().settings, file)
    with context().pool.writing() as db:
        source = source_of(state, key, day.isoformat())
        made_files.note(db, sha, STAMPED, key, len(file), meeting=meeting, source=source)


def prepare_issue(meeting: str, wish: IssueDocument) -> None:
    """Before a document goes out: what stands in its rooms by then, unless a program of others may have filled them."""
    state = log.state(context().pool, meeting)
    key = document_key(state, wish.document)
    made = state.issuing.documents.get(key)
    if made is None or made.stamped or any(each.field not in BEFORE_IT for each in made.signatures):
        return
    if not number_to_stamp(state, key) and made.kind in UNDATED:
        return
    try:
        prepare(meeting, StampNumber(key))
    except (Refused, printer.Failed):  # a day alone is also written by hand
        if number_to_stamp(state, key):
            raise


making.openers.append(prepare_issue)


def read_day(text: str) -> datetime.date:
    """`yyyy-mm-dd`; "" is today by the agency's clock."""
    try:
        return datetime.date.fromisoformat(text) if text else today()
    except ValueError:
        raise Refused("bad_date", field="date") from None


def check_day(state: MeetingState, key: str, day: datetime.date) -> None:
    if day > today():
        raise Refused("day_ahead", field="date")
    taken = taken_for(state, key)
    if taken and taken.year != day.year:
        raise Refused("number_of_another_year", field="date", year=taken.year)


def today() -> datetime.date:
    return clock.local(clock.now()).date()


def source_of(state: MeetingState, key: str, day: str) -> str:
    """What a stamped file was made of."""
    return f"{current_file(state.issuing.documents[key])}/{number_to_stamp(state, key)}/{day}"


@fills_by_state(IssueDocument)
def issue_document(db, state: MeetingState, command: IssueDocument) -> IssueDocument:
    """What was put into its rooms for this very command, today."""
    key, day = document_key(state, command.document), today().isoformat()
    made = state.issuing.documents.get(key)
    if made is None or made.stamped:
        return command
    file = made_files.latest(db, key, STAMPED, source_of(state, key, day))
    return replace(command, stamped=file, date=day) if file else command


@fills_by_state(StampNumber)
def stamp_number(db, state: MeetingState, command: StampNumber) -> StampNumber:
    """The day, and the file that was made of the document as it still is."""
    key = document_key(state, command.document)
    if key not in state.issuing.documents:
        return command
    day = read_day(command.date).isoformat()
    return replace(command, date=day, file=made_files.latest(db, key, STAMPED, source_of(state, key, day)))


def offer(held: documents.Held) -> dict | None:
    """`{number, today}` for the page, while something can be put into the document."""
    try:
        check_stampable(held.state, held.id)
    except Refused:
        return None
    number = number_to_stamp(held.state, held.id)
    with_date = held.document.kind not in UNDATED
    return {"number": number, "today": today().isoformat()} if number or with_date else None
