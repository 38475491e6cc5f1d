"""In which meetings a case is, or was, reported: its page lists them."""

from sqlite_utils import Database

from meetingroom.meeting.kernel import Event
from meetingroom.meeting.state import MeetingState
from meetingroom.projections.registry import projection


@projection("case_reports", reads=("report",))
def case_reports(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    registered = after.report.registered
    if registered is not None and registered is not before.report.registered:
        db.conn.execute(
            'insert or ignore into case_reports ("case", meeting) values (?, ?)', (registered.case, meeting)
        )
