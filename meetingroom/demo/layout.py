"""Laying the demo out: accounts, both meetings, their papers, and the work the worker is to do."""

from dataclasses import dataclass
from datetime import timedelta

from meetingroom import clock, database
from meetingroom.archive import store as archives
from meetingroom.auth import account_store, passwords
from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.demo import live, notebook, papers, past, people, templates
from meetingroom.demo.case_record import CODE
from meetingroom.demo.jobs import CASE, PAST, STAGE
from meetingroom.demo.play import Play
from meetingroom.jobs import queue

TODAY, BEFORE = "mdemo-today", past.BEFORE
LINK_HOURS = 12
# Whom to print a link for, and what the role is called in both languages.
DOORS = (
    ("chair", "Chủ tọa · Chair"),
    ("cochair", "Đồng chủ tọa · Co-chair"),
    ("secretary", "Thư ký · Secretary"),
    ("organiser", "Ban tổ chức · Organiser"),
    ("delegate1", "Đại biểu · Delegate"),
    ("delegate2", "Kiểm sát viên thụ lý vụ án mẫu · Prosecutor of the demo's case"),
    ("delegate7", "Đại biểu ĐC04 · Delegate, remote site"),
    ("technician4", "Kỹ thuật viên ĐC04 · Site technician"),
    ("admin", "Quản trị · Administrator"),
)


class NotEmpty(Exception):
    """People who are not the demo's live in this data folder: it is left as it is."""


@dataclass(frozen=True)
class SignIn:
    """A way in: `link` is a path that signs in once."""

    label: str
    username: str
    name: str
    link: str


@dataclass(frozen=True)
class Demo:
    """What a visitor needs to know."""

    meeting: str
    past: str
    password: str
    sign_ins: list[SignIn]
    past_is_there: bool = False  # to its package


def seed(settings: Settings, first_run: int = 0) -> Demo:
    """Lay the demo out in this data folder (once), and say how to come in. Raises NotEmpty.

    `first_run` (ms; now, if left out) counts at the very first call only: all dates follow from it.
    """
    database.prepare(settings.database)
    pool = Pool(settings.database, patience=10)
    try:
        with pool.lend() as db:
            if notebook.notes(settings) is None and account_store.has_users(db):
                raise NotEmpty(str(settings.data))
        notes = notebook.begin(settings, first_run)
        password = accounts(settings, pool, notes)
        if not notes.laid_out:
            lay_out(settings, pool, notes.first_run)
            notebook.finished(settings, notes)
        with pool.writing() as db:
            archived = archives.find_archive(db, BEFORE)
            return Demo(TODAY, BEFORE, password, sign_ins(db), bool(archived and archived["file"]))
    finally:
        pool.close()


def accounts(settings: Settings, pool: Pool, notes: notebook.Notes) -> str:
    """Units and people, all with one password; returns it. A new password in the settings changes it for all."""
    password, kept = notebook.configured_password(settings), notebook.kept_password(settings)
    with pool.lend() as db:
        missing = len(people.ids(db)) < len(people.EVERYBODY) and not notes.laid_out
    if not missing and password == kept:
        return password
    hashed = passwords.hash_password(password)
    with pool.writing() as db:
        if missing:
            people.settle(db, hashed)
        people.change_password(db, hashed)
    notebook.keep_password(settings, password)
    return password


def lay_out(settings: Settings, pool: Pool, first_run: int) -> None:
    """Both meetings and their papers, as far as they are not there yet."""
    with pool.lend() as db:
        names = people.ids(db)
    with pool.writing() as db:
        templates.keep(db, names)
    day = clock.local(past.starts_at(first_run)).date() - timedelta(days=5)
    held = clock.local(live.starts_at(first_run))
    today = Play(pool, TODAY, names, "today")
    live.announced(today, first_run)
    found = papers.made(settings, papers.papers(held), day)
    programme = papers.papers(clock.local(past.starts_at(first_run)))[0]
    of_the_past = [*papers.made(settings, [programme], day), *found[1:]]
    secretary, items = names["secretary"], today.state.agenda.order
    papers.uploaded(settings, pool, TODAY, found[:2], secretary, items)
    queue.ask_worker(settings, pool, STAGE, TODAY)
    papers.uploaded(settings, pool, TODAY, found, secretary, items)
    papers.uploaded(settings, pool, BEFORE, of_the_past, secretary)
    queue.ask_worker(settings, pool, PAST, BEFORE)
    live.opened(today, first_run)
    queue.ask_worker(settings, pool, CASE, CODE)


def sign_ins(db) -> list[SignIn]:
    """A fresh one-time link for each of `DOORS` that can still sign in."""
    found = []
    for username, label in DOORS:
        row = account_store.find_by_username(db, username)
        if row and row["active"]:
            link = account_store.make_sign_in_link(db, row["id"], LINK_HOURS)
            found.append(SignIn(label, username, row["name"], link))
    return found
