"""Which meetings have a case attached: whoever asks for a page of a case looks there."""

from sqlite_utils import Database

from meetingroom.meeting.kernel import Event
from meetingroom.meeting.state import MeetingState
from meetingroom.projections.registry import projection


@projection("exhibits", reads=("exhibits", "meeting"))
def exhibits(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """One row a case of a meeting, for as long as the meeting is not over."""
    over = after.meeting.status in ("closed", "archived", "cancelled")
    if before.exhibits is after.exhibits and before.meeting is after.meeting:
        return
    was = set() if before.meeting.status in ("closed", "archived", "cancelled") else set(before.exhibits)
    now = set() if over else set(after.exhibits)
    for case in was - now:
        db.conn.execute('delete from exhibits where "case" = ? and meeting = ?', (case, meeting))
    for case in now - was:
        db.conn.execute('insert or ignore into exhibits ("case", meeting) values (?, ?)', (case, meeting))
