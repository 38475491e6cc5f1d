"""The package of a meeting: what is in it, what is not, and whether anybody can tell that it was changed."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import bagit
import pytest

from meetingroom import log
from meetingroom.archive import bag, checking, contents, sealing, store
from meetingroom.archive.zip_stream import Limits
from meetingroom.database import Pool
from meetingroom.documents import content_store
from meetingroom.documents.content_store import original_path
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.readers import ReadersSet
from meetingroom.meeting.recall import PapersRecalled
from tests.archive.conftest import CALL, DRAFT, MEETING, WHISPER, archive, context_of, put_paper, seal
from tests.command_line import run


@pytest.fixture
def package(archived) -> Path:
    row = seal(archived)
    return original_path(archived.app.extensions["meetingroom"].settings, row["file"])


@pytest.fixture
def unpacked(package, tmp_path) -> Path:
    with zipfile.ZipFile(package) as zip_:
        zip_.extractall(tmp_path / "out")
    return next((tmp_path / "out").iterdir())


def check(path: Path) -> checking.Verdict:
    return checking.check(checking.read_file(path))


def repacked(package: Path, target: Path, change) -> Path:
    """The same files but for what `change(name, data)` makes of each (None: left out), as somebody's ZIP program."""
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (data := change(name.partition("/")[2], old.read(name))) is not None:
                new.writestr(name, data)
    return target


def test_archiving_asks_for_the_package_and_the_worker_seals_it(archived):
    with archived.pool.lend() as db:
        assert queue.is_unfinished(db, store.SEAL, MEETING)
    row = seal(archived)
    state = log.state(archived.pool, MEETING)
    assert (state.archive.sha256, state.archive.bytes) == (row["file"], row["bytes"])
    assert state.archive.file == f"hop-2026-12-16-{MEETING}.zip"
    assert row["keep_until"].endswith("-12-31")
    seq = state.seq
    assert seal(archived)["file"] == row["file"]  # made again, the same bytes; nothing is told twice
    assert log.state(archived.pool, MEETING).seq == seq


