"""What the server tells the commands of the review: the digest of the minutes as they stand, files, moments."""

import datetime
from dataclasses import asdict, replace

from meetingroom import clock
from meetingroom.documents import made_file_store as made_files
from meetingroom.log import fills
from meetingroom.meeting.issuing import minutes_document
from meetingroom.meeting.review import FinaliseMinutes, SendMinutes, SubmitMinutes
from meetingroom.minutes import approval


@fills(SendMinutes)
def send_minutes(db, meeting: str, command: SendMinutes) -> SendMinutes:
    """The digest of what is sent, the letterhead in it, and the term as a moment."""
    now = approval.read_minutes(db, meeting)
    digest = approval.digest_of(now.minutes(approval.OFFICIAL))
    return replace(command, until=moment(command.until), digest=digest, agency=asdict(now.letterhead))


@fills(SubmitMinutes)
def submit_minutes(db, meeting: str, command: SubmitMinutes) -> SubmitMinutes:
    """The digest of what is laid before the chair."""
    return replace(command, digest=approval.digest_of(approval.read_minutes(db, meeting).minutes(approval.OFFICIAL)))


@fills(FinaliseMinutes)
def finalise_minutes(db, meeting: str, command: FinaliseMinutes) -> FinaliseMinutes:
    """The files that were made of the minutes as they are approved; none if the last ones were made of others."""
    now = approval.read_minutes(db, meeting)
    if not (approved := now.state.record.approved):
        return command
    source = approval.digest_of(now.minutes(approval.OFFICIAL))
    pdf, docx = (
        made_files.latest(db, minutes_document(now.state), kind, source)
        for kind in (made_files.PDF, made_files.DOCX)
    )  # fmt: skip
    return replace(command, digest=approved.digest, pdf=pdf, docx=docx)


def moment(until: int | str) -> int | str:
    """A term in ms; of a day, its last moment by the agency's clock. What is no moment stays as it is."""
    if isinstance(until, int):
        return until
    try:
        if len(until) == len("2026-12-16"):
            day = datetime.date.fromisoformat(until) + datetime.timedelta(days=1)
            return clock.milliseconds(f"{day}T00:00") - 1
        return clock.milliseconds(until)
    except (ValueError, OverflowError):
        return until
