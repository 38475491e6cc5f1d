"""`/readyz` believes the disk, not the connections that are open."""

import sqlite3

import pytest

from meetingroom.monitoring import probe_store as soundness


def settled(desk):
    """With enough in it for pages to be damaged, and everything in the one file."""
    desk.published("m1")
    with desk.context.pool.lend() as db:
        db.conn.execute("pragma wal_checkpoint(truncate)")
    return desk.context.settings.database


def overwritten(path):
    """Every page but the first, as a failing disk would."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))


def one_page(path):
    """One page in the middle, which holds rows of the log."""
    with sqlite3.connect(path) as db:
        (root,) = db.execute("select rootpage from sqlite_master where name = 'events'").fetchone()
    db.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xa5" * 4096)


def truncated(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def no_table(path):
    db = sqlite3.connect(path)
    db.execute("drop table screens")
    db.commit()
    db.close()


HURTS = [
    (overwritten, "damaged"),
    (one_page, "damaged"),
    (truncated, "damaged"),
    (lambda path: path.write_bytes(b""), "tables_missing"),
    (lambda path: path.write_bytes(b"no database" * 1000), "damaged"),
    (lambda path: path.unlink(), "gone"),
    (no_table, "tables_missing"),
]


@pytest.mark.parametrize(("hurt", "why"), HURTS)
def test_on_a_damaged_database_it_is_not_ready_but_lives(desk, monkeypatch, hurt, why):
    path = settled(desk)
    monkeypatch.setattr(soundness, "EVERY", 0)
    client = desk.app.test_client()
    assert "database" not in client.get("/readyz").json["missing"]
    hurt(path)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "database" in answer.json["missing"]
    assert answer.json["database"] == why
    assert client.get("/healthz").status_code == 200


def test_a_file_that_cannot_be_written_is_not_ready(desk, monkeypatch):
    settled(desk)
    monkeypatch.setattr(soundness.os, "access", lambda *_: False)
    assert desk.app.test_client().get("/readyz").json["database"] == "read_only"


def test_a_writer_at_work_is_no_damage(desk):
    path = settled(desk)
    with desk.context.pool.writing():
        assert soundness.DatabaseProbe(path).wrong() == ""


def test_however_often_it_is_asked_the_disk_is_read_now_and_then(desk):
    now = [1000.0]
    looked = soundness.DatabaseProbe(settled(desk), lambda: now[0])
    reads, real = [], looked.look
    looked.look = lambda: reads.append(now[0]) or real()
    for _ in range(50):
        looked.wrong()
        now[0] += 0.1
    assert len(reads) == 3  # in five seconds
    whole = looked.whole_at
    now[0] += 100
    looked.wrong()
    assert looked.whole_at == whole, "every page is read again only when the file has changed, or in five minutes"
    now[0] += 300
    looked.wrong()
    assert looked.whole_at == now[0]
