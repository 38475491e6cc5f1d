"""What the server tells the commands of a case report: what the case is called, whose it is, and which pages a bút lục
that somebody typed means. A case that is not there, or not the asker's, is told of in the same way."""

from dataclasses import replace

from meetingroom import log
from meetingroom.cases import citation, reported_store, store, store_numbers
from meetingroom.log import fills, fills_by_state
from meetingroom.meeting.case_report import RegisterReport
from meetingroom.meeting.lifecycle import MeetingClosed
from meetingroom.meeting.map_stage import MapShown
from meetingroom.meeting.opinions import PutProposal
from meetingroom.meeting.questions import AnswerQuestion, AskQuestion
from meetingroom.meeting.review import MinutesFinalised
from meetingroom.meeting.state import MeetingState

MOST = 50  # pages that one citation names


@fills(RegisterReport)
def register_report(db, meeting: str, command: RegisterReport) -> RegisterReport:
    """The sheet of the case as it is now, and who its owner is."""
    row = store.find_case(db, command.case)
    if row is None:
        return command
    return replace(
        command,
        owner=store.find_owner(db, command.case),
        open=not row["closed_at"],
        cleared=row["secrecy"] == "no",
        code=row["code"],
        title=row["title"] or row["code"],
        charges=tuple(texts_of(each) for each in row["charges"]),
        parties=tuple(texts_of(each) for each in row["parties"]),
        sheets=store.total(db, command.case)["pages"],
        numbered=store_numbers.count_numbers(db, command.case),
        volumes=len(store.list_volumes(db, command.case)),
        deadlines=tuple(texts_of(each) for each in row["deadlines"] if not each.get("done")),
        stage_now=row["stage"],
    )


def texts_of(row: dict) -> dict[str, str]:
    return {key: value for key, value in row.items() if isinstance(value, str) and value}


@fills_by_state(AskQuestion)
@fills_by_state(AnswerQuestion)
@fills_by_state(PutProposal)
def cite(db, state: MeetingState, command: AskQuestion | AnswerQuestion | PutProposal):
    """The pages of the case that `bl` means, each with its number and its volume; one that means several is none. And
    where somebody looks alone, if the meeting has seen that page."""
    if not isinstance(command, PutProposal) and (where := page_at(state, command.place)):
        command = replace(command, where=where)
    registered = state.report.registered
    if registered is None or not command.bl or len(command.bl) > 1000:
        return command
    return replace(command, pages=tuple(pages_of(db, registered.case, command.bl)))


def page_at(state: MeetingState, key: str) -> dict[str, str | int]:
    """{key, title, page, label, volume} of a page of a case (`ev:<document>/<page>`) that was on the stage."""
    kind, _, place = key.partition(":")
    _document, _, page = place.rpartition("/")
    found = next((each.shown[place] for each in state.exhibits.values() if place in each.shown), None)
    if kind != "ev" or found is None:
        return {}
    names = {"title": found.title, "label": found.label, "volume": found.volume}
    return {"key": key, "page": int(page), **{name: value for name, value in names.items() if value}}


def pages_of(db, case: str, bl: str) -> list[dict[str, str | int]]:
    found: list[dict[str, str | int]] = []
    for cited in citation.parse(bl, field=True):
        resolved = store_numbers.resolve(db, case, cited)
        if resolved.result == "one":
            found += [
                {
                    "document": str(page["document"]),
                    "page": int(page["page"]),
                    "label": str(page["label"]),
                    "volume": str(page["volume"] or ""),
                }
                for page in resolved.pages
            ]
    return found[:MOST]


@log.keeps(MeetingClosed)
def close(db, pool, command: tuple[str, str], state: MeetingState, fact: MeetingClosed) -> log.Kept:
    """The maps of cases that the meeting saw are those that were reported."""
    if state.exhibits:
        facts = log.read(db, state.id)
        shown = dict.fromkeys(
            (fact.event.case, fact.event.map, fact.event.version, fact.event.title)
            for fact in facts
            if isinstance(fact.event, MapShown)
        )
        reported_store.mark_reported(db, state.id, shown, state.by)
    return log.Kept()


@log.keeps(MinutesFinalised)
def finalise(db, pool, command: tuple[str, str], state: MeetingState, fact: MinutesFinalised) -> log.Kept:
    """The record of a report belongs to the procuracy's file of the case (hồ sơ kiểm sát)."""
    if registered := state.report.registered:
        reported_store.file_record(db, registered.case, state.id, state.by, fact.pdf, fact.docx)
    return log.Kept()
