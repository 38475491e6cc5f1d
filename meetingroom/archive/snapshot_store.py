"""What a package is made of: a meeting read at the moment it was archived, in one transaction. SQL."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from meetingroom import log
from meetingroom.config import Settings
from meetingroom.database import fetch_all
from meetingroom.documents.content_store import ContentStore, original_path
from meetingroom.documents.kinds import KINDS
from meetingroom.meeting import view
from meetingroom.meeting.kernel import Recorded, replay
from meetingroom.meeting.pairs import PairShown
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.stage import PageTurned, PaperShown
from meetingroom.meeting.state import MeetingState, Paper, Version
from meetingroom.meeting.versions import PaperReplaced
from meetingroom.minutes import approval
from meetingroom.minutes.model import Minutes
from meetingroom.minutes.rich import Doc
from meetingroom.printing.wording import words

FACTS = "select seq, at, by, name, data, hash from events where meeting = ? order by seq"
DOCUMENTS = "select id, sha, type from documents where meeting = ?"
PAGE = 1920  # the width of the pictures


@dataclass(frozen=True)
class PaperFile:
    """A paper of the meeting as it lies on the disk, or an earlier version of one. `shown` are the pages that were on
    the screens."""

    id: str
    document: str
    title: str
    item: str
    pages: int
    shown: tuple[int, ...]
    original: Path
    ending: str
    pdf: Path | None  # what was made of an office file
    pictures: Mapping[int, Path]
    standing: str = ""  # restricted | recalled: who takes the package has it nevertheless


@dataclass(frozen=True)
class Snapshot:
    """Everything up to the fact that archived the meeting. `rows` of the log belong to `facts`; `minutes` are None
    where they were not approved."""

    rows: list[dict]
    facts: list[Recorded]
    state: MeetingState
    minutes: Minutes | None
    texts: Mapping[str, Doc]
    papers: list[PaperFile]
    files: Mapping[str, Path]  # of documents, by SHA-256


class FileLost(Exception):
    """A file that belongs into the package is not on the disk, or is another than it was."""


def read(settings: Settings, db: Database, meeting: str) -> Snapshot:
    """Raises FileLost."""
    db.conn.execute("begin")
    try:
        rows = fetch_all(
            db, "select seq, at, by, name, data, hash from events where meeting = ? order by seq", (meeting,)
        )
        whole = replay(MeetingState(id=meeting), [read_row(row) for row in rows])
        rows = [row for row in rows if row["seq"] <= whole.archive.seq]
        facts = [read_row(row) for row in rows]
        state = replay(MeetingState(id=meeting), facts)
        state = replace(state, archive=replace(state.archive, redacted=whole.archive.redacted))
        reading = approval.read_minutes(db, meeting) if state.record.approved else None
        about = {
            row["id"]: row
            for row in fetch_all(
                db, "select id, sha, type, pages, filename from documents where meeting = ?", (meeting,)
            )
        }
    finally:
        db.conn.execute("rollback")
    minutes = reading.minutes(approval.OFFICIAL) if reading else None
    shown: dict[str, set[int]] = {}
    for places in documents_shown(facts).values():
        for document, page in places:
            shown.setdefault(document, set()).add(page)
    papers = [
        paper_file(settings, state, key, each, shown.get(each.document, set()), about)
        for key in papers_in_order(state)
        for each in versions_of(state.papers[key])
        if each.document in about
    ]
    return Snapshot(
        rows, facts, state, minutes, reading.texts if reading else {}, papers, document_files(settings, state)
    )


def read_row(row: dict) -> Recorded:
    return log.read_row(*(row[key] for key in ("seq", "at", "by", "name", "data", "hash")))


def papers_in_order(state: MeetingState) -> list[str]:
    """Those of each item in the order of the programme, then the others."""
    first = [key for item in state.agenda.order for key in state.agenda.items[item].papers if key in state.papers]
    return [*first, *(key for key in state.papers if key not in first)]


def versions_of(paper: Paper) -> list[Version]:
    """The newest first: who opens the package looks for that one."""
    return [*paper.versions[::-1]] or [Version(paper.document, paper.pages)]


def paper_file(
    settings: Settings, state: MeetingState, key: str, version: Version, shown: set[int], about: dict
) -> PaperFile:
    paper = state.papers[key]
    row = about[version.document]
    contents = ContentStore(settings, row["sha"])
    kind = KINDS[row["type"]]
    if not contents.original.is_file():
        raise FileLost(paper.title)
    pictures = {page: path for page in sorted(shown) if (path := contents.page(page, PAGE)).is_file()}
    pdf = contents.pdf() if kind.is_office and contents.pdf().is_file() else None
    title, _ = paper.title, words(approval.OFFICIAL)
    if paper.versions:
        title = _("%(title)s (version %(n)s)", title=title, n=paper.versions.index(version) + 1)
    at = (key, version.document, title, paper.item, version.pages, tuple(sorted(shown)))
    standing = "recalled" if paper.recalled else "restricted" if paper.mode == "restricted" else ""
    return PaperFile(*at, contents.original, kind.ending, pdf, pictures, standing)


def documents_shown(facts: list[Recorded]) -> dict[int, list[tuple[str, int]]]:
    """[(document, page)] of each fact that brought one or two to the screens, by its number: of the version of then."""
    now: dict[str, str] = {}
    found = {}
    for fact in facts:
        if isinstance(fact.event, (PaperAttached, PaperReplaced)):
            now[fact.event.paper] = fact.event.document
        elif isinstance(fact.event, (PaperShown, PageTurned)):
            found[fact.seq] = [(now.get(fact.event.paper, ""), fact.event.page)]
        elif isinstance(fact.event, PairShown):
            sides = [
                side for side in (fact.event.left, fact.event.right) if "paper" in side
            ]  # a case stays where it is
            found[fact.seq] = [(now.get(str(side["paper"]), ""), int(side["page"])) for side in sides]
    return found


def document_files(settings: Settings, state: MeetingState) -> dict[str, Path]:
    """Final files and every signed copy, where they lie."""
    wanted = set()
    for document in state.issuing.documents.values():
        wanted |= {
            document.pdf,
            document.docx,
            document.issued,
            document.stamped,
            *(each.file for each in document.signatures),
        }
    if final := state.review.finals.get(state.review.final):
        wanted |= {final.pdf, final.docx}
    found = {sha: original_path(settings, sha) for sha in sorted(wanted - {""})}
    for sha, path in found.items():
        if not path.is_file():
            raise FileLost(sha)
    return found


def members_view(state: MeetingState) -> dict:
    """What everybody saw at the end."""
    return view.view(state, "members")


def as_json(value) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
