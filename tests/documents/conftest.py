import hashlib
from contextlib import nullcontext

import pytest

from meetingroom import database, log
from meetingroom.config import Settings
from meetingroom.demo import jobs as demo_jobs  # noqa: F401  (registers)
from meetingroom.documents import content_store, store
from meetingroom.documents import jobs as document_jobs  # noqa: F401  (registers)
from meetingroom.jobs import queue
from tests import drawn_before
from tests.people.conftest import hashed  # noqa: F401


class Workbench:
    """A data folder, and a worker that does its jobs when told to, in this process. Rendering and sandbox are real."""

    recalls = False  # pages that were drawn for an earlier test

    def __init__(self, settings: Settings):
        self.settings = settings
        database.prepare(settings.database)
        self.pool = database.Pool(settings.database, patience=5)

    def upload(self, path, *, meeting="m1", item="", name="") -> str:
        """As the route does, without the route. The document's id."""
        data = path.read_bytes()
        sha, name = hashlib.sha256(data).hexdigest(), name or path.name
        place = content_store.original_path(self.settings, sha)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        with self.pool.writing() as db:
            document = store.add_document(
                db, meeting=meeting, item=item, sha=sha, filename=name, title=name.rpartition(".")[0],
                ending=name.rpartition(".")[2].lower(), size=len(data), by="mai",
            )  # fmt: skip
            queue.request_job(db, store.INGEST, document)
        return document

    def work(self, *kinds: str) -> None:
        """Do what waits (of these kinds) until nothing waits."""
        context = queue.JobContext(self.settings, self.pool)
        with drawn_before.recalling() if self.recalls else nullcontext():
            while found := [job for kind in kinds or queue.tasks for job in self.waiting(kind)]:
                queue.do_job(context, found[0])

    def waiting(self, kind: str) -> list[str]:
        with self.pool.lend() as db:
            return [row[0] for row in db.conn.execute(
                "select id from jobs where status = 'queued' and kind = ? order by created_at, rowid", (kind,)
            )]  # fmt: skip

    def document(self, id: str) -> dict:
        with self.pool.lend() as db:
            return {**store.find_document(db, id), **store.count_pages(db, id)}

    def contents(self, id: str) -> content_store.ContentStore:
        return content_store.ContentStore(self.settings, self.document(id)["sha"])

    def ingested(self, path, **options) -> dict:
        document = self.upload(path, **options)
        self.work(store.INGEST)
        return self.document(document)


@pytest.fixture
def bench(tmp_path):
    bench = Workbench(Settings(data=tmp_path / "data", testing=True))
    yield bench
    log.forget_heads(bench.pool)
    bench.pool.close()


@pytest.fixture
def room(tmp_path, hashed):  # noqa: F811
    from meetingroom import create_app
    from tests.documents.room import PaperRoom

    settings = Settings(
        data=tmp_path / "data", async_mode="threading", testing=True, language="en", upload_limit=3_000_000
    )
    app = create_app(settings)
    room = PaperRoom(app, hashed)
    yield room
    log.forget_heads(room.pool)
    room.pool.close()
    app.extensions["meetingroom"].pool.close()
