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


def running(db) -> list[dict]:
    """The meetings that are in session: `[{id, title, status}]`."""
    rows = db.conn.execute(
        "select id, title, status from meetings where status in ('live', 'adjourned') order by starts_at, id"
    )
    return [dict(row) for row in rows]
