"""What monitoring reads of the tables."""


def jobs(db) -> list[dict]:
    """`[{kind, status, n, seconds}]`: how many jobs, and how long those that are done took together."""
    rows = db.conn.execute(
        """
        select kind, status, count(*) as n,
            coalesce(sum(case when status = 'done' then finished_at - started_at end), 0) / 1000.0 as seconds
        from jobs group by kind, status order by kind, status
        """
    )
    return [dict(row) for row in rows]


def running(db, person: str = "") -> list[dict]:
    """The meetings that are in session: `[{id, starts_at, title, status}]`; the `title` of those to which `person`
    belongs, "" of the others."""
    rows = db.conn.execute(
        """
        select id, starts_at, status, case when exists (
            select 1 from members where members.meeting = meetings.id and members.person = ?) then title else '' end
            as title
        from meetings where status in ('live', 'adjourned') order by starts_at, id
        """,
        (person,),
    )
    return [dict(row) for row in rows]


def backed_up_at(db) -> int:
    """When the last backup was made by the worker, ms; 0: never."""
    return db.conn.execute("select coalesce(max(at), 0) from backups").fetchone()[0]


def begun_at(db) -> int:
    """When the first person was entered, ms."""
    return db.conn.execute("select coalesce(min(created_at), 0) from users").fetchone()[0]


def last_backup(db) -> dict | None:
    """The last backup, with `tried` and `tried_at` of the last one that was restored for trial, `checked`, `checked_at`
    and `checked_file` of the last one that was read through."""
    row = db.conn.execute("select * from backups order by at desc limit 1").fetchone()
    trial = db.conn.execute(
        "select tried_at, tried from backups where tried_at order by tried_at desc limit 1"
    ).fetchone()
    check = db.conn.execute(
        "select checked_at, checked, file from backups where checked_at order by checked_at desc limit 1"
    ).fetchone()
    return row and {
        **dict(row),
        "checked_at": check["checked_at"] if check else 0,
        "checked": check["checked"] if check else "",
        "checked_file": check["file"] if check else "",
        "tried_at": trial["tried_at"] if trial else 0,
        "tried": trial["tried"] if trial else "",
    }
