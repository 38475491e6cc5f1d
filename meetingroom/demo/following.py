"""What follows in the demo once its papers are drawn. Each step returns the documents it still waits for."""

from meetingroom import clock
from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.demo import live, notebook, papers, past, people
from meetingroom.demo.play import Play


def show_report(settings: Settings, pool: Pool, meeting: str) -> list[str]:
    """The report's first page comes on stage in today's meeting."""
    first_run = notebook.begin(settings).first_run
    found = papers.of(pool, meeting, clock.local(live.starts_at(first_run)))
    _, row = found["year"]
    if row["status"] == "ready" and row["attached"]:
        live.show(Play(pool, meeting, names(pool), "show"), row["id"])
        return []
    return [row["id"]]


def play_past(settings: Settings, pool: Pool, meeting: str) -> list[str]:
    """The past meeting is played from its beginning to its seal, with the papers that could be drawn."""
    first_run = notebook.begin(settings).first_run
    found = papers.of(pool, meeting, clock.local(past.starts_at(first_run)))
    waiting = [row["id"] for _, row in found.values() if row["status"] == "processing"]
    if waiting:
        return waiting
    documents = {key: (item, row["id"]) for key, (item, row) in found.items() if row["status"] == "ready"}
    past.play_through(Play(pool, meeting, names(pool), "past"), first_run, documents)
    return []


def names(pool: Pool) -> dict[str, str]:
    with pool.lend() as db:
        return people.ids(db)
