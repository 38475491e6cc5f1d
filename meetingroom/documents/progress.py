"""A document at work, and what is written down of its progress: short transactions, a few times a second."""

import time
from dataclasses import dataclass

from meetingroom.documents import store
from meetingroom.documents.content_store import ContentStore
from meetingroom.documents.kinds import KINDS, Kind
from meetingroom.jobs.queue import JobContext

SAVE_EVERY = 0.25  # seconds


@dataclass
class Upload:
    """A document that is being processed: its row, its kind, its files."""

    row: dict
    kind: Kind
    contents: ContentStore

    @property
    def id(self) -> str:
        return self.row["id"]


def open_upload(context: JobContext, document: str) -> Upload | None:
    """None when it was deleted meanwhile."""
    with context.pool.lend() as db:
        row = store.find_document(db, document)
    if row is None:
        return None
    return Upload(row, KINDS[row["type"]], ContentStore(context.settings, row["sha"]))


def save_progress(context: JobContext, upload: Upload, stage: str, part: float) -> None:
    with context.pool.writing() as db:
        store.write_progress(db, upload.id, stage=stage, part=part)


class Gone(Exception):
    """The document was deleted while it was worked on."""


class Progress:
    """Writes down the pages of an upload as they are drawn. `begun` is the part of the way before the first page."""

    def __init__(self, context: JobContext, upload: Upload, pages: int, begun: float):
        self.context, self.upload, self.pages, self.begun = context, upload, pages, begun
        self.new: list[dict] = []
        self.drawn = 0
        self.just_saved = False
        self._saved_at = 0.0

    def catch_up(self) -> list[int]:
        """Record the pages that are stored already; returns the numbers of those that are not."""
        with self.context.pool.lend() as db:
            kept = store.kept_pages(db, self.upload.id)
        missing = []
        for number in range(1, self.pages + 1):
            if number in kept and self.upload.contents.words(number).exists():
                self.drawn += 1
            elif (record := self.upload.contents.record(number)) and not record.get("error"):
                self.add(number)
            else:
                missing.append(number)
        self.save()
        return missing

    def add(self, number: int) -> None:
        record = self.upload.contents.record(number)
        if record is None:
            raise FileNotFoundError(f"page {number} of {self.upload.row['sha']} is gone")
        self.new.append(record)
        self.drawn += 1
        self.just_saved = False
        if time.monotonic() - self._saved_at > SAVE_EVERY or len(self.new) >= store.BATCH:
            self.save()

    def save(self) -> None:
        part = self.begun + (1 - self.begun) * self.drawn / self.pages
        with self.context.pool.writing() as db:
            if not store.document_exists(db, self.upload.id):
                raise Gone
            store.keep_pages(db, self.upload.id, self.new)
            store.write_progress(db, self.upload.id, stage="rendering", part=round(part, 4))
            self.context.heartbeat(db)
        self.new, self._saved_at, self.just_saved = [], time.monotonic(), True
