"""Skeletons of text for the minutes, by kind of meeting: the secretary puts one in, the organiser keeps them. SQL."""

from dataclasses import asdict, dataclass

from sqlite_utils import Database

from meetingroom.database import fetch_all, fetch_one


@dataclass(frozen=True)
class Template:
    """`kind` of meeting it is for; "": for every. `html` as `rich` writes it. `at` in ms."""

    id: str
    kind: str
    title: str
    html: str
    at: int
    by: str


COLUMNS = "id, kind, title, html, at, by"


def list_templates(db: Database) -> list[Template]:
    rows = fetch_all(db, f"select {COLUMNS} from minutes_templates order by kind, title, id", ())  # noqa: S608
    return [Template(**row) for row in rows]


def find(db: Database, key: str) -> Template | None:
    row = fetch_one(db, f"select {COLUMNS} from minutes_templates where id = ?", (key,))  # noqa: S608
    return Template(**row) if row else None


def count(db: Database) -> int:
    row = fetch_one(db, "select count(*) as n from minutes_templates", ())
    return row["n"] if row else 0


def keep(db: Database, template: Template) -> None:
    db.conn.execute(
        f"insert or replace into minutes_templates ({COLUMNS}) values (:id, :kind, :title, :html, :at, :by)",  # noqa: S608
        asdict(template),
    )


def forget(db: Database, key: str) -> None:
    db.conn.execute("delete from minutes_templates where id = ?", (key,))
