"""Which meetings there are, who belongs to them, which papers they have."""

from sqlite_utils import Database

from meetingroom.meeting.kernel import Event
from meetingroom.meeting.readers import rings_at
from meetingroom.meeting.recall import recall_at
from meetingroom.meeting.state import MeetingState
from meetingroom.projections.registry import projection


@projection("meetings", reads=("meeting", "record"))
def meetings(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """One row a meeting, rewritten when its frame changed or its minutes were approved."""
    if before.meeting is after.meeting and before.record.approved is after.record.approved:
        return
    frame, approved = after.meeting, after.record.approved
    db.conn.execute(
        "insert or replace into meetings (id, title, kind, status, secrecy, place, starts_at, ends_at, created_by, seq,"
        " approved_at, series) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            meeting,
            frame.title,
            frame.kind,
            frame.status,
            frame.secrecy,
            frame.place,
            frame.starts_at,
            frame.ends_at,
            frame.created_by,
            after.seq,
            approved.at if approved else 0,
            frame.series,
        ),
    )


@projection("members", reads=("roll",))
def members(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """One row a person and meeting: role and site."""
    if before.roll is after.roll:
        return
    old, new = before.roll.people, after.roll.people
    for person in old.keys() - new.keys():
        db.conn.execute("delete from members where meeting = ? and person = ?", (meeting, person))
    for person, entry in new.items():
        was = old.get(person)
        if was is entry or (was and (was.role, was.site) == (entry.role, entry.site)):
            continue
        db.conn.execute(
            "insert or replace into members (meeting, person, role, site) values (?, ?, ?, ?)",
            (meeting, person, entry.role, entry.site),
        )


@projection("papers", "paper_versions", reads=("papers", "meeting"))
def papers(db: Database, meeting: str, before: MeetingState, after: MeetingState, fact: Event) -> None:
    """One row a paper: which document, who may read and download; and one for each of its earlier versions."""
    closed = before.meeting.closed_at != after.meeting.closed_at
    if before.papers is after.papers and not closed:
        return
    old, new = before.papers, after.papers
    for gone in old.keys() - new.keys():
        db.conn.execute("delete from papers where id = ?", (gone,))
        db.conn.execute("delete from paper_versions where paper = ?", (gone,))
    for key, paper in new.items():
        if old.get(key) is paper and not (closed and paper.rights):
            continue
        db.conn.execute(
            "insert or replace into papers"
            " (id, meeting, item, document, title, readers, download, limited, rings_at, recall_at, recalled)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(key, meeting, paper.item, paper.document, paper.title, paper.readers, int(paper.download)),
                *(int(paper.rights is not None or bool(paper.recalled)), rings_at(paper)),
                *(recall_at(after, paper), paper.recalled),
            ),
        )
        db.conn.executemany(
            "insert or ignore into paper_versions (document, paper, meeting, n) values (?, ?, ?, ?)",
            [(each.document, key, meeting, n) for n, each in enumerate(paper.versions[:-1], 1)],
        )
