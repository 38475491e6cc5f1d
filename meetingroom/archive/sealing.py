"""The package of an archived meeting is made: from one snapshot, aside, whole, then told to the log. In the worker."""

import logging
import time

from meetingroom import clock, disk, log
from meetingroom.archive import (
    bag,
    contents,
    destruction_store,
    fields,
    provenance_store,
    snapshot_store,
    store,
)
from meetingroom.archive.naming import KIND_WORDS, bag_name
from meetingroom.archive.snapshot_store import Snapshot
from meetingroom.config import MEGABYTE
from meetingroom.documents import content_store
from meetingroom.jobs import queue
from meetingroom.meeting.archiving import SealArchive
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.minutes import rich
from meetingroom.minutes.approval import OFFICIAL
from meetingroom.printing.wording import words

logger = logging.getLogger(__name__)
SOFTWARE = "meetingroom"
WAIT = 5  # seconds


def seal(context, meeting: str) -> None:
    """Make the package, keep it, tell the log. May be done again: the same snapshot gives the same file.

    Raises OSError when the disk is full (the job waits for room), snapshot_store.FileLost.
    """
    state = log.reread_state(context.pool, meeting)
    if state.meeting.status != "archived":
        return
    with context.pool.writing() as db:
        store.enter(db, state, fields.unit_of(state))
    with context.pool.lend() as db:
        snapshot = snapshot_store.read(context.settings, db, meeting)
    name = bag_name(state, f"{clock.local(state.meeting.opened_at or state.meeting.starts_at):%Y-%m-%d}")
    needed = sum(path.stat().st_size for path in sources(snapshot)) + 20 * MEGABYTE
    if not disk.has_room(context.settings.data, needed):
        wait_for_room(context, meeting)
    aside = content_store.work_folder(context.settings) / f"{name}.zip"
    try:
        made = bag.write(
            aside, name, contents.members(snapshot), bag_info(snapshot, name), clock.local(state.archive.at)
        )
        content_store.take_in(context.settings, aside, made.sha256)
        bag.sync_folder(content_store.original_path(context.settings, made.sha256).parent)
    finally:
        aside.unlink(missing_ok=True)
    with context.pool.writing() as db:
        store.write_text(db, meeting, searchable(snapshot))
        if snapshot.state.archive.redacted:
            store.tidy_texts(db)
    withheld = len(snapshot.state.archive.redacted)
    command = SealArchive(f"{name}.zip", made.sha256, made.bytes, withheld)
    try:
        log.handle(context.pool, meeting, command, Actor("", "system"), f"seal-{made.sha256[:32]}-{withheld}")
    except Refused as refused:
        logger.warning("the package of %s was not wanted any more: %r", meeting, refused)
    remove_former(context, meeting)


def remove_former(context, meeting: str) -> None:
    """Packages whose place another took: they may hold what is withheld. Also what was left by a seal that was cut."""
    with context.pool.lend() as db:
        files = [sha for sha in provenance_store.list_former(db, meeting) if not destruction_store.is_named(db, sha)]
    for sha in files:
        content_store.original_path(context.settings, sha).unlink(missing_ok=True)


def wait_for_room(context, meeting: str) -> None:
    """It is said, and tried again in a while."""
    with context.pool.writing() as db:
        store.write_problem(db, meeting, "no_space")
    time.sleep(WAIT)
    raise queue.Requeue


def sources(snapshot: Snapshot):
    """Every file that goes in."""
    yield from snapshot.files.values()
    for paper in snapshot.papers:
        yield from (paper.original, *([paper.pdf] if paper.pdf else []), *paper.pictures.values())


def bag_info(snapshot: Snapshot, name: str) -> dict[str, str]:
    state = snapshot.state
    letters = snapshot.minutes.letterhead.issuing if snapshot.minutes else fields.unit_of(state)
    return {
        "Source-Organization": letters or "-",
        "External-Identifier": state.id,
        "External-Description": state.meeting.title or "-",
        "Bagging-Date": f"{clock.local(state.archive.at):%Y-%m-%d}",
        "Bag-Software-Agent": SOFTWARE,
        "Internal-Sender-Identifier": name,
        "Log-Facts": str(len(snapshot.rows)),
        "Log-Head": snapshot.rows[-1]["hash"],
    }


def searchable(snapshot: Snapshot) -> str:
    """Titles, people, what was concluded, and the minutes."""
    state = snapshot.state
    found = [state.meeting.title, state.meeting.place, words(OFFICIAL)(KIND_WORDS.get(state.meeting.kind, ""))]
    found += [state.agenda.items[key].title for key in state.agenda.order]
    # Every member searches in it: what only some may know of is found by nobody.
    found += [paper.title for paper in snapshot.papers if state.papers[paper.id].readers == "members"]
    found += [state.record.conclusions[key].text for key in state.record.order]
    found += [conclusion.text for conclusion in state.record.issued.values()]
    found += [person.name for person in state.roll.people.values()]
    found += [part["text"] for part in contents.minutes_parts(snapshot)]
    found += [rich.plain(doc) for doc in snapshot.texts.values()]
    return "\n".join(filter(None, found))


def mark_given_up(context, meeting: str) -> None:
    with context.pool.writing() as db:
        store.write_problem(db, meeting, "gave_up")


def seal_what_is_left(context) -> None:
    """At the start of the worker: what was given up, or archived by a former version."""
    with context.pool.writing() as db:
        for meeting in store.list_unsealed(db):
            queue.request_once(db, store.SEAL, meeting)