def test_four_ways_to_check_agree_that_it_is_whole(package, unpacked):
    assert (found := check(package)).whole, found
    assert (found.meeting, found.facts) == (MEETING, sum(1 for _ in (unpacked / "data/log.jsonl").open()))
    assert bagit.Bag(str(unpacked)).validate()
    subprocess.run(["sha256sum", "--quiet", "-c", "manifest-sha256.txt"], cwd=unpacked, check=True)
    done = subprocess.run([sys.executable, "data/verify.py"], cwd=unpacked, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert all(path.isascii() for path in zipfile.ZipFile(package).namelist())


def test_the_papers_the_minutes_and_the_results_are_in_it(unpacked):
    data = unpacked / "data"
    assert [path.name for path in data.glob("papers/*/pages/*")] == ["0001.webp", "0003.webp"] or {
        path.name for path in data.glob("papers/*/pages/*")
    } == {"0001.webp", "0003.webp"}
    assert len(list(data.glob("papers/*/original.pdf"))) == 1
    assert any("thống nhất với báo cáo" in path.read_text() for path in data.glob("minutes/*.html"))
    assert json.loads((data / "directives.json").read_text())["conclusions"][0]["lead"] == "Phòng 1"
    assert "Hoàng Văn Em" in (data / "roll.csv").read_text("utf-8-sig")
    assert "<FileCode>m1</FileCode>" in (unpacked / "metadata/dossier.xml").read_text()
    replayed = json.loads((data / "replay.json").read_text())
    assert [mark["text"] for mark in replayed["marks"] if mark["kind"] == "item"] == ["Khai mạc"]


def test_restricted_and_recalled_papers_are_in_it_without_names_and_it_says_so(held, request):
    document = "f2"
    held.happens("08:27", "mai", ReadersSet("d2", "restricted", ("all",)))
    held.happens("08:28", "mai", PapersRecalled("r1", ("d2",), "Hết họp"))
    with held.pool.writing() as db:
        db["openings"].insert({"meeting": MEETING, "paper": "d2", "document": document, "page": 1,
                               "person": held.ids["em"], "device": "d-1", "at": 5, "code": "KQ7WXZ24"})  # fmt: skip
    request.getfixturevalue("approved")
    archive(held)
    with zipfile.ZipFile(original_path(context_of(held).settings, seal(held)["file"])) as zip_:
        files = {name.partition("/data/")[2]: zip_.read(name) for name in zip_.namelist()}
    folder = next(name for name in files if name.endswith("original.pdf")).rpartition("/")[0]
    assert files[f"{folder}/original.pdf"] == b"%PDF-1.4 three pages of a report"
    assert files[f"{folder}/pages/0001.webp"] == b"RIFF picture of page 1"
    assert json.dumps(contents.STANDINGS["recalled"])[1:-1].encode() in files["archive.js"]
    assert "không mang tên người xem" in files["README.txt"].decode()
    assert not any(b"KQ7WXZ24" in file for file in files.values())


def test_what_was_private_or_a_draft_is_not_in_it(package):
    with zipfile.ZipFile(package) as zip_:
        everything = b"\n".join(zip_.read(name) for name in zip_.namelist()).decode("utf-8", "replace")
    for words in (WHISPER, DRAFT, CALL, "seals"):
        assert words not in everything
        assert json.dumps(words)[1:-1] not in everything


def test_one_byte_changed_is_named(package, tmp_path):
    with zipfile.ZipFile(package) as zip_:
        names = [name.partition("/")[2] for name in zip_.namelist()]
    for wanted in names:
        changed = repacked(
            package, tmp_path / "c.zip", lambda name, data, wanted=wanted: data + b" " if name == wanted else data
        )
        found = check(changed)
        if wanted == "tagmanifest-sha256.txt":
            assert found.changed == [wanted] or found.missing, found
        else:
            assert found.changed == [wanted], found


def test_a_file_that_is_missing_or_added_is_named(package, tmp_path):
    found = check(repacked(package, tmp_path / "m.zip", lambda name, data: None if name == "data/roll.csv" else data))
    assert (found.missing, found.added, found.changed) == (["data/roll.csv"], [], [])
    more = repacked(package, tmp_path / "a.zip", lambda name, data: data)
    with zipfile.ZipFile(more, "a") as zip_:
        zip_.writestr(f"{zip_.namelist()[0].partition('/')[0]}/data/more.txt", b"x")
    assert check(more).added == ["data/more.txt"]


def test_the_first_broken_fact_is_named_even_where_the_manifest_was_mended(unpacked, package, tmp_path):
    lines = (unpacked / "data/log.jsonl").read_text().splitlines()
    lines[4] = lines[4].replace('"by":"', '"by":"x')
    changed = ("\n".join(lines) + "\n").encode()

    def mend(name, data):
        if name == "data/log.jsonl":
            return changed
        if name == "manifest-sha256.txt":
            old = hashlib.sha256((unpacked / "data/log.jsonl").read_bytes()).hexdigest()
            return data.replace(old.encode(), hashlib.sha256(changed).hexdigest().encode())
        return data

    found = check(repacked(package, tmp_path / "l.zip", mend))
    assert (found.fact, found.whole) == (5, False)
    (unpacked / "data/log.jsonl").write_bytes(changed)
    done = subprocess.run([sys.executable, "data/verify.py"], cwd=unpacked, capture_output=True, text=True)
    assert done.returncode == 1
    assert "first broken fact: 5" in done.stdout
    assert "changed: data/log.jsonl" in done.stdout


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"not a zip at all", b"PK\x03\x04" + b"\xff" * 200, b"PK\x05\x06" + b"\0" * 18]
)
def test_what_is_no_package_is_said_to_be_none(data):
    assert not checking.check([data]).whole


