"""The jobs table: the truth about slow work. Callers bring the transaction."""

from meetingroom import clock


def add_job(db, kind: str, subject: str) -> str:
    """A job that waits for the worker. Returns its id."""
    job = clock.new_id()
    row = {"id": job, "kind": kind, "subject": subject, "status": "queued", "attempt": 0, "created_at": clock.now()}
    db["jobs"].insert(row)
    return job


def claim_job(db, job: str) -> dict | None:
    """The job, now running; None if it is not waiting (any more): a job handed over twice is done once."""
    now = clock.now()
    done = db.conn.execute(
        "update jobs set status = 'running', attempt = attempt + 1, started_at = ?, heartbeat_at = ?"
        " where id = ? and status = 'queued'",
        (now, now, job),
    )
    row = db.conn.execute("select * from jobs where id = ?", (job,)).fetchone()
    return dict(row) if done.rowcount else None


def heartbeat(db, job: str) -> None:
    """It is getting on: dying of the same spot again is a first attempt again."""
    db.conn.execute("update jobs set heartbeat_at = ?, attempt = 1 where id = ?", (clock.now(), job))


def close_job(db, job: str, status: str, error: str = "") -> None:
    """`status`: done | failed."""
    sql = "update jobs set status = ?, error = ?, finished_at = ? where id = ?"
    db.conn.execute(sql, (status, error, clock.now(), job))


def put_job_back(db, job: str, *, failed: bool) -> None:
    """Waiting again; `failed` counts as an attempt, making room for others does not."""
    sql = "update jobs set status = 'queued', attempt = attempt - ? where id = ?"
    db.conn.execute(sql, (0 if failed else 1, job))


def list_running(db) -> list[dict]:
    return [dict(row) for row in db.conn.execute("select * from jobs where status = 'running' order by created_at")]


def list_waiting(db, kind: str) -> list[str]:
    """The ids of the jobs of one kind that wait, the oldest first."""
    rows = db.conn.execute(
        "select id from jobs where status = 'queued' and kind = ? order by created_at, rowid", (kind,)
    )
    return [row[0] for row in rows]


def list_queued(db) -> list[dict]:
    """All that wait."""
    return [
        dict(row) for row in db.conn.execute("select * from jobs where status = 'queued' order by created_at, rowid")
    ]


def is_unfinished(db, kind: str, subject: str) -> bool:
    """Whether such a job waits or runs."""
    sql = "select 1 from jobs where kind = ? and subject = ? and status in ('queued', 'running')"
    return db.conn.execute(sql, (kind, subject)).fetchone() is not None


def forget_old(db, days: int = 30) -> None:
    before = clock.now() - days * 86_400_000
    db.conn.execute("delete from jobs where status in ('done', 'failed') and finished_at < ?", (before,))
