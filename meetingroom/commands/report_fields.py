"""What the server tells the commands of a case report: what the case is called, whose it is, and which pages a bút lục
that somebody typed means. A case that is not there, or not the asker's, is told of in the same way."""

from dataclasses import replace
from importlib import import_module

from meetingroom.cases import store
from meetingroom.log import fills, fills_by_state
from meetingroom.meeting.case_report import RegisterReport
from meetingroom.meeting.opinions import PutProposal
from meetingroom.meeting.questions import AnswerQuestion, AskQuestion
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
        open=row["secrecy"] == "no" and not row["closed_at"],
        code=row["code"],
        title=row["title"] or row["code"],
        charges=tuple(texts_of(each) for each in row["charges"]),
        parties=tuple(texts_of(each) for each in row["parties"]),
        sheets=store.total(db, command.case)["pages"],
        deadlines=tuple(texts_of(each) for each in row["deadlines"] if not each.get("done")),
        stage_now=row["stage"],
    )


def texts_of(row: dict) -> dict[str, str]:
    return {key: value for key, value in row.items() if isinstance(value, str) and value}


@fills_by_state(AskQuestion)
@fills_by_state(AnswerQuestion)
@fills_by_state(PutProposal)
def cited(db, state: MeetingState, command: AskQuestion | AnswerQuestion | PutProposal):
    """The pages of the case that `bl` means, each with its number and its volume; one that means several is none."""
    registered = state.report.registered
    if registered is None or not command.bl or len(command.bl) > 1000:
        return command
    return replace(command, pages=tuple(pages_of(db, registered.case, command.bl)))


def pages_of(db, case: str, bl: str) -> list[dict[str, str | int]]:
    try:
        numbers = import_module("meetingroom.cases.store_numbers")
    except ModuleNotFoundError:
        return []
    citations = import_module("meetingroom.cases.citation").parse(bl, field=True)
    found: list[dict[str, str | int]] = []
    for citation in citations:
        resolved = numbers.resolve(db, case, citation)
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