def test_a_cut_or_longer_file_is_not_whole(package):
    data = package.read_bytes()
    for other in (data[:-1], data[: len(data) // 2], data + b"x"):
        assert not checking.check([other]).whole


def test_every_single_byte_counts(package):
    data = bytearray(package.read_bytes())
    for place in range(0, len(data), max(1, len(data) // 150)):
        data[place] ^= 0x55
        found = checking.check([bytes(data)])
        data[place] ^= 0x55
        assert found.sha256 != package.name  # named by its SHA-256: whoever knows that sees it in any case


def test_a_bomb_is_left_alone(tmp_path):
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("b/data/x", b"\0" * 40_000_000)
    assert "far more" in check(tmp_path / "b.zip").error
    assert checking.check(checking.read_file(tmp_path / "b.zip"), Limits(bytes=1000)).error == "too large"


def test_a_full_disk_leaves_nothing_half(archived, monkeypatch):
    settings = archived.app.extensions["meetingroom"].settings
    real = bag.add

    def full(zip_, path, member, stamp):
        if member.path == "data/log.jsonl":
            raise OSError(28, "No space left on device")
        return real(zip_, path, member, stamp)

    monkeypatch.setattr(bag, "add", full)
    before = {path for path in settings.files.rglob("*") if path.is_file()}
    with pytest.raises(OSError, match="space"):
        sealing.seal(context_of(archived), MEETING)
    assert {path for path in settings.files.rglob("*") if path.is_file()} == before
    assert not list((settings.data / "work").glob("*"))
    assert not log.state(archived.pool, MEETING).archive.file
    monkeypatch.undo()
    assert seal(archived)["file"]


@pytest.mark.parametrize(
    ("place", "name"),
    [(bag, "add"), (content_store, "take_in"), (store, "write_text"), (log, "handle"), (sealing, "remove_former")],
)
def test_a_worker_that_is_killed_while_it_seals_leaves_what_the_next_makes_good(archived, place, name):
    settings = archived.app.extensions["meetingroom"].settings
    if (child := os.fork()) == 0:
        setattr(place, name, lambda *args, **kept: os._exit(9))
        sealing.seal(JobContext(settings, Pool(settings.database)), MEETING)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    done = name == "remove_former"
    assert bool(log.state(archived.pool, MEETING).archive.file) == done
    row = seal(archived)
    assert check(original_path(settings, row["file"])).whole
    assert not list((settings.data / "work").glob("*.zip"))
    with archived.pool.lend() as db:
        facts = [fact for fact in log.read(db, MEETING) if type(fact.event).__name__ == "ArchiveSealed"]
    assert [fact.event.sha256 for fact in facts] == [row["file"]]


def test_a_lost_file_is_no_package(archived):
    settings = archived.app.extensions["meetingroom"].settings
    with archived.pool.lend() as db:
        (sha,) = db.conn.execute("select sha from documents").fetchone()
    original_path(settings, sha).unlink()
    with pytest.raises(Exception, match="Báo cáo"):
        sealing.seal(context_of(archived), MEETING)
    sealing.mark_given_up(context_of(archived), MEETING)
    with archived.pool.lend() as db:
        assert store.find_archive(db, MEETING)["problem"] == "gave_up"
    sealing.seal_what_is_left(context_of(archived))  # the next worker tries again


def test_a_bag_says_who_made_it(unpacked):
    info = (unpacked / "bag-info.txt").read_text()
    assert f"External-Identifier: {MEETING}" in info
    assert "Bag-Software-Agent: meetingroom" in info


def test_two_members_of_one_name_are_refused(tmp_path):
    members = [bag.Member("data/a", b"1"), bag.Member("data/a", b"2")]
    with pytest.raises(ValueError, match="twice"):
        bag.write(tmp_path / "x.zip", "b", members, {}, datetime(2026, 1, 1))
    assert not list(tmp_path.iterdir())


def test_the_command_line_says_whole_or_what_is_not(package, archived, tmp_path):
    folder = archived.app.extensions["meetingroom"].settings.data
    done = run("verify", package, "--data", folder)
    assert done.returncode == 0, done.stdout
    assert "sealed here" in done.stdout
    changed = repacked(package, tmp_path / "c.zip", lambda name, data: data + b"," if name == "data/roll.csv" else data)
    done = run("verify", changed, "--data", tmp_path / "none")
    assert done.returncode == 1
    assert "changed: data/roll.csv" in done.stdout
    assert run("verify", tmp_path / "gone.zip").returncode == 1


def test_members_find_no_paper_that_only_some_may_read(held, request):
    held.happens("08:30", "mai", PaperAttached("d3", "f3", "i2", "Hồ sơ nhân sự", 1, readers="staff"))
    put_paper(held, "f3", 1)
    request.getfixturevalue("approved")
    archive(held)
    seal(held)
    found = lambda q: held.client("em").get("/api/archives", query_string={"q": q}).json["total"]  # noqa: E731
    assert (found("hồ sơ nhân sự"), found("báo cáo tổng kết năm")) == (0, 1)
