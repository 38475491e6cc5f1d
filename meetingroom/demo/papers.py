"""The papers of the demo's meetings: what they are, how they are made, and how they are stored."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.documents import content_store, office, store
from meetingroom.jobs import queue


@dataclass(frozen=True)
class Paper:
    """A paper of item `item`; `make(path, day)` writes it and returns its pages."""

    key: str
    item: int
    title: str
    make: Callable[[Path, date], int]
    ending: str = "pdf"


@dataclass(frozen=True)
class Made:
    """A paper that is stored and drawn."""

    paper: Paper
    sha: str
    size: int


def papers(held: datetime) -> list[Paper]:
    """The papers of a meeting that begins at `held`, in the order in which they are wanted."""
    from meetingroom.demo import appendix, deck, programme, report, scan, speech, survey

    office_opens = office.available("xlsx")
    return [
        Paper("programme", 1, "Chương trình hội nghị", lambda path, day: programme.make(path, held)),
        Paper("year", 2, "Báo cáo tổng kết công tác kiểm sát năm 2026, phương hướng 2027", report.year),
        Paper("appendix", 2, "Phụ lục số liệu", appendix.make),
        Paper("letter", 1, "Công văn số 1287/VKS-VP về việc chuẩn bị hội nghị (bản quét)", scan.make),
        Paper("computing", 3, "Báo cáo chuyên đề hạ tầng, nhân lực CNTT", report.computing),
        Paper("deck", 4, deck.TITLE, lambda path, day: deck.make(path)),
        Paper("speech", 4, "Tham luận: số hóa hồ sơ vụ án phục vụ báo cáo án", speech.digitising),
        Paper("plan", 5, "Dự thảo Kế hoạch chuyển đổi số 2027 (v2)", speech.plan),
        Paper("survey", 3, "Bảng khảo sát 10 đơn vị", survey.as_spreadsheet, "xlsx")
        if office_opens
        else Paper("survey", 3, "Bảng khảo sát 10 đơn vị", survey.as_pdf),
    ]


def made(settings: Settings, wanted: Iterable[Paper], day: date) -> list[Made]:
    """Write the papers and store them; the same paper is stored once."""
    done = []
    for paper in wanted:
        arrived = content_store.incoming_folder(settings) / f"demo-{paper.key}.{paper.ending}"
        paper.make(arrived, day)
        content = arrived.read_bytes()
        sha = hashlib.sha256(content).hexdigest()
        content_store.take_in(settings, arrived, sha)
        done.append(Made(paper, sha, len(content)))
    return done


def uploaded(
    settings: Settings, pool: Pool, meeting: str, found: Iterable[Made], by: str, items: tuple[str, ...] = ()
) -> None:
    """Rows and jobs for papers that this meeting has not got yet; what it has is left alone.

    With `items` the worker attaches each to its item when it is ready; without, somebody attaches it later.
    """
    with pool.writing() as db:
        known = {row["title"] for row in store.list_documents(db, meeting)}
        for each in found:
            if each.paper.title in known:
                continue
            document = store.add_document(
                db,
                meeting=meeting,
                item=items[each.paper.item - 1] if items else "",
                sha=each.sha,
                filename=f"{each.paper.title.replace('/', '-').replace(':', ',')}.{each.paper.ending}",
                title=each.paper.title,
                ending=each.paper.ending,
                size=each.size,
                by=by,
            )
            queue.request_job(db, store.INGEST, document)
    queue.wake_worker(settings)


def of(pool: Pool, meeting: str, held: datetime) -> dict[str, tuple[int, dict]]:
    """{key: (item, row of the document)} of the demo's papers that a meeting has."""
    with pool.lend() as db:
        rows = {row["title"]: row for row in store.list_documents(db, meeting)}
    return {paper.key: (paper.item, rows[paper.title]) for paper in papers(held) if paper.title in rows}
