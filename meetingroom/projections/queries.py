"""What the desk pages read: meetings, their members and their papers, from the tables made of the log."""

import json

from meetingroom.database import fetch_all, fetch_one

OVER = ("closed", "archived", "cancelled")


def meetings_of(db, person: str) -> list[dict]:
    """Every meeting the person belongs to, with their `role` and how many `papers` they may read, soonest first. What
    was never announced is there for its staff only (`is_announced` tells of one meeting)."""
    rows = db.conn.execute(
        """
        select meetings.*, members.role, count(papers.id) as papers
        from members
        join meetings on meetings.id = members.meeting
        left join papers on papers.meeting = meetings.id
            and (papers.readers = 'members' or members.role in ('chair', 'cochair', 'secretary', 'organiser'))
        where members.person = ?
            and (members.role in ('chair', 'cochair', 'secretary', 'organiser')
                or meetings.status not in ('draft', 'cancelled')
                or meetings.status = 'cancelled' and exists (
                    select 1 from events where events.meeting = meetings.id and events.name = 'MeetingPublished'))
        group by meetings.id
        order by meetings.starts_at, meetings.id
        """,
        (person,),
    )
    return [dict(row) for row in rows]


def failed_papers(db, meetings: list[str]) -> dict[str, int]:
    """How many uploaded papers of each meeting could not be read; meetings without any are left out."""
    rows = db.conn.execute(
        """
        select meeting, count(*) as n from documents
        where status = 'failed' and meeting in (select value from json_each(?)) group by meeting
        """,
        (json.dumps(meetings),),
    )
    return {row["meeting"]: row["n"] for row in rows}


def papers_for_staff(db, meetings: list[str]) -> list[dict]:
    """{id, meeting} of papers that the staff alone reads, and whose file has something its owner should look at."""
    rows = db.conn.execute(
        """
        select papers.id, papers.meeting from papers join documents on documents.id = papers.document
        where readers = 'staff' and warnings like '%"secret_stamp"%'
        and papers.meeting in (select value from json_each(?))
        """,
        (json.dumps(meetings),),
    )
    return [dict(row) for row in rows]


def prepares_something(db, person: str) -> bool:
    """Whether the person is a secretary or organiser of any meeting that is not over, or chairs one without either."""
    found = db.conn.execute(
        """
        select 1 from members join meetings on meetings.id = members.meeting
        where members.person = ? and (
                members.role in ('secretary', 'organiser')
                or members.role = 'chair' and not exists (
                    select 1 from members others
                    where others.meeting = meetings.id and others.role in ('secretary', 'organiser')
                )
            )
            and meetings.status not in ('closed', 'archived', 'cancelled')
        limit 1
        """,
        (person,),
    )
    return found.fetchone() is not None


def leads_something(db, person: str) -> bool:
    """Whether the person chairs a meeting that is not sealed or called off, or is its secretary."""
    sql = (
        "select 1 from members join meetings on meetings.id = members.meeting where members.person = ?"
        " and members.role in ('chair', 'cochair', 'secretary') and meetings.status not in ('archived', 'cancelled')"
    )
    return db.conn.execute(f"{sql} limit 1", (person,)).fetchone() is not None


def live_meetings(db) -> list[str]:
    """The ids of the meetings that are running now."""
    return [row["id"] for row in db.conn.execute("select id from meetings where status = 'live'")]


def standings(db, meetings: list[str]) -> dict[str, str]:
    """Where the minutes of these meetings stand; without those that never left the secretary's desk."""
    rows = db.conn.execute(
        "select meeting, standing from minutes_standing where meeting in (select value from json_each(?))",
        (json.dumps(meetings),),
    )
    return {row["meeting"]: row["standing"] for row in rows}


def read_back(db, meetings: list[str]) -> list[str]:
    """Those of these meetings whose conclusions were ever read back to the chair."""
    rows = db.conn.execute(
        "select value from json_each(?) where exists"
        " (select 1 from events where meeting = value and name = 'ConclusionsSubmitted')",
        (json.dumps(meetings),),
    )
    return [row[0] for row in rows]


def reviews_due(db, now: int) -> list[tuple[str, int]]:
    """(meeting, round) whose term is over and that have not been ended."""
    wanted = (
        "select meeting, round from minutes_standing join meetings on id = meeting"
        " where standing = 'review' and until <= ? and status = 'closed'"
    )
    return [(row["meeting"], row["round"]) for row in db.conn.execute(wanted, [now])]


def readings_due(db, now: int) -> list[tuple[str, str]]:
    """(meeting, paper) whose time to be read begins or ends about now."""
    wanted = (
        "select papers.meeting, papers.id from papers join meetings on meetings.id = papers.meeting"
        " where rings_at between 1 and ? and status not in ('archived', 'cancelled')"
    )
    return [(row["meeting"], row["id"]) for row in db.conn.execute(wanted, [now])]


def recalls_due(db, now: int) -> dict[str, list[str]]:
    """The papers of each meeting that are to be taken back about now."""
    found: dict[str, list[str]] = {}
    for row in db.conn.execute("select meeting, id from papers where recall_at > 0 and recall_at <= ?", [now]):
        found.setdefault(row["meeting"], []).append(row["id"])
    return found


def membership(db, meeting: str, person: str) -> dict | None:
    """`{role, site}` of a person in a meeting, from the projection of its log; None for those who do not belong."""
    wanted = "select role, coalesce(site, '') as site from members where meeting = ? and person = ?"
    return fetch_one(db, wanted, [meeting, person])


def role_in(db, meeting: str, person: str) -> str | None:
    """A person's role in a meeting."""
    found = membership(db, meeting, person)
    return found["role"] if found else None


UNSURE = ("draft", "cancelled")  # of a meeting that may never have been published


def is_announced(db, meeting: str) -> bool:
    """Whether a meeting was ever published: until then it is the staff's alone, also when it was called off instead."""
    row = fetch_one(db, "select status from meetings where id = ?", [meeting])
    if row is None or row["status"] not in UNSURE:
        return row is not None
    published = "select 1 from events where meeting = ? and name = 'MeetingPublished' limit 1"
    return row["status"] == "cancelled" and fetch_one(db, published, [meeting]) is not None


def reports_of_case(db, case: str) -> list[str]:
    """The meetings in which a case is, or was, reported."""
    return [row["meeting"] for row in fetch_all(db, 'select meeting from case_reports where "case" = ?', (case,))]


def meetings_with_case(db, case: str) -> list[str]:
    """The meetings that are not over and have this case attached."""
    return [row["meeting"] for row in fetch_all(db, 'select meeting from exhibits where "case" = ?', (case,))]
