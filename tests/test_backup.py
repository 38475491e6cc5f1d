"""Backup, restore, verify: everything comes back, nothing else comes in."""

import io
import sqlite3
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from meetingroom import database, log
from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.documents.content_store import ContentStore
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.wire import command_from
from meetingroom.ops import backup, data_folder, inspection
from meetingroom.ops.startup_errors import StartupError
from tests.command_line import ROOT, one_line, run


@pytest.fixture
def settings(tmp_path):
    """A data folder with a meeting and a paper of two pages."""
    settings = Settings(data=tmp_path / "data")
    database.prepare(settings.database)
    pool = Pool(settings.database)
    system = Actor("u1", "system")
    details = {"title": "Giao ban", "kind": "briefing", "starts_at": 1797386400000, "ends_at": 1797393600000,
            "place": "Phòng họp 1", "secrecy": "none"}  # fmt: skip
    log.handle(pool, "m1", command_from("create_meeting", details), system, "c1")
    paper = b"%PDF-1.4 two pages"
    sha = inspection.hashlib.sha256(paper).hexdigest()
    contents = ContentStore(settings, sha)
    for path in (contents.original, *(contents.page(n, size) for n in (1, 2) for size in (480, 1920))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(paper)
    with pool.writing() as db:
        db["documents"].insert(
            {"id": "d1", "meeting": "m1", "sha": sha, "filename": "a.pdf", "title": "Báo cáo", "status": "ready",
             "pages": 2, "at": 1}
        )  # fmt: skip
    (settings.data / "secret.key").write_bytes(b"k" * 32)
    (settings.data / "secret.key").chmod(0o600)
    pool.close()
    log.forget_heads(pool)
    return settings


def contents_of(settings) -> ContentStore:
    with closing(sqlite3.connect(settings.database)) as db:
        return ContentStore(settings, db.execute("select sha from documents").fetchone()[0])


def test_verify_finds_everything_as_it_was_written(settings):
    done = run("verify", "--data", settings.data)
    assert done.returncode == 0, done.stdout
    assert "1 cuộc họp" in done.stdout
    assert "2 trang" in done.stdout


def test_verify_names_a_fact_that_was_changed_by_another_hand(settings):
    with closing(sqlite3.connect(settings.database)) as db:
        db.execute("update events set data = replace(data, 'Giao ban', 'Liên hoan') where seq = 1")
        db.commit()
    done = run("verify", "--data", settings.data)
    assert done.returncode == 1
    assert "meeting m1 #1" in done.stdout


def test_verify_names_a_page_that_is_gone_and_a_paper_that_was_exchanged(settings):
    contents = contents_of(settings)
    contents.page(2, 1920).unlink()
    contents.original.write_bytes(b"another paper")
    assert inspection.inspect(settings).problems == [
        "paper d1 (Báo cáo): the original has changed",
        "paper d1 (Báo cáo): page 2 is missing (width 1920)",
    ]


def test_verify_without_data_says_so(tmp_path):
    assert "--data" in one_line(run("verify", "--data", tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()


def test_a_backup_brings_everything_back(settings, tmp_path):
    """Taken while somebody is writing: what is uncommitted is not in it, what is committed is."""
    with closing(sqlite3.connect(settings.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        other.execute("delete from events")
        done = run("backup", tmp_path / "all.tar", "--data", settings.data)
        assert done.returncode == 0, done.stderr
        other.execute("rollback")
    assert (tmp_path / "all.tar").stat().st_mode & 0o777 == 0o600
    done = run("restore", tmp_path / "all.tar", "--data", tmp_path / "again")
    assert done.returncode == 0, done.stderr
    again = Settings(data=tmp_path / "again")
    report = inspection.inspect(again)
    assert (report.meetings, report.papers, report.pages, report.problems) == (1, 1, 2, [])
    assert report.facts >= 1
    assert (again.data / "secret.key").read_bytes() == b"k" * 32
    assert (again.data / "secret.key").stat().st_mode & 0o777 == 0o600


def test_restoring_over_data_keeps_the_former_data(settings, tmp_path):
    backup.make_backup(settings, tmp_path / "all.tar")
    contents_of(settings).original.unlink()
    former = backup.restore(settings, tmp_path / "all.tar").former
    assert former
    assert (former / "meetingroom.db").exists()
    assert inspection.inspect(settings).problems == []


def test_nothing_is_restored_under_a_running_server(settings, tmp_path):
    backup.make_backup(settings, tmp_path / "all.tar")
    with data_folder.hold_folder(settings), pytest.raises(StartupError, match="in use by another server"):
        backup.restore(settings, tmp_path / "all.tar")
    assert inspection.inspect(settings).problems == []
    assert [p.name for p in tmp_path.iterdir() if "restore" in p.name] == []


def with_members(source: Path, target: Path, members: dict[str, bytes], *, kind=tarfile.REGTYPE, without=()) -> Path:
    """A backup with these members besides its own."""
    with tarfile.open(source) as old, tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as new:
        for member in old:
            if member.name not in without:
                new.addfile(member, old.extractfile(member))
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.size, entry.linkname = kind, len(data) if kind == tarfile.REGTYPE else 0, "/etc/passwd"
            new.addfile(entry, io.BytesIO(data))
    return target


@pytest.mark.parametrize(
    "name", ["queue.db", "seals/b1", "server.lock", "files/ab/x.sh", "pages/x.webp", "a/../queue.db"]
)
def test_what_no_backup_holds_is_not_restored(settings, tmp_path, name):
    """A pickled `queue.db` would have been run as the server's user."""
    backup.make_backup(settings, tmp_path / "all.tar")
    tampered = with_members(tmp_path / "all.tar", tmp_path / "tampered.tar", {name: b"x"})
    with pytest.raises(StartupError, match="no backup holds"):
        backup.restore(Settings(data=tmp_path / "again"), tampered)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE, tarfile.GNUTYPE_SPARSE]
)
def test_only_plain_files_are_restored(settings, tmp_path, kind):
    backup.make_backup(settings, tmp_path / "all.tar")
    tampered = with_members(tmp_path / "all.tar", tmp_path / "tampered.tar", {f"files/ab/{'ab' * 32}": b""}, kind=kind)
    with pytest.raises(StartupError, match="no backup holds"):
        backup.restore(Settings(data=tmp_path / "again"), tampered)


def test_a_backup_is_taken_however_busily_others_write(settings, tmp_path):
    """In one transaction: copied in steps, it began again at every commit."""
    stop = threading.Event()

    def write():
        with closing(sqlite3.connect(settings.database, isolation_level=None, timeout=10)) as other:
            other.execute("create table noise (n)")
            while not stop.is_set():
                other.execute("insert into noise values (randomblob(2000))")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert backup.make_backup(settings, tmp_path / "all.tar") == []
    finally:
        stop.set()
        writer.join()
    assert backup.restore(Settings(data=tmp_path / "again"), tmp_path / "all.tar").report.problems == []


def test_a_backup_holds_nothing_of_what_was_deleted(settings, tmp_path):
    with closing(sqlite3.connect(settings.database, isolation_level=None)) as db:
        db.execute("pragma secure_delete = off")
        db.execute("create table gone (t)")
        db.execute("insert into gone values (?)", ("bí mật " * 3000,))
        db.execute("drop table gone")
        db.execute("pragma wal_checkpoint(truncate)")
    assert "bí mật".encode() in settings.database.read_bytes()
    backup.make_backup(settings, tmp_path / "all.tar")
    assert "bí mật".encode() not in (tmp_path / "all.tar").read_bytes()


def test_a_damaged_paper_is_named_and_keeps_nothing_else_from_the_backup(settings, tmp_path):
    contents_of(settings).original.write_bytes(b"another paper")
    done = run("backup", tmp_path / "all.tar", "--data", settings.data)
    assert done.returncode == 1
    assert "Báo cáo: the original has changed" in done.stdout
    done = run("restore", tmp_path / "all.tar", "--data", tmp_path / "again")
    assert done.returncode == 1
    assert "the original has changed" in done.stdout
    assert (tmp_path / "again" / "meetingroom.db").exists()


def test_a_backup_that_does_not_read_back_is_not_kept(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(inspection, "hash_file", lambda path: "another")
    with pytest.raises(StartupError, match="does not read back"):
        backup.make_backup(settings, tmp_path / "all.tar")
    assert list(tmp_path.glob("all.tar*")) == []


def test_a_restored_database_is_opened_and_verified(settings, tmp_path):
    backup.make_backup(settings, tmp_path / "all.tar")
    tampered = with_members(
        tmp_path / "all.tar", tmp_path / "torn.tar", {"meetingroom.db": b"SQLite format 3\0" + b"x" * 8000},
        without=["meetingroom.db"],
    )  # fmt: skip
    with pytest.raises(StartupError):
        backup.restore(Settings(data=tmp_path / "again"), tampered)
    assert [path.name for path in tmp_path.iterdir() if "again" in path.name] == []


@pytest.mark.parametrize("kind", ["letter", "foreign", "half", "gone", "outside"])
def test_what_is_no_backup_changes_nothing(settings, tmp_path, kind):
    source = tmp_path / "other.tar"
    if kind == "letter":
        source.write_text("Kính gửi")
    elif kind == "foreign":
        with tarfile.open(source, "w") as tar:
            tar.add(ROOT / "run.py", "run.py")
    elif kind == "half":
        backup.make_backup(settings, source)
        whole = source.read_bytes()
        source.write_bytes(whole[: len(whole) // 2])
    elif kind == "outside":
        with tarfile.open(source, "w") as tar:
            backup.add_manifest(tar)
            tar.add(ROOT / "run.py", "../../outside.md")
    before = sorted(p.name for p in settings.data.rglob("*"))
    one_line(run("restore", source, "--data", settings.data))
    assert sorted(p.name for p in settings.data.rglob("*")) == before
    assert not (tmp_path.parent / "outside.md").exists()
